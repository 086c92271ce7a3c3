import { expect, test } from "vitest";
import { type Counted, countCase, type Entry } from "./count-case.ts";

const zone = () => "Asia/Shanghai";
/** Entries one after another: the day, what happened, and what is said of it. */
type Said = readonly [on: string, type: string, facts?: Entry["facts"]];
const entriesOf = (said: readonly Said[]): Entry[] =>
  said.map(([on, type, facts], n) => ({
    ...{ seq: n + 1, at: on.includes("T") ? on : `${on}T02:00:00.000Z`, type: type as Entry["type"] },
    facts: { unit: "u1", category: "claim", channel: "online", ...facts },
  }));
const marksOf = (thing: Counted["thing"], ...said: readonly Said[]) =>
  countCase(entriesOf(said), zone)
    .filter((one) => one.thing === thing)
    .map(({ day, unitId, marks }) => [day, unitId, ...marks.filter((mark) => !mark.startsWith("within"))]);

const received: Said = ["2026-01-05", "case.received", { due: { K2: "2026-01-20" } }];
const letters = [{ code: "D8" }];
const accepted = (on: string): Said => [on, "case.accepted", { due: { K4: "2026-03-06" }, letters }];
const replied = (on: string, facts: Entry["facts"] = {}): Said => [on, "case.replied", facts];

test.each<[string, readonly Said[], unknown[]]>([
  ["decided in time, with its notice", [accepted("2026-01-20")], [["2026-01-20", "u1", "inTime"]]],
  ["decided too late", [accepted("2026-01-21")], [["2026-01-20", "u1"]]],
  ["decided without a notice", [["2026-01-20", "case.accepted", { letters: [] }]], [["2026-01-20", "u1"]]],
  [
    "sent another way with its notice",
    [["2026-01-19", "case.diverted", { letters }]],
    [["2026-01-20", "u1", "inTime"]],
  ],
  ["never decided", [], [["2026-01-20", "u1"]]],
  [
    "decided late at night of the last day, by the unit's own time",
    [accepted("2026-01-20T15:59:00.000Z")],
    [["2026-01-20", "u1", "inTime"]],
  ],
  ["merged into another before its day", [["2026-01-10", "case.merged"]], []],
  ["withdrawn before its day", [["2026-01-20", "case.withdrawn"]], []],
  ["withdrawn when the day was over", [["2026-01-21", "case.withdrawn"]], [["2026-01-20", "u1"]]],
])("acceptance: %s", (_what, said, counted) => {
  expect(marksOf("acceptance", received, ...said)).toEqual(counted);
});

test("who had it when the day came owed it: moving it on afterwards helps nobody", () => {
  const moved = (on: string): Said => [on, "case.routed", { unit: "u2", hop: 1 }];
  expect(marksOf("acceptance", received, moved("2026-01-12"))).toEqual([["2026-01-20", "u2"]]);
  expect(marksOf("acceptance", received, moved("2026-01-22"))).toEqual([["2026-01-20", "u1"]]);
});

test("ending a petition and taking it up again repairs no day that was missed", () => {
  const again: Said = ["2026-02-01", "case.reopened", { due: { K2: "2026-02-16" } }];
  expect(marksOf("acceptance", received, accepted("2026-01-25"), again, accepted("2026-02-02"))).toEqual([
    ["2026-01-20", "u1"],
    ["2026-02-16", "u1", "inTime"],
  ]);
});

