import type { Anonymity, Category, Confidentiality, Level, Mark, State, Track } from "@doorstep/contracts";
import { type AudienceKey, audienceOf } from "../audience/audience-of.ts";
import type { Kernel } from "../kernel.ts";
import { type Facts, type LedgerActor, nextEntry } from "../ledger/entry.ts";
import { assistedStates, assistPatch, isOpenAssist } from "../life-cycle/loaded-assist.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { Scene, Transition } from "../life-cycle/rule.ts";
import { lettersSealed } from "../notices/notice-row.ts";
import type { Batch } from "./batch.ts";
import { type ClockInputs, clockChanges, shortenedFacts } from "./clock-changes.ts";
import type { Loaded } from "./load-case.ts";
import { noticesAfter, waitingFor } from "./waiting.ts";

/** What an act may change of the case row itself. */
export interface CasePatch {
  readonly holderUnitId?: string;
  readonly organId?: string | null;
  readonly level?: Level;
  readonly track?: Track;
  readonly category?: Category;
  readonly subRoute?: number | null;
  readonly severity?: string;
  readonly urgentSafety?: true;
  readonly confidentiality?: Confidentiality;
  readonly handlerId?: string | null;
  readonly heardOn?: string | null;
  readonly handlingUnitId?: string | null;
  readonly hops?: number;
  readonly petitionerWroteAt?: string;
  readonly anonymity?: Anonymity;
  readonly packVersion?: string;
}

/** What a command decides: pure data; the pipeline turns it into rows. */
export interface Effects<R> extends ClockInputs {
  readonly result: R;
  /** into the ledger: ids, codes, counts */
  readonly facts: Facts;
  /** what modules hear of it beside the act: codes and ids */
  readonly heard?: Readonly<Record<string, string | readonly string[]>>;
  readonly patch?: CasePatch;
  /** paths of a new holder or of the unit under review, itself first */
  readonly holderPath?: readonly string[];
  readonly holderTimeZone?: string;
  readonly handlingPath?: readonly string[] | null;
  /** the leg this act makes: who sent it, itself first, and whether a report is owed */
  readonly leg?: { readonly senderPath: readonly string[]; readonly kind: string };
  /** units complained of, where this act names them */
  readonly respondentUnits?: readonly string[];
  /** marks of the former round that a case taken up again does not keep */
  readonly dropsMarks?: readonly Mark[];
  /** marks after the act, where one stands for as long as any of several things is open */
  readonly marks?: readonly Mark[];
  /** who is let in until an hour, under a key of that access */
  readonly admits?: readonly (AudienceKey & { readonly until: string })[];
  /** keys of such accesses that are over */
  readonly expels?: readonly string[];
  /** who assists after the act: each unit first, its root last */
  readonly assistPaths?: readonly (readonly string[])[];
  readonly rows?: Batch;
  /** what the same statement writes in other cases */
  readonly beside?: readonly Batch[];
}

const ends: readonly State[] = ["final", "archived", "diverted", "guided", "merged", "notReaccepted", "withdrawn"];
export const isOpen = (state: State): boolean => !ends.includes(state);

/** An end that the petitioner contests, or sends new facts about, is work again until somebody has decided. */
export const isOpenCase = (state: State, marks: readonly Mark[]): boolean =>
  isOpen(state) || marks.includes("contested") || marks.includes("newFacts");

/** Audience rows to add, to keep (a unit may stand nearer or farther now) and to take away; rows of people stay. */
export function audienceChanges(
  before: readonly AudienceKey[],
  after: readonly AudienceKey[],
): { readonly gone: readonly string[]; readonly kept: readonly AudienceKey[]; readonly added: readonly AudienceKey[] } {
  const people = before.filter((a) => a.depth < 0);
  const old = new Set(before.filter((a) => a.depth >= 0).map((a) => a.key));
  const wanted = new Set(after.map((a) => a.key));
  return {
    gone: [...old].filter((key) => !wanted.has(key)),
    kept: [...people, ...after.filter((a) => old.has(a.key))],
    added: after.filter((a) => !old.has(a.key)),
  };
}

