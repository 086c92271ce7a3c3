import { randomBytes } from "node:crypto";
import type { Actor } from "../actor.ts";
import { acceptCase } from "../cases/accept.ts";
import { answerAssist, askAssist } from "../cases/assists.ts";
import { assignHandler, reassignHandler, recordHeard } from "../cases/handling.ts";
import { closeMediation, openMediation } from "../cases/procedures.ts";
import { registerCase } from "../cases/register.ts";
import { splitAccusation } from "../cases/split-accusation.ts";
import { writeMessage } from "../cases/thread.ts";
import { wrapKey } from "../files/file-keys.ts";
import { type Filing, fileCase } from "../intake/file-case.ts";
import { protectFacts } from "../notices/notice-row.ts";
import { execute } from "../pipeline/execute.ts";
import { declareRecusal } from "../recusal/recusal.ts";
import { coverWords } from "../redaction/acts.ts";
import { byPerson, byPetitioner, claim, draft, reply, rows, type Staff } from "../testing/story.ts";
import type { TestKernel } from "../testing/test-kernel.ts";
import { personKey } from "../vault/keys.ts";
import { type People, some } from "./leak-people.ts";
import type { CaseName, Level, Stage } from "./model.ts";

/** One case, with a word of its own in everything that was written in it, and one that was covered wherever it stands. */
export interface LeakCase {
  readonly name: CaseName;
  readonly level: Level;
  readonly stage: Stage;
  readonly id: string;
  readonly caseNo: string;
  readonly fileId: string;
  readonly noticeId: string;
  readonly word: string;
  readonly covered: string;
}
type Begun = Pick<LeakCase, "id" | "caseNo" | "fileId" | "word" | "covered">;

/** In which house it all happens. */
export interface Scene {
  readonly t: TestKernel;
  readonly people: People;
  /** the unit that was asked to assist and has not reported */
  readonly assisting: string;
}

const words = {
  plain: ["zebrafinch", "plover"],
  confidential: ["kingfisher", "siskin"],
  accusation: ["nightjar", "wheatear"],
  toOrgan: ["goldcrest", "dunlin"],
  leftBehind: ["treecreeper", "garganey"],
} as const;

/** What is written wherever something is written. */
const text = (c: Pick<LeakCase, "word" | "covered">): string => `${c.word} ${c.covered}`;

async function newFile({ t }: Scene, c: Pick<LeakCase, "word" | "covered">): Promise<string> {
  const fileId = t.kernel.newId();
  // a key that nobody needs: no content is read here
  const { kek, dek } = wrapKey(t.kernel.keys, null, fileId, randomBytes(32));
  await t.database.pool.query(
    `insert into kernel.files (id, name, type, size, sha256, storage_key, kek, dek, uploaded_at)
     values ($1, $2, 'application/pdf', 1, ''::bytea, 'x', $3, $4, $5)`,
    [fileId, `${text(c)}.pdf`, kek, dek, t.clock.now],
  );
  return fileId;
}

/** The petitioner writes, and sends something along. */
async function written(scene: Scene, id: string, c: Pick<LeakCase, "word" | "covered">): Promise<string> {
  const fileId = await newFile(scene, c);
  const message = { text: `补充 ${text(c)}`, visibility: "petitioner", fileIds: [fileId] } as const;
  await execute(scene.t.kernel, writeMessage, byPetitioner(scene.t, id), message);
  return fileId;
}

