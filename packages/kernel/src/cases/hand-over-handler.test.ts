import { expect, test } from "vitest";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { inHandling, rows, staffOf } from "../testing/story.ts";
import { handOverHandler, previewHandOver } from "./hand-over-handler.ts";

const handlerOf = async (t: TestKernel, id: string) =>
  (await rows<{ handler: string }>(t, "select handler_id as handler from kernel.cases where id = $1", [id]))[0]
    ?.handler;

test("what somebody handles goes to another in one press; a conflict keeps its case, and it is named", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const other = await t.person("接办", "first", [{ role: "handler", unit: "first" }]);
  const ids = [await inHandling(t, s), await inHandling(t, s), await inHandling(t, s)];
  const [kept = "", ...moved] = ids;
  await rows(
    t,
    "insert into kernel.recusals (person_id, case_id, source, state, at) values ($1, $2, 'self', 'granted', now())",
    [other.personId, kept],
  );
  const input = { fromPersonId: s.handler.personId, toPersonId: other.personId, why: "调离", key: t.key() };

  expect(await previewHandOver(t.kernel, s.officer, s.handler.personId)).toEqual({ total: 3, tasks: 0 });
  expect(await handlerOf(t, ids[1] ?? "")).toBe(s.handler.personId);
  const [{ no } = { no: "" }] = await rows<{ no: string }>(t, "select case_no as no from kernel.cases where id = $1", [
    kept,
  ]);
  const answer = { total: 3, done: 2, refused: [{ caseNo: no, codes: ["handler.free"] }], tasks: 0 };
  expect(await handOverHandler(t.kernel, s.officer, input)).toEqual(answer);
  expect(await handOverHandler(t.kernel, s.officer, input)).toEqual(answer);
  await expect(handOverHandler(t.kernel, s.officer, { ...input, why: "别的" })).rejects.toMatchObject({
    code: "key.reused",
  });
  for (const id of moved) expect(await handlerOf(t, id)).toBe(other.personId);
  expect(await handlerOf(t, kept)).toBe(s.handler.personId);
});

test("whoever does not see the cases hands over nothing and learns no number; a handler may not give them away himself", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const stranger = await t.person("二营干事", "second", [{ role: "officer", unit: "second" }]);
  const other = await t.person("接办", "first", [{ role: "handler", unit: "first" }]);
  const id = await inHandling(t, s);
  const input = {
    fromPersonId: s.handler.personId,
    toPersonId: other.personId,
    why: "调离",
    key: t.key(),
  };
  expect(await previewHandOver(t.kernel, stranger, s.handler.personId)).toEqual({ total: 0, tasks: 0 });
  await expect(handOverHandler(t.kernel, stranger, input)).rejects.toMatchObject({ code: "handOver.nothing" });
  expect(await handOverHandler(t.kernel, s.handler, input)).toMatchObject({
    done: 0,
    refused: [{ codes: ["forbidden"] }],
  });
  expect(await handlerOf(t, id)).toBe(s.handler.personId);
});
