import { expect, test } from "vitest";
import { caller } from "../testing/call.ts";
import { openTestKernel } from "../testing/index.ts";
import { peopleHandlers } from "./handlers.ts";

test("a role: what it reads, and who holds it where the asker sees people, page by page", async () => {
  await using t = await openTestKernel();
  const by = caller(t.kernel, { people: peopleHandlers });
  const brigade = await t.person("王静", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const second = await t.person("孙六", "second", [{ role: "unitAdmin", unit: "second" }]);
  const above = await t.person("旅干事", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]);
  const both = await t.person("甲", "first", [
    { role: "officer", unit: "first" },
    { role: "officer", unit: "second" },
  ]);
  const gone = await t.person("乙", "second", [{ role: "officer", unit: "second" }]);
  await t.database.pool.query("update kernel.role_grants set revoked_on = '2026-03-01' where person_id = $1", [
    gone.personId,
  ]);

  const { people } = by(brigade);
  const one = await people.role({ role: "officer", limit: 2 });
  const two = await people.role({ role: "officer", limit: 2, cursor: one.nextCursor ?? "" });
  const line = (p: typeof above, unit: string, subtree = false) =>
    expect.objectContaining({
      personId: p.personId,
      subtree,
      unitName: expect.objectContaining({ en: `${unit} unit` }),
    });
  expect(one).toEqual({
    reads: 2,
    items: [line(above, "brigade", true), line(both, "first")],
    nextCursor: expect.any(String),
  });
  expect(two).toEqual({ reads: 2, items: [line(both, "second")], nextCursor: null });
  expect(await by(second).people.role({ role: "officer" })).toMatchObject({ items: [line(both, "second")] });
  expect(await people.role({ role: "auditor" })).toEqual({ reads: null, items: [], nextCursor: null });
});
