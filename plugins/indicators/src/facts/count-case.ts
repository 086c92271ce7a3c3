import { addDays, dayOf, type FeedFact, type Id, type Theme, themes } from "@doorstep/sdk";
import type { Thing } from "./things.ts";

/** To be raised with every change of what is counted: everything is counted anew then. */
export const FORMULAS = 6;

export type Entry = Pick<FeedFact, "seq" | "at" | "type" | "facts">;

/** A thing of a petition that is counted. */
export interface Counted {
  readonly thing: Thing;
  readonly unitId: Id;
  /** local date of the unit */
  readonly day: string;
  readonly category: string;
  readonly channel: string;
  readonly track: string;
  readonly marks: readonly string[];
  /** of a reply: days from the day of receipt to it */
  readonly days: number | null;
  /** of a reply: hand-overs until then */
  readonly hops: number | null;
}

type ZoneOf = (unitId: Id) => string;
type Part = Pick<Counted, "thing" | "unitId" | "day" | "marks"> & Partial<Pick<Counted, "days" | "hops">>;

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
const dueIn = (entry: Entry, ...clocks: readonly string[]): string | undefined => {
  const due = record(entry.facts.due);
  return text(due[clocks.find((clock) => due[clock] !== undefined) ?? ""]);
};
const unitIn = (entry: Entry): Id | undefined => text(entry.facts.unit);
const newest = (entries: readonly Entry[], field: string): string | undefined =>
  entries.map((entry) => text(entry.facts[field])).findLast((value) => value !== undefined);

/** The server's own date: what somebody types as the day is not asked. */
const dayIn = (entry: Entry, zoneOf: ZoneOf): string => dayOf(entry.at, zoneOf(unitIn(entry) ?? ""));

/** Somebody else, or nobody, owes it any more. */
const fellAway = new Set(["case.withdrawn", "case.merged"]);

const isPart = (first: Entry | undefined): boolean => first?.type === "case.splitOff";

interface Duty {
  /** as it was said first */
  readonly first: string;
  due: string;
  /** when what was owed was done */
  doneOn?: string;
}

/**
 * Days by which something was owed: each time a period starts it is a duty of its own, so that ending a petition and taking it up
 * again repairs nothing. Moved days are the same duty. A duty that fell away before its day is none.
 */
function dutiesOf(
  entries: readonly Entry[],
  clocks: readonly string[],
  isDone: (entry: Entry) => boolean,
  zoneOf: ZoneOf,
): Duty[] {
  const duties: Duty[] = [];
  let open: Duty | undefined;
  for (const entry of entries) {
    if (open && isDone(entry)) {
      open.doneOn = dayIn(entry, zoneOf);
      open = undefined;
    } else if (open && fellAway.has(entry.type)) {
      if (dayIn(entry, zoneOf) <= open.due) duties.splice(duties.indexOf(open), 1);
      open = undefined;
    }
    const due = dueIn(entry, ...clocks);
    if (due === undefined) continue;
    if (open) open.due = due;
    else {
      open = { first: due, due };
      duties.push(open);
    }
  }
  return duties;
}

/** Who had it when the day came. */
function owedBy(entries: readonly Entry[], due: string, zoneOf: ZoneOf): Id | undefined {
  const until = entries.filter((entry) => unitIn(entry) !== undefined && dayIn(entry, zoneOf) <= due);
  const last = until.at(-1) ?? entries.find((entry) => unitIn(entry) !== undefined);
  return last && unitIn(last);
}

/** What is owed at a day: whether it was done until then. */
const dutyPart = (thing: Thing, entries: readonly Entry[], { due, doneOn }: Duty, zoneOf: ZoneOf): Part[] => {
  const unitId = owedBy(entries, due, zoneOf);
  const inTime = doneOn !== undefined && doneOn <= due;
  return unitId ? [{ thing, unitId, day: due, marks: inTime ? ["inTime"] : [] }] : [];
};

/** Decided, with the notice that says so (D8; D9 of another way; D12). */
const decided = new Set(["case.accepted", "case.diverted", "case.guided", "case.notReaccepted"]);
const hasLetter = (entry: Entry): boolean => Array.isArray(entry.facts.letters) && entry.facts.letters.length > 0;
const isReply = (entry: Entry): boolean => entry.type === "case.replied";

function acceptances(entries: readonly Entry[], zoneOf: ZoneOf): Part[] {
  const isDone = (entry: Entry): boolean => decided.has(entry.type) && hasLetter(entry);
  return dutiesOf(entries, ["K2"], isDone, zoneOf).flatMap((duty) => dutyPart("acceptance", entries, duty, zoneOf));
}

const reviewDecisions = {
  K14: new Set<Entry["type"]>(["case.reviewDecided", "case.redo"]),
  K16: new Set<Entry["type"]>(["case.final"]),
} as const;