async function filed(scene: Scene, name: CaseName): Promise<Begun> {
  const { t, people } = scene;
  const [word, covered] = words[name];
  const said = `${word} ${covered}`;
  const accuses = name === "accusation";
  const petitioner = some(people.petitioner);
  const filing: Filing = {
    key: t.key(),
    unitId: accuses ? t.units.company : t.units.first,
    via: "online",
    channelKey: "online-petition/online",
    channelLabel: { "zh-CN": "网上信访", en: "Online petition" },
    purpose: accuses ? "accuse" : "solve",
    title: `关于 ${said}`,
    body: `正文 ${said}`,
    alreadyTried: said,
    desiredOutcome: said,
    concernsLeader: false,
    urgentSafety: false,
    anonymity: "confidential",
    petitioner: { name: `名 ${word}`, kind: "nco", contact: "1", filingFor: "self" },
    headcount: 1,
    fileIds: [],
    locale: "zh-CN",
  };
  const by = { actor: `person:${petitioner.personId}`, petitionerId: petitioner.personId };
  const { caseId: id, caseNo } = await fileCase(t.kernel, filing, by);
  await t.database.pool.query(
    `insert into kernel.case_audience (key, case_id, due, received, depth, conf, status, open, category, channel, holder)
     select $2, case_id, due, received, depth, conf, status, open, category, channel, holder from kernel.case_audience
      where case_id = $1 and depth = -1`,
    [id, personKey(t.kernel.keys, some(people.petitionerOnDuty).personId)],
  );
  const fileId = await written(scene, id, { word, covered });
  for (const one of [people.decidedBefore, people.decidedBeforeAndLeft])
    await t.database.pool.query(
      "insert into kernel.case_actors (case_id, person_id, part, level, at) values ($1, $2, 'ender', 'handle', $3)",
      [id, some(one).personId, t.clock.now],
    );
  return { id, caseNo, fileId, word, covered };
}

const cover = ({ t }: Scene, id: string, by: Actor, covered: string) =>
  execute(t.kernel, coverWords, byPerson(t, id, by), { words: covered, kind: "temporary", reason: "thirdParty" });

async function latestNotice(t: TestKernel, id: string): Promise<string> {
  const [notice] = await rows<{ id: string }>(
    t,
    "select id from kernel.notices where case_id = $1 order by created_at desc, id desc limit 1",
    [id],
  );
  return notice?.id ?? "";
}

const levels = { plain: 1, confidential: 2, accusation: 3 } as const;

/** One of each level, brought as far as the stage says. */
export async function oneCase(scene: Scene, name: keyof typeof levels, stage: Stage): Promise<LeakCase> {
  const level = levels[name];
  const c = await filed(scene, name);
  const { t, people } = scene;
  const desk = some(level === 3 ? people.organInCharge : people.officerOfHolder);
  if (stage !== "received") {
    const demands = [{ text: `请求 ${text(c)}`, desiredOutcome: text(c) }];
    await begin(scene, c, desk, { level, demands });
    if (level < 3) await handled(scene, c, stage);
  }
  await letterToAbove(scene, c, level);
  await cover(scene, c.id, desk, c.covered);
  return { ...c, name, level, stage, noticeId: await latestNotice(t, c.id) };
}

/** What the unit wrote to the one above about it, under the id of the case. */
async function letterToAbove({ t }: Scene, c: Begun, level: Level): Promise<void> {
  const [found] = await rows<{ organ_id: string | null }>(t, "select organ_id from kernel.cases where id = $1", [c.id]);
  const shelter = { keys: t.kernel.keys, organId: level === 3 ? (found?.organ_id ?? null) : null };
  const title = { "zh-CN": text(c), en: text(c) };
  await rows(
    t,
    `insert into kernel.unit_letters (id, from_unit_id, to_unit_id, case_id, plugin_id, template, version, facts, state, drafted_at)
      values ($1, $2, $3, $1, 'letters', 'urging', 1, $4, 'toSign', $5)`,
    [c.id, t.units.first, t.units.brigade, protectFacts(shelter, c.id, { title, issuedOn: null }), t.clock.now],
  );
}

/** Registered, accepted, in somebody's hands. */
async function begin(
  { t, people }: Scene,
  c: Begun,
  desk: Actor,
  { level, demands }: { readonly level: Level; readonly demands: readonly object[] },
): Promise<void> {
  const respondents = [
    { kind: "unit", unitId: t.units.company },
    { kind: "person", personId: some(people.respondentPerson).personId },
    { kind: "words", label: text(c) },
  ];
  await execute(t.kernel, registerCase, byPerson(t, c.id, desk), {
    ...claim,
    ...(level === 3 && { category: "accusation", track: "accusation", subRoute: null }),
    confidentiality: level,
    demands,
    respondents,
  } as never);
  await execute(t.kernel, acceptCase, byPerson(t, c.id, desk), { office: "某股", phone: "" });
  const handler = level === 3 ? desk : some(people.handlerBefore);
  const naming = { handlerId: handler.personId, plan: text(c), heardOn: null };
  await execute(t.kernel, assignHandler, byPerson(t, c.id, desk), naming);
}

