import { hash } from "node:crypto";
import { dueDay } from "./due-days.ts";
import { type Quashed, respondentUnits, said, standsOut } from "./model.ts";
import type { House } from "./random-house.ts";
import type { Clock, RowsNow } from "./rows-now.ts";

/** One sentence of domain SPEC §16 as a question to the rows; whatever it says is a fault. */
type Invariant = (x: Seen) => readonly string[];

export interface Seen {
  readonly house: House;
  readonly first: RowsNow;
  readonly before: RowsNow;
  readonly after: RowsNow;
  readonly now: Date;
  readonly quashed: Quashed | undefined;
  /** the act that led here; none where time passed */
  readonly act: string | null;
}

const unless = (holds: boolean, fault: string): readonly string[] => (holds ? [] : [fault]);

const answers = ["D9", "D11", "D12", "D14", "D16", "D18", "D22", "D23", "D25"];
const ended = ["final", "archived", "diverted", "guided", "merged", "notReaccepted", "withdrawn"];
const dayOf = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);

const answeredAtTheEnd: Invariant = ({ after: s }) =>
  unless(
    !ended.includes(s.c.status) || s.notices.some((n) => answers.includes(n.code) && n.state === "delivered"),
    "ended without a delivered answer",
  );

const everyDemandAnswered: Invariant = ({ after: s }) =>
  unless(
    !["replied", "review", "rereview"].includes(s.c.status) ||
      (s.demands.length > 0 && s.demands.every((d) => d.outcome && d.opinion && d.basis)),
    "answered, and a demand has no outcome with a reason",
  );

/** Text under a key reads differently each time it is written: of an accusation only that no plain word is left is asked. */
const textStands: Invariant = ({ first, after: s }) =>
  s.c.confidentiality === 3
    ? unless(!s.c.body.includes("津贴") && !s.c.title.includes("津贴"), "an accusation lies open")
    : unless(
        s.c.body === first.c.body && s.c.title === first.c.title && s.c.received_at === first.c.received_at,
        "the text was changed",
      );

const accusationSealed: Invariant = ({ house, after: s }) => {
  const keys = s.audience.filter((a) => a.depth >= 0).map((a) => a.key);
  if (s.c.confidentiality === 3)
    return unless(
      keys.every((k) => k === s.c.organ_id),
      "an accusation is seen by more than its organ",
    );
  const shut = respondentUnits(s);
  return unless(
    !keys.some((k) => house.units.get(k)?.path.some((u) => shut.includes(u))),
    "a unit complained of sees it",
  );
};

const reading = ["access.", "recusal.", "data."];
const nobodyInConflictWrites: Invariant = ({ house, before, after: s }) =>
  s.entries
    .filter(
      (e) => e.seq > before.c.ledger_seq && e.actor.startsWith("person:") && !reading.some((r) => e.type.startsWith(r)),
    )
    .filter((e) => standsOut(house, before, e.actor.slice("person:".length)))
    .map((e) => `${e.type} by somebody who stands out`);

const reviewedAbove: Invariant = ({ house, after: s }) => [
  ...s.reviews.flatMap((v) => {
    const path = house.units.get(v.of_unit_id)?.path ?? [];
    return unless(v.body_unit_id === (path.at(-2) ?? path.at(-1)), `a ${v.level} lies not one level above`);
  }),
  ...unless(
    s.reviews.every(
      (v) =>
        !v.decided_by || s.reviews.filter((o) => o.decided_by === v.decided_by && o.level !== v.level).length === 0,
    ),
    "somebody decided twice",
  ),
];

/** as the random acts set them */
const REDO_DAYS = 20;
const dated = ["K5", "K25", "K23", "K24", "K32", "K17"];
function dueFault(s: RowsNow, k: Clock): readonly string[] {
  if (dated.includes(k.code) || k.state === "paused") return [];
  // what a review has given back is decided again within the days it has set [SPEC §4 T22]
  const given = s.redoneAt.some((at) => Date.parse(at) === Date.parse(k.started_at));
  const redo = given && ["K4", "K8", "K9"].includes(k.code) ? REDO_DAYS : undefined;
  const due = dueDay(k, k.start_on, {
    ...(redo !== undefined && { own: redo }),
    extension: Number(k.extension),
    excluded: k.excluded,
  });
  return unless(due === k.due_on, `${k.code} from ${k.start_on} ends ${k.due_on}, not ${due}`);
}
const starts: readonly [string, (s: RowsNow) => readonly string[]][] = [
  ["K12", (s) => s.notices.filter((n) => ["D14", "D16"].includes(n.code)).flatMap((n) => n.delivered_on ?? [])],
  ["K15", (s) => s.notices.filter((n) => n.code === "D22").flatMap((n) => n.delivered_on ?? [])],
  ["K14", (s) => s.reviews.map((v) => dayOf(v.requested_at))],
  ["K16", (s) => s.reviews.map((v) => dayOf(v.requested_at))],
  ["K30", (s) => s.wishes.map((v) => dayOf(v.asked_at))],
];
const datesFollow: Invariant = ({ before, after: s, act }) => [
  ...s.clocks.flatMap((k) => dueFault(s, k)),
  ...starts.flatMap(([code, days]) =>
    s.clocks
      .filter((k) => k.code === code && !days(s).includes(k.start_on))
      .map((k) => `${code} started on ${k.start_on}, when nothing happened`),
  ),
  ...s.clocks.flatMap((k) => [
    ...unless(Number(k.extension) <= 30, "extended by more than thirty days"),
    ...unless(
      Number(k.extension) === 0 || s.toldBefore || s.notices.some((n) => n.code === "D13"),
      "extended without a notice",
    ),
  ]),
  ...s.assists.flatMap((a) =>
    unless(s.clocks.find((k) => k.id === a.clock_id)?.due_on === a.due_on, "an assisting unit without its own day"),
  ),
  ...before.clocks.flatMap((old) => {
    const k = s.clocks.find((x) => x.id === old.id);
    if (!k) return ["a period has vanished"];
    const mover = ["extend", "closeHearing", "answerNewDate"].includes(act ?? "");
    return unless(k.due_on === old.due_on || mover, `${k.code} moved by ${act}`);
  }),
  ...s.commitments
    .filter((p) => p.state === "open" || p.state === "reported")
    .flatMap((p) => {
      const k = s.clocks.find((x) => x.id === p.clock_id);
      return unless(
        k !== undefined && k.state !== "stopped" && k.due_on === p.due_on,
        "a promise nobody watches until its day",
      );
    }),
];

