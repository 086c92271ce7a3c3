import { DoorstepError, type Text } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import { type Command, execute, type SideAct } from "../pipeline/execute.ts";

export interface Asked {
  readonly id: string;
  readonly unit: Text;
  readonly askedBy: Text;
  readonly question: string;
  readonly askedAt: string;
  readonly dueOn: string;
}

/** Units whose head this person is: he answers for them, nobody below him does. */
const signed = (actor: Actor): readonly string[] =>
  actor.grants.filter((g) => g.role === "signer").map((g) => g.unitId);

/**
 * What units of this person are asked to explain: neutral words, and by which organ. That he leads the unit keeps him out
 * of the case, not from answering for it; being kin, asked to stand out or complained of himself does.
 */
export async function askedOf(k: Kernel, actor: Actor): Promise<readonly Asked[]> {
  const { rows } = await k.pool.query<{
    id: string;
    unitZh: string;
    unitEn: string;
    organZh: string;
    organEn: string;
    question: string;
    askedAt: Date;
    dueOn: string;
  }>(
    `select e.id, u.name_zh as "unitZh", u.name_en as "unitEn", o.name_zh as "organZh", o.name_en as "organEn",
        e.question, e.asked_at as "askedAt", e.due_on::text as "dueOn"
       from kernel.explanations e join kernel.units u on u.id = e.unit_id
       join kernel.cases c on c.id = e.case_id join kernel.offices o on o.id = c.organ_id
      where e.unit_id = any ($1::uuid[]) and e.answered_at is null
        and not exists (select from kernel.recusals r where r.case_id = e.case_id and r.person_id = $2
                          and r.state <> 'refused' and r.ground is distinct from 'position')
        and not exists (select from kernel.respondents x where x.case_id = e.case_id and x.person_id = $2)
      order by e.due_on, e.id limit 100`,
    [signed(actor), actor.personId],
  );
  return rows.map((r) => ({
    id: r.id,
    unit: { "zh-CN": r.unitZh, en: r.unitEn },
    askedBy: { "zh-CN": r.organZh, en: r.organEn },
    question: r.question,
    askedAt: r.askedAt.toISOString(),
    dueOn: r.dueOn,
  }));
}

/** Written by the unit into a case that it does not see: as the system, after it was asked. */
const explaining: SideAct = {
  act: "explain",
  from: ["received", "final", "archived"],
  to: "same",
  who: [{ role: "system", at: "anywhere" }],
  guards: [],
  clocks: [],
  entry: "retaliation.explained",
};

const explain: Command<
  { readonly id: string; readonly answer: string; readonly personId: string },
  { readonly ok: true }
> = {
  act: explaining,
  async prepare(k, _c, i) {
    const { rows } = await k.pool.query<{ open: boolean }>(
      "select answered_at is null as open from kernel.explanations where id = $1",
      [i.id],
    );
    if (!rows[0]?.open) throw new DoorstepError("report.notAsked");
  },
  decide(k, loaded, s, i) {
    const { protect } = shelterOf(k.keys, loaded.case);
    return {
      result: { ok: true },
      facts: { explanation: i.id },
      rows: {
        explanation_patch: [
          {
            id: i.id,
            answer: protect(places.explanation(i.id), i.answer),
            answered_at: s.now.toISOString(),
            answered_by: i.personId,
          },
        ],
      },
    };
  },
};

/** The head of the unit explains in writing, once. @throws DoorstepError `report.notAsked` */
export async function explainUnit(
  k: Kernel,
  actor: Actor,
  input: { readonly id: string; readonly key: string; readonly answer: string },
): Promise<{ readonly ok: true }> {
  const asked = (await askedOf(k, actor)).some((a) => a.id === input.id);
  const { rows } = await k.pool.query<{ caseId: string; answeredBy: string | null }>(
    'select case_id as "caseId", answered_by as "answeredBy" from kernel.explanations where id = $1',
    [input.id],
  );
  const [found] = rows;
  // the same press again finds it answered by himself
  if (!found || !(asked || found.answeredBy === actor.personId)) throw new DoorstepError("report.notAsked");
  const on = { caseId: found.caseId, key: `${actor.personId}:${input.key}`, party: { kind: "system" } as const };
  return execute(k, explain, on, { id: input.id, answer: input.answer, personId: actor.personId });
}

/** What was asked and answered, for whoever handles the report. */
export async function explanationsOf(k: Kernel, c: { readonly id: string; readonly organId: string | null }) {
  const { rows } = await k.pool.query<{
    id: string;
    question: string;
    dueOn: string;
    answer: string | null;
    answeredAt: Date | null;
  }>(
    `select id, question, due_on::text as "dueOn", answer, answered_at as "answeredAt" from kernel.explanations
      where case_id = $1 order by asked_at, id`,
    [c.id],
  );
  const { reveal } = shelterOf(k.keys, c);
  return rows.map((r) => ({
    id: r.id,
    question: r.question,
    dueOn: r.dueOn,
    answer: r.answer === null ? null : reveal(places.explanation(r.id), r.answer),
    answeredAt: r.answeredAt?.toISOString() ?? null,
  }));
}
