import type { ProofRun } from "@doorstep/contracts";
import { MAY_SEE, maySeeValues } from "../audience/visible.ts";
import type { Handlers } from "../handlers.ts";
import { readCursor, writeCursor } from "../queue/list-cases.ts";
import { signedIn } from "../request-context.ts";
import { checks } from "./checks.ts";

const nameOf = (id: string) => checks.find((c) => c.id === id)?.name ?? { "zh-CN": id, en: id };

interface Figure {
  readonly cases: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** A run finds many at one instant, and several in one case. */
const TIE = "md5(i.check_id || i.case_id)::uuid";

const LIST = (mended: boolean): string => {
  const at = mended ? "i.mended_at" : "i.found_at";
  return `select i.check_id, i.found_at, i.seen_at, i.mended_at, i.case_id, ${at} as at, ${TIE} as tie, c.case_no, u.id as unit_id, u.name_zh, u.name_en
    from kernel.proof_items i join kernel.cases c on c.id = i.case_id join kernel.units u on u.id = i.unit_id
   where i.mended_at is ${mended ? "not null" : "null"} and (${at}, ${TIE}) < ($6::timestamptz, $7::uuid)
     and exists (${MAY_SEE.replaceAll("$1", "i.case_id")})
   order by ${at} desc, ${TIE} desc limit $1`;
};

export const proofHandlers: Handlers["proof"] = {
  /** figures of the whole house: how many, never which; those of accusations only to the organ whose they are */
  async latest(ctx) {
    const organs = signedIn(ctx).reach.map((r) => r.key);
    const { rows } = await ctx.kernel.pool.query(
      "select * from kernel.proofs where finished_at is not null order by started_at desc limit 30",
    );
    return rows.map((r): ProofRun => {
      const sealed = r.sealed as Readonly<Record<string, Figure>>;
      const figures: readonly Figure[] = [
        { cases: r.cases, counts: r.counts },
        ...organs.flatMap((o) => sealed[o] ?? []),
      ];
      const sum = (of: (figure: Figure) => number): number => figures.reduce((n, figure) => n + of(figure), 0);
      return {
        proofId: r.id,
        startedAt: r.started_at.toISOString(),
        finishedAt: r.finished_at.toISOString(),
        cases: sum((figure) => figure.cases),
        durationMs: r.duration_ms,
        counts: checks.map((c) => ({
          check: c.id,
          name: c.name,
          invariant: c.invariant,
          found: sum((figure) => figure.counts[c.id] ?? 0),
        })),
      };
    });
  },
  /** the one predicate is asked of every case: who may not see it, or is recused, learns of nothing stuck in it */
  async list(ctx, input) {
    const cursor = readCursor(input.cursor) ?? ["infinity", "ffffffff-ffff-ffff-ffff-ffffffffffff"];
    const [, ...may] = maySeeValues(signedIn(ctx), "");
    const { rows } = await ctx.kernel.pool.query(LIST(input.mended), [input.limit + 1, ...may, ...cursor]);
    const page = rows.slice(0, input.limit);
    const last = page.at(-1);
    return {
      items: page.map((r) => ({
        check: r.check_id,
        name: nameOf(r.check_id),
        caseNo: r.case_no,
        unit: { id: r.unit_id, name: { "zh-CN": r.name_zh, en: r.name_en } },
        foundAt: r.found_at.toISOString(),
        seenAt: r.seen_at.toISOString(),
        mendedAt: r.mended_at?.toISOString() ?? null,
      })),
      nextCursor: rows.length > input.limit && last ? writeCursor([last.at.toISOString(), last.tie]) : null,
    };
  },
};
