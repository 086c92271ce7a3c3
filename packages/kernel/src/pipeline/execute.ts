import { DoorstepError } from "@doorstep/contracts";
import { reaches } from "../actor.ts";
import { ACCESS_DEPTH } from "../audience/audience-of.ts";
import { localDateOf } from "../clocks/local-time.ts";
import { underOrgansKey } from "../files/file-keys.ts";
import type { Kernel } from "../kernel.ts";
import { canonical } from "../ledger/canonical.ts";
import type { LedgerActor } from "../ledger/entry.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { type ActingParty, refusals } from "../life-cycle/refusals.ts";
import type { Refusal, Scene, Transition } from "../life-cycle/rule.ts";
import { type Act, transitionOf } from "../life-cycle/table.ts";
import { assertDrawable } from "../notices/assert-drawable.ts";
import { underNewKey } from "../organs/reseal.ts";
import { takenUp } from "../proposals/taken-up.ts";
import { hmacSha256 } from "../vault/key-object.ts";
import { apply, isMoved, isNumberTaken, isRepeatedKey, isStale } from "./apply.ts";
import type { Batch } from "./batch.ts";
import { inputHash, type Loaded, loadCase } from "./load-case.ts";
import { type Effects, rowsOf } from "./rows.ts";
import { treeFence } from "./tree-fence.ts";

/** One way to change a case: what is asked first, then pure data. */
export interface Command<I, R> {
  /** row of the life-cycle table, or a `same`-state act that stands beside it */
  readonly act: Act | SideAct;
  /** the name of the press, where the state of the case decides which of several acts it means: sent again it is the same */
  readonly press?: string;
  /** facts outside the case, read before the rules: units, people; may refuse */
  prepare?(k: Kernel, c: LoadedCase, input: I, scene: Scene, party: ActingParty): Promise<unknown>;
  /** rules over what was typed */
  checks?(c: LoadedCase, s: Scene, input: I, party: ActingParty, prepared: unknown): readonly Refusal[];
  decide(k: Kernel, loaded: Loaded, s: Scene, input: I, party: ActingParty, prepared: unknown): Effects<R>;
}

/** Acts within a state that the table of transitions does not name: they change nothing of state or clocks. */
export type SideAct = Pick<
  Transition,
  "act" | "to" | "clocks" | "entry" | "who" | "guards" | "from" | "with" | "without" | "sets" | "clears"
> &
  Partial<Pick<Transition, "notice">>;

export interface On {
  readonly caseId: string;
  /** as the person read it; absent where the act does not depend on it (a petitioner's message) */
  readonly version?: number | undefined;
  readonly key: string;
  readonly party: ActingParty;
}

export const partyName = (party: ActingParty): LedgerActor =>
  party.kind === "person" ? `person:${party.actor.personId}` : party.kind;

/** The key a request brings may be as good as the return code: only its keyed hash is stored. */
export const logKeyOf = (k: Kernel, key: string): string => hmacSha256(k.keys.code).update(`key\0${key}`).digest("hex");

const transitionFor = (act: Act | SideAct): Transition =>
  typeof act === "string" ? transitionOf(act) : ({ ...act, id: "T0", notice: [], source: "" } as Transition);

/** Whether the party may know that the case exists at all. */
export function maySee(
  party: ActingParty,
  c: LoadedCase,
  audience: readonly { key: string; depth: number }[],
): boolean {
  if (party.kind !== "person") return true;
  const { actor } = party;
  if (c.recused.includes(actor.personId)) return false;
  return reaches(actor, c.confidentiality, audience);
}

/** Whether somebody sees the case by nothing but an access: he was let in to read it. */
export const readsByAccess = (
  party: ActingParty,
  c: LoadedCase,
  audience: readonly { readonly key: string; readonly depth: number }[],
): boolean =>
  party.kind === "person" &&
  !reaches(
    party.actor,
    c.confidentiality,
    audience.filter((a) => a.depth !== ACCESS_DEPTH),
  );

/** Invisible like none; and whoever was only let in changes nothing. */
function assertMayAct(party: ActingParty, loaded: Loaded | null): asserts loaded is Loaded {
  if (!loaded || !maySee(party, loaded.case, loaded.audience)) throw new DoorstepError("case.notFound");
  if (readsByAccess(party, loaded.case, loaded.audience)) throw new DoorstepError("access.readOnly");
}

function assertNotRefused(reasons: readonly Refusal[]): void {
  const [first] = reasons;
  if (!first) return;
  if (reasons.length === 1 && (first.code === "forbidden" || first.code === "recused"))
    throw new DoorstepError(first.code);
  throw new DoorstepError("act.refused", { reasons: reasons.map((r) => r.code).join(", ") }, reasons);
}

const ATTEMPTS = 4;
const mayTryAgain = (error: unknown): boolean =>
  isStale(error) || isRepeatedKey(error) || isMoved(error) || isNumberTaken(error);

