import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { assignHandler, reassignHandler } from "../cases/handling.ts";
import { identifyLater } from "../cases/identify.ts";
import { openMediation } from "../cases/procedures.ts";
import { readCase } from "../cases/read-case.ts";
import { fileCase } from "../intake/file-case.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { candidates } from "../people/candidates.ts";
import { importPeople } from "../people/import-people.ts";
import { execute } from "../pipeline/execute.ts";
import { listCases } from "../queue/list-cases.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, file, inHandling, refusalOf, register, rows, staffOf } from "../testing/story.ts";
import { declareKin, endKin, ownKin } from "./declare-kin.ts";
import { askRecusal, askRecusalFor, decideRecusal, declareRecusal } from "./recusal.ts";
import { standOutSince } from "./stand-out.ts";

const sees = async (t: TestKernel, who: Actor, caseId: string): Promise<boolean> => {
  const { items } = await listCases(t.kernel, who, { view: "all", limit: 50 } as never);
  const listed = items.some((one) => one.caseId === caseId);
  const read = (await refusalOf(readCase(t.kernel, who, caseId))).length === 0;
  expect(listed).toBe(read);
  return read;
};

const filing = (t: TestKernel) =>
  ({
    key: t.key(),
    unitId: t.units.first,
    via: "online",
    channelKey: "online-petition/online",
    channelLabel: { "zh-CN": "网上信访", en: "Online petition" },
    purpose: "solve",
    title: "津贴少发一档",
    body: "3月调动后津贴少发一档。",
    alreadyTried: "",
    desiredOutcome: "补发",
    concernsLeader: false,
    urgentSafety: false,
    anonymity: "confidential",
    petitioner: { name: "来信人", kind: "soldier", contact: "1", filingFor: "self" },
    headcount: 1,
    fileIds: [],
    locale: "zh-CN",
  }) as never;

const filedBy = async (t: TestKernel, who: Actor): Promise<string> =>
  (await fileCase(t.kernel, filing(t), { actor: `person:${who.personId}`, petitionerId: who.personId })).caseId;

test("kin of a petitioner stand out of what he files, whichever of the two declared it, and nobody reads why", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const petitioner = await t.person("来信人", "second", []);
  const before = await filedBy(t, petitioner);
  expect(await sees(t, s.officer, before)).toBe(true);

  await declareKin(t.kernel, s.officer, petitioner.personId);
  const after = await filedBy(t, petitioner);
  const other = await file(t);

  expect(await sees(t, s.officer, before)).toBe(false);
  expect(await sees(t, s.officer, after)).toBe(false);
  expect(await sees(t, s.officer, other)).toBe(true);
  expect((await readCase(t.kernel, s.signer, after)).recusals).toEqual([]);
  // it holds both ways
  const officers = await filedBy(t, s.officer);
  const kin = await t.person("亲属", "second", [{ role: "officer", unit: "first" }]);
  expect(await sees(t, kin, officers)).toBe(true);
  await declareKin(t.kernel, kin, s.officer.personId);
  expect(await sees(t, kin, officers)).toBe(false);

  const stored = JSON.stringify(await rows(t, "select * from kernel.kinships"));
  for (const id of [s.officer.personId, petitioner.personId, kin.personId]) expect(stored).not.toContain(id);
  const said = JSON.stringify(
    await rows(t, "select body from kernel.ledger where type in ('kin.declared', 'recusal.found')"),
  );
  expect(said).not.toContain(petitioner.personId);
});

test("kin of a respondent stand out at registration; who handles it when it is declared is its handler no more", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const accused = await t.person("被反映人", "second", []);
  await declareKin(t.kernel, accused, s.officer.personId);
  const caseId = await file(t);
  await register(t, s, caseId, { respondents: [{ kind: "person", personId: accused.personId }] });
  expect(await sees(t, s.officer, caseId)).toBe(false);

  const handled = await inHandling(t, {
    ...s,
    officer: await t.person("另一干事", "first", [{ role: "officer", unit: "first" }]),
  });
  await rows(t, "insert into kernel.respondents (id, case_id, kind, person_id) values ($1, $2, 'person', $3)", [
    t.kernel.newId(),
    handled,
    accused.personId,
  ]);
  await declareKin(t.kernel, s.handler, accused.personId);
  expect(await sees(t, s.handler, handled)).toBe(false);
  expect((await readCase(t.kernel, s.signer, handled)).handler).toBeNull();
});