/** Of a review and of the last one alike. */
function reviews(entries: readonly Entry[], zoneOf: ZoneOf): Part[] {
  return (["K14", "K16"] as const).flatMap((clock) => {
    const duties = dutiesOf(entries, [clock], (entry) => reviewDecisions[clock].has(entry.type), zoneOf);
    return duties.flatMap((duty) => dutyPart("review", entries, duty, zoneOf));
  });
}

const isAssigned = ({ type, facts }: Entry): boolean => type === "case.routed" && facts.act === "assignUnit";
/**
 * Sent back, or given to another unit. Whoever takes over all of a unit's work owes its reports too, and so does whoever is named in
 * charge where a dispute over the assignment is decided, unless it is the unit itself that asked.
 */
const endsAssignment = ({ type, facts }: Entry, assigner: string): boolean =>
  type === "case.returned" ||
  (type === "case.routed" && facts.act !== "handOver" && (facts.act !== "designate" || facts.unit === assigner)) ||
  fellAway.has(type);

/** When a report was due and whether it came; nothing where it was owed to nobody any more before its day. */
function reportAfter(
  { due: assigned, unitId }: { readonly due: string; readonly unitId: string },
  later: readonly Entry[],
  dayAt: (entry: Entry) => string,
) {
  let due = assigned;
  for (const entry of later) {
    const isInTime = dayAt(entry) <= due;
    if (entry.type === "assignment.reported") return { due, isInTime };
    // what was late stays late
    if (endsAssignment(entry, unitId)) return isInTime ? undefined : { due, isInTime };
    // what assisting units owe bears the same clock, and is not of this kind
    if (!entry.type.startsWith("assist.")) due = dueIn(entry, "K5") ?? due;
  }
  return { due, isInTime: false };
}

/** Reports owed to whoever assigned the petition, counted there: it asked, set the days and is to see to it [R22:22(3)]. */
function assignments(entries: readonly Entry[], zoneOf: ZoneOf): Part[] {
  return entries.flatMap((entry, place): Part[] => {
    const [unitId, due] = [text(entry.facts.fromUnit), dueIn(entry, "K5")];
    if (!isAssigned(entry) || unitId === undefined || due === undefined) return [];
    const report = reportAfter({ due, unitId }, entries.slice(place + 1), ({ at }) => dayOf(at, zoneOf(unitId)));
    return report ? [{ thing: "assignment", unitId, day: report.due, marks: report.isInTime ? ["inTime"] : [] }] : [];
  });
}

function conclusions(entries: readonly Entry[], zoneOf: ZoneOf): Part[] {
  return dutiesOf(entries, ["K4"], isReply, zoneOf).flatMap(({ first, due, doneOn }) => {
    const unitId = owedBy(entries, due, zoneOf);
    if (!unitId) return [];
    const marks = doneOn === undefined ? [] : ["answered"];
    if (doneOn !== undefined && doneOn <= due) marks.push("inTime");
    if (doneOn !== undefined && doneOn <= first) marks.push("inTimeUnextended");
    return [{ thing: "conclusion", unitId, day: due, marks }];
  });
}

/** Times within which a petition is to be handled: ordinary, simple, of a suggestion. Only one of them runs. */
const handling = ["K4", "K8", "K9"] as const;
/** The petition ended with a letter that says where it goes or why it is not taken up. */
const endedByLetter = new Set(["case.diverted", "case.guided", "case.notReaccepted"]);

/**
 * Whether anything was answered at all once a day was over by which it was owed [SPEC §13, I8]: the day of handling, and where nobody ever
 * decided on acceptance, the day of that. However late: what is still unanswered stays in the number.
 */
function answersDue(entries: readonly Entry[], zoneOf: ZoneOf): Part[] {
  const isAnswered = (entry: Entry): boolean => isReply(entry) || (endedByLetter.has(entry.type) && hasLetter(entry));
  const isBegun = (entry: Entry): boolean => isAnswered(entry) || dueIn(entry, ...handling) !== undefined;
  const never = dutiesOf(entries, ["K2"], isBegun, zoneOf).filter(({ doneOn }) => doneOn === undefined);
  return [...dutiesOf(entries, handling, isAnswered, zoneOf), ...never].flatMap(({ due, doneOn }) => {
    const unitId = owedBy(entries, due, zoneOf);
    return unitId ? [{ thing: "due", unitId, day: due, marks: doneOn === undefined ? [] : ["answered"] }] : [];
  });
}

function registrations(entries: readonly Entry[], zoneOf: ZoneOf): Part[] {
  const entry = entries.find(({ type }) => type === "case.registered");
  const unitId = entry && unitIn(entry);
  if (!entry || !unitId) return [];
  const marks = [...(isRepeat(entries) ? ["repeat"] : []), ...themesIn(entry)];
  return [{ thing: "registration", unitId, day: dayIn(entry, zoneOf), marks }];
}

