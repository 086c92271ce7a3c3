import { DoorstepError, type repeatCandidate } from "@doorstep/contracts";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import { readAs } from "../audience/read-as.ts";
import { visibleOf } from "../audience/visible-of.ts";
import { assertMaySee } from "../cases/read-case.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import { queueItemOf } from "../queue/list-cases.ts";
import { itemsOf } from "../queue/search-cases.ts";
import { similarCases } from "../queue/similar-cases.ts";
import { casesOfSamePerson } from "./same-person.ts";

type Candidate = z.output<typeof repeatCandidate>;

async function wordsOf(k: Kernel, caseId: string): Promise<{ readonly title: string; readonly text: string }> {
  const { rows } = await k.pool.query<{ title: string; body: string; organ_id: string | null }>({
    name: "repeats_words",
    text: "select title, body, organ_id from kernel.cases where id = $1",
    values: [caseId],
  });
  const [row] = rows;
  if (!row) throw new DoorstepError("case.notFound");
  const { reveal } = shelterOf(k.keys, { id: caseId, organId: row.organ_id });
  return {
    title: reveal(places.case(caseId, "title"), row.title),
    text: reveal(places.case(caseId, "body"), row.body),
  };
}

const tiers: readonly Candidate["tier"][] = ["samePersonAndMatter", "samePerson", "sameMatter"];

/**
 * What may be the same petition again, in three tiers: same person and same matter, same person, same matter [DUP].
 * Only what the asker may see is proposed; a person judges.
 *
 * @throws DoorstepError `case.notFound`
 */
export async function findRepeats(k: Kernel, actor: Actor, caseId: string): Promise<Candidate[]> {
  await assertMaySee(k, actor, caseId);
  const [matter, person] = await Promise.all([
    similarCases(k, actor, { ...(await wordsOf(k, caseId)), name: "" }),
    casesOfSamePerson(k, caseId),
  ]);
  const sameMatter = new Set(matter.map((one) => one.caseId).filter((id) => id !== caseId));
  const rows = await readAs(k, actor, async (client) => {
    const samePerson = await visibleOf(client, actor, person);
    return itemsOf(client, [...new Set([...samePerson, ...sameMatter])]);
  });
  const judged = await k.pool.query<{ of_case_id: string; kind: Exclude<Candidate["judged"], null> }>({
    name: "repeats_judged",
    text: `select distinct on (of_case_id) of_case_id, kind from kernel.repeats where case_id = $1
      order by of_case_id, at desc, id desc`,
    values: [caseId],
  });
  const kinds = new Map(judged.rows.map((row) => [row.of_case_id, row.kind]));
  const people = new Set(person);
  return rows
    .map((row): Candidate => {
      const item = queueItemOf(k, row);
      const both = people.has(item.caseId) && sameMatter.has(item.caseId);
      return {
        caseId: item.caseId,
        caseNo: item.caseNo,
        title: item.title,
        state: item.state,
        receivedAt: item.receivedAt,
        tier: both ? "samePersonAndMatter" : people.has(item.caseId) ? "samePerson" : "sameMatter",
        judged: kinds.get(item.caseId) ?? null,
      };
    })
    .toSorted((a, b) => tiers.indexOf(a.tier) - tiers.indexOf(b.tier) || b.receivedAt.localeCompare(a.receivedAt));
}
