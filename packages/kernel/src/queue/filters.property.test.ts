import { categories, type DeskView, deskViews } from "@doorstep/contracts";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { declareRecusal } from "../recusal/recusal.ts";
import { openTestKernel, type TestKernel, type TestUnit } from "../testing/index.ts";
import { byPerson, file, rows } from "../testing/story.ts";
import { countCases, FEW_UNITS, listCases } from "./list-cases.ts";

const places: readonly TestUnit[] = ["brigade", "first", "second", "company"];
const below: Readonly<Record<TestUnit, readonly TestUnit[]>> = {
  brigade: places,
  first: ["first", "company"],
  second: ["second"],
  company: ["company"],
};
const CHANNELS = ["online", "letter", "fax"] as const;

interface Known {
  readonly unit: TestUnit;
  readonly channel: string;
  readonly category: string | null;
}

/** Petitions everywhere, by three channels, of every category and of none; one unit complains of another. */
async function house(t: TestKernel) {
  const people = [
    await t.person("旅", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]),
    await t.person("一营", "first", [{ role: "officer", unit: "first" }]),
    await t.person("多职", "first", [
      { role: "clerk", unit: "first", subtree: true },
      { role: "officer", unit: "second" },
    ]),
  ];
  const known = new Map<string, Known>();
  for (let n = 0; n < 36; n++) {
    t.clock.advance({ hours: n % 3 });
    const unit = places[n % 4] ?? "first";
    const channel = CHANNELS[n % 3] ?? "online";
    const category = [...categories, null][Math.floor(n / 4) % 4] ?? null;
    const id = await file(t, { unitId: t.units[unit] });
    if (n % 11 === 4 && people[0]) await declareRecusal(t.kernel, byPerson(t, id, people[0]), "亲属");
    const status = n % 5 === 0 ? "final" : "registered";
    const { pool } = t.database;
    const set = "channel = $2, category = $3, status = $4";
    await pool.query(`update kernel.cases set ${set} where id = $1`, [id, channel, category, status]);
    await pool.query(
      `update kernel.case_audience set ${set}, open = $5, conf = $6, due = due + $7::int where case_id = $1 and depth >= 0`,
      [id, channel, category, status, n % 5 !== 0, 1 + (n % 7 === 0 ? 1 : 0), n % 4],
    );
    // as if the unit itself were complained of: it has no row, those above it have theirs
    if (n % 9 === 2)
      await pool.query("delete from kernel.case_audience where case_id = $1 and key = $2", [id, t.units[unit]]);
    known.set(id, { unit, channel, category });
  }
  return { people, known };
}

async function every(t: TestKernel, actor: Actor, input: object): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listCases(t.kernel, actor, { limit: 4, ...input, cursor } as never);
    ids.push(...page.items.map((item) => item.caseId));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return ids;
}

test("a filtered list is the unfiltered one without the others, page after page, and a badge counts it", async () => {
  await using t = await openTestKernel();
  const { people, known } = await house(t);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...people),
      fc.constantFrom<DeskView>(...deskViews),
      fc.option(fc.constantFrom(...places), { nil: undefined }),
      fc.option(fc.constantFrom(...categories), { nil: undefined }),
      fc.option(fc.constantFrom(...CHANNELS), { nil: undefined }),
      async (actor, view, unit, category, channel) => {
        const unitId = unit && t.units[unit];
        const wanted = (await every(t, actor, { view })).filter((id) => {
          const one = known.get(id);
          return (
            one !== undefined &&
            (!unit || below[unit].includes(one.unit)) &&
            (!category || one.category === category) &&
            (!channel || one.channel === channel)
          );
        });
        expect(await every(t, actor, { view, unitId, category, channel })).toEqual(wanted);
        expect(await every(t, actor, { view, unitId, category, channel, order: "reversed" })).toEqual(
          wanted.toReversed(),
        );
        if (!category && !channel) expect((await countCases(t.kernel, actor, unitId))[view]).toBe(wanted.length);
      },
    ),
    { numRuns: 150 },
  );
});

/** Blocks that the statements of a list touch, with 20,000 rows of others beside what it shows. */
async function blocksOf(t: TestKernel, actor: Actor, input: object): Promise<number> {
  const asked: { readonly text: string; readonly values: unknown[] }[] = [];
  const client = await t.database.pool.connect();
  const listen = {
    ...client,
    query: (text: unknown, values?: unknown[]) => {
      if (typeof text === "string" && text.includes("kernel.case_audience")) asked.push({ text, values: values ?? [] });
      return client.query(text as string, values);
    },
    release: () => undefined,
  };
  try {
    const pool = { connect: async () => listen, query: t.kernel.pool.query.bind(t.kernel.pool) };
    await listCases({ ...t.kernel, pool: pool as never }, actor, { limit: 5, ...input } as never);
    const [one] = asked;
    if (!one) throw new Error("nothing was asked");
    const { rows: plan } = await client.query(`explain (analyze, buffers, format json) ${one.text}`, one.values);
    const top = plan[0]["QUERY PLAN"][0].Plan;
    return top["Shared Hit Blocks"] + top["Shared Read Blocks"];
  } finally {
    client.release(true);
  }
}

test("a list of what hardly occurs costs what it shows, not what it leaves out", async () => {
  await using t = await openTestKernel();
  const officer = await t.person("旅", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]);
  const { brigade, first, company } = t.units;
  // what is rare among the open has been common, long ago
  for (const [open, category, channel, holder, since] of [
    [true, "claim", "online", first, 0],
    [false, "suggestion", "fax", company, 1],
  ] as const)
    await rows(
      t,
      `insert into kernel.case_audience (key, case_id, due, received, depth, conf, status, open, category, channel, holder)
       select $1, gen_random_uuid(), '2026-01-01'::date + n % 300, '2026-01-01'::timestamptz - n * interval '1 minute' - $6 * interval '1 year',
           1, 1, 'accepted', $2, $3, $4, $5
         from generate_series(1, 20000) n`,
      [brigade, open, category, channel, holder, since],
    );
  await rows(t, "vacuum analyze kernel.case_audience");
  for (const view of ["open", "all"])
    for (const rare of [
      { order: "reversed" },
      { category: "suggestion" },
      { category: "suggestion", order: "reversed" },
      { channel: "fax" },
      { category: "claim", channel: "fax" },
      { unitId: company },
    ])
      expect(await blocksOf(t, officer, { view, ...rare }), JSON.stringify({ view, ...rare })).toBeLessThan(150);
});

test("a unit that has more below it than can be walked one by one gives the same list", async () => {
  await using t = await openTestKernel();
  const { people } = await house(t);
  const [above] = people;
  if (!above) throw new Error("no staff");
  const before = await every(t, above, { view: "open", unitId: t.units.brigade, channel: "fax" });
  expect(before.length).toBeGreaterThan(3);
  await rows(
    t,
    `insert into kernel.units (id, code, name_zh, name_en, level, parent_id, path, time_zone, policy_pack, valid_from)
     select x.id, 'x' || x.n, 'x', 'x', 9, u.id, u.path || x.id, u.time_zone, u.policy_pack, u.valid_from
       from kernel.units u cross join (select n, gen_random_uuid() as id from generate_series(1, $2::int) n) x where u.id = $1`,
    [t.units.brigade, FEW_UNITS],
  );
  expect(await every(t, above, { view: "open", unitId: t.units.brigade, channel: "fax" })).toEqual(before);
});