/** Whatever brings other people near an ordinary petition, until its reply waits for approval or is delivered. */
async function handled(scene: Scene, c: Begun, stage: Stage): Promise<void> {
  const { t, people, assisting } = scene;
  const desk = some(people.officerOfHolder);
  await othersCameNear(scene, c);
  const question = { unitId: assisting, question: `请提供 ${text(c)}`, days: 10 };
  await execute(t.kernel, askAssist, byPerson(t, c.id, desk), question);
  const heardOn = t.clock.now.toISOString().slice(0, 10);
  await execute(t.kernel, recordHeard, byPerson(t, c.id, some(people.handler)), { heardOn, how: text(c) });
  const staff: Staff = {
    clerk: desk,
    officer: desk,
    handler: some(people.handler),
    signer: some(people.signerOfHolder),
    reviewer: desk,
  };
  if (stage === "replied") await reply(t, staff, c.id, `意见 ${text(c)}`);
  else await draft(t, staff, c.id, `意见 ${text(c)}`);
}

/** Another handler, a mediation, somebody who stands out, a unit that has reported what it was asked. */
async function othersCameNear({ t, people }: Scene, c: Begun): Promise<void> {
  const desk = some(people.officerOfHolder);
  const by = (actor: Actor) => byPerson(t, c.id, actor);
  const naming = { handlerId: some(people.handler).personId, plan: text(c), heardOn: null };
  await execute(t.kernel, reassignHandler, by(desk), naming);
  const mediatorIds = [some(people.disputeMediator).personId];
  await execute(t.kernel, openMediation, by(desk), { bothConsented: true, note: text(c), mediatorIds });
  await execute(t.kernel, closeMediation, by(desk), { because: "noAgreement", note: text(c) });
  await declareRecusal(t.kernel, by(some(people.handlerRecused)), `亲属 ${text(c)}`);
  const question = { unitId: t.units.second, question: `请查明 ${text(c)}`, days: 10 };
  await execute(t.kernel, askAssist, by(desk), question);
  const [asked] = await rows<{ id: string }>(t, "select id from kernel.assists where case_id = $1", [c.id]);
  const report = { assistId: asked?.id ?? "", report: `经查，没有找到 ${text(c)}` };
  await execute(t.kernel, answerAssist, by(some(people.officerOfOtherUnit)), report);
}

/** An ordinary petition out of which the officer split what accuses somebody: the accusation, and what is left behind. */
export async function splitCase(scene: Scene): Promise<readonly [LeakCase, LeakCase]> {
  const { t, people } = scene;
  const desk = some(people.officerOfHolder);
  const c = await filed(scene, "toOrgan");
  const [word, covered] = words.leftBehind;
  const stays = { word, covered };
  const demands = [c, stays].map((one) => ({ text: `请求 ${text(one)}`, desiredOutcome: text(one) }));
  await begin(scene, c, desk, { level: 1, demands });
  await othersCameNear(scene, c);
  for (const one of [c, stays]) await cover(scene, c.id, desk, one.covered);
  const [accuses] = await rows<{ id: string }>(t, "select id from kernel.demands where case_id = $1 order by no", [
    c.id,
  ]);
  const split = {
    ...{ demandIds: [accuses?.id ?? ""], respondents: [], reason: `举报 ${text(c)}` },
    ...{ title: `关于 ${text(stays)}`, text: `正文 ${text(stays)}` },
  };
  const { splitOff } = await execute(t.kernel, splitAccusation, byPerson(t, c.id, desk), split);
  const { caseId: id, caseNo } = splitOff;
  const fileId = await written(scene, id, stays);
  await execute(t.kernel, acceptCase, byPerson(t, id, desk), { office: "某股", phone: "" });
  const stage = "inHandling";
  return [
    { ...c, name: "toOrgan", level: 3, stage, noticeId: await latestNotice(t, c.id) },
    { ...stays, id, caseNo, fileId, name: "leftBehind", level: 1, stage, noticeId: await latestNotice(t, id) },
  ];
}
