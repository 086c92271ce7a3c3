import { DoorstepError, type QuarantinedItem } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { readAs } from "../audience/read-as.ts";
import { notRecused, Parameters, REACHED, reachRows } from "../audience/visible.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Handlers } from "../handlers.ts";
import type { Kernel } from "../kernel.ts";
import { execute } from "../pipeline/execute.ts";
import { signedIn } from "../request-context.ts";
import { atQuarantine, letCaseThrough } from "./let-through.ts";

/** So many are let through by one call; the screen goes on by itself. */
const AT_ONCE = 100;

interface Row {
  readonly id: string;
  readonly case_no: string;
  readonly title: string;
  readonly organ_id: string | null;
  readonly received_at: Date;
  readonly urgent_safety: boolean;
  readonly unit: QuarantinedItem["unit"];
  readonly total: number;
}

/** Somebody in danger first, then as they came in. */
async function quarantined(k: Kernel, actor: Actor, limit: number, unitId?: string): Promise<readonly Row[]> {
  const p = new Parameters();
  const { rows: reach } = reachRows(p, actor);
  const me = p.add(actor.personId);
  const under = unitId ? ` and h.path @> array[${p.add(unitId)}::uuid]` : "";
  const max = p.add(limit);
  return readAs(k, actor, async (client) => {
    const { rows } = await client.query<Row>(
      `select c.id, c.case_no, c.title, c.organ_id, c.received_at, c.urgent_safety,
          jsonb_build_object('id', h.id, 'name', jsonb_build_object('zh-CN', h.name_zh, 'en', h.name_en)) as unit,
          count(*) over ()::int as total
        from (select distinct a.case_id from ${reach} join kernel.case_audience a on ${REACHED} where ${notRecused("a", me)}) x
        join kernel.cases c on c.id = x.case_id and 'quarantined' = any (c.flags) join kernel.units h on h.id = c.holder_unit_id
       where true${under} order by c.urgent_safety desc, c.received_at, c.id limit ${max}`,
      p.values,
    );
    return rows;
  });
}

/** Only the keys of the quarantine: what else he sees is none of this list's. */
const onlyQuarantine = (actor: Actor): Actor => {
  const whole = atQuarantine(actor);
  return { ...whole, reach: whole.reach.slice(actor.reach.length) };
};

function itemOf(k: Kernel, r: Row): QuarantinedItem {
  return {
    caseId: r.id,
    caseNo: r.case_no,
    title: shelterOf(k.keys, { id: r.id, organId: r.organ_id }).reveal(places.case(r.id, "title"), r.title),
    receivedAt: r.received_at.toISOString(),
    urgentSafety: r.urgent_safety,
    unit: r.unit,
  };
}

export const quarantineHandlers: Handlers["quarantine"] = {
  async list(ctx, input) {
    const rows = await quarantined(ctx.kernel, onlyQuarantine(signedIn(ctx)), input.limit, input.unitId);
    return { items: rows.map((r) => itemOf(ctx.kernel, r)), total: rows[0]?.total ?? 0 };
  },
  async letThrough(ctx, input) {
    const { kernel } = ctx;
    const actor = signedIn(ctx);
    const rows = await quarantined(kernel, onlyQuarantine(actor), AT_ONCE + 1, input.unitId);
    const wanted = input.caseIds === undefined ? rows : rows.filter((r) => input.caseIds?.includes(r.id));
    const party = { kind: "person", actor: atQuarantine(actor) } as const;
    const now = wanted.slice(0, AT_ONCE);
    for (const { id } of now)
      await execute(kernel, letCaseThrough, { caseId: id, key: `let-through:${id}`, party }, {}).catch(ifDoneMeanwhile);
    return { count: now.length, left: Math.max(0, (rows[0]?.total ?? 0) - now.length) };
  },
};

/** Two clerks press at once: the petition is through, whoever of them did it. */
function ifDoneMeanwhile(error: unknown): void {
  if (error instanceof DoorstepError && error.reasons.some((r) => r.code === "mark.missing")) return;
  throw error;
}
