import { DoorstepError } from "@doorstep/contracts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import { type ClockEffect, guard } from "../life-cycle/rule.ts";
import { type Command, execute, type SideAct } from "../pipeline/execute.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";

type Stage = "retaliationAcknowledge" | "retaliationProtection" | "retaliationFindings";

/** What an organ owed and did not do: the next level takes over and gets the same days anew [SPEC §5 K24]. */
const takeOver = (role: Stage): Command<Record<never, never>, { readonly ok: true }> => {
  const clocks: readonly ClockEffect[] = [
    { do: "stop", role },
    { do: "start", role },
  ];
  const act: SideAct = {
    act: `nextLevel:${role}`,
    from: ["received"],
    to: "same",
    who: [{ role: "system", at: "anywhere" }],
    guards: [guard("report.none", "SPEC:12", (c) => c.report !== null)],
    clocks,
    entry: "case.organChanged",
  };
  return {
    act,
    async prepare(k, c): Promise<readonly UnitFacts[]> {
      const above = (await unitAndAncestors(k.pool, c.organUnitId)).slice(1);
      const at = above.findIndex((u) => u.living && u.disciplineOrgan && !c.respondentUnits.includes(u.id));
      return at < 0 ? [] : above.slice(at);
    },
    checks: (_c, _s, _i, _party, to) => ((to as readonly UnitFacts[]).length === 0 ? [{ code: "organ.none" }] : []),
    decide(k, loaded, s, _i, _party, prepared) {
      const to = prepared as readonly [UnitFacts, ...UnitFacts[]];
      const c = loaded.case;
      const organId = to[0].disciplineOrgan?.id ?? c.organId;
      const legId = k.newId();
      const { protect } = shelterOf(k.keys, { id: c.id, organId });
      return {
        result: { ok: true },
        facts: { fromOrgan: c.organId, toOrgan: organId, because: role },
        patch: { organId, holderUnitId: to[0].id, handlerId: null },
        holderPath: to.map((u) => u.id),
        holderTimeZone: to[0].timeZone,
        rows: {
          legs: [
            {
              id: legId,
              case_id: c.id,
              no: c.legs + 1,
              from_unit_id: c.holderUnitId,
              to_unit_id: to[0].id,
              kind: "designate",
              reason: protect(places.leg(legId, "reason"), "clock.breached"),
              legal_ground: "",
              sent_at: s.now.toISOString(),
              sent_by: null,
            },
          ],
        },
      };
    },
  };
};

const stages: Readonly<Record<string, Command<Record<never, never>, { readonly ok: true }>>> = {
  K24: takeOver("retaliationAcknowledge"),
  "K24.protection": takeOver("retaliationProtection"),
  "K24.findings": takeOver("retaliationFindings"),
};

/** Reports whose organ has let a day of K24 pass go one level up. @returns how many. */
export async function escalateReports(k: Kernel): Promise<number> {
  const { rows } = await k.pool.query<{ caseId: string; clockId: string; rule: string }>(
    `select r.case_id as "caseId", k.id as "clockId", k.explain->>'rule' as rule
       from kernel.retaliations r join kernel.clocks k on k.case_id = r.case_id
      where r.concluded_at is null and k.state = 'breached' and k.code = 'K24' order by k.due_on, k.id limit 200`,
  );
  let done = 0;
  for (const { caseId, clockId, rule } of rows) {
    const command = stages[rule];
    if (command && (await escalated(k, command, caseId, clockId))) done += 1;
  }
  return done;
}

async function escalated(
  k: Kernel,
  command: Command<Record<never, never>, { readonly ok: true }>,
  caseId: string,
  clockId: string,
): Promise<boolean> {
  try {
    await execute(k, command, { caseId, key: `escalate:${clockId}`, party: { kind: "system" } }, {});
    return true;
  } catch (error) {
    // there is no organ above, or a person was quicker
    if (error instanceof DoorstepError) return false;
    throw error;
  }
}