const oneHolder: Invariant = ({ house, after: s }) => [
  ...unless(house.units.has(s.c.holder_unit_id), "no unit of the house holds it"),
  ...s.legs.flatMap((leg, n) => {
    const earlier = s.legs[n - 1];
    if (leg.kind !== "return") return unless(leg.no === n + 1, "a leg is missing");
    return [
      ...unless(earlier?.agreed === true && earlier.objected_at !== null, "returned without the sender's word"),
      ...unless(leg.to_unit_id === earlier?.from_unit_id, "returned to somebody else"),
    ];
  }),
];

const lettersStand: Invariant = ({ before, after: s }) => [
  ...s.notices
    .filter((n) => n.state === "sealed" || n.state === "delivered")
    .flatMap((n) => [
      ...unless(n.hash !== null, `${n.code} is sealed without a hash`),
      ...unless(n.state !== "delivered" || n.delivered_on !== null, `${n.code} was delivered on no day`),
    ]),
  ...before.notices
    .filter((n) => n.hash !== null)
    .flatMap((n) =>
      unless(s.notices.find((x) => x.id === n.id)?.hash === n.hash, `${n.code} was changed after its seal`),
    ),
];

const ownWords = [
  "rating.given",
  "case.withdrawalAsked",
  "case.withdrawalTakenBack",
  "case.reviewRequested",
  "case.rereviewRequested",
  "commitment.dateChanged",
  "case.contested",
  "case.newFacts",
];
const hisOwnWord: Invariant = ({ after: s }) =>
  s.entries
    .filter((e) => ownWords.includes(e.type) && e.actor !== "petitioner")
    .map((e) => `${e.type} by ${e.actor.split(":")[0]}`);

const chained: Invariant = ({ before, after: s }) => [
  ...s.entries.flatMap((e, n) => [
    ...unless(e.seq === n + 1, "an entry is missing"),
    ...unless(e.prev === (s.entries[n - 1]?.hash ?? "0".repeat(64)), "an entry does not follow the one before"),
    ...unless(hash("sha256", `doorstep.ledger.1\n${e.prev}\n${e.body}`, "hex") === e.hash, "an entry was changed"),
  ]),
  ...unless(s.entries.at(-1)?.hash === s.c.ledger_hash.slice(2), "the case does not stand on its last entry"),
  ...before.entries.flatMap((e) => unless(s.entries[e.seq - 1]?.hash === e.hash, "an entry was written anew")),
];

const repeatTold: Invariant = ({ after: s }) =>
  unless(
    s.c.status !== "notReaccepted" || s.notices.some((n) => n.code === "D12" && n.state === "delivered"),
    "refused without D12",
  );

const notTheQuashedAnswer: Invariant = ({ after: s, quashed }) => {
  if (!quashed || s.c.status !== "replied" || s.c.level !== "handle") return [];
  return unless(
    s.demands.length === 0 || s.demands.some((d) => quashed.get(d.id) !== said(d)),
    "the quashed opinion was given again",
  );
};

const urging = ["K2", "K4", "K5", "K8", "K14", "K16"];
const breachUrged: Invariant = ({ before, after: s, now, act }) => [
  ...before.items.flatMap((i) =>
    unless(
      s.items.some((x) => x.id === i.id),
      "an urging was deleted",
    ),
  ),
  // looked at after a round of the house: what people do in between waits for the next one
  ...(act === "round"
    ? s.clocks
        .filter((k) => urging.includes(k.code) && k.breached_at && Date.parse(k.breached_at) < now.getTime() - DAY_MS)
        .filter((k) => !s.items.some((i) => i.clock_id === k.id))
        .map((k) => `${k.code} was missed and nobody urges`)
    : []),
  ...(act === "round"
    ? s.clocks
        .filter((k) => k.state === "running" && Date.parse(k.due_at) < now.getTime())
        .map((k) => `${k.code} is over and runs on`)
    : []),
];
const DAY_MS = 86_400_000;

const invariants: readonly (readonly [number, Invariant])[] = [
  [1, answeredAtTheEnd],
  [2, everyDemandAnswered],
  [3, textStands],
  [4, accusationSealed],
  [5, nobodyInConflictWrites],
  [6, reviewedAbove],
  [7, datesFollow],
  [8, oneHolder],
  [9, lettersStand],
  [10, hisOwnWord],
  [12, chained],
  [17, repeatTold],
  [18, notTheQuashedAnswer],
  [19, breachUrged],
];

/** Everything that does not hold, with the number it has in SPEC §16. */
export const faultsOf = (seen: Seen): readonly string[] =>
  invariants.flatMap(([n, ask]) => ask(seen).map((fault) => `${n}: ${fault}`));