/** How a case came to its holder, and who waits for a report on it. */
export interface Sent {
  readonly kind: string | null | undefined;
  readonly senderPath: readonly string[];
  readonly assignerPath: readonly string[];
}

/**
 * The unit outside that goes on seeing the case: whoever passed it on decides on an objection while it is on its way, whoever
 * assigned it waits for its report [R22:22(3),23].
 */
export function watcherPath(status: State, { kind, senderPath, assignerPath }: Sent): readonly string[] | null {
  if (kind === "transfer" && status === "routed") return senderPath;
  return assignerPath.length > 0 && isOpen(status) ? assignerPath : null;
}

function sentAfter({ lastLeg, senderPath, assignerPath }: LoadedCase, leg: Effects<unknown>["leg"]): Sent {
  if (!leg) return { kind: lastLeg?.kind, senderPath, assignerPath };
  const kept = leg.kind === "designate" ? assignerPath : [];
  return { ...leg, assignerPath: leg.kind === "assign" ? leg.senderPath : kept };
}

export interface Act {
  readonly transition: Pick<Transition, "act" | "to" | "sets" | "clears" | "clocks" | "entry">;
  readonly actor: LedgerActor;
  readonly logKey: string;
  readonly inputHash: string;
}

/** Rows of two cases in one statement. */
const together = (a: Batch, b: Batch): Batch => {
  const arms = new Set([...Object.keys(a), ...Object.keys(b)] as (keyof Batch)[]);
  return Object.fromEntries([...arms].map((arm) => [arm, [...(a[arm] ?? []), ...(b[arm] ?? [])]]));
};

function marksAfter(
  before: readonly Mark[],
  x: Pick<Act["transition"], "sets" | "clears">,
  more: readonly Mark[],
): readonly Mark[] {
  // a mark that is set again stands once
  const dropped = [x.clears, x.sets, ...more];
  return [...before.filter((m) => !dropped.includes(m)), ...(x.sets ? [x.sets] : [])];
}

/** Whoever assists owes nothing any more once the holder is done; words that change their key end with that. */
const assistsAfter = (before: LoadedCase, after: LoadedCase, at: string, rows: Batch = {}): readonly object[] =>
  assistedStates.includes(after.status) || after.organId !== before.organId
    ? (rows.assist_patch ?? [])
    : before.assists.filter(isOpenAssist).map((a) => assistPatch(a, { ended_at: at }));

/** Who sees the case once the act is done. */
const audienceAfter = (loaded: Loaded, after: LoadedCase, fx: Effects<unknown>): readonly AudienceKey[] =>
  audienceOf({
    confidentiality: after.confidentiality,
    organId: after.organId,
    holderPath: fx.holderPath ?? loaded.case.holderPath,
    intakePath: after.status === "received" || after.status === "registered" ? loaded.case.intakePath : null,
    handlingPath: fx.handlingPath === undefined ? loaded.handlingPath : fx.handlingPath,
    senderPath: watcherPath(after.status, sentAfter(loaded.case, fx.leg)),
    assistPaths: assistedStates.includes(after.status)
      ? (fx.assistPaths ?? loaded.case.assists.filter(isOpenAssist).map((a) => a.path))
      : [],
    respondentUnits: fx.respondentUnits ?? loaded.case.respondentUnits,
    quarantined: after.marks.includes("quarantined"),
  });

