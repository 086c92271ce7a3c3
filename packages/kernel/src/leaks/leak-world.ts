import { randomUUIDv7 } from "node:crypto";
import { askAccess } from "../access/ask-access.ts";
import { decideAccess } from "../access/decide-access.ts";
import { endOwnAccess } from "../access/end-accesses.ts";
import type { Actor } from "../actor.ts";
import { liveConsumer } from "../live/live-consumer.ts";
import { endMandate, giveMandate, mandateCodeOf } from "../mandates/acts.ts";
import { notifyConsumer } from "../notifications/notify-consumer.ts";
import { pumpOnce } from "../outbox/pump.ts";
import { loadActor } from "../people/load-actor.ts";
import { execute } from "../pipeline/execute.ts";
import { declareKin } from "../recusal/declare-kin.ts";
import { searchConsumer } from "../search-index/search-consumer.ts";
import { byPetitioner, rows } from "../testing/story.ts";
import type { TestKernel } from "../testing/test-kernel.ts";
import { type LeakCase, oneCase, type Scene, splitCase } from "./leak-cases.ts";
import { type People, peopleOf, some } from "./leak-people.ts";
import { delegateOf, type Relation, type Stage } from "./model.ts";

/** The petition that a code opens, and by which right. */
interface CodeOf {
  readonly caseId: string;
  readonly mandateId: string | null;
}

export interface LeakWorld {
  readonly t: TestKernel;
  readonly people: People;
  /** whoever comes with a code that he typed */
  readonly codes: Readonly<Partial<Record<Relation, CodeOf>>>;
  /** one of each level */
  readonly cases: readonly LeakCase[];
  /** an accusation split out of an ordinary petition, and what was left behind */
  readonly parted: readonly LeakCase[];
  readonly stage: Stage;
}

/** Opens the case by a request; an accusation with the consent of the organ above. */
async function open(t: TestKernel, people: People, who: Actor, c: LeakCase): Promise<string> {
  const { id } = await askAccess(t.kernel, who, { caseNo: c.caseNo, reason: reasonOf(c) });
  if (c.level === 3) await decideAccess(t.kernel, some(people.otherOrgan), { id, confirm: true, tellAfter: false });
  return id;
}
const reasonOf = (c: LeakCase): string => `${c.word}：有人可能受到伤害，须立即了解`;

/** One holds every case open, one has held them, one has asked for the accusation and was not answered. */
async function letInto(t: TestKernel, people: People, cases: readonly LeakCase[]) {
  for (const c of cases) {
    await open(t, people, some(people.letInNow), c);
    await endOwnAccess(t.kernel, some(people.letInOnce), await open(t, people, some(people.letInOnce), c));
    if (c.level === 3) await askAccess(t.kernel, some(people.letInBefore), { caseNo: c.caseNo, reason: reasonOf(c) });
  }
  const now = (actor: Actor | undefined) => loadActor(t.kernel, some(actor).personId, t.clock.now);
  return {
    letInBefore: await now(people.letInBefore),
    letInNow: await now(people.letInNow),
    letInOnce: await now(people.letInOnce),
  };
}

/** The petitioner lets somebody speak for him, with a code of his own. */
async function mandated(t: TestKernel, c: LeakCase): Promise<CodeOf> {
  const key = t.key();
  const who = { kind: "family", relation: "spouse", name: "周某", contact: "2", scope: ["speak"] } as const;
  const given = { ...who, until: "2026-12-31", code: mandateCodeOf(t.kernel, key) };
  await execute(t.kernel, giveMandate, { ...byPetitioner(t, c.id), key }, { ...given, scope: ["speak"] });
  const [mandate] = await rows<{ id: string }>(t, "select id from kernel.mandates where case_id = $1", [c.id]);
  return { caseId: c.id, mandateId: mandate?.id ?? null };
}

async function codesOf(t: TestKernel, cases: readonly LeakCase[]): Promise<LeakWorld["codes"]> {
  const codes: Partial<Record<Relation, CodeOf>> = {};
  for (const [relation, name] of Object.entries(delegateOf) as [Relation, LeakCase["name"]][]) {
    const c = cases.find((one) => one.name === name);
    if (!c) continue;
    const code = await mandated(t, c);
    if (relation === "formerDelegate")
      await execute(t.kernel, endMandate, byPetitioner(t, c.id), { mandateId: code.mandateId ?? "" });
    codes[relation] = code;
  }
  return codes;
}

/** Everybody, one case of each level, one that was split, and whatever follows the events has followed them. */
export async function openLeakWorld(t: TestKernel, stage: Stage): Promise<LeakWorld> {
  const { people, assisting } = await peopleOf(t);
  await declareKin(t.kernel, some(people.kinOfPetitioner), some(people.petitioner).personId);
  const scene: Scene = { t, people, assisting };
  const cases: LeakCase[] = [];
  for (const name of ["plain", "confidential", "accusation"] as const) cases.push(await oneCase(scene, name, stage));
  const parted = await splitCase(scene);
  const all = [...cases, ...parted];
  const letThem = await letInto(t, people, all);
  const codes = await codesOf(t, all);
  const k = t.kernel;
  for (let n = 0; n < 5; n++) await pumpOnce(k, [searchConsumer(k.pool), notifyConsumer(k), liveConsumer(k)]);
  return { t, people: { ...people, ...letThem }, codes, cases, parted, stage };
}

/** One that is not there, with a number in the same form. */
export const absent = (c: LeakCase): LeakCase => ({
  ...c,
  id: randomUUIDv7(),
  noticeId: randomUUIDv7(),
  fileId: randomUUIDv7(),
  caseNo: `${c.caseNo.slice(0, 5)}ZZZZZZ-Z`,
});

/** Anything by which the case could be told: its id, number, words, file or letter. */
export const tells = (said: string, c: LeakCase): boolean =>
  [c.id, c.caseNo, c.word, c.covered, c.fileId].some((sign) => said.includes(sign));