/** As the platform found them when it was registered; none where it looked at no words. */
function themesIn({ facts }: Entry): readonly Theme[] {
  const found = new Set<unknown>(Array.isArray(facts.themes) ? facts.themes : []);
  return themes.filter((theme) => found.has(theme));
}

const satisfied = new Set<unknown>(["satisfied", "basically"]);
const changed = new Set<unknown>(["changed", "quashed"]);
/** More than this many hand-overs are too many. */
const HOPS = 2;

const hopsIn = (entries: readonly Entry[]): number =>
  Math.max(0, ...entries.filter(({ type }) => type === "case.routed").map(({ facts }) => Number(facts.hop ?? 0)));

const isRepeat = (entries: readonly Entry[]): boolean =>
  entries.some(
    ({ type, facts }) => type === "case.repeatJudged" && (facts.kind === "again" || facts.kind === "newFacts"),
  );

/** A part that was split off was received with the whole. */
const receivedOn = (first: Entry, zoneOf: ZoneOf): string =>
  (isPart(first) && text(first.facts.receivedOn)) || dayIn(first, zoneOf);

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** In how many days an answer is counted as quick, fair, slow [R22:34 gives 60]. */
const BANDS = [15, 30, 60] as const;

/** What came of a reply, until the next one. */
function marksOfAnswer(before: readonly Entry[], after: readonly Entry[]): readonly string[] {
  const marks: string[] = [];
  const rating = after.findLast(({ type }) => type === "rating.given");
  if (rating) marks.push("rated");
  if (satisfied.has(rating?.facts.ratedUnit)) marks.push("unitSatisfied");
  if (satisfied.has(rating?.facts.office)) marks.push("officeSatisfied");
  if (hopsIn(before) > HOPS) marks.push("manyHops");
  if (after.some(({ type }) => type === "case.reviewRequested")) marks.push("reviewed");
  const outcome = after.find(({ type }) => type === "case.reviewDecided" || type === "case.redo");
  if (outcome) marks.push("reviewDecided");
  if (outcome && (outcome.type === "case.redo" || changed.has(outcome.facts.outcome))) marks.push("reviewChanged");
  return marks;
}

function answers(entries: readonly Entry[], zoneOf: ZoneOf): Part[] {
  const places = entries.flatMap((entry, n) => (isReply(entry) ? [n] : []));
  return places.flatMap((place, n) => {
    const reply = entries[place];
    const unitId = reply && unitIn(reply);
    if (!unitId) return [];
    const before = entries.slice(0, place);
    const day = dayIn(reply, zoneOf);
    const days = daysBetween(receivedOn(entries[0] ?? reply, zoneOf), day);
    const bands = BANDS.filter((most) => days <= most).map((most) => `within${most}`);
    const marks = [...marksOfAnswer(before, entries.slice(place + 1, places[n + 1])), ...bands];
    return [{ thing: "answer", unitId, day, marks, days, hops: hopsIn(before) }];
  });
}

/** A first reply holds where nothing of the matter came back within this time, and all that was promised was done [SPEC §13, I6]. */
const HOLDS_DAYS = 90;

/**
 * The first reply to a matter that was brought for the first time. What happens later than its 90 days changes it no more.
 *
 * @param again - local days on which somebody came back with the matter in a petition of its own
 */
function resolutions(entries: readonly Entry[], zoneOf: ZoneOf, again: readonly string[]): Part[] {
  const place = entries.findIndex(isReply);
  const reply = entries[place];
  const unitId = reply && unitIn(reply);
  if (!reply || !unitId || isRepeat(entries)) return [];
  const day = addDays(dayIn(reply, zoneOf), HOLDS_DAYS);
  const within = entries.slice(place + 1).filter((entry) => dayIn(entry, zoneOf) <= day);
  const cameBack =
    again.some((on) => on <= day) || within.some(({ type }) => type === "case.reviewRequested" || type === "case.redo");
  const isUnhappy = within.findLast(({ type }) => type === "rating.given")?.facts.ratedUnit === "not";
  const done = new Set(within.filter(({ type }) => type === "commitment.done").map(({ facts }) => facts.commitment));
  const isKept = Object.keys(record(reply.facts.promised)).every((id) => done.has(id));
  return [{ thing: "resolution", unitId, day, marks: !cameBack && !isUnhappy && isKept ? ["held"] : [] }];
}

const adopted = new Set<unknown>(["adopted", "partlyAdopted"]);

