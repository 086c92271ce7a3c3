import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Counted, countCase, type Entry, FORMULAS } from "./count-case.ts";
import { recordOf } from "./record-of.ts";
import { things } from "./things.ts";

/*
 * What is kept is counted anew only where FORMULAS has risen: a formula that changes without it would leave old and new numbers
 * side by side. So many made-up histories, always the same, are counted here, and the answer is kept beside under its number.
 */

const RECORD = join(import.meta.dirname, "formulas.json");
const HISTORIES = 3_000;
const ENTRIES = 14;

interface Answer {
  readonly formulas: number;
  /** of each thing how many were counted, and how many with each mark */
  readonly sums: Readonly<Record<string, number>>;
  readonly sha256: string;
}

/** Small seeded generator (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const zoneOf = (unitId: string): string => (unitId === "west" ? "Asia/Urumqi" : "Asia/Shanghai");
const units = ["east", "west", "above"] as const;
const types = [
  ...["case.registered", "case.accepted", "case.accepted", "case.diverted", "case.guided", "case.notReaccepted"],
  ...[
    "case.routed",
    "case.routed",
    "case.routed",
    "case.routed",
    "case.returned",
    "case.extended",
    "case.trackChanged",
    "case.reopened",
  ],
  ...["case.withdrawn", "case.merged", "case.split", "case.repeatJudged", "case.replyDrafted"],
  ...["case.replied", "case.replied", "case.replied", "rating.given", "rating.given", "assist.asked"],
  ...["case.reviewRequested", "case.reviewDecided", "case.rereviewRequested", "case.redo", "case.final"],
  ...[
    "assignment.reported",
    "assignment.reported",
    "charge.ended",
    "commitment.dateChanged",
    "commitment.reported",
    "commitment.missing",
  ],
  ...["commitment.done", "commitment.done"],
];
const firsts = ["case.received", "case.received", "case.received", "case.received", "case.splitOff", "case.imported"];

/** One made-up petition: any entries in any order, on days and at hours that fall on the edges of the periods and of the days. */
function history(next: () => number): { readonly entries: readonly Entry[]; readonly again: readonly string[] } {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T;
  const sometimes = <T>(share: number, value: () => T): T | undefined => (next() < share ? value() : undefined);
  const start = Date.parse("2026-01-05T00:00:00Z");
  const day = (after: number): string => new Date(start + after * 86_400_000).toISOString().slice(0, 10);
  let at = 0;
  let before: Entry["type"] | undefined;
  const dueDay = (): string => day(at + pick([0, 1, 3, 15, 30, 60]));
  const due = (): object =>
    Object.fromEntries(
      ["K2", "K4", "K5", "K8", "K9", "K14", "K16"].flatMap((k) => (next() < 0.5 ? [[k, dueDay()]] : [])),
    );
  const facts = (): object => ({
    unit: sometimes(0.9, () => pick(units)),
    fromUnit: sometimes(0.7, () => pick(units)),
    category: sometimes(0.7, () => pick(["claim", "suggestion", "suggestion"])),
    channel: sometimes(0.5, () => pick(["online", "letter"])),
    track: sometimes(0.3, () => pick(["ordinary", "simple"])),
    due: sometimes(0.5, due),
    letters: pick([[{ code: "D8" }], [{ code: "D8" }], [], undefined]),
    act: pick(["assignUnit", "assignUnit", "transfer", "handOver", "designate", undefined]),
    hop: pick([undefined, 0, 1, 2, 3]),
    kind: pick(["again", "newFacts", "none", "other"]),
    themes: pick([undefined, "pay", ["pay", "heating", "unheard"], ["leave"]]),
    receivedOn: sometimes(0.5, () => day(at - pick([0, 2, 20]))),
    ratedUnit: pick(["satisfied", "basically", "not"]),
    office: pick(["satisfied", "basically", "not"]),
    outcome: pick(["settled", "settled", "reasoned", "handedOver", "upheld", "changed", "quashed"]),
    outcomes: sometimes(0.5, () => [pick(["adopted", "partlyAdopted", "notAdopted"]), "notAdopted"]),
    promised: sometimes(0.2, () => ({ [pick(["c1", "c2"])]: dueDay() })),
    commitment: pick(["c1", "c2"]),
    confirmedBy: pick(["petitioner", "officer"]),
    dueOn: sometimes(0.5, dueDay),
    source: sometimes(0.9, () => "old"),
    statedReceivedOn: sometimes(0.9, () => day(at - 30)),
    statedReceivedAt: sometimes(0.5, () => `${day(at - 30)}T08:00:00Z`),
    statedRepliedOn: sometimes(0.5, () => day(at - 3)),
    statedClosedOn: sometimes(0.5, () => day(at - 1)),
    statedTopic: sometimes(0.5, () => "housing"),
    statedFirst: sometimes(0.5, () => "r1"),
  });
  const entries = Array.from({ length: 2 + Math.floor(next() * ENTRIES) }, (_, n) => {
    if (n > 0) at += pick([0, 0, 1, 1, 2, 3, 12, 15, 27, 45]);
    const hour = pick(["01:00:00", "15:59:00", "16:00:00", "17:59:00", "18:00:00"]);
    const any = before === "case.routed" && next() < 0.4 ? "assignment.reported" : pick(types);
    const type = (n === 0 ? pick(firsts) : any) as Entry["type"];
    before = type;
    return { seq: n + 1, at: `${day(at)}T${hour}.000Z`, type, facts: facts() as Entry["facts"] };
  });
  const again = Array.from({ length: pick([0, 0, 1]) }, () => day(pick([30, 90, 91, 120, 200])));
  return { entries, again };
}