const assigned = (on: string, due: string): Said => [
  ...([on, "case.routed"] as const),
  { act: "assignUnit", fromUnit: "above", unit: "u1", due: { K5: due } },
];
const reported = (on: string): Said => [on, "assignment.reported"];
const assigning = assigned("2026-01-06", "2026-02-06");
test.each<[string, readonly Said[], unknown[]]>([
  ["reported in time", [reported("2026-02-06")], [["2026-02-06", "above", "inTime"]]],
  ["reported too late", [reported("2026-02-07")], [["2026-02-06", "above"]]],
  ["answered and never reported", [replied("2026-02-01")], [["2026-02-06", "above"]]],
  [
    "its day moved",
    [["2026-01-20", "case.extended", { due: { K5: "2026-02-20" } }], reported("2026-02-19")],
    [["2026-02-20", "above", "inTime"]],
  ],
  [
    "what an assisting unit owes is of another kind",
    [["2026-01-20", "assist.asked", { due: { K5: "2026-03-20" } }], reported("2026-02-19")],
    [["2026-02-06", "above"]],
  ],
  ["sent back in time", [["2026-01-10", "case.returned"]], []],
  ["sent back when its day was over", [["2026-02-10", "case.returned"]], [["2026-02-06", "above"]]],
  [
    "all of the unit's work went to its heir",
    [["2026-01-10", "case.routed", { act: "handOver", unit: "heir" }], reported("2026-02-01")],
    [["2026-02-06", "above", "inTime"]],
  ],
  [
    "sent back and assigned anew",
    [["2026-01-10", "case.returned"], assigned("2026-01-12", "2026-02-12"), reported("2026-02-12")],
    [["2026-02-12", "above", "inTime"]],
  ],
  ["withdrawn before its day", [["2026-01-10", "case.withdrawn"]], []],
  [
    "a dispute over it was decided: whoever is named owes it",
    [["2026-01-10", "case.routed", { act: "designate", fromUnit: "u1", unit: "u2" }], reported("2026-02-01")],
    [["2026-02-06", "above", "inTime"]],
  ],
  [
    "the unit that assigned it was named itself",
    [["2026-01-10", "case.routed", { act: "designate", fromUnit: "u1", unit: "above" }], replied("2026-02-01")],
    [],
  ],
])("an assignment, at whoever assigned it: %s", (_what, said, counted) => {
  expect(marksOf("assignment", received, assigning, ...said)).toEqual(counted);
});

test("what is only transferred owes no report", () => {
  const transferred: Said = ["2026-01-06", "case.routed", { act: "transfer", fromUnit: "above", unit: "u1" }];
  expect(marksOf("assignment", received, transferred)).toEqual([]);
});

test("a day that somebody types changes nothing: the server's own counts", () => {
  const late = replied("2026-03-09", { receivedOn: "2026-03-01" });
  expect(marksOf("conclusion", received, accepted("2026-01-10"), late)).toEqual([["2026-03-06", "u1", "answered"]]);
});

test("an extension is told apart, and splitting off or rating changes no day", () => {
  const extended: Said = ["2026-03-01", "case.extended", { due: { K4: "2026-04-05" } }];
  const start = [received, accepted("2026-01-10")];
  const inTime = ["answered", "inTime"];
  expect(marksOf("conclusion", ...start, replied("2026-03-06"))).toEqual([
    ["2026-03-06", "u1", ...inTime, "inTimeUnextended"],
  ]);
  expect(marksOf("conclusion", ...start, extended, ["2026-03-02", "case.split"], replied("2026-04-01"))).toEqual([
    ["2026-04-05", "u1", ...inTime],
  ]);
  expect(marksOf("conclusion", ...start, extended)).toEqual([["2026-04-05", "u1"]]);
});

test("what comes of a reply belongs to it until the next one, and the last rating counts", () => {
  const rating = (office: string, ratedUnit: string): Said => ["2026-02-02", "rating.given", { office, ratedUnit }];
  const first = [received, accepted("2026-01-10"), replied("2026-02-01")];
  expect(marksOf("answer", ...first, rating("satisfied", "satisfied"), rating("basically", "not"))).toEqual([
    ["2026-02-01", "u1", "rated", "officeSatisfied"],
  ]);
  const quashed: readonly Said[] = [
    ["2026-02-03", "case.reviewRequested"],
    ["2026-02-20", "case.redo"],
    replied("2026-03-01"),
  ];
  expect(marksOf("answer", ...first, ...quashed, rating("not", "satisfied"))).toEqual([
    ["2026-02-01", "u1", "reviewed", "reviewDecided", "reviewChanged"],
    ["2026-03-01", "u1", "rated", "unitSatisfied"],
  ]);
  const decided = (outcome: string): Said => ["2026-02-20", "case.reviewDecided", { outcome }];
  expect(marksOf("answer", ...first, decided("upheld"))).toEqual([["2026-02-01", "u1", "reviewDecided"]]);
  expect(marksOf("answer", ...first, decided("changed"))).toEqual([
    ["2026-02-01", "u1", "reviewDecided", "reviewChanged"],
  ]);
});

