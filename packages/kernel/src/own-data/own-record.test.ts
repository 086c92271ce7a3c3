import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { inChange } from "../change.ts";
import { saveShift } from "../duty/roster.ts";
import { peopleHandlers } from "../people/handlers.ts";
import { execute } from "../pipeline/execute.ts";
import { declareKin } from "../recusal/declare-kin.ts";
import { askRecusal, declareRecusal } from "../recusal/recusal.ts";
import { sessionHandlers } from "../session/handlers.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, file, inHandling, register, rows, staffOf } from "../testing/story.ts";

const as = (t: TestKernel, actor: Actor | undefined) =>
  caller(t.kernel, { session: sessionHandlers, people: peopleHandlers })(actor);
const pageOf = async (t: TestKernel, actor: Actor) => {
  const { fileName, html } = await as(t, actor).session.exportRecord({});
  return { fileName, page: Buffer.from(html, "base64").toString("utf8") };
};

test("somebody of the staff sees what is held on himself: roles that are over too, duty, kin, recusals, what he did", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const admin = await t.person("管理", "first", [{ role: "unitAdmin", unit: "first", subtree: true }]);
  const { people } = as(t, admin);
  const me = s.handler;
  const given = { personId: me.personId, role: "mediator", unitId: t.units.first, why: "接替<调解员>岗位" } as const;
  const { grants } = await people.grant(given);
  await people.revoke({ grantId: grants.find((grant) => grant.role === "mediator")?.id ?? "", why: "调离" });
  await inChange(t.kernel, "system", (change) =>
    saveShift(change, me, {
      unitId: t.units.first,
      personId: me.personId,
      from: "2026-03-02T08:00",
      until: "2026-03-02T20:00",
    }),
  );
  await declareKin(t.kernel, me, s.officer.personId);
  const caseId = await inHandling(t, s);
  await declareRecusal(t.kernel, byPerson(t, caseId, me), "来信人是我的邻居");

  const record = await as(t, me).session.record({});

  expect(record.person).toMatchObject({ name: me.name, username: me.username, mail: null });
  expect(record.grants.find((grant) => grant.role === "mediator")).toMatchObject({
    roleName: { "zh-CN": "调解员", en: "mediator" },
    why: given.why,
    grantedBy: "管理",
    revokedOn: expect.stringMatching(/^2026-/),
  });
  expect(record.grants).toContainEqual(expect.objectContaining({ role: "handler", revokedOn: null }));
  expect(record.duty).toMatchObject([{ from: "2026-03-02T00:00:00.000Z", removed: false }]);
  expect(record.kin).toMatchObject([{ name: s.officer.name }]);
  expect(record.recusals).toHaveLength(1);
  expect(record.acts.map((act) => act.type)).toEqual(expect.arrayContaining(["kin.declared", "recusal.declared"]));
  expect(record.actsComplete).toBe(true);

  const { fileName, page } = await pageOf(t, me);
  expect(fileName).toBe("doorstep-record.html");
  for (const word of [
    "关于本人的记录",
    "What is held on me",
    "接替&#60;调解员&#62;岗位",
    "revoked 2026-",
    s.officer.name,
  ])
    expect([word, page.includes(word)]).toEqual([word, true]);
  expect(page).not.toContain("<调解员>");
  expect(JSON.parse(page.match(/id="data">(.*?)<\/script>/s)?.[1] ?? "null")).toMatchObject({
    person: { name: me.name },
    grants: expect.arrayContaining([expect.objectContaining({ why: given.why })]),
  });
  expect(page).not.toContain("来信人是我的邻居");
  const written = await rows<{ actor: string; body: string }>(
    t,
    "select actor, body from kernel.ledger where type = 'data.exported'",
  );
  expect(written).toMatchObject([{ actor: `person:${me.personId}` }]);
  expect(written[0]?.body).not.toContain(me.name);
});

test("neither a petition about him, nor a wish that he stand out, nor his own petition can be told from it", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const accused = await t.person("连长", "company", []);
  const calm = JSON.stringify(await as(t, accused).session.record({}));
  const handlers = await as(t, s.handler).session.record({});
  await file(t, {}, { actor: `person:${accused.personId}`, petitionerId: accused.personId });
  const about = await file(t);
  await register(t, s, about, { respondents: [{ kind: "person", personId: accused.personId }] });
  const running = await inHandling(t, s);
  await execute(t.kernel, askRecusal, byPetitioner(t, running), { personId: null, reason: "他是我的连长" });
  const found = await rows(t, "select source from kernel.recusals order by source");

  expect(found).toEqual([{ source: "computed" }, { source: "petitioner" }]);
  expect(JSON.stringify(await as(t, accused).session.record({}))).toBe(calm);
  expect((await as(t, s.handler).session.record({})).recusals).toEqual(handlers.recusals);
  expect((await pageOf(t, accused)).page).not.toContain(about);
});

test("a declaration of his own stays in it when the petitioner asks for the same later; acts are counted out", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const caseId = await inHandling(t, s);
  await declareRecusal(t.kernel, byPerson(t, caseId, s.handler), "邻居");
  await rows(t, "update kernel.recusals set source = 'petitioner'");
  expect((await as(t, s.handler).session.record({})).recusals).toHaveLength(1);
  for (let n = 0; n < 51; n += 1) await pageOf(t, s.handler);
  const { acts, actsComplete } = await as(t, s.handler).session.record({});
  expect([acts.length, actsComplete]).toEqual([50, false]);
});

test("nobody without an account asks for a record", async () => {
  await using t = await openTestKernel();
  expect(await refusalOf(as(t, undefined).session.record({}))).toBe("unauthorized");
  expect(await refusalOf(as(t, undefined).session.exportRecord({}))).toBe("unauthorized");
});
