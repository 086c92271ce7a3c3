import { randomBytes, randomUUIDv7 } from "node:crypto";
import { askAccess } from "../access/ask-access.ts";
import { decideAccess } from "../access/decide-access.ts";
import { endOwnAccess } from "../access/end-accesses.ts";
import type { Actor } from "../actor.ts";
import { acceptCase } from "../cases/accept.ts";
import { answerAssist, askAssist } from "../cases/assists.ts";
import { assignHandler, reassignHandler, recordHeard } from "../cases/handling.ts";
import { closeMediation, openMediation } from "../cases/procedures.ts";
import { registerCase } from "../cases/register.ts";
import { writeMessage } from "../cases/thread.ts";
import { wrapKey } from "../files/file-keys.ts";
import { type Filing, fileCase } from "../intake/file-case.ts";
import { liveConsumer } from "../live/live-consumer.ts";
import { notifyConsumer } from "../notifications/notify-consumer.ts";
import { pumpOnce } from "../outbox/pump.ts";
import { loadActor } from "../people/load-actor.ts";
import { execute } from "../pipeline/execute.ts";
import { declareKin } from "../recusal/declare-kin.ts";
import { declareRecusal } from "../recusal/recusal.ts";
import { searchConsumer } from "../search-index/search-consumer.ts";
import { byPerson, byPetitioner, claim, draft, reply, rows, type Staff } from "../testing/story.ts";
import type { TestKernel, TestUnit } from "../testing/test-kernel.ts";
import { personKey } from "../vault/keys.ts";
import type { Level, Relation, Stage } from "./model.ts";

/** One case of each level, each with a word of its own in everything that was written in it. */
export interface LeakCase {
  readonly level: Level;
  readonly id: string;
  readonly caseNo: string;
  readonly fileId: string;
  readonly noticeId: string;
  readonly word: string;
}

export interface LeakWorld {
  readonly t: TestKernel;
  readonly people: Readonly<Record<Relation, Actor | undefined>>;
  readonly cases: readonly LeakCase[];
  readonly stage: Stage;
}

const words = ["zebrafinch", "kingfisher", "nightjar"] as const;

/** Somebody who sees none of the cases, with the roles by which each could be opened to him. */
const letIn = (t: TestKernel, name: string): Promise<Actor> =>
  t.person(name, "brigade", [
    { role: "officer", unit: "second" },
    { role: "discipline", unit: "second" },
  ]);

async function peopleOf(t: TestKernel): Promise<LeakWorld["people"]> {
  const at = (name: string, unit: TestUnit, role: string, where: TestUnit = unit, subtree = false) =>
    t.person(name, unit, [{ role, unit: where, subtree }]);
  return {
    officerOfHolder: await at("干事", "first", "officer"),
    clerkOfHolder: await at("文书", "first", "clerk"),
    handler: await at("承办", "first", "handler"),
    handlerBefore: await at("原承办", "first", "handler"),
    handlerRecused: await at("回避", "first", "handler"),
    decidedBefore: await at("原决定人", "first", "officer"),
    // to have decided once gives no key: since then he has duties elsewhere
    decidedBeforeAndLeft: await at("调离", "brigade", "officer", "second"),
    officeHeadOfHolder: await at("信访科长", "first", "officeHead"),
    signerOfHolder: await at("营长", "first", "signer"),
    custodianOfHolder: await at("保管", "first", "custodian"),
    supervisorOfHolder: await at("督办", "first", "supervisor"),
    chargeLeaderOfHolder: await at("包案", "first", "chargeLeader"),
    superiorWithAllBelow: await at("旅干事", "brigade", "officer", "brigade", true),
    superiorForItselfAlone: await at("旅本级", "brigade", "officer"),
    officerOfOtherUnit: await at("二营", "brigade", "officer", "second"),
    officerOfRespondentUnit: await at("连干事", "company", "officer"),
    headOfRespondentUnit: await at("连长", "company", "signer"),
    // whoever is complained of, and a colleague of his, hold the very role that sees everything else there
    respondentPerson: await at("被反映人", "second", "officer", "first"),
    colleagueOfRespondent: await at("同事", "second", "officer", "first"),
    organInCharge: await at("营纪检", "first", "discipline"),
    otherOrgan: await at("旅纪检", "brigade", "discipline"),
    // the role alone gives no key: the second battalion has no organ
    disciplineWithoutOrgan: await at("无机构", "brigade", "discipline", "second"),
    mediator: await at("调解", "first", "mediator"),
    talkOfficer: await at("谈心", "first", "talkOfficer"),
    dutyHelper: await at("值班", "first", "dutyHelper"),
    analyst: await at("分析", "first", "analyst"),
    auditor: await at("审计", "first", "auditor", "brigade", true),
    unitAdmin: await at("管理", "first", "unitAdmin", "brigade", true),
    platformAdmin: await at("平台", "first", "platformAdmin", "brigade", true),
    // both hold the very roles that see everything else there
    kinOfPetitioner: await at("亲属", "first", "officer"),
    disputeMediator: await at("调解人", "first", "handler"),
    letInBefore: await letIn(t, "未获准"),
    letInNow: await letIn(t, "查阅中"),
    letInOnce: await letIn(t, "查阅完"),
    petitioner: await t.person("来信人", "brigade", []),
    // one of the petitioners serves at a desk himself: there his own matter is no work of his
    petitionerOnDuty: await at("来信干事", "brigade", "officer", "second"),
    otherPetitioner: await t.person("他人", "brigade", []),
    nobody: undefined,
  };
}

