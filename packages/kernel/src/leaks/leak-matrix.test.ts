import process from "node:process";
import { expect, test } from "vitest";
import { openTestKernel } from "../testing/index.ts";
import type { LeakCase } from "./leak-cases.ts";
import { absent, type LeakWorld, openLeakWorld, tells } from "./leak-world.ts";
import {
  type CaseName,
  isPetitioner,
  nearTheSplit,
  type Relation,
  readsCovered,
  relations,
  type Stage,
  seesAsOwner,
  seesAtDesk,
} from "./model.ts";
import {
  type DirectWay,
  directWays,
  type ListWay,
  listWays,
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
  readonly of: string;
  readonly wrong: string;
}
interface Seen {
  readonly cells: number;
  readonly wrong: readonly Cell[];
}

const tellsMore = (said: string, c: LeakCase): boolean =>
  [c.word, c.covered, c.fileId].some((sign) => said.includes(sign));

const expected = (side: DirectWay["side"] | OpenWay["side"], relation: Relation, c: LeakCase): boolean =>
  (side === "desk" || side === "either" ? seesAtDesk(relation, c) : false) ||
  ((side === "own" || side === "either") && seesAsOwner(relation, c)) ||
  (side === "himself" && isPetitioner(relation));

/** What somebody is shown who sees the case. */
function shownTo(relation: Relation, way: DirectWay, c: LeakCase, found: Awaited<ReturnType<typeof outcome>>) {
  const closed = way.whole && !readsCovered(relation);
  if (closed) return found.said.includes("redaction.outside") ? null : `opens it whole: ${found.said.slice(0, 120)}`;
  if (found.refused) return `should see it, but: ${found.said.slice(0, 120)}`;
  return uncovers(relation, c, found.said);
}

const uncovers = (relation: Relation, c: LeakCase, said: string): string | null =>
  !readsCovered(relation) && said.includes(c.covered) ? `uncovers: ${said.slice(0, 160)}` : null;

async function direct(
  v: Visitor,
  w: LeakWorld,
  way: DirectWay,
  relation: Relation,
  c: LeakCase,
): Promise<string | null> {
  const may = expected(way.side, relation, c);
  if ((may && way.acts) || way.of?.includes(c.name) === false) return null;
  const ask = async (of: LeakCase) => {
    v.statements();
    const { said, refused } = await outcome(() => way.ask(v, of, w.t.key()));
    return { said: way.repeats ? withoutTyped(said, of) : said, refused, asked: v.statements() };
  };
  const found = await ask(c);
  if (may) return shownTo(relation, way, c, found);
  if (tells(found.said, c)) return `leaks: ${found.said.slice(0, 120)}`;
  const none = await ask(absent(c));
  if (none.said !== found.said) return `tells hidden from absent: ${found.said} / ${none.said}`;
  const more = [found.asked, none.asked].map((asked) => asked.join("\n"));
  return more[0] === more[1] ? null : `asks the database otherwise: ${found.asked.length} / ${none.asked.length}`;
}

function told(way: OpenWay | ListWay, relation: Relation, c: LeakCase, said: string): string | null {
  if (expected(way.side, relation, c))
    return way.shows && !tells(said, c) ? `should see it, but: ${said.slice(0, 120)}` : uncovers(relation, c, said);
  const more = way.side === "ids" ? tellsMore(said, c) : tells(said, c);
  return more ? `leaks: ${said.slice(0, 160)}` : null;
}

/** Numbers: as many as he may see, in all and unit by unit. */
async function counts(v: Visitor, w: LeakWorld, relation: Relation): Promise<string | null> {
  const visible = [...w.cases, ...w.parted].filter((c) => seesAtDesk(relation, c)).length;
  const { said, refused } = await outcome(() => v.call("cases.counts", {}));
  if (refused) return visible === 0 ? null : `may not count: ${said}`;
  const { all } = JSON.parse(said) as { all: number };
  return all === visible ? null : `counts ${all}, sees ${visible}`;
}

/** Which cases it is asked of: in the long run all, in the ordinary one those of the split by whoever stood near it. */
const askedBy = (w: LeakWorld, relation: Relation): readonly LeakCase[] => [
  ...w.cases,
  ...(LONG || nearTheSplit.includes(relation) ? w.parted : []),
];