test("what was declared is read by the declarer alone, once each, of others and not without end; taken back it holds no more", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  await declareKin(t.kernel, s.officer, s.clerk.personId);
  await declareKin(t.kernel, s.officer, s.clerk.personId);
  const own = await ownKin(t.kernel, s.officer);
  expect(own).toMatchObject([{ person: { id: s.clerk.personId, name: "文书" } }]);
  expect(await ownKin(t.kernel, s.clerk)).toEqual([]);
  expect(await refusalOf(declareKin(t.kernel, s.officer, s.officer.personId))).toEqual(["kin.oneself"]);
  expect(await refusalOf(declareKin(t.kernel, s.officer, t.kernel.newId()))).toEqual(["person.notFound"]);
  const [first] = own;
  expect(await refusalOf(endKin(t.kernel, s.clerk, first?.id ?? ""))).toEqual(["kin.notFound"]);

  await endKin(t.kernel, s.officer, first?.id ?? "");
  expect(await ownKin(t.kernel, s.officer)).toEqual([]);
  expect(await sees(t, s.officer, await filedBy(t, s.clerk))).toBe(true);

  for (let n = 0; n < 20; n++) {
    const someone = await t.person(`人${n}`, "second", []);
    await declareKin(t.kernel, s.officer, someone.personId);
  }
  expect(await refusalOf(declareKin(t.kernel, s.officer, s.clerk.personId))).toEqual(["kin.tooMany"]);
});

test("whoever belongs to a unit complained of, or leads it, stands out wherever he serves; he cannot be named", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const member = await t.person("借调", "company", [{ role: "handler", unit: "first" }]);
  const leader = await t.person("兼职", "second", [
    { role: "signer", unit: "company" },
    { role: "officer", unit: "first" },
  ]);
  const caseId = await file(t);
  await register(t, s, caseId, { respondents: [{ kind: "unit", unitId: t.units.company }] });
  for (const who of [member, leader]) expect(await sees(t, who, caseId)).toBe(false);
  expect(await sees(t, s.handler, caseId)).toBe(true);

  const handled = await inHandling(t, s);
  await declareRecusal(t.kernel, byPerson(t, handled, member), "熟人");
  const named = { handlerId: member.personId, plan: "", heardOn: null };
  expect(await refusalOf(execute(t.kernel, reassignHandler, byPerson(t, handled, s.officer), named))).toEqual([
    "handler.free",
  ]);
});

test("what a check finds outweighs what was asked and refused before", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const colleague = await t.person("同事", "second", [{ role: "officer", unit: "first" }]);
  const accused = await t.person("被反映人", "second", []);
  const caseId = await file(t);
  await declareRecusal(t.kernel, byPerson(t, caseId, colleague), "认识此人");
  await decideRecusal(t.kernel, byPerson(t, caseId, s.signer), {
    personId: colleague.personId,
    granted: false,
    reason: "仅认识",
  });
  expect(await sees(t, colleague, caseId)).toBe(true);

  await register(t, s, caseId, { respondents: [{ kind: "person", personId: accused.personId }] });

  expect(await sees(t, colleague, caseId)).toBe(false);
  expect((await readCase(t.kernel, s.signer, caseId)).recusals).toContainEqual(
    expect.objectContaining({ source: "computed", state: "granted", reason: "认识此人", mayDecide: false }),
  );
});

test("a mediator sees nothing of the case; who handles it or acts in it does not mediate", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const mediator = await t.person("调解员", "first", [{ role: "handler", unit: "first" }]);
  const caseId = await inHandling(t, s);
  const opening = (...mediatorIds: string[]) =>
    execute(t.kernel, openMediation, byPerson(t, caseId, s.officer), {
      bothConsented: true,
      note: "由营调解小组调解",
      mediatorIds,
    });
  expect(await sees(t, mediator, caseId)).toBe(true);
  expect(await refusalOf(opening(s.handler.personId))).toEqual(["mediator.handles"]);
  expect(await refusalOf(opening(s.officer.personId))).toEqual(["mediator.handles"]);
  expect(await refusalOf(opening(t.kernel.newId()))).toEqual(["person.notFound"]);
  const out = await t.person("回避", "first", [{ role: "handler", unit: "first" }]);
  await declareRecusal(t.kernel, byPerson(t, caseId, out), "同乡");
  expect(await refusalOf(opening(out.personId))).toEqual(["recusal.standsOut"]);

  await opening(mediator.personId, mediator.personId);

  expect(await sees(t, mediator, caseId)).toBe(false);
  const named = { handlerId: mediator.personId, plan: "", heardOn: null };
  expect(await refusalOf(execute(t.kernel, reassignHandler, byPerson(t, caseId, s.officer), named))).toEqual([
    "handler.free",
  ]);
});

