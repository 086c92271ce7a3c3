import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type ClockRole,
  clockNames,
  errorCatalogue,
  eventTypes,
  isErrorCode,
  type Mark,
  noticeNames,
  type State,
  states,
} from "@doorstep/contracts";
import { expect, test } from "vitest";
import { effectivePack } from "../clocks/policy-rules.ts";
import { eventNames } from "../ledger/event-names.ts";
import { twoPersonActs } from "../proposals/two-person-acts.ts";
import { testPack } from "../testing/index.ts";
import { doings } from "../testing/random-acts.ts";
import type { LoadedCase } from "./loaded-case.ts";
import type { Transition } from "./rule.ts";
import { transitions } from "./table.ts";

const all: readonly Transition[] = transitions;

const stepsFrom = (table: readonly Transition[], state: State): readonly State[] =>
  table.flatMap((x) => (x.from !== "-" && x.from.includes(state) && x.to !== "same" ? [x.to] : []));

function reachable(table: readonly Transition[], from: State): ReadonlySet<State> {
  const seen = new Set<State>([from]);
  for (const state of seen) for (const next of stepsFrom(table, state)) seen.add(next);
  return seen;
}

test("every transition of the field stands in the table and is done by a command: nothing is put off", () => {
  const wanted = Array.from({ length: 28 }, (_, n) => `T${n + 1}`);
  expect([...new Set(all.map((x) => x.id))]).toEqual(wanted);
  const done = doings.map(({ command: { act } }) => (typeof act === "string" ? act : act.act));
  // filed by an act of its own, proposed by one person and confirmed by another
  const otherwise = ["file", ...Object.keys(twoPersonActs)];
  expect(all.map((x) => x.act).filter((act) => ![...done, ...otherwise].includes(act))).toEqual([]);
});

test("every state leads to the archive, and every state can come about", () => {
  for (const state of states) expect([state, reachable(all, state).has("archived")]).toEqual([state, true]);
  expect([...reachable(all, "received")].toSorted()).toEqual([...states].toSorted());
});

/** Extended once and for ever [R22:34]; the others are set outside the table. */
const PERMANENT: readonly Mark[] = ["extended"];

test("a mark that is set is cleared by some step, or lasts", () => {
  const cleared = new Set(all.map((x) => x.clears));
  for (const { act, sets } of all)
    if (sets && !PERMANENT.includes(sets)) expect([act, sets, cleared.has(sets)]).toEqual([act, sets, true]);
  for (const { act, clears, with: needed } of all)
    if (clears) expect([act, needed]).toEqual([act, expect.arrayContaining([clears])]);
});

/** What the petitioner, the parties or the office may still do after the end: it runs until the file is closed. */
const UNTIL_ARCHIVE: readonly ClockRole[] = ["rating", "followUp"];

/** Whether a clock of this role, started by `x`, can end by a step other than the archive. */
function canStop(role: ClockRole, x: Transition): boolean {
  const begins = x.to === "same" ? (x.from === "-" ? [] : x.from) : [x.to];
  const later = new Set(begins.flatMap((state) => [...reachable(all, state)]));
  return all.some(
    (y) =>
      y.act !== "archive" &&
      y.from !== "-" &&
      y.from.some((state) => later.has(state)) &&
      y.clocks.some((c) => c.do === "stopAll" || (c.do === "stop" && c.role === role)),
  );
}

test("a clock that is started is stopped by some step before the archive, or is one that runs until then", () => {
  for (const x of all)
    for (const c of x.clocks)
      if (c.do === "start" && !UNTIL_ARCHIVE.includes(c.role))
        expect([x.act, c.role, canStop(c.role, x)]).toEqual([x.act, c.role, true]);
});

test("a duty of the unit started by a step ends, at the latest, with the reply", () => {
  const after: readonly ClockRole[] = [...UNTIL_ARCHIVE, "askReview", "askRereview", "courtConfirmation"];
  const roles = (what: "start" | "stop") =>
    new Set(all.flatMap((x) => x.clocks.flatMap((c) => (c.do === what ? [c.role] : []))));
  const stopped = roles("stop");
  for (const role of roles("start")) if (!after.includes(role)) expect([role, stopped.has(role)]).toEqual([role, true]);
});

test("every step writes an entry that has a name, and its source is stated", () => {
  for (const x of all) {
    expect(eventTypes).toContain(x.entry);
    expect(eventNames[x.entry]?.en, x.entry).toBeTruthy();
    expect(x.source, x.act).not.toBe("");
    for (const code of x.notice) expect(noticeNames[code], code).toBeTruthy();
  }
  expect(Object.keys(eventNames).toSorted()).toEqual([...eventTypes].toSorted());
});

const nothing = {
  status: "received",
  marks: [],
  track: "accusation",
  category: null,
  subRoute: 3,
  neverMediated: true,
  anonymity: "named",
  holderPath: ["u"],
  respondentUnits: ["u"],
  handlerId: null,
  heardOn: null,
  hops: 99,
  level: "none",
  demands: [],
  clocks: [],
  notices: [],
  recused: ["h"],
  commitments: [],
  openCommitments: 1,
  openSupervision: 1,
  report: null,
} as unknown as LoadedCase;
/** Cases that break one rule or another; together they break all. */
const broken: readonly LoadedCase[] = [
  nothing,
  { ...nothing, report: { acts: [] } as never },
  { ...nothing, track: "ordinary", subRoute: 6, category: "claim", handlerId: "h", hops: 0 },
  { ...nothing, lastLeg: { kind: "transfer", objectedAt: "2026-03-02T00:00:00Z" } as never },
  {
    ...nothing,
    category: "claim",
    status: "replied",
    clocks: ["K12", "K15", "K21", "K22", "K30"].map((code) => ({ code, dueOn: "9999-01-01" })) as never,
  },
];

test("every guard can refuse, with a code that has a text in both languages and params the text asks for", () => {
  const s = { pack: effectivePack(testPack), now: new Date(0), today: "2026-03-02" };
  for (const guard of new Set(all.flatMap((x) => x.guards))) {
    const refusal = broken.map((c) => guard.check(c, s)).find((r) => r !== undefined);
    expect([guard.id, refusal && isErrorCode(refusal.code)]).toEqual([guard.id, true]);
    if (!refusal || !isErrorCode(refusal.code)) continue;
    for (const text of Object.values(errorCatalogue[refusal.code].text)) {
      const asked = [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
      expect([guard.id, Object.keys(refusal.params ?? {})]).toEqual([guard.id, expect.arrayContaining(asked)]);
    }
  }
});

test("every code with which the kernel's source refuses is in the catalogue", () => {
  const folder = join(import.meta.dirname, "..");
  const named = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((f) => f.endsWith(".ts") && !f.endsWith(".test.ts") && !f.includes("letters/"))
    .flatMap((f) =>
      [...readFileSync(join(folder, f), "utf8").matchAll(/(?:\{ code: |refuse\()"([\w.]+)"/g)].map(
        (m) => [f, m[1] ?? ""] as const,
      ),
    )
    .filter(([, code]) => !(code in noticeNames) && !(code in clockNames));
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter(([, code]) => !isErrorCode(code))).toEqual([]);
});
