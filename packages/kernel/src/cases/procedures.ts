import {
  type Acted,
  type callHearingInput,
  type closeHearingInput,
  type closeMediationInput,
  DoorstepError,
  type ExcludedSpan,
  type openMediationInput,
} from "@doorstep/contracts";
import type { z } from "zod";
import { latestBefore } from "../clocks/due-on.ts";
import { resolveRule } from "../clocks/policy-rules.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import type { Refusal, Scene } from "../life-cycle/rule.ts";
import type { Act } from "../life-cycle/table.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import type { ClockRow } from "../pipeline/load-case.ts";
import { conflictRows } from "../recusal/conflicts.ts";
import { personKey } from "../vault/keys.ts";
import { acted } from "./acted.ts";
import { fallenAgreement } from "./agreement.ts";
import { decidersOf } from "./handling.ts";
import { noteRow } from "./note-row.ts";

type Typed<S extends z.ZodType> = Omit<z.output<S>, "caseId" | "version" | "key">;

/**
 * An act that opens or closes a procedure beside the state and leaves a note in the file. The procedures themselves,
 * with their consents, sessions and letters, belong to modules; the mark and its guard hold with every module off.
 */
const procedure = <I extends { readonly note: string }>(
  act: Act,
  facts: (input: I) => Readonly<Record<string, string | boolean | null>>,
): Command<I, Acted> => ({
  act,
  decide: (k, loaded, s, i, party) => ({
    result: acted(loaded.case),
    facts: facts(i),
    rows: {
      messages: [noteRow(k, loaded.case, { at: s.now.toISOString(), text: i.note, visibility: "internal", party })],
    },
  }),
});

/** T13. Both sides have consented in writing; the petition's own clock runs on [R22:33; PM:17]. */
const opening = procedure<Typed<typeof openMediationInput>>("openMediation", () => ({ consents: true }));

/** Who handles or has decided the matter is no mediator of it: neither would be free. */
function mayMediate(c: LoadedCase, party: ActingParty, personId: string): readonly Refusal[] {
  if (c.recused.includes(personId)) return [{ code: "recusal.standsOut" }];
  const acts = party.kind === "person" && party.actor.personId === personId;
  return acts || c.handlerId === personId || c.actors.some((a) => a.personId === personId)
    ? [{ code: "mediator.handles" }]
    : [];
}

/** Mediators see the mediation and nothing else of the case, then and afterwards [SPEC §7]. */
export const openMediation: typeof opening = {
  ...opening,
  async prepare(k, _c, { mediatorIds }) {
    const { rows } = await k.pool.query<{ n: number }>(
      "select count(*)::int as n from kernel.people where id = any ($1::uuid[]) and active",
      [mediatorIds],
    );
    if (rows[0]?.n !== new Set(mediatorIds).size) throw new DoorstepError("person.notFound");
  },
  checks: (c, _s, { mediatorIds }, party) => mediatorIds.flatMap((personId) => mayMediate(c, party, personId)),
  decide(k, loaded, s, i, party, prepared) {
    const fx = opening.decide(k, loaded, s, i, party, prepared);
    const mediators = [...new Set(i.mediatorIds)].map((personId) => ({ personId, ground: "mediator" }) as const);
    return {
      ...fx,
      facts: { ...fx.facts, mediators: mediators.length },
      rows: { ...fx.rows, recusals: conflictRows(loaded.case.id, s.now.toISOString(), mediators) },
    };
  },
};

const closing = procedure<Typed<typeof closeMediationInput>>("closeMediation", (i) => ({ because: i.because }));

/** T13. Ends it without an agreement; any party may, at any time, and the petition goes on [PM:26]. */
export const closeMediation: typeof closing = {
  ...closing,
  decide(k, loaded, s, i, party, prepared) {
    const fx = closing.decide(k, loaded, s, i, party, prepared);
    return { ...fx, rows: { ...fx.rows, ...fallenAgreement(loaded) } };
  },
};

const calling = procedure<Typed<typeof callHearingInput>>("callHearing", (i) => ({
  hearingOn: i.hearingOn,
  open: i.open,
}));

/** Who must not sit on a panel of the matter. */
interface NotFree {
  readonly busy: ReadonlySet<string>;
  readonly stands: ReadonlySet<string>;
}

interface Called extends NotFree {
  readonly tooSoon: readonly Refusal[];
}

const panelOf = (i: Typed<typeof callHearingInput>): readonly string[] => [
  ...(i.chairId === null ? [] : [i.chairId]),
  ...i.panelIds,
];