test("whoever has decided on the matter, here or in a case joined to it, is not named as its handler", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const decider = await t.person("原处理人", "first", [{ role: "officer", unit: "first" }]);
  const caseId = await inHandling(t, s);
  const joined = await file(t);
  await rows(
    t,
    "insert into kernel.case_actors (case_id, person_id, part, level, at) values ($1, $2, 'ender', 'handle', $3)",
    [joined, decider.personId, t.clock.now],
  );
  const named = { handlerId: decider.personId, plan: "", heardOn: null };
  const naming = () => refusalOf(execute(t.kernel, reassignHandler, byPerson(t, caseId, s.officer), named));
  const offered = async () =>
    (await candidates(t.kernel, s.signer, { caseId, role: "handler" })).find((p) => p.id === s.handler.personId)
      ?.refusals;
  expect(await naming()).toEqual([]);
  expect(await offered()).toEqual([]);
  await rows(
    t,
    "insert into kernel.case_links (id, case_id, other_case_id, kind, at) values ($1, $2, $3, 'mergedInto', $4)",
    [t.kernel.newId(), joined, caseId, t.clock.now],
  );
  expect(await naming()).toEqual(["handler.decidedBefore"]);

  await rows(
    t,
    "insert into kernel.case_actors (case_id, person_id, part, level, at) values ($1, $2, 'signer', 'handle', $3)",
    [caseId, s.handler.personId, t.clock.now],
  );
  expect(await offered()).toContain("handler.decidedBefore");
});

test("a petition is not handled by whoever filed it", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const caseId = await filedBy(t, s.handler);
  await rows(t, "update kernel.cases set status = 'accepted' where id = $1", [caseId]);
  const named = { handlerId: s.handler.personId, plan: "", heardOn: null };
  expect(await refusalOf(execute(t.kernel, assignHandler, byPerson(t, caseId, s.officer), named))).toEqual([
    "handler.free",
  ]);
  const offered = await candidates(t.kernel, s.officer, { caseId, role: "handler" });
  expect(offered.find((p) => p.id === s.handler.personId)?.refusals).toContain("recused");
});

test("the petitioner asks that his handler stand out: he is out while it is open, and reads the decision in words", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const filed = await file(t);
  expect(
    await refusalOf(execute(t.kernel, askRecusal, byPetitioner(t, filed), { personId: null, reason: "同乡" })),
  ).toEqual(["recusal.noHandler"]);
  const caseId = await inHandling(t, s);
  const ask = () =>
    execute(t.kernel, askRecusal, byPetitioner(t, caseId), { personId: null, reason: "承办人是对方同乡" });
  const decide = (who: Actor, granted: boolean) =>
    decideRecusal(t.kernel, byPerson(t, caseId, who), { personId: s.handler.personId, granted, reason: "已经核实" });

  await ask();
  expect(await sees(t, s.handler, caseId)).toBe(false);
  expect((await readCase(t.kernel, s.signer, caseId)).recusals).toMatchObject([
    { source: "petitioner", state: "asked", reason: "承办人是对方同乡", mayDecide: true },
  ]);
  expect(await refusalOf(ask())).toEqual(["recusal.standsOut"]);
  expect(await refusalOf(decide(s.officer, false))).toEqual(["forbidden"]);

  await decide(s.signer, false);
  expect(await sees(t, s.handler, caseId)).toBe(true);
  const own = await readPetitionerCase(t.kernel, caseId);
  expect(own.recusalsAsked).toMatchObject([{ state: "refused" }]);
  expect(own.thread.at(-1)).toMatchObject({ from: "office", text: "已经核实" });
  // he who came back finds the decision, and not what was said against him
  expect(JSON.stringify(await readCase(t.kernel, s.handler, caseId))).not.toContain("同乡");
  expect(await refusalOf(ask())).toEqual(["recusal.askedBefore"]);

  await decide(s.signer, true);
  expect(await sees(t, s.handler, caseId)).toBe(false);
  expect((await readCase(t.kernel, s.signer, caseId)).handler).toBeNull();
});

test("the clerk takes it down for him; on the unit's leader the leader above decides", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const above = await t.person("旅长", "brigade", [{ role: "signer", unit: "brigade", subtree: true }]);
  const caseId = await inHandling(t, s);
  const asking = (personId: string) =>
    execute(t.kernel, askRecusalFor, byPerson(t, caseId, s.clerk), { personId, reason: "来访人认为营长与此事有关" });
  expect(await refusalOf(asking(t.kernel.newId()))).toEqual(["person.notFound"]);
  await asking(s.signer.personId);
  const decision = { personId: s.signer.personId, granted: true, reason: "由旅里签发" };
  expect(await refusalOf(decideRecusal(t.kernel, byPerson(t, caseId, s.signer), decision))).toEqual(["case.notFound"]);
  expect(await refusalOf(decideRecusal(t.kernel, byPerson(t, caseId, s.clerk), decision))).toEqual(["forbidden"]);
  await decideRecusal(t.kernel, byPerson(t, caseId, above), decision);
  expect(await sees(t, s.signer, caseId)).toBe(false);
  expect((await readPetitionerCase(t.kernel, caseId)).recusalsAsked).toMatchObject([{ state: "granted" }]);
});