/** The scene in which rules are asked: the pack the case pins, now, and the holder's local date. */
export function sceneOf(k: Kernel, c: Pick<LoadedCase, "pack" | "packVersion" | "timeZone">): Scene {
  const now = k.now();
  return { pack: k.rules.pack(c.pack, c.packVersion), now, today: localDateOf(now.toISOString(), c.timeZone) };
}

/** What a module had suggested is done by the act itself, whoever does it. */
function withSuggestions<R>(
  k: Kernel,
  c: LoadedCase,
  x: Transition,
  s: Scene,
  fx: Effects<R>,
  party: ActingParty,
): Effects<R> {
  const changesKey = fx.patch?.organId !== undefined && fx.patch.organId !== c.organId;
  const me = party.kind === "person" ? party.actor.personId : null;
  const done = takenUp(k, c, x.act, { at: s.now.toISOString(), me });
  if (changesKey || done.length === 0) return fx;
  return { ...fx, rows: { ...fx.rows, proposal_patch: [...(fx.rows?.proposal_patch ?? []), ...done] } };
}

/** Everything that may refuse, in its order; what is left is what the command prepared. */
async function decided<I, R>(
  k: Kernel,
  command: Command<I, R>,
  x: Transition,
  loaded: Loaded,
  on: On,
  input: I,
): Promise<{ readonly scene: Scene; readonly fx: Effects<R> }> {
  const c = loaded.case;
  if (loaded.rulesStamp !== null) await k.rules.refresh(loaded.rulesStamp);
  const scene = sceneOf(k, c);
  // whoever read an older state is told so first: what he may do is a question of the newest one
  if (on.version !== undefined && on.version !== c.version) throw new DoorstepError("case.stale");
  const reasons = refusals(x, c, on.party, scene);
  if (reasons[0]?.code === "forbidden") throw new DoorstepError("forbidden");
  assertNotRefused(reasons);
  const prepared = await command.prepare?.(k, c, input, scene, on.party);
  assertNotRefused(command.checks?.(c, scene, input, on.party, prepared) ?? []);
  const fx = withSuggestions(k, c, x, scene, command.decide(k, loaded, scene, input, on.party, prepared), on.party);
  if (on.party.kind === "person") await assertDrawable(k, organOf(c, fx).organId, input, fx.rows);
  return { scene, fx };
}

/** What somebody does in the petitioner's place says so. */
const said = <R>(fx: Effects<R>, party: ActingParty): Effects<R> =>
  party.kind === "petitioner" && party.mandate ? { ...fx, facts: { ...fx.facts, byMandate: party.mandate.id } } : fx;

/** After all tries the version still does not match: what was taken meanwhile is the file, not the case. */
const given = (error: unknown, fx: Effects<unknown>): unknown =>
  isMoved(error)
    ? new DoorstepError("case.stale")
    : isStale(error)
      ? new DoorstepError(fx.rows?.file_claims?.length ? "file.notFound" : "case.stale")
      : error;

/** Whose case it is after the act, and whose it was before. */
const organOf = (c: LoadedCase, fx: Effects<unknown>) => ({
  id: c.id,
  organId: fx.patch?.organId === undefined ? c.organId : fx.patch.organId,
  formerOrganId: c.organId,
});

/** Words and files of an accusation lie under the key of its organ from this statement on. */
async function sheltered(k: Kernel, c: ReturnType<typeof organOf>, batch: Batch): Promise<Batch> {
  return underOrgansKey(k, c, await underNewKey(k, c, batch));
}

/**
 * Load with version -> earlier result of this key -> may see -> may act, recusal, state, guards, checks (pure) ->
 * effects (pure) -> ONE statement that writes all or nothing. Two acts at once: one wins, the other reads again and
 * is refused or done on what it then finds.
 */
export async function execute<I, R>(k: Kernel, command: Command<I, R>, on: On, input: I): Promise<R> {
  const x = transitionFor(command.act);
  const actor = partyName(on.party);
  const logKey = logKeyOf(k, on.key);
  const hashed = inputHash(command.press ?? x.act, canonical({ ...(input as object), caseId: on.caseId }));
  for (let attempt = 1; ; attempt++) {
    const loaded = await loadCase(k.pool, on.caseId, actor, logKey);
    // His own earlier result first: the act itself may have taken the case out of his sight.
    if (loaded?.prior?.input === hashed) return loaded.prior.result as R;
    assertMayAct(on.party, loaded);
    if (loaded.prior) throw new DoorstepError("key.reused");
    const { scene, fx } = await decided(k, command, x, loaded, on, input);
    try {
      const batch = rowsOf(k, loaded, scene, said(fx, on.party), { transition: x, actor, logKey, inputHash: hashed });
      const fenced = { ...batch, unit_fence: treeFence([fx.holderPath]) };
      await apply(k.pool, await sheltered(k, organOf(loaded.case, fx), fenced));
      return fx.result;
    } catch (error) {
      if (attempt === ATTEMPTS || !mayTryAgain(error)) throw given(error, fx);
    }
  }
}