/** What came of a suggestion: by the outcomes of the draft that was handed over. */
function suggestions(entries: readonly Entry[], zoneOf: ZoneOf): Part[] {
  if (newest(entries, "category") !== "suggestion") return [];
  const place = entries.findIndex(isReply);
  const reply = entries[place];
  const unitId = reply && unitIn(reply);
  if (!reply || !unitId) return [];
  const outcomes = entries.slice(0, place).findLast(({ facts }) => Array.isArray(facts.outcomes))?.facts.outcomes;
  const isAdopted = Array.isArray(outcomes) && outcomes.some((one) => adopted.has(one));
  return [{ thing: "suggestion", unitId, day: dayIn(reply, zoneOf), marks: isAdopted ? ["adopted"] : [] }];
}

/**
 * What leaders had taken upon themselves and ended with. Settled is what the petitioner has confirmed: by what he said of a
 * promise, or by his rating. Handed over when he moves post it goes on.
 */
function charges(entries: readonly Entry[], zoneOf: ZoneOf): Part[] {
  return entries.flatMap((entry): Part[] => {
    const unitId = unitIn(entry);
    if (entry.type !== "charge.ended" || entry.facts.outcome === "handedOver" || !unitId) return [];
    const isConfirmed = entries.some(
      ({ type, facts }) =>
        (type === "commitment.done" && facts.confirmedBy === "petitioner") ||
        (type === "rating.given" && satisfied.has(facts.ratedUnit)),
    );
    const isSettled = entry.facts.outcome === "settled" && isConfirmed;
    return [{ thing: "charge", unitId, day: dayIn(entry, zoneOf), marks: isSettled ? ["settled"] : [] }];
  });
}

interface Promised {
  readonly unitId: Id;
  due: string;
  reportedOn?: string | undefined;
  doneOn?: string;
}

/** What happened to one promise. @returns whether it is owed any more */
function promiseAfter(promised: Promised, id: string, entry: Entry, zoneOf: ZoneOf): boolean {
  if (entry.type === "case.redo" || entry.type === "case.withdrawn") return promised.doneOn !== undefined;
  if (entry.facts.commitment !== id) return true;
  if (entry.type === "commitment.dateChanged") promised.due = text(entry.facts.dueOn) ?? promised.due;
  if (entry.type === "commitment.reported") promised.reportedOn = dayIn(entry, zoneOf);
  if (entry.type === "commitment.missing") promised.reportedOn = undefined;
  if (entry.type === "commitment.done") promised.doneOn = dayIn(entry, zoneOf);
  return true;
}

function commitments(entries: readonly Entry[], zoneOf: ZoneOf): Part[] {
  const all = new Map<string, Promised>();
  for (const entry of entries) {
    for (const [id, promised] of all) if (!promiseAfter(promised, id, entry, zoneOf)) all.delete(id);
    const unitId = unitIn(entry);
    for (const [id, due] of Object.entries(record(entry.facts.promised)))
      if (unitId && typeof due === "string") all.set(id, { unitId, due });
  }
  return [...all.values()].map(({ unitId, due, reportedOn, doneOn }) => {
    // confirmed later is kept all the same, where it was reported in time
    const isKept = doneOn !== undefined && (reportedOn ?? doneOn) <= due;
    return { thing: "commitment", unitId, day: due, marks: isKept ? ["kept"] : [] };
  });
}

/** By these a duty is missed. */
const duties: ReadonlySet<Thing> = new Set(["acceptance", "conclusion", "due", "review", "assignment"]);

/**
 * The whole it came out of is counted for it: whoever splits petitions gains no duty that was kept and no registration more,
 * and a part that misses its day is missed all the same.
 */
const countsOfPart = ({ thing, marks }: Part): boolean =>
  duties.has(thing)
    ? !marks.includes(thing === "due" ? "answered" : "inTime")
    : thing !== "registration" && thing !== "resolution";

/**
 * What is counted of one petition, by all that is known of it. Records that were taken over are not among it: their periods were
 * nobody's here, and what they state is counted apart (`recordOf`).
 *
 * @param again - local days on which somebody came back with the matter in a petition of its own
 */
export function countCase(
  entries: readonly Entry[],
  zoneOf: ZoneOf,
  again: readonly string[] = [],
): readonly Counted[] {
  const [first] = entries;
  if (!first || first.type === "case.imported") return [];
  const category = newest(entries, "category") ?? "none";
  const channel = newest(entries, "channel") ?? "none";
  const track = newest(entries, "track") ?? "none";
  const parts = [
    registrations,
    acceptances,
    conclusions,
    answersDue,
    answers,
    commitments,
    reviews,
    assignments,
    suggestions,
    charges,
  ];
  return [...parts.flatMap((part) => part(entries, zoneOf)), ...resolutions(entries, zoneOf, again)]
    .filter((one) => !isPart(first) || countsOfPart(one))
    .map((one) => ({ ...{ days: null, hops: null, ...one }, ...{ category, channel, track } }));
}
