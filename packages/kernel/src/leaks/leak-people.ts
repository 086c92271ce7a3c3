import type { Actor } from "../actor.ts";
import { inChange } from "../change.ts";
import { loadActor } from "../people/load-actor.ts";
import type { TestKernel, TestUnit } from "../testing/test-kernel.ts";
import { createUnit } from "../units/create-unit.ts";
import type { Relation } from "./model.ts";

/** Somebody who sees none of the cases, with the roles by which each could be opened to him. */
const letIn = (t: TestKernel, name: string): Promise<Actor> =>
  t.person(name, "brigade", [
    { role: "officer", unit: "second" },
    { role: "discipline", unit: "second" },
  ]);

/** A unit that was asked to assist with what the first battalion handles, and has not reported yet. */
const assistingUnit = (t: TestKernel): Promise<string> =>
  inChange(t.kernel, "system", (change) =>
    createUnit(change, {
      parentId: t.units.brigade,
      code: "THIRD",
      name: { "zh-CN": "三营", en: "Third battalion" },
      timeZone: "Asia/Shanghai",
      strength: null,
      validFrom: "2020-01-01",
    }),
  );

async function officerOf(t: TestKernel, unitId: string): Promise<Actor> {
  const { personId } = await t.person("协办干事", "second", []);
  // no colleague of the one complained of
  await t.database.pool.query("update kernel.people set unit_id = $2 where id = $1", [personId, unitId]);
  await t.database.pool.query(
    `insert into kernel.role_grants (id, person_id, role, unit_id, subtree, valid_from, at)
     values ($1, $2, 'officer', $3, false, '2020-01-01', $4)`,
    [t.kernel.newId(), personId, unitId, t.clock.now],
  );
  return some((await loadActor(t.kernel, personId, t.clock.now)) ?? undefined);
}

export type People = Readonly<Record<Relation, Actor | undefined>>;

export async function peopleOf(t: TestKernel): Promise<{ readonly people: People; readonly assisting: string }> {
  const assisting = await assistingUnit(t);
  const at = (name: string, unit: TestUnit, role: string, where: TestUnit = unit, subtree = false) =>
    t.person(name, unit, [{ role, unit: where, subtree }]);
  const people = {
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
    officerOfAssistingUnit: await officerOf(t, assisting),
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
    // by a code that the petitioner handed to them, without an account
    delegate: undefined,
    delegateOfAccuser: undefined,
    formerDelegate: undefined,
    nobody: undefined,
  };
  return { people, assisting };
}

export const some = (actor: Actor | undefined): Actor => {
  if (!actor) throw new Error("somebody is needed");
  return actor;
};
