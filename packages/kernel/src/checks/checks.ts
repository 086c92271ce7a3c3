import { type Acted, type askCheckInput, DoorstepError, type State, states } from "@doorstep/contracts";
import type { z } from "zod";
import { type Actor, holdsRoleAt } from "../actor.ts";
import { ACCESS_DEPTH } from "../audience/audience-of.ts";
import { acted, personOf } from "../cases/acted.ts";
import { assertMaySee } from "../cases/read-case.ts";
import { destinationRefusals, livingUnit } from "../cases/route.ts";
import type { Kernel } from "../kernel.ts";
import { notAccusation } from "../life-cycle/guards.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { type Command, execute, type SideAct } from "../pipeline/execute.ts";
import type { UnitFacts } from "../pipeline/unit-facts.ts";

type Typed<S extends z.ZodType> = Omit<z.output<S>, "caseId" | "version" | "key">;

/** From the registration on until it is put away: after the reply as well, which is when most is to be checked. */
const checked: readonly State[] = [
  "registered",
  "routed",
  "accepted",
  "inHandling",
  "replied",
  "review",
  "rereview",
  "final",
];
const holder: SideAct["who"] = [
  { role: "officer", at: "holder" },
  { role: "officeHead", at: "holder" },
  { role: "signer", at: "holder" },
];
const DAY_MS = 86_400_000;

interface Prepared {
  readonly to: readonly [UnitFacts, ...UnitFacts[]];
  readonly open: boolean;
}

/** Neither the holder or whoever helped it, nor one in their lines: whoever checks is free of the work. */
const inLine = (c: LoadedCase, to: Prepared["to"]): boolean =>
  [{ unitId: c.holderUnitId, path: c.holderPath }, ...c.assists].some(
    (one) => one.path.includes(to[0].id) || to.some((unit) => unit.id === one.unitId),
  );

/**
 * The holder asks a unit outside of its line to look whether what was promised was kept [SPEC 11.4]. Its officers read the
 * petition by a key of this check alone, change nothing of it, and read it no longer than asked.
 */
export const askCheck: Command<Typed<typeof askCheckInput>, Acted> = {
  act: {
    ...{ act: "askCheck", from: checked, to: "same", who: holder, guards: [notAccusation], clocks: [] },
    entry: "check.asked",
  },
  async prepare(k, c, { unitId }): Promise<Prepared> {
    const { rows } = await k.pool.query(
      "select from kernel.case_checks where case_id = $1 and unit_id = $2 and ended_at is null",
      [c.id, unitId],
    );
    return { to: await livingUnit(k, unitId), open: rows.length > 0 };
  },
  checks(c, _s, _i, _party, prepared) {
    const { to, open } = prepared as Prepared;
    return [
      ...destinationRefusals(c, to),
      ...(inLine(c, to) ? [{ code: "check.line" }] : []),
      ...(open ? [{ code: "check.open" }] : []),
    ];
  },
  decide(k, loaded, s, { unitId, days }, party) {
    const id = k.newId();
    const until = new Date(s.now.getTime() + days * DAY_MS).toISOString();
    const row = { id, case_id: loaded.case.id, unit_id: unitId, asked_by: personOf(party), until };
    return {
      result: acted(loaded.case),
      facts: { check: id, toUnit: unitId, days },
      admits: [{ key: id, depth: ACCESS_DEPTH, until }],
      rows: { case_checks: [{ ...row, asked_at: s.now.toISOString() }] },
    };
  },
};

interface Open {
  readonly id: string;
  readonly case_id: string;
  readonly by: string | null;
}

/** Takes the key away again; by the rule, since whoever has checked can change nothing of the case himself. */
const ending: Command<Open, Acted> = {
  act: {
    ...{ act: "endCheck", from: states, to: "same", guards: [] },
    ...{ who: [{ role: "system", at: "anywhere" }], clocks: [], entry: "check.ended" },
  },
  decide: (_k, loaded, s, { id, by }) => ({
    result: acted(loaded.case),
    facts: { check: id, person: by, early: by !== null },
    expels: [id],
    rows: { check_patch: [{ id, ended_at: s.now.toISOString(), ended_by: by }] },
  }),
};

const end = (k: Kernel, open: Open): Promise<Acted> =>
  execute(k, ending, { caseId: open.case_id, key: `checkEnd:${open.id}`, party: { kind: "system" } }, open);

/** Roles of the unit that checks. */
export const checkers = ["officer", "officeHead"] as const;

/**
 * The unit has said what it found, or the holder needs it no more: from now on it reads nothing.
 *
 * @throws DoorstepError `case.notFound`; `check.notFound` for whoever belongs to neither
 */
export async function endCheck(
  k: Kernel,
  actor: Actor,
  { caseId, unitId }: { readonly caseId: string; readonly unitId: string },
): Promise<{ readonly ok: true }> {
  await assertMaySee(k, actor, caseId);
  const { rows } = await k.pool.query<Open & { readonly unit: string; readonly path: readonly string[] }>(
    `select x.id, x.case_id, x.unit_id as unit, h.path from kernel.case_checks x join kernel.cases c on c.id = x.case_id
       join kernel.units h on h.id = kernel.heir(c.holder_unit_id)
      where x.case_id = $1 and x.unit_id in ($2, kernel.heir($2)) and x.ended_at is null`,
    [caseId, unitId],
  );
  const [found] = rows;
  const may =
    found !== undefined &&
    (holdsRoleAt(actor, checkers, [found.unit]) ||
      holdsRoleAt(actor, ["officer", "officeHead", "signer"], found.path.toReversed()));
  if (!may) throw new DoorstepError("check.notFound");
  await end(k, { id: found.id, case_id: caseId, by: actor.personId });
  return { ok: true };
}

const PAGE = 200;

/** By the system: its time is over. */
export async function endChecks(k: Kernel): Promise<number> {
  const { rows } = await k.pool.query<Open>(
    `select id, case_id, null as by from kernel.case_checks where ended_at is null and until <= $1 order by until limit ${PAGE}`,
    [k.now()],
  );
  for (const row of rows) await end(k, row);
  return rows.length;
}
