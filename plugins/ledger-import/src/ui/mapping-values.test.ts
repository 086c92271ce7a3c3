import { expect, test } from "vitest";
import { fromMapping, toMapping } from "./mapping-values.ts";

const proposal = {
  key: ["year", "number"],
  title: ["type", "descriptor", "detail"],
  body: [],
  receivedAt: "opened",
  dateOrder: "mdy" as const,
};

test("a proposal that nobody changes comes back whole, columns the form does not show included", () => {
  expect(toMapping(fromMapping(proposal, "s"), proposal)).toMatchObject(proposal);
});

test("another first column replaces all that were proposed", () => {
  const values = { ...fromMapping(proposal, "s"), key: "id", title1: "detail", title2: "" };

  expect(toMapping(values, proposal)).toMatchObject({ key: ["id"], title: ["detail"] });
});