const some = (actor: Actor | undefined): Actor => {
  if (!actor) throw new Error("somebody is needed");
  return actor;
};

async function oneCase(t: TestKernel, people: LeakWorld["people"], level: Level, stage: Stage): Promise<LeakCase> {
  const word = words[level - 1] ?? words[0];
  const petitioner = some(people.petitioner);
  const fileId = t.kernel.newId();
  await t.database.pool.query(
    `insert into kernel.files (id, name, type, size, sha256, storage_key, kek, dek, uploaded_at)
     values ($1, $2, 'application/pdf', 1, ''::bytea, 'x', $3, $4, $5)`,
    [fileId, `${word}.pdf`, ...Object.values(wrapped(t, fileId)), t.clock.now],
  );
  const filing: Filing = {
    key: t.key(),
    unitId: level === 3 ? t.units.company : t.units.first,
    via: "online",
    channelKey: "online-petition/online",
    channelLabel: { "zh-CN": "网上信访", en: "Online petition" },
    purpose: level === 3 ? "accuse" : "solve",
    title: `关于 ${word}`,
    body: `正文 ${word}`,
    alreadyTried: word,
    desiredOutcome: word,
    concernsLeader: false,
    urgentSafety: false,
    anonymity: "confidential",
    petitioner: { name: `名 ${word}`, kind: "soldier", contact: "1", filingFor: "self" } as never,
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
  const message = { text: `补充 ${word}`, visibility: "petitioner", fileIds: [fileId] } as const;
  await execute(t.kernel, writeMessage, byPetitioner(t, id), message);
  for (const one of [people.decidedBefore, people.decidedBeforeAndLeft])
    await t.database.pool.query(
      "insert into kernel.case_actors (case_id, person_id, part, level, at) values ($1, $2, 'ender', 'handle', $3)",
      [id, some(one).personId, t.clock.now],
    );
  if (stage !== "received") await handle(t, people, { id, level, word }, stage);
  const [notice] = await rows<{ id: string }>(
    t,
    "select id from kernel.notices where case_id = $1 order by created_at desc, id desc limit 1",
    [id],
  );
  return { level, id, caseNo, fileId, word, noticeId: notice?.id ?? "" };
}

/** A key that nobody needs: no content is read here. */
function wrapped(t: TestKernel, fileId: string): { readonly kek: string; readonly dek: Buffer } {
  const { kek, dek } = wrapKey(t.kernel.keys, null, fileId, randomBytes(32));
  return { kek, dek };
}

async function handle(
  t: TestKernel,
  people: LeakWorld["people"],
  c: { readonly id: string; readonly level: Level; readonly word: string },
  stage: Stage,
): Promise<void> {
  const { id, level, word } = c;
  const c3 = level === 3;
  const desk = some(c3 ? people.organInCharge : people.officerOfHolder);
  const respondents = [
    { kind: "unit", unitId: t.units.company },
    { kind: "person", personId: some(people.respondentPerson).personId },
    { kind: "words", label: word },
  ];
  await execute(t.kernel, registerCase, byPerson(t, id, desk), {
    ...claim,
    ...(c3 && { category: "accusation", track: "accusation", subRoute: null }),
    confidentiality: level,
    demands: [{ text: `请求 ${word}`, desiredOutcome: word }],
    respondents,
  } as never);
  await execute(t.kernel, acceptCase, byPerson(t, id, desk), { office: "某股", phone: "" });
  const name = (handler: Actor) => ({ handlerId: handler.personId, plan: word, heardOn: null });
  if (c3) {
    await execute(t.kernel, assignHandler, byPerson(t, id, desk), name(desk));
    return;
  }
  await execute(t.kernel, assignHandler, byPerson(t, id, desk), name(some(people.handlerBefore)));
  await execute(t.kernel, reassignHandler, byPerson(t, id, desk), name(some(people.handler)));
  const mediatorIds = [some(people.disputeMediator).personId];
  await execute(t.kernel, openMediation, byPerson(t, id, desk), { bothConsented: true, note: word, mediatorIds });
  await execute(t.kernel, closeMediation, byPerson(t, id, desk), { because: "noAgreement", note: word });
  await declareRecusal(t.kernel, byPerson(t, id, some(people.handlerRecused)), `亲属 ${word}`);
  await assisted(t, people, c);
  const heardOn = t.clock.now.toISOString().slice(0, 10);
  await execute(t.kernel, recordHeard, byPerson(t, id, some(people.handler)), { heardOn, how: word });
  const staff: Staff = {
    clerk: desk,
    officer: desk,
    handler: some(people.handler),
    signer: some(people.signerOfHolder),
    reviewer: desk,
  };
  if (stage === "replied") await reply(t, staff, id, `意见 ${word}`);
  else await draft(t, staff, id, `意见 ${word}`);
}

/** Opens the case by a request; an accusation with the consent of the organ above. */
async function open(t: TestKernel, people: LeakWorld["people"], who: Actor, c: LeakCase): Promise<string> {
  const { id } = await askAccess(t.kernel, who, { caseNo: c.caseNo, reason: "有人可能受到伤害，须立即了解" });
  if (c.level === 3) await decideAccess(t.kernel, some(people.otherOrgan), { id, confirm: true, tellAfter: true });
  return id;
}

/** One holds every case open, one has held them, one has asked for the accusation and was not answered. */
async function letInto(t: TestKernel, people: LeakWorld["people"], cases: readonly LeakCase[]) {
  for (const c of cases) {
    await open(t, people, some(people.letInNow), c);
    await endOwnAccess(t.kernel, some(people.letInOnce), await open(t, people, some(people.letInOnce), c));
    if (c.level === 3)
      await askAccess(t.kernel, some(people.letInBefore), { caseNo: c.caseNo, reason: "有人可能受到伤害，须立即了解" });
  }
  const now = (actor: Actor | undefined) => loadActor(t.kernel, some(actor).personId, t.clock.now);
  return {
    letInBefore: await now(people.letInBefore),
    letInNow: await now(people.letInNow),
    letInOnce: await now(people.letInOnce),
  };
}

/** Another unit was asked, and has reported: from then on it sees nothing of the case any more. */
async function assisted(
  t: TestKernel,
  people: LeakWorld["people"],
  { id, word }: { readonly id: string; readonly word: string },
): Promise<void> {
  const question = { unitId: t.units.second, question: `请查明 ${word}`, days: 10 };
  await execute(t.kernel, askAssist, byPerson(t, id, some(people.officerOfHolder)), question);
  const [asked] = await rows<{ id: string }>(t, "select id from kernel.assists where case_id = $1", [id]);
  const report = { assistId: asked?.id ?? "", report: `经查，没有找到 ${word}` };
  await execute(t.kernel, answerAssist, byPerson(t, id, some(people.officerOfOtherUnit)), report);
}

/** Everybody, one case of each level, and whatever follows the events has followed them. */
export async function openLeakWorld(t: TestKernel, stage: Stage): Promise<LeakWorld> {
  const people = await peopleOf(t);
  await declareKin(t.kernel, some(people.kinOfPetitioner), some(people.petitioner).personId);
  const cases: LeakCase[] = [];
  for (const level of [1, 2, 3] as const) cases.push(await oneCase(t, people, level, stage));
  const letThem = await letInto(t, people, cases);
  const k = t.kernel;
  for (let n = 0; n < 5; n++) await pumpOnce(k, [searchConsumer(k.pool), notifyConsumer(k), liveConsumer(k)]);
  return { t, people: { ...people, ...letThem }, cases, stage };
}

/** One that is not there, with a number in the same form. */
export const absent = (c: LeakCase): LeakCase => ({
  ...c,
  id: randomUUIDv7(),
  noticeId: randomUUIDv7(),
  fileId: randomUUIDv7(),
  caseNo: `${c.caseNo.slice(0, 5)}ZZZZZZ-Z`,
});

/** Anything by which the case could be told: its id, number, word, file or letter. */
export const tells = (said: string, c: LeakCase): boolean =>
  [c.id, c.caseNo, c.word, c.fileId].some((sign) => said.includes(sign));
