import { type Acted, DoorstepError, type passOnInput, type routeInput } from "@doorstep/contracts";
import type { z } from "zod";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import type { Refusal, Scene } from "../life-cycle/rule.ts";
import { contactOf } from "../notices/contact.ts";
import { type DueFacts, dueFacts } from "../notices/due-facts.ts";
import { type Issuer, issued, issuerOf } from "../notices/issue.ts";
import { type ClockInputs, startClock } from "../pipeline/clock-changes.ts";
import type { Command } from "../pipeline/execute.ts";
import type { Loaded } from "../pipeline/load-case.ts";
import type { CasePatch } from "../pipeline/rows.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";
import { isLiving } from "../units/living.ts";
import { acted, personOf } from "./acted.ts";
import { places, shelterOf } from "./reveal.ts";

type Input = Omit<z.output<typeof routeInput>, "caseId" | "version" | "key">;
type PassOn = Omit<z.output<typeof passOnInput>, "caseId" | "version" | "key">;

interface Prepared {
  readonly to: readonly [UnitFacts, ...UnitFacts[]];
  /** to be passed on by a unit that has none below it */
  readonly stuck: boolean;
  readonly issuer: Issuer;
}

/** A living unit, itself first. @throws DoorstepError `unit.notFound`, `unit.retired` */
export async function livingUnit(k: Kernel, unitId: string): Promise<readonly [UnitFacts, ...UnitFacts[]]> {
  const [unit, ...above] = await unitAndAncestors(k.pool, unitId);
  if (!unit) throw new DoorstepError("unit.notFound");
  if (!unit.living) throw new DoorstepError("unit.retired");
  return [unit, ...above];
}

/** Never back to where it is, never to the unit complained of or one below it [R22:22(2)]. */
export function destinationRefusals(c: LoadedCase, to: readonly UnitFacts[]): readonly Refusal[] {
  const out: Refusal[] = [];
  if (to[0]?.id === c.holderUnitId) out.push({ code: "unit.sameHolder" });
  if (to.some((u) => c.respondentUnits.includes(u.id))) out.push({ code: "unit.notRespondent" });
  // from organ to organ the text must change its key: a step of its own
  if (c.track === "accusation") out.push({ code: "track.accusationOnly" });
  return out;
}

interface Leg {
  readonly kind: "transfer" | "assign" | "return" | "designate";
  readonly toUnitId: string;
  readonly reason: string;
  readonly legalGround: string;
  readonly dueOn?: string | null;
}

export const legRow = (k: Kernel, c: LoadedCase, s: Scene, party: ActingParty, leg: Leg, id = k.newId()): object => ({
  id,
  case_id: c.id,
  no: c.legs + 1,
  from_unit_id: c.holderUnitId,
  to_unit_id: leg.toUnitId,
  kind: leg.kind,
  reason: shelterOf(k.keys, c).protect(places.leg(id, "reason"), leg.reason),
  legal_ground: leg.legalGround,
  due_on: leg.dueOn ?? null,
  sent_at: s.now.toISOString(),
  sent_by: personOf(party),
});

/** Until when the petitioner hears from whoever holds the case: the running time to decide on acceptance. */
export function hearsBy(loaded: Loaded): DueFacts | null {
  const running = loaded.clockRows.findLast((r) => r.code === "K2" || r.code === "K6") ?? loaded.clockRows[0];
  return running ? dueFacts(running) : null;
}

/** D3: where the petition went and why [R22:23]. */
export const whereaboutsLetter = (
  on: Parameters<typeof issued>[0],
  to: readonly [UnitFacts, ...UnitFacts[]],
  why: string,
  due: DueFacts,
): object =>
  issued(on, "D3", { toUnit: to[0].name, toContact: contactOf(to), why, since: on.scene.today, due }, { posted: true });

/** What is assigned from above is not simple any more [SIMP16]. */
const noLongerSimple = (act: string, c: LoadedCase): CasePatch =>
  act === "assignUnit" && c.track === "simple" ? { track: "ordinary" } : {};

/** Levels below the first that pass on, each with its own share of the days [SAT14]; whoever comes after has that of the last. */
const SHARES = ["second", "third", "fourth"] as const;

/** The share of the level it comes to now, by that of the one it leaves. */
function shareOf(loaded: Loaded): string {
  const before = loaded.clockRows.findLast((r) => r.code === "K2b" && r.state !== "stopped");
  const rule = (before?.explain as { readonly rule?: string } | null)?.rule ?? "";
  const at = SHARES.findIndex((share) => rule === `K2b.${share}`);
  return SHARES[Math.min(at + 1, SHARES.length - 1)] ?? SHARES[0];
}

/** A simple matter has one working day a level, any other its share of the days; none where the unit is in charge itself. */
function levelClocks(loaded: Loaded, passOn: boolean): NonNullable<ClockInputs["parts"]> {
  if (!passOn) return { tieredTransfer: null, passThrough: null };
  return loaded.case.track === "simple" ? { tieredTransfer: null } : { tieredTransfer: shareOf(loaded) };
}

async function hasUnitBelow(k: Kernel, unitId: string): Promise<boolean> {
  const { rowCount } = await k.pool.query(
    `select 1 from kernel.units u where u.parent_id = $1 and ${isLiving("u", "$2")} limit 1`,
    [unitId, k.now()],
  );
  return (rowCount ?? 0) > 0;
}

