import type { Rating } from "@doorstep/contracts";
import { acted } from "../cases/acted.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";

interface Input {
  readonly office: Rating;
  readonly unit: Rating;
  readonly attitude?: Rating | undefined;
  readonly comment: string;
}

const rating: SideAct = {
  act: "rate",
  from: ["replied", "final"],
  to: "same",
  who: [{ role: "petitioner", at: "case" }],
  guards: [],
  clocks: [],
  entry: "rating.given",
};

/** The petitioner rates office and handling unit apart; it may be changed until K21 ends. The ledger keeps no author. */
export const rateCase: Command<Input, { readonly ok: true }> = {
  act: rating,
  async prepare(k, c) {
    const { rows } = await k.pool.query<{ target: string }>("select target from kernel.ratings where case_id = $1", [
      c.id,
    ]);
    return rows.map((r) => r.target);
  },
  checks(c, s) {
    const window = c.clocks.findLast((k) => k.code === "K21");
    if (!window || window.dueOn < s.today) return [{ code: "rating.closed", params: { until: window?.dueOn ?? "—" } }];
    return [];
  },
  decide(k, loaded, s, i, _party, given) {
    const c = loaded.case;
    const { protect } = shelterOf(k.keys, c);
    const row = (target: "office" | "unit", unit_id: string, result: Rating): object => ({
      case_id: c.id,
      target,
      unit_id,
      result,
      attitude: i.attitude ?? null,
      comment: target === "unit" && i.comment ? protect(places.rating(c.id), i.comment) : "",
      at: s.now.toISOString(),
    });
    const rows = [row("office", c.intakeUnitId, i.office), row("unit", c.handlingUnitId ?? c.holderUnitId, i.unit)];
    const again = (given as readonly string[]).length > 0;
    return {
      result: { ok: true },
      facts: { office: i.office, ratedUnit: i.unit, version: acted(c).version, again },
      heard: { rated: i.unit },
      rows: again ? { rating_patch: rows } : { ratings: rows },
    };
  },
};