/** Case view + effects -> rows. Everything that is the same for all commands stands here once. */
export function rowsOf<R>(k: Kernel, loaded: Loaded, s: Scene, fx: Effects<R>, act: Act): Batch {
  const { case: before } = loaded;
  const x = act.transition;
  const at = s.now.toISOString();
  const status: State = x.to === "same" ? before.status : x.to;
  const marks = fx.marks ?? marksAfter(before.marks, x, fx.dropsMarks ?? []);
  const after: LoadedCase = {
    ...before,
    ...withoutUndefined(fx.patch ?? {}),
    status,
    marks,
    timeZone: fx.holderTimeZone ?? before.timeZone,
    holderPath: fx.holderPath ?? before.holderPath,
  };
  const clocks = clockChanges(k, loaded, after, s, x.clocks, fx);
  const audience = audienceChanges(loaded.audience, audienceAfter(loaded, after, fx));
  const shared = {
    due: clocks.due,
    conf: after.confidentiality,
    status,
    open: isOpenCase(status, marks),
    category: after.category,
    holder: after.holderUnitId,
    backlog: marks.includes("backlog"),
    ...waitingFor(status, noticesAfter(loaded, fx.rows)),
  };
  const entry = nextEntry(
    before.id,
    { seq: before.ledgerSeq, hash: before.ledgerHash },
    {
      at,
      type: x.entry,
      actor: act.actor,
      facts: {
        act: x.act,
        from: before.status,
        to: status,
        unit: after.holderUnitId,
        ...(before.holderUnitId !== after.holderUnitId && { fromUnit: before.holderUnitId }),
        track: after.track,
        category: after.category,
        channel: after.channel,
        level: after.level,
        due: { ...Object.fromEntries(clocks.started.map((c) => [c.ref, c.dueOn])), ...clocks.moved },
        ...lettersSealed(fx.rows?.notices),
        ...shortenedFacts(clocks.started),
        ...fx.facts,
      },
    },
  );
  const own: Batch = {
    ...fx.rows,
    patch: [
      {
        id: before.id,
        version: before.version,
        holder_unit_id: after.holderUnitId,
        organ_id: after.organId,
        status,
        level: after.level,
        flags: marks,
        track: after.track,
        category: after.category,
        sub_route: after.subRoute,
        severity: fx.patch?.severity ?? loaded.severity,
        ...(fx.patch?.urgentSafety && { urgent_safety: true }),
        confidentiality: after.confidentiality,
        handler_id: after.handlerId,
        heard_on: after.heardOn,
        handling_unit_id: after.handlingUnitId,
        hops: after.hops,
        pack_version: fx.patch?.packVersion ?? before.packVersion,
        petitioner_wrote_at: fx.patch?.petitionerWroteAt ?? loaded.petitionerWroteAt,
        ...(fx.patch?.anonymity && { anonymity: fx.patch.anonymity }),
        ledger_seq: entry.row.seq,
        ledger_hash: entry.row.hash,
      },
    ],
    assist_patch: assistsAfter(before, after, at, fx.rows),
    clocks: clocks.started.map((c) => c.row),
    clock_patch: clocks.patches,
    audience_patch: audience.kept
      .filter((a) => !fx.expels?.includes(a.key))
      .map((a) => ({ ...a, ...shared, case_id: before.id })),
    audience_gone: [...audience.gone, ...(fx.expels ?? [])].map((key) => ({ case_id: before.id, key })),
    case_audience: [...audience.added, ...(fx.admits ?? [])].map((a) => ({
      ...a,
      ...shared,
      case_id: before.id,
      received: before.receivedAt,
      channel: before.channel,
    })),
    ledger: [entry.row],
    outbox: [
      {
        id: k.newId(),
        at,
        case_id: before.id,
        seq: entry.row.seq,
        unit_id: after.holderUnitId,
        type: x.entry,
        payload: { from: before.status, to: status, act: x.act, ...fx.heard },
      },
    ],
    command_log: [
      { actor: act.actor, key: act.logKey, command: x.act, input_hash: `\\x${act.inputHash}`, result: fx.result, at },
    ],
  };
  return (fx.beside ?? []).reduce(together, own);
}
const withoutUndefined = <T extends object>(patch: T): Partial<T> =>
  Object.fromEntries(Object.entries(patch).filter(([, v]) => v !== undefined)) as Partial<T>;
