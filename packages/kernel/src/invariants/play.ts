import { type Actor, DoorstepError } from "../actor.ts";
import { readCase } from "../cases/read-case.ts";
import { publicStatusOf, readPetitionerCase } from "../intake/petitioner-case.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import { execute } from "../pipeline/execute.ts";
import { loadCase } from "../pipeline/load-case.ts";
import { declareRecusal } from "../recusal/recusal.ts";
import { breachEffects } from "../sweep/breach-effects.ts";
import { countBacklog } from "../sweep/count-backlog.ts";
import { finaliseLapsed } from "../sweep/finalise-lapsed.ts";
import { ordinaryAfterLapse } from "../sweep/simple-lapsed.ts";
import { sweepClocks } from "../sweep/sweep-clocks.ts";
import { withdrawLapsed } from "../sweep/withdraw-lapsed.ts";
import { type Doing, doings } from "../testing/random-acts.ts";
import { file } from "../testing/story.ts";
import { faultsOf } from "./faults.ts";
import {
  holderAfter,
  isTempting,
  mayComeByItself,
  mayKnow,
  mustKnow,
  type Prediction,
  predict,
  type Quashed,
  said,
  stateAfter,
} from "./model.ts";
import type { House } from "./random-house.ts";
import { type RowsNow, rowsNow } from "./rows-now.ts";

/** One random step: who does what, or the house by itself, after so many hours. */
export interface Step {
  readonly who: number;
  readonly what: number;
  readonly how: number;
  readonly which: number;
  readonly mood: number;
  readonly hours: number;
}

/** What happened how often, so that a test which reaches nothing is seen to reach nothing. */
export type Tally = Map<string, number>;
const count = (tally: Tally, what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1);

/** Below it, but for 0: what must not be done. */
const RUNGS_FROM = 4;
/** Below the first: the next rung; below the second: what leads on; below the third: whatever is open; else time passes. */
const [RUNG_MOOD, OPEN_MOOD, ROUND_MOOD] = [10, 14, 18];
export const MOODS = 20;

interface Game {
  readonly house: House;
  readonly tally: Tally;
  readonly ids: readonly string[];
  readonly first: Map<string, RowsNow>;
  readonly quashed: Map<string, Quashed>;
  readonly faults: string[];
  readonly trail: string[];
  now: ReadonlyMap<string, RowsNow>;
}

const forward = new Set(
  "register accept assign heard reply seal deliver requestReview decideReview redo requestRereview decideRereview promise reportDone fulfil finalise archive object return".split(
    " ",
  ),
);

