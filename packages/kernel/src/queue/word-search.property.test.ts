import { DoorstepError } from "@doorstep/contracts";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { readAs } from "../audience/read-as.ts";
import { readCase } from "../cases/read-case.ts";
import { pumpOnce } from "../outbox/pump.ts";
import { declareRecusal } from "../recusal/recusal.ts";
import { markFreshTexts } from "../search-index/mark-fresh-texts.ts";
import { searchConsumer } from "../search-index/search-consumer.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, file, rows } from "../testing/story.ts";
import { textQuery } from "./bigrams.ts";
import { searchCases } from "./search-cases.ts";
import { findByWords, wordSearchParts } from "./word-search.ts";

const { choose, hitsFirst, walk } = wordSearchParts;

interface Written {
  readonly id: string;
  readonly title: string;
  readonly received: string;
}

/** 津贴 stands in nearly all, 宿舍 in every third, 屋顶 in the oldest alone, 食堂 here and there, 獬豸 in none. */
const WORDS = ["津贴", "宿舍", "屋顶", "食堂", "津贴 宿舍", "獬豸"];
const CANTEEN = [46, 44, 30, 20, 10];
const CASES = 48;
const ACCUSED = 11;

function titleOf(n: number): string {
  const words = [n % 9 === 8 ? "" : "津贴", n % 3 === 0 ? "宿舍" : "", n < 2 ? "屋顶" : ""];
  return `${n}${[...words, CANTEEN.includes(n) ? "食堂" : ""].join("，")}`;
}

async function house(t: TestKernel) {
  const officer = await t.person("干事", "first", [{ role: "officer", unit: "first" }]);
  const people: readonly Actor[] = [
    officer,
    await t.person("旅", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]),
    await t.person("二营", "second", [{ role: "clerk", unit: "second" }]),
    await t.person("多职", "first", [
      { role: "officer", unit: "first", subtree: true },
      { role: "handler", unit: "company" },
      { role: "officer", unit: "second" },
    ]),
    await t.person("无职", "first", []),
  ];
  const units = [t.units.first, t.units.second, t.units.company];
  const filed: string[] = [];
  for (let n = 0; n < CASES; n++) {
    // some come in the same moment: the order among them is their ids'
    if (n % 4 !== 0) t.clock.advance({ minutes: 7 });
    const id = await file(t, {
      unitId: units[n % 3] ?? t.units.first,
      title: titleOf(n),
      body: "请予答复",
      desiredOutcome: "",
      ...(n === ACCUSED && { purpose: "accuse" }),
    });
    filed.push(id);
    if (n % 12 === 3 && n % 3 === 0) await declareRecusal(t.kernel, byPerson(t, id, officer), "亲属");
  }
  await pumpOnce(t.kernel, [searchConsumer(t.kernel.pool)]);
  const written = await rows<Written>(
    t,
    "select id, title, received_at::text as received from kernel.cases where confidentiality < 3 order by received_at desc, id desc",
  );
  return { people, written, filed };
}

const maySee = (t: TestKernel, actor: Actor, id: string): Promise<boolean> =>
  readCase(t.kernel, actor, id).then(
    () => true,
    (error: unknown) => {
      if (error instanceof DoorstepError && error.code === "case.notFound") return false;
      throw error;
    },
  );