test("more than two hand-overs are too many, and the third is said of whoever answers", () => {
  const hops = [1, 2, 3].map((hop): Said => ["2026-01-08", "case.routed", { unit: `u${hop}`, hop }]);
  expect(marksOf("answer", received, ...hops, replied("2026-02-01", { unit: "u3" }))).toEqual([
    ["2026-02-01", "u3", "manyHops"],
  ]);
  expect(marksOf("answer", received, ...hops.slice(0, 2), replied("2026-02-01", { unit: "u2" }))).toEqual([
    ["2026-02-01", "u2"],
  ]);
});

test.each<[string, readonly Said[], unknown[]]>([
  [
    "confirmed later, reported in time",
    [
      ["2026-03-10", "commitment.reported"],
      ["2026-03-20", "commitment.done"],
    ],
    [["2026-03-10", "u1", "kept"]],
  ],
  ["reported in time and never confirmed", [["2026-03-10", "commitment.reported"]], [["2026-03-10", "u1"]]],
  [
    "reported too late",
    [
      ["2026-03-11", "commitment.reported"],
      ["2026-03-11", "commitment.done"],
    ],
    [["2026-03-10", "u1"]],
  ],
  [
    "reported falsely, then late",
    [
      ["2026-03-09", "commitment.reported"],
      ["2026-03-10", "commitment.missing"],
      ["2026-03-12", "commitment.done"],
    ],
    [["2026-03-10", "u1"]],
  ],
  [
    "a new day that was agreed",
    [
      ["2026-03-09", "commitment.dateChanged"],
      ["2026-03-20", "commitment.done"],
    ],
    [["2026-03-20", "u1", "kept"]],
  ],
  ["the reply was quashed", [["2026-03-01", "case.redo"]], []],
])("promises: %s", (_what, said, counted) => {
  const own = said.map(([on, type]): Said => [on, type, { commitment: "c1", dueOn: "2026-03-20" }]);
  const reply = replied("2026-02-01", { promised: { c1: "2026-03-10" } });
  expect(marksOf("commitment", received, reply, ...own)).toEqual(counted);
});

const acceptedBy = (on: string, due: Readonly<Record<string, string>>): Said => [on, "case.accepted", { due, letters }];
const wayOn: Said = ["2026-02-20", "case.diverted", { letters: [{ code: "D9" }] }];
test.each<[string, readonly Said[], unknown[]]>([
  ["answered late all the same", [accepted("2026-01-10"), replied("2026-06-01")], [["2026-03-06", "u1", "answered"]]],
  ["never answered", [accepted("2026-01-10")], [["2026-03-06", "u1"]]],
  ["never even accepted", [], [["2026-01-20", "u1"]]],
  ["accepted late, and answered", [accepted("2026-02-10"), replied("2026-03-01")], [["2026-03-06", "u1", "answered"]]],
  ["sent another way when its day was over", [wayOn], []],
  ["accepted, then sent another way", [accepted("2026-01-10"), wayOn], [["2026-03-06", "u1", "answered"]]],
  [
    "a simple one that became ordinary",
    [
      acceptedBy("2026-01-07", { K8: "2026-01-20" }),
      ["2026-01-15", "case.trackChanged", { due: { K4: "2026-03-06" } }],
    ],
    [["2026-03-06", "u1"]],
  ],
  [
    "a suggestion",
    [acceptedBy("2026-01-07", { K9: "2026-02-07" }), replied("2026-02-10")],
    [["2026-02-07", "u1", "answered"]],
  ],
  ["withdrawn before its day", [["2026-01-10", "case.withdrawn"]], []],
  ["merged before its day", [["2026-01-10", "case.merged"]], []],
])("an answer that was owed: %s", (_what, said, counted) => {
  expect(marksOf("due", received, ...said)).toEqual(counted);
});

