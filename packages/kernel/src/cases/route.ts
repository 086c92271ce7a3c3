import { type Acted, DoorstepError, type routeInput } from "@doorstep/contracts";
import type { z } from "zod";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { Refusal, Scene } from "../life-cycle/rule.ts";
import { commonFacts } from "../notices/common-facts.ts";
import { contactOf } from "../notices/contact.ts";
import { dueFacts } from "../notices/due-facts.ts";
import { issuedNotice } from "../notices/notice-row.ts";
import { nextNumber } from "../notices/number.ts";
import { type StartedClock, startClock } from "../pipeline/clock-changes.ts";
import type { Command } from "../pipeline/execute.ts";
import type { Loaded } from "../pipeline/load-case.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";
import { acted, personOf } from "./acted.ts";
import { places, shelterOf } from "./reveal.ts";

type Input = Omit<z.output<typeof routeInput>, "caseId" | "version" | "key">;

interface Prepared {
  readonly to: readonly UnitFacts[];
  readonly from: readonly UnitFacts[];
  readonly letterNo: string;
  readonly noticeNo: string;
}

async function prepare(k: Kernel, c: LoadedCase, i: Input, s: Scene): Promise<Prepared> {
  const [to, from] = await Promise.all([
    unitAndAncestors(k.pool, i.toUnitId),
    unitAndAncestors(k.pool, c.holderUnitId),
  ]);
  const [sender] = from;
  if (!to[0] || !sender) throw new DoorstepError("unit.notFound");
  if (!to[0].living) throw new DoorstepError("unit.retired");
  const year = Number(s.today.slice(0, 4));
  const letterNo = await nextNumber(k.pool, sender, year, "D4");
  return { to, from, letterNo, noticeNo: await nextNumber(k.pool, sender, year, "D3") };
}

function checks(c: LoadedCase, i: Input, p: Prepared): readonly Refusal[] {
  const out: Refusal[] = [];
  if (i.toUnitId === c.holderUnitId) out.push({ code: "unit.sameHolder" });
  // never the unit complained of, nor one below it [R22:22(2)]
  if (p.to.some((u) => c.respondentUnits.includes(u.id))) out.push({ code: "unit.notRespondent" });
  // from organ to organ the text must change its key: a step of a later storey
  if (c.track === "accusation") out.push({ code: "track.accusationOnly" });
  if (i.kind === "assign" && i.periodDays === undefined) out.push({ code: "route.periodMissing" });
  return out;
}

/** T3 and T4 differ in the report that is asked for and in its clock. */
const route = (act: "transfer" | "assignUnit"): Command<Input, Acted> => ({
  act,
  prepare,
  checks: (c, _s, i, _party, prepared) => checks(c, i, prepared as Prepared),
  decide(k, loaded, s, i, party, prepared) {
    const p = prepared as Prepared;
    const c = loaded.case;
    const at = s.now.toISOString();
    const [to] = p.to as readonly [UnitFacts, ...UnitFacts[]];
    const report = startClock(
      k,
      { ...c, timeZone: to.timeZone },
      s,
      act === "assignUnit" ? "assignedReport" : "objection",
      {
        ownAmount: i.periodDays,
      },
    );
    return {
      result: acted(c, "routed"),
      facts: { kind: i.kind, toUnit: to.id, periodDays: i.periodDays ?? null, hop: c.hops + 1 },
      patch: { holderUnitId: to.id, hops: c.hops + 1, handlerId: null },
      holderPath: p.to.map((u) => u.id),
      holderTimeZone: to.timeZone,
      ...(i.periodDays !== undefined && { ownAmount: { assignedReport: i.periodDays } }),
      rows: {
        legs: [
          {
            id: k.newId(),
            case_id: c.id,
            no: c.legs + 1,
            from_unit_id: c.holderUnitId,
            to_unit_id: to.id,
            kind: i.kind,
            reason: i.reason,
            legal_ground: i.legalGround,
            due_on: act === "assignUnit" ? (report?.dueOn ?? null) : null,
            sent_at: at,
            sent_by: personOf(party),
          },
        ],
        notices: letters(k, loaded, s, i, personOf(party), p, report),
      },
    };
  },
});

/** D4 for the unit that receives the case, D3 for the petitioner: where it went and why [R22:23]. */
function letters(
  k: Kernel,
  loaded: Loaded,
  s: Scene,
  i: Input,
  draftedBy: string | null,
  p: Prepared,
  report: StartedClock | null,
): readonly object[] {
  const c = loaded.case;
  const [to] = p.to as readonly [UnitFacts, ...UnitFacts[]];
  const shelter = shelterOf(k.keys, c);
  const running = loaded.clockRows.find((r) => r.code === "K2") ?? loaded.clockRows[0];
  const known = running ? dueFacts(running) : report && dueFacts(report);
  if (!known) throw new Error("a routed case has no clock");
  const demands = c.demands.map((d) => ({ no: d.no, text: shelter.reveal(places.demand(d.id, "text"), d.text) }));
  const notice = { caseId: c.id, at: s.now.toISOString(), issuerUnitId: c.holderUnitId, draftedBy };
  const store = { keys: k.keys, organId: c.organId };
  const transfer = issuedNotice(
    store,
    {
      ...notice,
      id: k.newId(),
      code: "D4",
      facts: {
        ...commonFacts(k, c, p.from, p.letterNo, s.today),
        toUnit: to.name,
        receivedOn: localDateOf(c.receivedAt, c.timeZone),
        category: c.category ?? "claim",
        confidentiality: c.confidentiality,
        content: demands.map((d) => `${d.no}. ${d.text}`).join("\n"),
        demands,
        legalGround: i.legalGround || "《信访工作条例》第二十二条",
        reason: i.reason,
        due: report ? dueFacts(report) : known,
        reportRequired: i.kind === "assign",
      },
    },
    { posted: null },
  );
  const whereabouts = issuedNotice(
    store,
    {
      ...notice,
      id: k.newId(),
      code: "D3",
      facts: {
        ...commonFacts(k, c, p.from, p.noticeNo, s.today),
        toUnit: to.name,
        toContact: contactOf(p.to),
        why: i.reason,
        since: s.today,
        due: known,
      },
    },
    { posted: s.today },
  );
  return [transfer, whereabouts];
}

export const transferCase = route("transfer");
export const assignCaseToUnit = route("assignUnit");