function tooSoon(k: Kernel, c: LoadedCase, s: Scene, hearingOn: string): readonly Refusal[] {
  const rule = resolveRule(s.pack, {}, "hearingNotice", c.track);
  const latest = rule
    ? latestBefore(rule, hearingOn, k.rules.newestCalendar(k.rules.calendar(c.calendar).region, c.holderPath))
    : s.today;
  return latest < s.today ? [{ code: "hearing.tooSoon", params: { days: rule?.amount ?? 0 } }] : [];
}

/** Whoever handles, drafts, signs or has decided it, whoever stands out and the petitioner himself sit on no panel of it. */
async function notFree(k: Kernel, c: LoadedCase, people: readonly string[]): Promise<NotFree> {
  const { rows } = await k.pool.query<{ n: number }>(
    "select count(*)::int as n from kernel.people where id = any ($1::uuid[]) and active",
    [people],
  );
  if (rows[0]?.n !== new Set(people).size) throw new DoorstepError("person.notFound");
  const handler = c.handlerId === null ? [] : [c.handlerId];
  return {
    busy: new Set([...handler, ...c.actors.map((a) => a.personId), ...(await decidersOf(k, c))]),
    stands: new Set([...c.recused, ...people.filter((id) => c.audience.includes(personKey(k.keys, id)))]),
  };
}

const calledWith = async (k: Kernel, c: LoadedCase, i: Typed<typeof callHearingInput>, s: Scene): Promise<Called> => ({
  tooSoon: tooSoon(k, c, s, i.hearingOn),
  ...(await notFree(k, c, panelOf(i))),
});

const notFreeAmong = (people: readonly string[], { busy, stands }: NotFree): readonly Refusal[] => [
  ...(new Set(people).size < people.length ? [{ code: "hearing.panelTwice" } as const] : []),
  ...people.flatMap((id): readonly Refusal[] => {
    if (stands.has(id)) return [{ code: "recusal.standsOut" }];
    return busy.has(id) ? [{ code: "hearing.investigates" }] : [];
  }),
];

const heardBefore = (row: ClockRow): boolean =>
  (row.excluded as readonly ExcludedSpan[]).some((span) => span.why === "hearing");

/**
 * T14. For what is major, complex or hard; the parties are told at least so long before as the pack says [R22:31(6)]. The
 * days of one hearing do not count in a re-review; those of another, called because the first failed, do.
 */
export const callHearing: typeof calling = {
  ...calling,
  prepare: calledWith,
  checks(_c, _s, i, _party, prepared) {
    const called = prepared as Called;
    return [...called.tooSoon, ...notFreeAmong(panelOf(i), called)];
  },
  decide(k, loaded, s, i, party, prepared) {
    const fx = calling.decide(k, loaded, s, i, party, prepared);
    return {
      ...fx,
      facts: { ...fx.facts, panel: panelOf(i).length },
      ...(loaded.clockRows.some(heardBefore) && { keeps: ["decideRereview"] }),
    };
  },
};

/** Who takes the place of somebody who leaves the panel of a hearing that runs. */
export interface Seating {
  readonly personIds: readonly string[];
  readonly note: string;
}

const seating: SideAct = {
  ...{ act: "seatHearing", from: ["inHandling", "rereview"], to: "same", with: ["inHearing"] },
  who: [
    { role: "officer", at: "holder" },
    { role: "reviewer", at: "holder" },
  ],
  ...{ guards: [], clocks: [], entry: "hearing.panelChanged" },
};

/** Whoever joins a panel later is checked like those who were on it from the start; no period changes. */
export const seatHearing: Command<Seating, Acted> = {
  act: seating,
  prepare: (k, c, { personIds }) => notFree(k, c, personIds),
  checks: (_c, _s, { personIds }, _party, prepared) => notFreeAmong(personIds, prepared as NotFree),
  decide: (k, loaded, s, { personIds, note }, party) => ({
    result: acted(loaded.case),
    facts: { joined: personIds.length },
    rows: {
      messages: [noteRow(k, loaded.case, { at: s.now.toISOString(), text: note, visibility: "internal", party })],
    },
  }),
};

const endingHearing = procedure<Typed<typeof closeHearingInput>>("closeHearing", () => ({}));

/** T14. Its conclusion goes into the file; the days it took do not count in a re-review [R22:36]. */
export const closeHearing: typeof endingHearing = {
  ...endingHearing,
  decide: (k, loaded, s, i, party, prepared) => ({
    ...endingHearing.decide(k, loaded, s, i, party, prepared),
    ...(loaded.clockRows.every((row) => row.state !== "paused") && { keeps: ["decideRereview"] }),
  }),
};