const clockOf = (g: Game) => g.house.world.t.clock;
const today = (g: Game): string => new Date(clockOf(g).now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

const filings = [
  { purpose: "solve" },
  {
    purpose: "solve",
    anonymity: "named",
    petitioner: { name: "张三", kind: "nco", contact: "138 0000 0001", filingFor: "self" },
  },
  { purpose: "suggest" },
  { purpose: "accuse" },
] as const;

async function look(g: Game): Promise<ReadonlyMap<string, RowsNow>> {
  const seen = new Map((await rowsNow(g.house.world.t.database.pool, g.ids)).map((r) => [r.c.id, r]));
  for (const [id, r] of seen) if (!g.first.has(id)) g.first.set(id, r);
  return seen;
}

/** Asks everything of SPEC §16 of every case as it stands now. */
async function check(g: Game, act: string | null): Promise<void> {
  const before = g.now;
  g.now = await look(g);
  for (const [id, after] of g.now) {
    const seen = { house: g.house, first: g.first.get(id) ?? after, before: before.get(id) ?? after, after, act };
    g.faults.push(...faultsOf({ ...seen, now: clockOf(g).now, quashed: g.quashed.get(id) }));
    count(g.tally, `state ${after.c.status}`);
  }
}

interface Chosen {
  readonly party: ActingParty;
  readonly doing: Doing;
}

/** The next thing to do on the way to an answer: without it hardly any sequence would come to a review. */
const ladder = ["deliver", "seal", "reply", "heard", "assign", "accept", "register"];

const isIdle = (s: RowsNow, name: string): boolean =>
  (name === "heard" && s.c.heard_on !== null) ||
  (name === "reply" && s.notices.some((n) => n.state === "submitted" || (n.state === "sealed" && n.code === "D14")));

function wanted(s: RowsNow, open: readonly Chosen[], mood: number): readonly Chosen[] {
  if (mood >= OPEN_MOOD) return open;
  const leading = open.filter((o) => forward.has(o.doing.name) && !isIdle(s, o.doing.name));
  const rung = mood < RUNG_MOOD && ladder.find((name) => leading.some((o) => o.doing.name === name));
  if (rung) return leading.filter((o) => o.doing.name === rung);
  return leading.length > 0 ? leading : open;
}

/** Mostly what SPEC lets somebody do, and of that mostly what leads on; now and then anything at all. */
function chosen(g: Game, s: RowsNow, step: Step): Chosen {
  const { parties } = g.house;
  const any = {
    party: parties[step.who % parties.length] as ActingParty,
    doing: doings[step.what % doings.length] as Doing,
  };
  if (step.mood === 0) return any;
  const those = (fits: (party: ActingParty, name: string) => boolean): readonly Chosen[] =>
    parties.flatMap((party) => doings.filter((d) => fits(party, d.name)).map((doing) => ({ party, doing })));
  const from =
    step.mood < RUNGS_FROM
      ? those((party, name) => isTempting(g.house, s, party, name, today(g)))
      : wanted(
          s,
          those((party, name) => predict(g.house, s, party, name, null, today(g)) !== "refused"),
          step.mood,
        );
  const names = [...new Set(from.map((o) => o.doing.name))];
  const ways = from.filter((o) => o.doing.name === names[step.what % names.length]);
  return ways[step.who % ways.length] ?? any;
}

/** One name may stand for two commands, one for each state. */
const fitting = (doing: Doing, status: string): Doing =>
  doings.find(
    (d) =>
      d.name === doing.name &&
      typeof d.command.act !== "string" &&
      (d.command.act.from as readonly string[]).includes(status),
  ) ?? doing;

const refusalOf = (error: unknown): string => {
  if (!(error instanceof DoorstepError)) throw error;
  return error.code;
};

function compare(
  g: Game,
  s: RowsNow,
  what: string,
  act: string,
  input: object,
  prediction: Prediction,
  refused: string | null,
): void {
  const after = g.now.get(s.c.id);
  if (!after) return;
  if (refused !== null) {
    if (prediction === "allowed") g.faults.push(`${what} was refused (${refused}), though it is a right or a duty`);
    if (after.c.ledger_seq !== s.c.ledger_seq) g.faults.push(`${what} was refused and left something behind`);
    return;
  }
  count(g.tally, `did ${act}`);
  if (prediction === "refused") g.faults.push(`${what} was done, though it must not be`);
  if (after.c.status !== stateAfter(s, act)) g.faults.push(`${what} led to ${after.c.status}`);
  const holder = holderAfter(g.house, s, act, input);
  if (holder && after.c.holder_unit_id !== holder) g.faults.push(`${what} left it with another unit`);
}

async function act(g: Game, s: RowsNow, step: Step): Promise<void> {
  const { t } = g.house.world;
  const { party, doing: named } = chosen(g, s, step);
  const doing = fitting(named, s.c.status);
  const loaded = await loadCase(t.kernel.pool, s.c.id, "", "");
  if (!loaded) throw new Error("the case is gone");
  const input = doing.input(g.house.world, loaded, step.how);
  const prediction = predict(g.house, s, party, doing.name, input, today(g));
  const refused = await execute(t.kernel, doing.command, { caseId: s.c.id, key: t.key(), party }, input).then(
    () => null,
    refusalOf,
  );
  if (doing.name === "redo" && refused === null) g.quashed.set(s.c.id, new Map(s.demands.map((d) => [d.id, said(d)])));
  await check(g, doing.name);
  const roles = party.kind === "person" ? party.actor.grants.map((x) => x.role).join("+") : party.kind;
  g.trail.push(`${doing.name} by ${roles}${refused === null ? "" : ` (${refused})`}`);
  compare(g, s, `${doing.name} by ${roles} in ${s.c.status}`, doing.name, input, prediction, refused);
}

/** What the house does by itself in a round of its workers. */
async function round(g: Game): Promise<void> {
  const { kernel } = g.house.world.t;
  const before = g.now;
  // what counts as accepted since a day long past is owed at once: the next minute's round tells of it
  for (let minute = 0; minute < 2; minute++) {
    await sweepClocks(kernel);
    await breachEffects(kernel);
  }
  await ordinaryAfterLapse(kernel);
  await withdrawLapsed(kernel);
  await finaliseLapsed(kernel);
  await countBacklog(kernel);
  g.trail.push("round");
  await check(g, "round");
  for (const [id, s] of before) {
    const to = g.now.get(id)?.c.status ?? "nothing";
    if (!mayComeByItself(s.c.status, to)) g.faults.push(`${s.c.status} became ${to} by itself`);
  }
}

async function standOut(g: Game, s: RowsNow, step: Step): Promise<void> {
  const { people, t } = g.house.world;
  const actor = people[step.who % people.length] as Actor;
  const on = { caseId: s.c.id, key: t.key(), party: { kind: "person", actor } } as const;
  await declareRecusal(t.kernel, on, "亲属").catch(refusalOf);
  await check(g, "standOut");
}

/** The same answer in every place: whoever may not know of it finds nothing, and what was read is on record [SPEC §16(4)(12)]. */
async function readBy(g: Game, actor: Actor, s: RowsNow): Promise<void> {
  const { kernel, database } = g.house.world.t;
  const logged = async (): Promise<number> => {
    const { rows } = await database.pool.query<{ n: number }>(
      "select count(*)::int as n from kernel.ledger where type = 'access.contentRead' and actor = $1 and body::jsonb->'facts'->>'case' = $2",
      [`person:${actor.personId}`, s.c.id],
    );
    return rows[0]?.n ?? 0;
  };
  const sensitive = s.c.confidentiality > 1;
  const earlier = sensitive ? await logged() : 0;
  const read = await readCase(kernel, actor, s.c.id).then(
    () => true,
    (error: unknown) => refusalOf(error) !== "case.notFound",
  );
  count(g.tally, read ? "read" : "not found");
  const roles = actor.grants.map((x) => x.role).join("+");
  if (read && !mayKnow(g.house, s, actor.personId)) g.faults.push(`4: ${roles} reads what he must not know of`);
  if (!read && mustKnow(g.house, s, actor.personId)) g.faults.push(`${roles} does not see what he holds`);
  if (sensitive && read && (await logged()) !== earlier + 1) g.faults.push("12: a reading is not on record");
}

const shownAs: Readonly<Record<string, string>> = {
  received: "received",
  registered: "received",
  routed: "received",
  accepted: "accepted",
  inHandling: "handling",
  review: "handling",
  rereview: "handling",
  replied: "replied",
  final: "closed",
  archived: "closed",
  withdrawn: "closed",
};

async function reads(g: Game, step: Step): Promise<void> {
  const { people, t } = g.house.world;
  for (const s of g.now.values()) {
    for (let n = 0; n < 3; n++) await readBy(g, people[(step.who + n * 5) % people.length] as Actor, s);
    const shown = await readPetitionerCase(t.kernel, s.c.id);
    if (shown.status !== (shownAs[s.c.status] ?? "notAccepted") || publicStatusOf(s.c.status as never) !== shown.status)
      g.faults.push(`9: ${s.c.status} is shown as ${shown.status}`);
  }
}

/** Nothing of a game that is over calls for the house's attention in the next one. */
const PUT_AWAY = `with k as (update kernel.clocks set next_at = null, effect_due = null, state = 'stopped' where case_id = any ($1)),
  i as (update kernel.supervision_items set next_at = null where case_id = any ($1))
  update kernel.cases set status = 'archived' where id = any ($1)`;

/** A sequence of random acts over one or two petitions; what does not hold is said, each with where it was seen. */
export async function play(
  house: House,
  kinds: readonly number[],
  steps: readonly Step[],
  tally: Tally,
): Promise<readonly string[]> {
  const { t, caseNos } = house.world;
  caseNos.length = 0;
  const ids: string[] = [];
  for (const kind of kinds) {
    const filing = { ...filings[kind % filings.length], unitId: house.home.id, via: "letter" as const };
    ids.push(await file(t, filing as never));
  }
  const g: Game = { house, tally, ids, first: new Map(), quashed: new Map(), faults: [], trail: [], now: new Map() };
  try {
    await check(g, null);
    caseNos.push(...[...g.now.values()].map((r) => r.c.case_no));
    for (const step of steps) {
      t.clock.advance({ hours: step.hours });
      const cases = [...g.now.values()];
      const s = cases[step.which % cases.length] as RowsNow;
      if (step.mood >= ROUND_MOOD) await (step.what % 5 === 0 ? standOut(g, s, step) : round(g));
      else await act(g, s, step);
      if (g.faults.length > 0) return [...g.faults, g.trail.join(" > ")];
    }
    await reads(g, steps[0] as Step);
    return g.faults;
  } finally {
    await t.database.pool.query(PUT_AWAY, [[...g.now.keys()]]);
  }
}