type Routing = "transfer" | "assignUnit" | "passOn";
type Way = PassOn & Partial<Pick<Input, "periodDays">>;

/** The periods that the act sets: of the report or the objection, and of the level in between. */
function periodsOf(k: Kernel, loaded: Loaded, s: Scene, act: Routing, i: Way, unit: UnitFacts) {
  const c = loaded.case;
  const theirs = { ...c, timeZone: unit.timeZone, holderPath: unit.path };
  const parts = levelClocks(loaded, i.passOn === true);
  const first = act === "assignUnit" ? "assignedReport" : "objection";
  const level = c.track === "simple" ? "passThrough" : "tieredTransfer";
  return {
    parts,
    report: startClock(k, theirs, s, first, { ownAmount: i.periodDays }),
    passOnBy: i.passOn ? startClock(k, theirs, s, level, { part: parts[level] ?? undefined })?.dueOn : undefined,
  };
}

/** D4: what the other unit gets, and until when. */
function transferLetter(
  on: Parameters<typeof issued>[0] & { readonly case: LoadedCase },
  unit: UnitFacts,
  i: Way,
  more: { readonly due: DueFacts; readonly reportRequired: boolean; readonly passOnBy: string | undefined },
): object {
  const { k, case: c } = on;
  const { reveal } = shelterOf(k.keys, c);
  const demands = c.demands.map((d) => ({ no: d.no, text: reveal(places.demand(d.id, "text"), d.text) }));
  const { passOnBy, ...facts } = more;
  return issued(
    on,
    "D4",
    {
      toUnit: unit.name,
      receivedOn: localDateOf(c.receivedAt, c.timeZone),
      category: c.category ?? "claim",
      confidentiality: c.confidentiality,
      content: demands.map((d) => `${d.no}. ${d.text}`).join("\n"),
      demands,
      legalGround: i.legalGround || "《信访工作条例》第二十二条",
      reason: i.reason,
      ...facts,
      ...(passOnBy && { passOnBy }),
    },
    { posted: false },
  );
}

/** T3 and T4 differ in the report that is asked for and in its clock; passing on goes down one's own line and is no hop. */
const route = <I extends Way>(
  act: Routing,
  more: (c: LoadedCase, i: I, to: Prepared["to"]) => readonly Refusal[],
): Command<I, Acted> => ({
  act,
  async prepare(k, c, i, s): Promise<Prepared> {
    const to = await livingUnit(k, i.toUnitId);
    const stuck = i.passOn === true && !(await hasUnitBelow(k, i.toUnitId));
    return { to, stuck, issuer: await issuerOf(k, c.holderUnitId, s, ["D4", "D3"]) };
  },
  checks: (c, _s, i, _party, prepared) => {
    const { to, stuck } = prepared as Prepared;
    return [...destinationRefusals(c, to), ...(stuck ? [{ code: "route.noneBelow" }] : []), ...more(c, i, to)];
  },
  decide(k, loaded, s, i, party, prepared) {
    const { to, issuer } = prepared as Prepared;
    const c = loaded.case;
    const [unit] = to;
    const kind = act === "assignUnit" ? "assign" : "transfer";
    const { parts, report, passOnBy } = periodsOf(k, loaded, s, act, i, unit);
    const known = hearsBy(loaded) ?? (report && dueFacts(report));
    if (!known) throw new Error("a routed case has no clock");
    const on = { k, case: c, scene: s, party, issuer };
    const hops = act === "passOn" ? c.hops : c.hops + 1;
    const letter = { due: report ? dueFacts(report) : known, reportRequired: kind === "assign", passOnBy };
    return {
      result: acted(c, "routed"),
      facts: { kind, toUnit: unit.id, periodDays: i.periodDays ?? null, hop: hops, passOn: i.passOn === true },
      patch: { holderUnitId: unit.id, hops, handlerId: null, ...noLongerSimple(act, c) },
      holderPath: to.map((u) => u.id),
      holderTimeZone: unit.timeZone,
      leg: { kind, senderPath: c.holderPath },
      parts,
      ...(i.periodDays !== undefined && { ownAmount: { assignedReport: i.periodDays } }),
      rows: {
        legs: [legRow(k, c, s, party, { ...i, kind, dueOn: kind === "assign" ? (report?.dueOn ?? null) : null })],
        notices: [transferLetter(on, unit, i, letter), whereaboutsLetter(on, to, i.reason, known)],
      },
    };
  },
});

const periodMissing = (_c: LoadedCase, i: Input): readonly Refusal[] => [
  ...(i.periodDays === undefined ? [{ code: "route.periodMissing" }] : []),
  ...(i.passOn ? [{ code: "route.passOnAssigned" }] : []),
];

export const transferCase = route<Input>("transfer", () => []);
export const assignCaseToUnit = route<Input>("assignUnit", periodMissing);
/** T3. The level in between is not in charge: it passes on what it was sent, down its own line, within its own days [SAT14; SIMP16]. */
export const passOnCase = route<PassOn>("passOn", (c, _i, to) =>
  to.slice(1).some((u) => u.id === c.holderUnitId) ? [] : [{ code: "route.notBelow" }],
);