/** Named without an account: at the counter, or of his own accord later. */
const named = async (t: TestKernel, who: Actor) => ({
  anonymity: "confidential" as const,
  petitioner: {
    name: who.name,
    kind: "soldier",
    contact: "1",
    filingFor: "self",
    // as people write it
    serviceNo: ` ${(await rows<{ no: string }>(t, "select upper(username) as no from kernel.people where id = $1", [who.personId]))[0]?.no} `,
  } as never,
});

test("kin of somebody who files at the counter stand out by his service number, which is kept nowhere", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const petitioner = await t.person("来信人", "second", []);
  await declareKin(t.kernel, s.officer, petitioner.personId);

  const anonymous = await file(t, { ...(await named(t, petitioner)), anonymity: "anonymous" });
  const unknown = await file(t, { ...(await named(t, petitioner)), petitioner: undefined });
  const caseId = await file(t, { ...(await named(t, petitioner)), via: "visit" });

  expect(await sees(t, s.officer, anonymous)).toBe(true);
  expect(await sees(t, s.officer, unknown)).toBe(true);
  expect(await sees(t, s.officer, caseId)).toBe(false);
  expect(await sees(t, s.signer, caseId)).toBe(true);
  const said = JSON.stringify([
    await rows(t, "select * from kernel.recusals where case_id = $1", [caseId]),
    await rows(t, "select * from kernel.party_links"),
    await rows(t, "select body from kernel.ledger where stream = $1", [caseId]),
  ]);
  expect(said).not.toContain(petitioner.personId);
});

test("kin stand out when somebody says later who he is; who handled it is its handler no more", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const petitioner = await t.person("来信人", "second", []);
  await declareKin(t.kernel, petitioner, s.handler.personId);
  const caseId = await inHandling(t, s);
  expect(await sees(t, s.handler, caseId)).toBe(true);

  await execute(t.kernel, identifyLater, byPetitioner(t, caseId), await named(t, petitioner));

  expect(await sees(t, s.handler, caseId)).toBe(false);
  expect(await sees(t, s.officer, caseId)).toBe(true);
  expect(await rows(t, "select handler_id from kernel.cases where id = $1", [caseId])).toEqual([{ handler_id: null }]);
});

test("who comes into conflict by a list of people that is taken in stands out; a trial of it changes nothing", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const admin = await t.person("管理", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const accused = await t.person("被反映人", "second", []);
  const caseId = await file(t);
  await register(t, s, caseId, { respondents: [{ kind: "person", personId: accused.personId }] });
  await rows(t, "update kernel.people set username = 'gb-0001' where id = $1", [s.officer.personId]);
  const list = [{ username: "gb-0001", name: s.officer.name, kind: "officer", unit: "second" }];

  await importPeople(t.kernel, admin, { rows: list, apply: false });
  expect(await sees(t, s.officer, caseId)).toBe(true);
  expect(await importPeople(t.kernel, admin, { rows: list, apply: true })).toMatchObject({ counts: { update: 1 } });
  expect(await sees(t, s.officer, caseId)).toBe(false);
});

test("who comes into conflict later, by moving or by a new duty, stands out from then on", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const accused = await t.person("被反映人", "second", []);
  const caseId = await file(t);
  await register(t, s, caseId, { respondents: [{ kind: "person", personId: accused.personId }] });
  await standOutSince(t.kernel, s.officer.personId);
  expect(await sees(t, s.officer, caseId)).toBe(true);

  await rows(t, "update kernel.people set unit_id = $2 where id = $1", [s.officer.personId, t.units.second]);
  await standOutSince(t.kernel, s.officer.personId);
  expect(await sees(t, s.officer, caseId)).toBe(false);

  await rows(
    t,
    "insert into kernel.role_grants (id, person_id, role, unit_id, subtree, valid_from, at) values ($1, $2, 'signer', $3, false, '2020-01-01', $4)",
    [t.kernel.newId(), s.handler.personId, t.units.second, t.clock.now],
  );
  await standOutSince(t.kernel, s.handler.personId);
  expect(await sees(t, s.handler, caseId)).toBe(false);
});