test("however it is searched, the page is the newest of what has the words and may be seen", async () => {
  await using t = await openTestKernel();
  const { people, written } = await house(t);
  const seen = new Map<Actor, readonly Written[]>();
  for (const actor of people) {
    const his: Written[] = [];
    for (const one of written) if (await maySee(t, actor, one.id)) his.push(one);
    seen.set(actor, his);
  }
  expect([...seen.values()].map((his) => his.length)).toEqual([12, 47, 16, 47, 0]);

  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...people),
      fc.constantFrom(...WORDS),
      fc.integer({ min: 1, max: 20 }),
      fc.option(fc.nat({ max: CASES - 2 })),
      fc.record({ reach: fc.integer({ min: 1, max: 60 }), every: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ newest: fc.integer({ min: 0, max: CASES + 1 }), old: fc.nat({ max: CASES - 2 }) }),
      async (actor, q, limit, from, spread, fresh) => {
        await markFreshTexts(t.kernel.pool, fresh.newest);
        // an old one that was taken in since then is as fresh as the newest
        await rows(t, `update kernel.case_text set fresh = true where case_id = '${written[fresh.old]?.id}'`);
        const start = from === null ? null : (written[from] ?? null);
        const later = start ? written.slice(written.indexOf(start) + 1) : written;
        const wanted = later
          .filter((one) => q.split(" ").every((word) => one.title.includes(word)))
          .filter((one) => seen.get(actor)?.includes(one))
          .map((one) => one.id);
        const search = { words: textQuery(q), after: start && ([start.received, start.id] as const), limit };
        await readAs(t.kernel, actor, async (client) => {
          const ids = (found: readonly { case_id: string }[]) => found.map((f) => f.case_id);
          const page = wanted.slice(0, limit);
          expect(ids(await hitsFirst(client, actor, search))).toEqual(page);
          const newest = ids(await hitsFirst(client, actor, search, "newest"));
          // none in between is missed, however few are fresh
          expect(newest).toEqual(page.slice(0, newest.length));
          expect(ids(await findByWords(client, actor, search, spread))).toEqual(page);
          const { edge } = await choose(client, actor, search, spread);
          const walked = ids(await walk(client, actor, search, edge));
          // a walk that was cut short may miss some at its end, and never one in between
          expect(walked).toEqual(page.slice(0, walked.length));
          if (edge === null) expect(walked).toEqual(page);
          expect(ids(await walk(client, actor, search, null))).toEqual(page);
        });
      },
    ),
    { numRuns: 150 },
  );
});

test("a walk ends at its edge, and what it did not reach is found through the index", async () => {
  await using t = await openTestKernel();
  const { people, filed } = await house(t);
  const [, above] = people;
  if (!above) throw new Error("no staff");
  const search = { words: textQuery("食堂"), after: null, limit: 4 };
  const spread = { reach: 8, every: 2 };
  await readAs(t.kernel, above, async (client) => {
    const { hits, edge } = await choose(client, above, search, spread);
    // the second and the fourth of the newest: as if every other case had the word
    expect(hits).toBe(2);
    expect((await walk(client, above, search, edge)).map((f) => f.case_id)).toEqual([filed[46], filed[44]]);
    const found = await findByWords(client, above, search, spread);
    expect(found.map((f) => f.case_id)).toEqual([filed[46], filed[44], filed[30], filed[20]]);
  });
});

test("the choice of the way looks at nothing but what he may see", async () => {
  await using t = await openTestKernel();
  const { people } = await house(t);
  const [officer, , clerk, , nobody] = people;
  if (!officer || !clerk || !nobody) throw new Error("no staff");
  const sample = (actor: Actor, q: string) =>
    readAs(t.kernel, actor, (client) =>
      choose(client, actor, { words: textQuery(q), after: null, limit: 9 }, { reach: 60, every: 1 }),
    );
  // 宿舍 stands in petitions of the first battalion alone; from four of them the officer is recused
  expect(await sample(clerk, "宿舍")).toEqual({ hits: 0, edge: null });
  expect((await sample(officer, "宿舍")).hits).toBe(12);
  expect(await sample(nobody, "津贴")).toEqual({ hits: 0, edge: null });
});

test("pages of a search follow one another without a gap or a case twice", async () => {
  await using t = await openTestKernel();
  const { people, written } = await house(t);
  const [, above] = people;
  if (!above) throw new Error("no staff");
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await searchCases(t.kernel, above, { q: "津贴", limit: 5, cursor });
    ids.push(...page.items.map((i) => i.caseId));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(ids).toEqual(written.filter((w) => w.title.includes("津贴")).map((w) => w.id));
});
