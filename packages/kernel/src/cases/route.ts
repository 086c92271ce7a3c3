import { type Acted, DoorstepError, type routeInput } from "@doorstep/contracts";
import type { z } from "zod";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import type { Refusal, Scene } from "../life-cycle/rule.ts";
import { contactOf } from "../notices/contact.ts";
import { type DueFacts, dueFacts } from "../notices/due-facts.ts";
import { type Issuer, issued, issuerOf } from "../notices/issue.ts";
import { startClock } from "../pipeline/clock-changes.ts";
import type { Command } from "../pipeline/execute.ts";
import type { Loaded } from "../pipeline/load-case.ts";
import type { CasePatch } from "../pipeline/rows.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";
import { acted, personOf } from "./acted.ts";
import { places, shelterOf } from "./reveal.ts";

type Input = Omit<z.output<typeof routeInput>, "caseId" | "version" | "key">;

interface Prepared {
  readonly to: readonly [UnitFacts, ...UnitFacts[]];
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

/** T3 and T4 differ in the report that is asked for and in its clock. */
const route = (act: "transfer" | "assignUnit"): Command<Input, Acted> => ({
  act,
  async prepare(k, c, i, s): Promise<Prepared> {
    const to = await livingUnit(k, i.toUnitId);
    return { to, issuer: await issuerOf(k, c.holderUnitId, s, ["D4", "D3"]) };
  },
  checks: (c, _s, i, _party, prepared) => [
    ...destinationRefusals(c, (prepared as Prepared).to),
    ...(i.kind === "assign" && i.periodDays === undefined ? [{ code: "route.periodMissing" }] : []),
  ],
  decide(k, loaded, s, i, party, prepared) {
    const { to, issuer } = prepared as Prepared;
    const c = loaded.case;
    const [unit] = to;
    const role = act === "assignUnit" ? "assignedReport" : "objection";
    const started = startClock(k, { ...c, timeZone: unit.timeZone, holderPath: unit.path }, s, role, {
      ownAmount: i.periodDays,
    });
    const report = started && dueFacts(started);
    const known = hearsBy(loaded) ?? report;
    if (!known) throw new Error("a routed case has no clock");
    const on = { k, case: c, scene: s, party, issuer };
    const { reveal } = shelterOf(k.keys, c);
    const demands = c.demands.map((d) => ({ no: d.no, text: reveal(places.demand(d.id, "text"), d.text) }));
    const dueOn = act === "assignUnit" ? (started?.dueOn ?? null) : null;
    return {
      result: acted(c, "routed"),
      facts: { kind: i.kind, toUnit: unit.id, periodDays: i.periodDays ?? null, hop: c.hops + 1 },
      patch: { holderUnitId: unit.id, hops: c.hops + 1, handlerId: null, ...noLongerSimple(act, c) },
      holderPath: to.map((u) => u.id),
      holderTimeZone: unit.timeZone,
      leg: { kind: i.kind, senderPath: c.holderPath },
      ...(i.periodDays !== undefined && { ownAmount: { assignedReport: i.periodDays } }),
      rows: {
        legs: [legRow(k, c, s, party, { ...i, dueOn })],
        notices: [
          issued(
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
              due: report ?? known,
              reportRequired: i.kind === "assign",
            },
            { posted: false },
          ),
          whereaboutsLetter(on, to, i.reason, known),
        ],
      },
    };
  },
});

export const transferCase = route("transfer");
export const assignCaseToUnit = route("assignUnit");