test("a petition is registered once, and is a repeat by a person's judgement", () => {
  const registered: Said = ["2026-01-06", "case.registered"];
  const judged = (kind: string): Said => ["2026-01-07", "case.repeatJudged", { kind }];
  expect(marksOf("registration", received, registered)).toEqual([["2026-01-06", "u1"]]);
  expect(marksOf("registration", received, registered, judged("none"))).toEqual([["2026-01-06", "u1"]]);
  expect(marksOf("registration", received, registered, judged("again"))).toEqual([["2026-01-06", "u1", "repeat"]]);
  expect(marksOf("registration", received)).toEqual([]);
});

test("how long a reply took is counted from the day of receipt, with the hand-overs until then", () => {
  const routed: Said = ["2026-01-08", "case.routed", { unit: "u2", hop: 1 }];
  const counted = countCase(
    entriesOf([received, routed, replied("2026-02-01", { unit: "u2", track: "simple" })]),
    zone,
  );
  expect(counted.filter(({ thing }) => thing === "answer")).toMatchObject([
    { day: "2026-02-01", days: 27, hops: 1, track: "simple", marks: ["within30", "within60"] },
  ]);
  const late = countCase(entriesOf([received, replied("2026-03-07")]), zone);
  expect(late.find(({ thing }) => thing === "answer")).toMatchObject({ days: 61, hops: 0, marks: [] });
});

test.each<[string, readonly Said[], unknown[]]>([
  [
    "decided in time",
    [
      ["2026-02-10", "case.reviewRequested", { due: { K14: "2026-03-12" } }],
      ["2026-03-12", "case.reviewDecided"],
    ],
    [["2026-03-12", "u1", "inTime"]],
  ],
  [
    "quashed too late",
    [
      ["2026-02-10", "case.reviewRequested", { due: { K14: "2026-03-12" } }],
      ["2026-03-13", "case.redo"],
    ],
    [["2026-03-12", "u1"]],
  ],
  [
    "the last review, at another unit",
    [
      ["2026-02-10", "case.rereviewRequested", { unit: "u9", due: { K16: "2026-03-12" } }],
      ["2026-03-01", "case.final", { unit: "u9" }],
    ],
    [["2026-03-12", "u9", "inTime"]],
  ],
])("reviews: %s", (_what, said, counted) => {
  expect(marksOf("review", received, accepted("2026-01-10"), replied("2026-02-01"), ...said)).toEqual(counted);
});

test.each<[string, readonly Said[], readonly string[], boolean]>([
  ["nothing came back", [], [], true],
  ["rated badly", [["2026-02-02", "rating.given", { ratedUnit: "not" }]], [], false],
  [
    "rated badly, then well",
    [
      ["2026-02-02", "rating.given", { ratedUnit: "not" }],
      ["2026-02-03", "rating.given", { ratedUnit: "satisfied" }],
    ],
    [],
    true,
  ],
  ["a review was asked for", [["2026-02-10", "case.reviewRequested"]], [], false],
  ["a review was asked for when its 90 days were over", [["2026-05-03", "case.reviewRequested"]], [], true],
  ["he came back with it on the last of the 90 days", [], ["2026-05-02"], false],
  ["he came back with it a day later", [], ["2026-05-03"], true],
])("resolved the first time: %s", (_what, said, again, isHeld) => {
  const entries = entriesOf([received, accepted("2026-01-10"), replied("2026-02-01"), ...said]);
  expect(countCase(entries, zone, again).filter(({ thing }) => thing === "resolution")).toMatchObject([
    { day: "2026-05-02", unitId: "u1", marks: isHeld ? ["held"] : [] },
  ]);
});

test("a promise that is not done in time, and a matter that is itself a repeat, are not resolved the first time", () => {
  const reply = replied("2026-02-01", { promised: { c1: "2026-03-10" } });
  const done = (on: string): Said => [on, "commitment.done", { commitment: "c1" }];
  expect(marksOf("resolution", received, reply)).toEqual([["2026-05-02", "u1"]]);
  expect(marksOf("resolution", received, reply, done("2026-05-02"))).toEqual([["2026-05-02", "u1", "held"]]);
  expect(marksOf("resolution", received, reply, done("2026-05-03"))).toEqual([["2026-05-02", "u1"]]);
  const repeat: Said = ["2026-01-07", "case.repeatJudged", { kind: "again", of: "x" }];
  expect(marksOf("resolution", received, repeat, reply, done("2026-03-01"))).toEqual([]);
});

