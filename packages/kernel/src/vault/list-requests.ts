import type { IdentityRequest } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { MAY_SEE, maySeeValues } from "../audience/visible.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import { refusals } from "../life-cycle/refusals.ts";
import type { Transition } from "../life-cycle/rule.ts";
import type { SideAct } from "../pipeline/execute.ts";
import { sceneOf } from "../pipeline/execute.ts";
import { loadCase } from "../pipeline/load-case.ts";
import { decideIdentity, type RequestRow, validUntil } from "./requests.ts";

type Named = RequestRow & {
  readonly case_no: string;
  readonly organ_id: string | null;
  readonly asked_name: string;
  readonly decided_name: string | null;
  readonly second_name: string | null;
};

const MOST = 100;

/** The one predicate is asked of every row's case; who may not see it learns of no request either. */
const LIST = (which: string): string => `select r.*, c.case_no, c.organ_id,
    (select p.name from kernel.people p where p.id = r.asked_by) as asked_name,
    (select p.name from kernel.people p where p.id = r.decided_by) as decided_name,
    (select p.name from kernel.people p where p.id = r.second_by) as second_name
  from vault.requests r join kernel.cases c on c.id = r.case_id
  where ${which} and exists (${MAY_SEE.replaceAll("$1", "r.case_id")})
  order by r.asked_at desc, r.id desc limit $1`;

const sides = {
  toDecide: "r.state in ('open', 'waitingSecond') and r.asked_by <> $4",
  mine: "r.asked_by = $4",
} as const;

const rowOf = (act: string | SideAct): Transition => ({ ...(act as SideAct), id: "T0", notice: [], source: "" });

/** Whether it is this person's to decide now: the rules of the act answer, as when it is done. */
async function mayDecide(k: Kernel, actor: Actor, row: RequestRow): Promise<boolean> {
  if (row.state !== "open" && row.state !== "waitingSecond") return false;
  if (row.asked_by === actor.personId || row.decided_by === actor.personId) return false;
  const loaded = await loadCase(k.pool, row.case_id, "", "");
  if (!loaded) return false;
  const { act } = decideIdentity(row.state === "open" ? "custodian" : "second");
  return refusals(rowOf(act), loaded.case, { kind: "person", actor }, sceneOf(k, loaded.case)).length === 0;
}

function shown(k: Kernel, r: Named, decides: boolean): IdentityRequest {
  const { reveal } = shelterOf(k.keys, { id: r.case_id, organId: r.organ_id });
  const said = (text: string | null, field: "reason" | "message" | "decision" | "second"): string | null =>
    text && reveal(places.request(r.id, field), text);
  return {
    requestId: r.id,
    caseId: r.case_id,
    caseNo: r.case_no,
    kind: r.kind,
    state: r.state,
    reason: said(r.reason, "reason") ?? "",
    message: said(r.message, "message"),
    askedBy: r.asked_name,
    askedAt: r.asked_at.toISOString(),
    decision: said(r.decision, "decision"),
    decidedBy: r.decided_name,
    second: said(r.second, "second"),
    secondBy: r.second_name,
    validUntil: validUntil(r)?.toISOString() ?? null,
    mayDecide: decides,
  };
}

/** What waits for this person's decision, or what he has asked for. */
export async function listRequests(k: Kernel, actor: Actor, side: keyof typeof sides): Promise<IdentityRequest[]> {
  const [, ...may] = maySeeValues(actor, "");
  const { rows } = await k.pool.query<Named>(LIST(sides[side]), [MOST, ...may]);
  const all = await Promise.all(
    rows.map(async (row) => shown(k, row, side === "toDecide" && (await mayDecide(k, actor, row)))),
  );
  return side === "mine" ? all : all.filter((r) => r.mayDecide);
}