/** Every relation, every way, every case. */
async function matrix(w: LeakWorld, who: readonly Relation[] = relations): Promise<Seen> {
  const wrong: Cell[] = [];
  let cells = 0;
  const note = (relation: Relation, way: string, of: string, found: string | null) => {
    cells += 1;
    if (found !== null) wrong.push({ relation, way, of, wrong: found });
  };
  for (const relation of who) {
    const v = await visitor(w, relation);
    for (const c of askedBy(w, relation)) {
      for (const way of directWays) note(relation, way.path, c.name, await direct(v, w, way, relation, c));
      for (const way of openWays) {
        const { said } = await outcome(() => way.ask(v, w, c));
        note(relation, way.name, c.name, told(way, relation, c, said));
      }
    }
    for (const way of listWays) {
      const { said } = await outcome(() => way.ask(v, w));
      for (const c of [...w.cases, ...w.parted]) note(relation, way.name, c.name, told(way, relation, c, said));
    }
    note(relation, "cases.counts", "all", await counts(v, w, relation));
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
  LONG ? 600_000 : 240_000,
);

/** In which ways each of them is told what he must not be. */
async function findings(w: LeakWorld, who: readonly Relation[]): Promise<(relation: Relation) => readonly string[]> {
  const { wrong } = await matrix(w, who);
  return (relation) => [...new Set(wrong.filter((c) => c.relation === relation).map((c) => `${c.of}: ${c.way}`))];
}

/** A key too many, for every case of one name. */
const key = (w: LeakWorld, unitId: string, name: CaseName) =>
  w.t.database.pool.query(
    `insert into kernel.case_audience (key, case_id, due, received, depth, conf, status, open, category, channel, holder)
     select $1, case_id, due, received, 0, 1, status, open, category, channel, holder from kernel.case_audience
      where case_id = $2 and depth >= 0 limit 1`,
    [unitId, [...w.cases, ...w.parted].find((c) => c.name === name)?.id],
  );

test("a recusal that is overlooked, and a key too many, turn the matrix red", async () => {
  await using t = await openTestKernel();
  const w = await openLeakWorld(t, "inHandling");
  const { pool } = t.database;
  // two fences keep the officer of the unit complained of out: no key of it stands in the audience, and he stands out
  await pool.query("update kernel.recusals set state = 'refused' where person_id = any ($1)", [
    [w.people.respondentPerson?.personId, w.people.officerOfRespondentUnit?.personId],
  ]);
  await key(w, t.units.company, "plain");
  // a key of the unit where somebody serves now who has decided once
  await key(w, t.units.second, "confidential");

  const by = await findings(w, [
    "officerOfHolder",
    "decidedBeforeAndLeft",
    "officerOfRespondentUnit",
    "respondentPerson",
  ]);

  expect(by("respondentPerson")).toEqual(
    expect.arrayContaining(["plain: cases.get", "plain: cases.list all", "all: cases.counts", "plain: files"]),
  );
  expect(by("officerOfRespondentUnit")).toEqual(expect.arrayContaining(["plain: cases.byNo", "plain: second fence"]));
  expect(by("decidedBeforeAndLeft")).toEqual(
    expect.arrayContaining(["confidential: cases.get", "confidential: cases.list all", "all: cases.counts"]),
  );
  expect(by("officerOfHolder")).toEqual([]);
}, 240_000);

test("so do a mandate that goes on, words that are shown, and an accusation that its unit keeps", async () => {
  await using t = await openTestKernel();
  const w = await openLeakWorld(t, "inHandling");
  const { pool } = t.database;
  await pool.query("update kernel.mandates set ended_at = null");
  await pool.query("update kernel.redactions set lifted_at = $2 where case_id = $1", [w.cases[0]?.id, t.clock.now]);
  await key(w, t.units.first, "toOrgan");
  // whoever holds a code without a mandate is the petitioner
  const codes = { ...w.codes, delegate: { caseId: w.codes.delegate?.caseId ?? "", mandateId: null } };

  const by = await findings({ ...w, codes }, [
    "formerDelegate",
    "delegate",
    "delegateOfAccuser",
    "officerOfAssistingUnit",
    "letInNow",
    "handler",
  ]);

  expect(by("formerDelegate")).toEqual(expect.arrayContaining(["plain: intake.case", "plain: files"]));
  expect(by("delegate")).toEqual(expect.arrayContaining(["confidential: own data", "confidential: who looked at it"]));
  expect(by("delegateOfAccuser")).toEqual([]);
  for (const outside of ["officerOfAssistingUnit", "letInNow"] as const)
    expect(by(outside)).toEqual(
      expect.arrayContaining(["plain: cases.get", "plain: cases.list all", "plain: notices.list"]),
    );
  expect(by("letInNow")).not.toContain("confidential: cases.get");
  expect(by("handler")).toEqual(
    expect.arrayContaining(["toOrgan: cases.get", "toOrgan: cases.list all", "all: cases.counts"]),
  );
}, 240_000);
