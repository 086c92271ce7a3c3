import {
  type ClockCode,
  clockNames,
  DoorstepError,
  type MovePreview,
  type movePackInput,
  type Text,
} from "@doorstep/contracts";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import { inChange, ledgerActorOf } from "../change.ts";
import { compareVersions, type EffectivePack, packKey, ruleFor } from "../clocks/policy-rules.ts";
import type { Kernel } from "../kernel.ts";
import { recordFact } from "../ledger/record-fact.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { Scene } from "../life-cycle/rule.ts";
import { type Counted, recountedBy } from "../pipeline/clock-changes.ts";
import { type Command, execute, type SideAct, sceneOf } from "../pipeline/execute.ts";
import { type ClockRow, loadCase } from "../pipeline/load-case.ts";
import { openStates, RUNNING } from "./running-cases.ts";
import type { UnitInView } from "./unit-in-view.ts";

/** Cases moved in one request; the next one goes on where it ended. */
const PORTION = 100;
const LINES_SHOWN = 200;

/** Periods that run, by the new version: each from its own start, and no shorter than a unit had made it before. */
function movedClocks(
  k: Pick<Kernel, "newId" | "rules">,
  c: Counted,
  s: Scene,
  to: EffectivePack,
  rows: readonly ClockRow[],
  mayEndPast: boolean,
): readonly { readonly before: ClockRow; readonly after: ClockRow }[] {
  return rows.flatMap((before) => {
    if (before.state !== "running" && before.state !== "paused") return [];
    const { rule: ref = before.code, tightenedBy } = before.explain as { rule?: string; tightenedBy?: Shorter };
    const amount = Number(before.amount);
    const rule = ruleFor(to, tightenedBy ? { [ref]: { ...tightenedBy, amount } } : {}, ref);
    // a promised date is nobody's rule, and hours are over before anybody decides
    if (!rule || rule.own === "date" || rule.unit === "hour") return [];
    const own = rule.own === "amount" ? { ...rule, amount } : rule;
    return [{ before, after: recountedBy(k, c, s, own, before, { because: "pack", mayEndPast }) }];
  });
}
interface Shorter {
  readonly unitId: string;
  readonly unit: Text;
  readonly validFrom: string;
}

interface MoveInput {
  readonly to: string;
  readonly version: string;
  readonly mayEndPast: boolean;
  readonly by: string;
}

const moving: SideAct = {
  act: "movePack",
  from: openStates,
  to: "same",
  who: [{ role: "system", at: "anywhere" }],
  guards: [],
  clocks: [],
  entry: "case.packMoved",
};

/** One running case goes over to another version; who decided stands in the entry, as it is no act of the desk. */
const moveCase: Command<MoveInput, object> = {
  act: moving,
  decide(k, loaded, s, i) {
    const c = loaded.case;
    const moved = movedClocks(k, c, s, k.rules.pack(c.pack, i.version), loaded.clockRows, i.mayEndPast);
    return {
      result: {},
      facts: { fromPack: `${c.pack}@${c.packVersion}`, toPack: i.to, by: i.by },
      patch: { packVersion: i.version },
      recounted: moved.map((m) => m.after),
    };
  },
};

/** @throws DoorstepError `pack.notInstalled`, `pack.notNewer` */
function target(k: Kernel, { unit, today }: UnitInView, key: string): EffectivePack {
  const found = k.rules.packs().find((p) => packKey(p) === key);
  if (!found) throw new DoorstepError("pack.notInstalled");
  if (found.id !== unit.policyPack || found.validFrom > today) throw new DoorstepError("pack.notNewer");
  return k.rules.pack(found.id, found.version);
}

/** Cases under an older version of that pack, in the order in which they are moved. */
async function waiting(k: Kernel, unitId: string, to: EffectivePack): Promise<readonly string[]> {
  const { rows } = await k.pool.query<{ id: string; version: string }>(
    `select c.id, c.pack_version as version from ${RUNNING} and c.pack = $3 order by c.id`,
    [unitId, openStates, to.id],
  );
  return rows.filter((r) => compareVersions(r.version, to.version) < 0).map((r) => r.id);
}

/** What a move would do to every running period, without a word about any case. */
export async function previewMoveOfPack(k: Kernel, at: UnitInView, key: string): Promise<MovePreview> {
  const to = target(k, at, key);
  const cases = await waiting(k, at.unit.id, to);
  const lines = new Map<string, MovePreview["clocks"][number]>();
  let past = 0;
  for (const id of cases) {
    const loaded = await loadCase(k.pool, id, "", "");
    if (!loaded) continue;
    const c: LoadedCase = loaded.case;
    for (const { before, after } of movedClocks(k, c, sceneOf(k, c), to, loaded.clockRows, false)) {
      const { formerly, keptFor } = after.explain as { formerly?: { kept: boolean }; keptFor?: string };
      if (formerly?.kept) past += 1;
      const kept = formerly?.kept === true || keptFor !== undefined;
      const code = before.code as ClockCode;
      const line = [code, before.due_on, after.due_on, kept].join(" ");
      const known = lines.get(line);
      if (known) known.count += 1;
      else lines.set(line, { code, name: clockNames[code], from: before.due_on, to: after.due_on, count: 1, kept });
    }
  }
  const all = [...lines.values()].toSorted((a, b) => (a.code + a.from < b.code + b.from ? -1 : 1));
  return { cases: cases.length, clocks: all.slice(0, LINES_SHOWN), more: Math.max(0, all.length - LINES_SHOWN), past };
}

/**
 * Moves one portion of the running cases; each is an act of its own with its entry, so that a request that breaks off
 * is simply sent again.
 *
 * @throws DoorstepError `pack.previewOld` where there are other cases than the preview counted
 */
export async function moveCases(k: Kernel, actor: Actor, at: UnitInView, i: z.output<typeof movePackInput>) {
  const to = target(k, at, i.to);
  const cases = await waiting(k, at.unit.id, to);
  if (cases.length !== i.cases) throw new DoorstepError("pack.previewOld");
  const input = { to: to.key, version: to.version, mayEndPast: i.mayEndPast, by: actor.personId };
  let moved = 0;
  let refused = 0;
  for (const caseId of cases.slice(0, PORTION)) {
    try {
      await execute(k, moveCase, { caseId, key: `pack:${to.key}:${caseId}`, party: { kind: "system" } }, input);
      moved += 1;
    } catch (error) {
      // closed or written to meanwhile: it is counted and stays where it is
      if (!(error instanceof DoorstepError)) throw error;
      refused += 1;
    }
  }
  const left = (await waiting(k, at.unit.id, to)).length;
  await inChange(k, ledgerActorOf(actor), async (change) => {
    await change.client.query(
      `insert into kernel.pack_moves (id, unit_id, pack, version, reason, may_end_past, moved, refused, moved_by, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        change.newId(),
        at.unit.id,
        to.id,
        to.version,
        i.reason,
        i.mayEndPast,
        moved,
        refused,
        actor.personId,
        change.at,
      ],
    );
    const facts = { act: "packMoved", to: to.key, moved, refused, left, mayEndPast: i.mayEndPast };
    await recordFact(change.client, {
      stream: at.unit.id,
      at: change.at,
      type: "policy.changed",
      actor: change.by,
      facts,
    });
  });
  return { moved, left, refused };
}
