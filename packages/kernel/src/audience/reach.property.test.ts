import fc from "fast-check";
import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { assertMaySee } from "../cases/read-case.ts";
import { mayReadFile } from "../files/may-read-file.ts";
import { pumpOnce } from "../outbox/pump.ts";
import { maySee } from "../pipeline/execute.ts";
import { loadCase } from "../pipeline/load-case.ts";
import { countCases, listCases } from "../queue/list-cases.ts";
import { searchCases } from "../queue/search-cases.ts";
import { searchConsumer } from "../search-index/search-consumer.ts";
import { openTestKernel, type TestKernel, type TestUnit } from "../testing/index.ts";
import { file } from "../testing/story.ts";
import { readAs } from "./read-as.ts";

const above: Readonly<Record<TestUnit, readonly TestUnit[]>> = {
  brigade: ["brigade"],
  first: ["first", "brigade"],
  second: ["second", "brigade"],
  company: ["company", "first", "brigade"],
};
const places = Object.keys(above) as TestUnit[];
/** Who reads up to where, as the specification says it; the others see no case by their unit. */
const readsUpTo = { clerk: 1, officer: 2, handler: 2, custodian: 2, supervisor: 2, mediator: 0, unitAdmin: 0 } as const;

interface Held {
  readonly role: keyof typeof readsUpTo;
  readonly unit: TestUnit;
  readonly subtree: boolean;
}
interface Known {
  readonly id: string;
  readonly unit: TestUnit;
  readonly level: number;
  readonly fileId: string;
}

/** The slow way: each grant for itself, at each case. */
const seesIt = (grants: readonly Held[], c: Known): boolean =>
  c.level < 3 &&
  grants.some(
    (g) => readsUpTo[g.role] >= c.level && (g.unit === c.unit || (g.subtree && above[c.unit].includes(g.unit))),
  );

/** A petition with a file at each unit and of each level, and one accusation. */
async function fileEverywhere(t: TestKernel): Promise<readonly Known[]> {
  const known: Known[] = [];
  const { pool } = t.database;
  const keep = async (unit: TestUnit, level: number, purpose: "solve" | "accuse"): Promise<void> => {
    const id = await file(t, { unitId: t.units[unit], purpose });
    const fileId = t.kernel.newId();
    await pool.query(
      `insert into kernel.files (id, case_id, name, type, size, sha256, storage_key, kek, dek, uploaded_at)
       values ($1, $2, 'a.pdf', 'application/pdf', 1, ''::bytea, 'x', 'x', ''::bytea, $3)`,
      [fileId, id, t.clock.now],
    );
    if (level < 3) {
      await pool.query("update kernel.cases set confidentiality = $2 where id = $1", [id, level]);
      await pool.query("update kernel.case_audience set conf = $2 where case_id = $1 and depth >= 0", [id, level]);
    }
    known.push({ id, unit, level, fileId });
  };
  for (const unit of places) for (const level of [1, 2]) await keep(unit, level, "solve");
  await keep("company", 3, "accuse");
  await pumpOnce(t.kernel, [searchConsumer(t.kernel.pool)]);
  return known;
}

/** What somebody sees by each of the ways there are. */
async function waysOf(
  t: TestKernel,
  actor: Actor,
  known: readonly Known[],
): Promise<Record<string, readonly string[]>> {
  const listed = await listCases(t.kernel, actor, { view: "all", limit: 50 } as never);
  const found = await searchCases(t.kernel, actor, { q: "津贴", limit: 50, cursor: undefined });
  const fenced = await readAs(t.kernel, actor, (client) => client.query<{ id: string }>("select id from kernel.cases"));
  const opened: string[] = [];
  const acted: string[] = [];
  const files: string[] = [];
  for (const { id, fileId } of known) {
    const loaded = await loadCase(t.kernel.pool, id, "", "");
    if (loaded && maySee({ kind: "person", actor }, loaded.case, loaded.audience)) acted.push(id);
    if (
      await assertMaySee(t.kernel, actor, id).then(
        () => true,
        () => false,
      )
    )
      opened.push(id);
    if (await mayReadFile(t.kernel, { actor, codeCaseId: undefined }, fileId)) files.push(id);
  }
  const ids = (items: readonly { caseId: string }[]) => items.map((i) => i.caseId);
  return {
    list: ids(listed.items),
    search: ids(found.items),
    fence: fenced.rows.map((r) => r.id),
    opened,
    acted,
    files,
  };
}

const grant = fc.record<Held>({
  role: fc.constantFrom(...(Object.keys(readsUpTo) as Held["role"][])),
  unit: fc.constantFrom(...places),
  subtree: fc.boolean(),
});

test("whoever holds several roles sees at each unit what the roles held there let him see, and no more, by every way there is", async () => {
  await using t = await openTestKernel();
  const known = await fileEverywhere(t);
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(grant, { maxLength: 4, selector: (g) => `${g.role} ${g.unit}` }),
      async (grants) => {
        const actor = await t.person("某人", "company", grants);
        const expected = known.filter((c) => seesIt(grants, c)).map((c) => c.id);
        for (const [way, seen] of Object.entries(await waysOf(t, actor, known)))
          expect([way, seen.toSorted()]).toEqual([way, expected.toSorted()]);
        expect((await countCases(t.kernel, actor, undefined)).all).toBe(expected.length);
      },
    ),
    {
      numRuns: 40,
      examples: [
        [
          [
            { role: "officer", unit: "first", subtree: false },
            { role: "clerk", unit: "second", subtree: false },
          ],
        ],
        [
          [
            { role: "clerk", unit: "first", subtree: true },
            { role: "officer", unit: "first", subtree: false },
          ],
        ],
      ],
    },
  );
}, 120_000);
