import process from "node:process";
import { expect, test } from "vitest";
import { openTestKernel } from "../testing/index.ts";
import { absent, type LeakCase, type LeakWorld, openLeakWorld, tells } from "./leak-world.ts";
import { type Relation, relations, type Stage, seesAsOwner, seesAtDesk } from "./model.ts";
import {
  type DirectWay,
  directWays,
  type OpenWay,
  openWays,
  outcome,
  type Visitor,
  visitor,
  withoutTyped,
} from "./ways-in.ts";

// biome-ignore lint/style/noProcessEnv: how long to look is said by whoever starts the tests.
const LONG = process.env.DOORSTEP_LONG === "1";

interface Cell {
  readonly relation: Relation;
  readonly way: string;
  readonly level: number;
  readonly wrong: string;
}
interface Seen {
  readonly cells: number;
  readonly wrong: readonly Cell[];
}

const tellsMore = (said: string, c: LeakCase): boolean => [c.word, c.fileId].some((sign) => said.includes(sign));

const expected = (side: DirectWay["side"] | OpenWay["side"], relation: Relation, c: LeakCase, stage: Stage): boolean =>
  (side === "desk" || side === "either" ? seesAtDesk(relation, c.level, stage) : false) ||
  ((side === "own" || side === "either") && seesAsOwner(relation));

async function direct(
  v: Visitor,
  w: LeakWorld,
  way: DirectWay,
  relation: Relation,
  c: LeakCase,
): Promise<string | null> {
  const may = expected(way.side, relation, c, w.stage);
  if ((may && way.acts) || (way.level ?? c.level) !== c.level) return null;
  const ask = async (of: LeakCase) => {
    v.statements();
    const { said, refused } = await outcome(() => way.ask(v, of, w.t.key()));
    return { said: way.repeats ? withoutTyped(said, of) : said, refused, asked: v.statements() };
  };
  const found = await ask(c);
  if (may) return found.refused ? `should see it, but: ${found.said.slice(0, 120)}` : null;
  if (tells(found.said, c)) return `leaks: ${found.said.slice(0, 120)}`;
  const none = await ask(absent(c));
  if (none.said !== found.said) return `tells hidden from absent: ${found.said} / ${none.said}`;
  const more = [found.asked, none.asked].map((asked) => asked.join("\n"));
  return more[0] === more[1] ? null : `asks the database otherwise: ${found.asked.length} / ${none.asked.length}`;
}

async function open(v: Visitor, w: LeakWorld, way: OpenWay, relation: Relation, c: LeakCase): Promise<string | null> {
  const { said } = await outcome(() => way.ask(v, w, c));
  const told = way.side === "ids" ? tellsMore(said, c) : tells(said, c);
  return told && !expected(way.side, relation, c, w.stage) ? `leaks: ${said.slice(0, 160)}` : null;
}

/** Numbers: as many as he may see, in all and unit by unit. */
async function counts(v: Visitor, w: LeakWorld, relation: Relation): Promise<string | null> {
  const visible = w.cases.filter((c) => seesAtDesk(relation, c.level, w.stage)).length;
  const { said, refused } = await outcome(() => v.call("cases.counts", {}));
  if (refused) return visible === 0 ? null : `may not count: ${said}`;
  const { all } = JSON.parse(said) as { all: number };
  return all === visible ? null : `counts ${all}, sees ${visible}`;
}

/** Every relation, every way, every level. */
async function matrix(w: LeakWorld, who: readonly Relation[] = relations): Promise<Seen> {
  const wrong: Cell[] = [];
  let cells = 0;
  const note = (relation: Relation, way: string, level: number, found: string | null) => {
    cells += 1;
    if (found !== null) wrong.push({ relation, way, level, wrong: found });
  };
  for (const relation of who) {
    const v = visitor(w, w.people[relation]);
    for (const c of w.cases) {
      for (const way of directWays) note(relation, way.path, c.level, await direct(v, w, way, relation, c));
      for (const way of openWays) note(relation, way.name, c.level, await open(v, w, way, relation, c));
    }
    note(relation, "cases.counts", 0, await counts(v, w, relation));
  }
  return { cells, wrong };
}

const stages: readonly Stage[] = LONG ? ["received", "inHandling", "replied"] : ["inHandling"];

test.each(stages)(
  "nobody learns of a case by any way but those the specification gives him (%s)",
  async (stage) => {
    await using t = await openTestKernel();
    const { cells, wrong } = await matrix(await openLeakWorld(t, stage));
    process.stderr.write(`leak matrix, ${stage}: ${cells} cells, ${wrong.length} wrong\n`);
    expect(wrong).toEqual([]);
    expect(cells).toBeGreaterThan(3_000);
  },
  LONG ? 600_000 : 120_000,
);

test("a recusal that is overlooked, and a key too many, turn the matrix red", async () => {
  await using t = await openTestKernel();
  const w = await openLeakWorld(t, "inHandling");
  const { pool } = t.database;
  // two fences keep the officer of the unit complained of out: no key of it stands in the audience, and he stands out
  await pool.query("update kernel.recusals set state = 'refused' where person_id = any ($1)", [
    [w.people.respondentPerson?.personId, w.people.officerOfRespondentUnit?.personId],
  ]);
  await pool.query(
    `insert into kernel.case_audience (key, case_id, due, received, depth, conf, status, open, category, channel, holder)
     select $1, case_id, due, received, 0, conf, status, open, category, channel, holder from kernel.case_audience
      where conf = 1 and depth = 0`,
    [t.units.company],
  );

  // a key of the unit where somebody serves now who has decided once
  await pool.query(
    `insert into kernel.case_audience (key, case_id, due, received, depth, conf, status, open, category, channel, holder)
     select $1, case_id, due, received, 0, conf, status, open, category, channel, holder from kernel.case_audience
      where conf = 2 and depth = 0`,
    [t.units.second],
  );

  // who acts last writes who sees it anew
  const { wrong } = await matrix(w, [
    "officerOfHolder",
    "decidedBeforeAndLeft",
    "officerOfRespondentUnit",
    "respondentPerson",
  ]);

  const by = (relation: Relation) => [...new Set(wrong.filter((c) => c.relation === relation).map((c) => c.way))];
  expect(by("respondentPerson")).toEqual(
    expect.arrayContaining(["cases.get", "cases.list all", "cases.counts", "files"]),
  );
  expect(by("officerOfRespondentUnit")).toEqual(expect.arrayContaining(["cases.byNo", "second fence"]));
  expect(by("decidedBeforeAndLeft")).toEqual(expect.arrayContaining(["cases.get", "cases.list all", "cases.counts"]));
  expect(by("officerOfHolder")).toEqual([]);
}, 120_000);
