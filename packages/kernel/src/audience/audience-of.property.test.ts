import fc from "fast-check";
import { expect, test } from "vitest";
import { type AudienceFacts, audienceOf } from "./audience-of.ts";

const UNITS = 12;
const units = Array.from({ length: UNITS }, (_, n) => `u${n}`);

interface Tree {
  /** parent of each unit; the first is the root */
  readonly parents: readonly number[];
}
const pathOf = (tree: Tree, unit: number): readonly string[] =>
  unit === 0 ? ["u0"] : [`u${unit}`, ...pathOf(tree, tree.parents[unit] ?? 0)];

const trees = fc
  .tuple(...Array.from({ length: UNITS - 1 }, (_, n) => fc.nat({ max: n })))
  .map((parents): Tree => ({ parents: [0, ...parents] }));
const unit = fc.nat({ max: UNITS - 1 });

/** Who sees it, said the slow way: each unit for itself. */
function seesIt(tree: Tree, facts: AudienceFacts, key: string): boolean {
  const above = pathOf(tree, units.indexOf(key));
  const concerned = [
    facts.holderPath[0],
    facts.intakePath?.[0],
    facts.handlingPath?.[0],
    ...(facts.assistPaths ?? []).map((p) => p[0]),
  ].filter((u) => u !== undefined);
  const insideRespondent = above.some((u) => facts.respondentUnits.includes(u));
  const overOne = concerned.some((c) => pathOf(tree, units.indexOf(c)).includes(key));
  return overOne && !insideRespondent;
}

test("a unit sees a case when it is over a unit concerned, and neither complained of nor below one that is", () => {
  fc.assert(
    fc.property(
      trees,
      unit,
      fc.option(unit),
      fc.option(unit),
      fc.array(unit, { maxLength: 3 }),
      fc.array(unit, { maxLength: 2 }),
      (tree, holder, intake, handling, respondents, assisting) => {
        const facts: AudienceFacts = {
          confidentiality: 2,
          organId: null,
          holderPath: pathOf(tree, holder),
          intakePath: intake === null ? null : pathOf(tree, intake),
          handlingPath: handling === null ? null : pathOf(tree, handling),
          assistPaths: assisting.map((u) => pathOf(tree, u)),
          respondentUnits: respondents.map((r) => `u${r}`),
          quarantined: false,
        };
        const keys = audienceOf(facts);
        expect(keys.map((k) => k.key).toSorted()).toEqual(units.filter((u) => seesIt(tree, facts, u)).toSorted());
        for (const { key, depth } of keys) {
          const depths = [facts.holderPath, facts.intakePath, facts.handlingPath, ...(facts.assistPaths ?? [])]
            .map((path) => path?.indexOf(key) ?? -1)
            .filter((d) => d >= 0);
          expect(depth).toBe(Math.min(...depths));
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("an accusation is seen by its organ alone, whatever units are concerned", () => {
  fc.assert(
    fc.property(
      trees,
      unit,
      fc.array(unit, { maxLength: 3 }),
      fc.option(fc.constant("organ")),
      (tree, holder, respondents, organId) => {
        const path = pathOf(tree, holder);
        const facts = {
          confidentiality: 3,
          organId,
          holderPath: path,
          intakePath: path,
          handlingPath: path,
          respondentUnits: respondents.map((r) => `u${r}`),
          quarantined: false,
        };
        expect(audienceOf(facts)).toEqual(organId === null ? [] : [{ key: "organ", depth: 0 }]);
      },
    ),
  );
});
