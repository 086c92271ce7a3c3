import type { ViewDefinition } from "@doorstep/contracts";
import { expect, test } from "vitest";
import { hrefOf, parsePlace } from "../place.ts";
import { definitionOf, filterOf, isShown, shownColumns } from "./view-of.ts";

const unitId = "00000000-0000-7000-8000-000000000001";
const definition: ViewDefinition = {
  view: "overdue",
  unitId,
  category: "claim",
  channel: "letter",
  order: "reversed",
  columns: ["state", "received"],
};

test("a kept view, opened by its address, shows what was kept", () => {
  const [path = "", search = ""] = hrefOf({ page: "queue", filter: filterOf(definition) }).split("?");
  const place = parsePlace(path, search);
  if (place.page !== "queue") throw new Error("no queue");
  expect(definitionOf(place.filter)).toEqual(definition);
  expect(isShown(definition, place.filter)).toBe(true);
});

test("the bare address shows the usual order and columns; a view with none of them is another", () => {
  const usual = definitionOf({ view: "open" });
  expect(usual).toMatchObject({ view: "open", order: "usual" });
  expect(isShown(usual, { view: "open" })).toBe(true);
  expect(isShown({ ...usual, columns: [] }, { view: "open" })).toBe(false);
  expect(isShown({ ...usual, columns: usual.columns.toReversed() }, { view: "open" })).toBe(true);
  expect(isShown(usual, { view: "open", q: "x" })).toBe(false);
});

test("columns stand in one order, each once", () => {
  expect(shownColumns({ columns: ["received", "caseNo", "received"] })).toEqual(["caseNo", "received"]);
  expect(shownColumns({ columns: [] })).toEqual([]);
});
