import type { ProofRun } from "@doorstep/contracts";
import { inScope, scopeOf } from "../actor-scope.ts";
import type { Handlers } from "../handlers.ts";
import { readCursor, writeCursor } from "../queue/list-cases.ts";
import { signedIn } from "../request-context.ts";
import { checks } from "./checks.ts";

const nameOf = (id: string) => checks.find((c) => c.id === id)?.name ?? { "zh-CN": id, en: id };

export const proofHandlers: Handlers["proof"] = {
  /** figures of the whole house: how many, never which */
  async latest(ctx) {
    const { rows } = await ctx.kernel.pool.query(
      "select * from kernel.proofs where finished_at is not null order by started_at desc limit 30",
    );
    return rows.map(
      (r): ProofRun => ({
        proofId: r.id,
        startedAt: r.started_at.toISOString(),
        finishedAt: r.finished_at.toISOString(),
        cases: r.cases,
        durationMs: r.duration_ms,
        counts: checks.map((c) => ({ check: c.id, name: c.name, invariant: c.invariant, found: r.counts[c.id] ?? 0 })),
      }),
    );
  },
  /** what is stuck in one's own units; an accusation is counted above and stands in no list */
  async list(ctx, input) {
    const { subtree, flat } = scopeOf(signedIn(ctx), "units.read");
    const cursor = readCursor(input.cursor) ?? ["infinity", "ffffffff-ffff-ffff-ffff-ffffffffffff"];
    const { rows } = await ctx.kernel.pool.query(
      `select i.check_id, i.case_id, i.found_at, c.case_no, u.id as unit_id, u.name_zh, u.name_en
         from kernel.proof_items i join kernel.cases c on c.id = i.case_id join kernel.units u on u.id = i.unit_id
        where i.mended_at is null and c.confidentiality < 3 and ${inScope("u", "$2", "$3")}
          and not exists (select 1 from kernel.respondents r where r.case_id = c.id
            and (r.person_id = $6 or r.kind = 'unit' and (r.unit_id = any ($2::uuid[]) or r.unit_id = any ($3::uuid[]))))
          and (i.found_at, i.case_id) < ($4::timestamptz, $5::uuid)
        order by i.found_at desc, i.case_id desc limit $1`,
      [input.limit + 1, subtree, flat, ...cursor, signedIn(ctx).personId],
    );
    const page = rows.slice(0, input.limit);
    const last = page.at(-1);
    return {
      items: page.map((r) => ({
        check: r.check_id,
        name: nameOf(r.check_id),
        caseNo: r.case_no,
        unit: { id: r.unit_id, name: { "zh-CN": r.name_zh, en: r.name_en } },
        foundAt: r.found_at.toISOString(),
      })),
      nextCursor: rows.length > input.limit && last ? writeCursor([last.found_at.toISOString(), last.case_id]) : null,
    };
  },
};