test("a suggestion is adopted by the draft that was handed over", () => {
  const category = { category: "suggestion" };
  const drafted = (...outcomes: string[]): Said => ["2026-01-20", "case.replyDrafted", { ...category, outcomes }];
  const reply = replied("2026-02-01", category);
  const marks = (...said: Said[]) => marksOf("suggestion", ["2026-01-05", "case.received", category], ...said, reply);
  expect(marks(drafted("notAdopted"), drafted("notAdopted", "partlyAdopted"))).toEqual([
    ["2026-02-01", "u1", "adopted"],
  ]);
  expect(marks(drafted("adopted"), drafted("notAdopted"))).toEqual([["2026-02-01", "u1"]]);
  expect(marksOf("suggestion", received, replied("2026-02-01"))).toEqual([]);
});

test.each<[string, string, readonly Said[], unknown[]]>([
  ["said settled, and nobody confirmed it", "settled", [], [["2026-03-01", "u1"]]],
  [
    "confirmed by his rating",
    "settled",
    [["2026-02-20", "rating.given", { ratedUnit: "basically" }]],
    [["2026-03-01", "u1", "settled"]],
  ],
  [
    "confirmed at a promise",
    "settled",
    [["2026-02-20", "commitment.done", { confirmedBy: "petitioner" }]],
    [["2026-03-01", "u1", "settled"]],
  ],
  [
    "confirmed by an officer alone",
    "settled",
    [["2026-02-20", "commitment.done", { confirmedBy: "officer" }]],
    [["2026-03-01", "u1"]],
  ],
  [
    "ended for reasons",
    "reasoned",
    [["2026-02-20", "rating.given", { ratedUnit: "satisfied" }]],
    [["2026-03-01", "u1"]],
  ],
  ["handed over", "handedOver", [], []],
])("cases of leaders: %s", (_what, outcome, said, counted) => {
  expect(marksOf("charge", received, ...said, ["2026-03-01", "charge.ended", { outcome }])).toEqual(counted);
});

test("splitting a petition gains no duty that was kept, and a part that misses its day is missed", () => {
  const born: Said = [
    "2026-02-01",
    "case.splitOff",
    { receivedOn: "2026-01-05", due: { K2: "2026-01-20", K4: "2026-03-06" } },
  ];
  const count = (...said: Said[]) => countCase(entriesOf([born, ...said]), zone);
  const kept = count(accepted("2026-02-02"), replied("2026-03-06"));
  expect(kept.map(({ thing, day, days, marks }) => [thing, day, days, ...marks])).toEqual([
    ["acceptance", "2026-01-20", null],
    ["answer", "2026-03-06", 60, "within60"],
  ]);
  const missed = count(accepted("2026-02-02"), replied("2026-03-07")).filter(({ thing }) => thing === "conclusion");
  expect(missed).toMatchObject([{ day: "2026-03-06", marks: ["answered"] }]);
});

test("records that were taken over are not counted", () => {
  expect(countCase(entriesOf([["2026-01-05", "case.imported", { due: { K2: "2026-01-20" } }]]), zone)).toEqual([]);
});

test("a registration has the themes that the platform found, those that it knows and no others", () => {
  const registered = (facts: Entry["facts"]): Said => ["2026-01-06", "case.registered", facts];
  const marked = (facts: Entry["facts"], ...more: readonly Said[]) =>
    marksOf("registration", received, registered(facts), ...more);
  expect(marked({ themes: ["pay", "heating", "anything", 3] })).toEqual([["2026-01-06", "u1", "heating", "pay"]]);
  expect(marked({ themes: "heating" })).toEqual([["2026-01-06", "u1"]]);
  expect(marked({})).toEqual([["2026-01-06", "u1"]]);
  expect(marked({ themes: ["leave"] }, ["2026-01-08", "case.repeatJudged", { kind: "again" }])).toEqual([
    ["2026-01-06", "u1", "repeat", "leave"],
  ]);
});