function countAll(): Answer {
  const next = random(20_260_105);
  const hash = createHash("sha256");
  const counted: Counted[] = [];
  for (let n = 0; n < HISTORIES; n++) {
    const { entries, again } = history(next);
    const of = countCase(entries, zoneOf, again);
    const records = entries.map((entry) => recordOf({ caseId: `case${n}`, ...entry }));
    hash.update(JSON.stringify([of, records]));
    counted.push(...of);
  }
  const sums: Record<string, number> = {};
  for (const { thing, marks } of counted)
    for (const name of [thing, ...marks.map((mark) => `${thing} ${mark}`)]) sums[name] = (sums[name] ?? 0) + 1;
  const sorted = Object.fromEntries(Object.entries(sums).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return { formulas: FORMULAS, sums: sorted, sha256: hash.digest("hex") };
}

const answer = countAll();

test("the made-up histories have everything that is counted, with each mark and without", () => {
  const { sums } = answer;
  const registered = new Set(["heating", "pay", "leave", "repeat"]);
  for (const [thing, marks] of Object.entries(things)) {
    expect(sums[thing], thing).toBeGreaterThan(60);
    for (const mark of thing === "registration" ? registered : marks) {
      expect(sums[`${thing} ${mark}`], `${thing} ${mark}`).toBeGreaterThan(15);
      expect(sums[`${thing} ${mark}`], `${thing} without ${mark}`).toBeLessThan((sums[thing] ?? 0) - 15);
    }
  }
});

test("what is counted changes only together with FORMULAS", () => {
  const kept = JSON.parse(readFileSync(RECORD, "utf8")) as Answer;
  if (FORMULAS > kept.formulas) {
    writeFileSync(RECORD, `${JSON.stringify(answer, null, 2)}\n`);
    throw new Error(
      `formulas.json now holds the answer of FORMULAS ${FORMULAS}: look at what changed in it and commit it`,
    );
  }
  expect(
    answer,
    "what is counted has changed: raise FORMULAS in count-case.ts, so that everything is counted anew",
  ).toEqual(kept);
});
