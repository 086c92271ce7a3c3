import fc from "fast-check";
import { expect, test } from "vitest";
import { MAY_SEE, maySeeValues } from "../audience/visible.ts";
import { openTestKernel, type TestUnit } from "../testing/index.ts";
import { file, rows } from "../testing/story.ts";
import { audiencesOfLive, type LiveRow, newsFor } from "./read-live.ts";

const places = ["brigade", "first", "second", "company"] as const satisfies readonly TestUnit[];
const grant = fc.record({
  role: fc.constantFrom("clerk", "officer", "handler", "discipline", "mediator", "unitAdmin"),
  unit: fc.constantFrom(...places),
  subtree: fc.boolean(),
});

test("a screen is told of exactly the cases its reader may see by the one predicate, whatever his roles", async () => {
  await using t = await openTestKernel();
  const ids: string[] = [];
  for (const unit of places) {
    ids.push(await file(t, { unitId: t.units[unit] }));
    const sensitive = await file(t, { unitId: t.units[unit] });
    await rows(t, "update kernel.cases set confidentiality = 2 where id = $1", [sensitive]);
    await rows(t, "update kernel.case_audience set conf = 2 where case_id = $1", [sensitive]);
    ids.push(sensitive);
  }
  ids.push(await file(t, { unitId: t.units.company, purpose: "accuse" }));
  const batch: readonly LiveRow[] = [
    { no: 1, what: { cases: ids.map((id) => ({ id, open: true })) } },
    { no: 2, what: { presence: ids } },
  ];
  const audiences = await audiencesOfLive(t.kernel, batch);
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(grant, { maxLength: 3, selector: (g) => `${g.role} ${g.unit}` }),
      fc.subarray(ids),
      async (grants, recused) => {
        const actor = await t.person("某人", "company", grants);
        for (const id of recused)
          await rows(
            t,
            "insert into kernel.recusals (person_id, case_id, source, state, at) values ($1, $2, 'self', 'granted', now())",
            [actor.personId, id],
          );
        const seen: string[] = [];
        for (const id of ids) if ((await rows(t, MAY_SEE, [...maySeeValues(actor, id)])).length > 0) seen.push(id);
        const now = await audiencesOfLive(t.kernel, batch);
        const news = newsFor(t.kernel, { actor, codeCaseId: undefined }, batch, now);
        expect(news?.cases ?? []).toEqual(seen);
        expect(news?.presence ?? []).toEqual(seen);
        expect(news?.own ?? []).toEqual([]);
        expect(news === undefined).toBe(seen.length === 0);
      },
    ),
    { numRuns: 40 },
  );
  // who holds a code hears of that one case, of what stands in it for him, and never who is at it
  const [own = "", other = ""] = ids;
  const by = (open: boolean) =>
    newsFor(
      t.kernel,
      { actor: undefined, codeCaseId: own },
      [{ no: 1, what: { cases: [own, other].map((id) => ({ id, open })), presence: [own], told: [own] } }],
      audiences,
    );
  expect(by(true)).toEqual({ cases: [], own: [own], presence: [], bell: false });
  expect(by(false)).toBeUndefined();
}, 120_000);
