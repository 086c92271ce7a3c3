import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "./server.ts";

let host: TestHost<typeof server>;
type Rpc = ReturnType<TestHost<typeof server>["as"]>;
let nobody: Rpc;
let soldier: Rpc;
let leader: Rpc;
let officer: Rpc;

const refused = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return "done";
  } catch (error) {
    const { data } = error as { data?: { code: string; params: { reason?: string } } };
    return data?.params.reason ?? data?.code ?? error;
  }
};
const key = () => crypto.randomUUID();

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, ".."), now: "2026-03-02T02:00:00.000Z" });
  for (const [unit, { id }] of Object.entries(host.units))
    await host.kernelSql(
      "insert into kernel.offices (id, unit_id, kind, name_zh, name_en, phone, valid_from) select gen_random_uuid(), $1, k, $2, $2, '010-1000', '2020-01-01' from unnest(array['petitionOffice', 'disciplineOrgan']) as k",
      [id, unit],
    );
  nobody = host.as(null, "first");
  soldier = host.as("petitioner", "first");
  leader = host.as("signer", "first");
  officer = host.as("officer", "first");
  // whoever holds a role stands in the house once he has called
  for (const role of ["signer", "chargeLeader"] as const)
    for (const unit of ["first", "brigade"] as const) await host.as(role, unit).letters.query();
  await host.as("supervisor", "first").mailboxes.query();
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const table of ["underway", "letters", "mailboxes"]) await host.sql(`delete from p_leader_mailbox.${table}`);
  for (const table of ["notifications", "plugin_file"]) await host.kernelSql(`delete from kernel.${table}`);
});

const leaders = async (role: string) =>
  String(
    (
      await host.kernelSql(
        "select person_id as id from kernel.role_grants where role = $1 and unit_id = $2 order by at limit 1",
        [role, host.units.first.id],
      )
    )[0]?.id,
  );
const opened = async (more: object = {}) =>
  (
    await officer.open.mutate({
      ...{ leaderId: await leaders("signer"), post: "营长", portfolio: "全面工作", deputyId: null },
      ...more,
    })
  ).mailboxId;
const BODY = "  首长：\n\n三号楼没有热水，\t已经两个冬天。\n";
const words = (mailboxId: string, more: object = {}) =>
  ({
    ...{ mailboxId, key: key(), purpose: "solve", title: "三号楼没有热水", body: BODY, desiredOutcome: "修好锅炉" },
    ...{ aboutLeader: false, urgentSafety: false, anonymity: "anonymous", person: null, ...more },
  }) as never;
const person = { name: "写信人甲", kind: "conscript", contact: "13900000001" };
const caseOf = async (caseNo: string) =>
  (
    await host.kernelSql(
      "select id, confidentiality, anonymity, channel_key, holder_unit_id as holder from kernel.cases where case_no = $1",
      [caseNo],
    )
  )[0];
const told = async () =>
  (
    await host.kernelSql(
      "select distinct params->>'en' as en from kernel.notifications where kind = 'module' order by 1",
    )
  ).map((one) => String(one.en));
const files = async () => (await host.kernelSql("select id from kernel.plugin_file")).length;

test("what is written reaches the leader word for word, is read once, and whoever wrote it is told", async () => {
  const mailboxId = await opened();
  expect((await nobody.mailboxes.query()).mailboxes).toMatchObject([
    { mailboxId, post: "营长", portfolio: "全面工作" },
  ]);
  const pressed = words(mailboxId, { anonymity: "confidential", person });
  const filed = await soldier.write.mutate(pressed);
  expect(filed).toMatchObject({ delivered: true, returnCode: expect.stringContaining("-") });
  expect(await soldier.write.mutate(pressed)).toMatchObject({ caseNo: filed.caseNo });
  expect(await files()).toBe(1);
  expect(await caseOf(filed.caseNo)).toMatchObject({
    ...{ anonymity: "confidential", channel_key: "leader-mailbox/mailbox", holder: host.units.first.id },
  });

  await host.advance({ hours: 1 });
  const [letter] = await leader.letters.query();
  expect(letter).toMatchObject({ caseNo: filed.caseNo, readOn: null, late: false, dueOn: "2026-03-05" });
  const letterId = String(letter?.letterId);
  const shown = await leader.letter.query({ letterId });
  expect(shown.words).toEqual({ title: "三号楼没有热水", body: BODY, desiredOutcome: "修好锅炉" });
  expect(JSON.stringify(shown)).not.toContain("写信人甲");
  expect(await told()).toEqual(["1 letters in your mailbox wait to be read."]);

  await leader.read.mutate({ letterId });
  expect(await refused(leader.read.mutate({ letterId }))).toBe("read");
  expect((await leader.letters.query())[0]).toMatchObject({ readOn: expect.any(String) });
  for (let n = 0; n < 2; n++) await host.advance({ hours: 1 });
  const said = await host.kernelSql(
    "select m.author, m.visibility, m.text from kernel.messages m join kernel.cases c on c.id = m.case_id where c.case_no = $1",
    [filed.caseNo],
  );
  expect(said).toEqual([
    { author: "system", visibility: "petitioner", text: "您写给首长的信，首长已于2026-03-02阅读。" },
  ]);
  const clocks = await host.kernelSql(
    "select state from kernel.module_clocks k join kernel.cases c on c.id = k.case_id where c.case_no = $1",
    [filed.caseNo],
  );
  expect(clocks).toEqual([{ state: "stopped" }]);
});

test("an accusation, and what is about the leader himself, go past him, and the mailbox knows nothing of them", async () => {
  const mailboxId = await opened();
  const accusation = await nobody.write.mutate(words(mailboxId, { purpose: "accuse" }));
  expect(accusation.delivered).toBe(false);
  expect(await caseOf(accusation.caseNo)).toMatchObject({ confidentiality: 3 });
  const about = await nobody.write.mutate(words(mailboxId, { aboutLeader: true }));
  expect(about.delivered).toBe(false);
  expect(await caseOf(about.caseNo)).toMatchObject({ holder: host.units.brigade.id });
  expect([await leader.letters.query(), await files()]).toEqual([[], 0]);
  expect(await host.sql("select * from p_leader_mailbox.letters")).toEqual([]);
});

test("what turns out to be about the leader, or an accusation, is no longer his to see", async () => {
  const mailboxId = await opened();
  const { caseNo } = await nobody.write.mutate(words(mailboxId));
  const [letter] = await leader.letters.query();
  const letterId = String(letter?.letterId);
  const { id } = (await caseOf(caseNo)) ?? {};
  await host.kernelSql(
    "insert into kernel.recusals (person_id, case_id, source, state, at) values ($2, $1, 'computed', 'granted', now())",
    [id, await leaders("signer")],
  );
  expect(await leader.letters.query()).toEqual([]);
  expect(await refused(leader.letter.query({ letterId }))).toBe("notFound");
  expect(await refused(leader.read.mutate({ letterId }))).toBe("notFound");

  await host.kernelSql("update kernel.cases set confidentiality = 3 where id = $1", [id]);
  await host.advance({ hours: 1 });
  expect(await host.sql("select * from p_leader_mailbox.letters")).toEqual([]);
  expect(await files()).toBe(0);
});

test("who may do what is checked; a deputy reads for the leader, nobody else does", async () => {
  const deputyId = await leaders("chargeLeader");
  const mailboxId = await opened({ deputyId });
  await nobody.write.mutate(words(mailboxId));
  const deputy = host.as("chargeLeader", "first");
  const [letter] = await deputy.letters.query();
  const letterId = String(letter?.letterId);
  const other = host.as("chargeLeader", "brigade");
  const [leaderId, officerId] = [await leaders("signer"), await leaders("officer")];
  const box = { leaderId, post: "营长", portfolio: "", deputyId: null };
  for (const [work, reason] of [
    [() => other.letter.query({ letterId }), "notFound"],
    [() => other.read.mutate({ letterId }), "notFound"],
    [() => officer.letters.query(), "forbidden"],
    [() => officer.letter.query({ letterId }), "forbidden"],
    [() => host.as("clerk", "first").letters.query(), "forbidden"],
    [() => host.as("clerk", "first").close.mutate({ mailboxId }), "forbidden"],
    [() => leader.close.mutate({ mailboxId }), "forbidden"],
    [() => leader.arranged.query(), "forbidden"],
    [() => leader.leaders.query(), "forbidden"],
    [() => leader.open.mutate(box), "forbidden"],
    [() => officer.open.mutate(box), "already"],
    [() => officer.open.mutate({ ...box, leaderId: officerId }), "leader"],
    [() => officer.open.mutate({ ...box, deputyId: leaderId }), "leader"],
    [() => officer.open.mutate({ ...box, deputyId: key() }), "leader"],
    [() => host.as("officer", "second").close.mutate({ mailboxId }), "noMailbox"],
    [() => host.as("petitioner", "second").write.mutate(words(mailboxId)), "noMailbox"],
    [() => nobody.write.mutate(words(key())), "noMailbox"],
    [() => nobody.write.mutate(words(mailboxId, { body: "短" })), "input.invalid"],
    [() => nobody.write.mutate(words(mailboxId, { anonymity: "named" })), "input.invalid"],
    [() => nobody.letters.query(), "unauthorized"],
  ] as const)
    expect([String(work), reason, await refused(work())]).toEqual([String(work), reason, reason]);
  expect(await other.letters.query()).toEqual([]);

  expect(JSON.stringify(await officer.arranged.query())).not.toContain("热水");
  await officer.close.mutate({ mailboxId });
  expect(await refused(officer.close.mutate({ mailboxId }))).toBe("noMailbox");
  expect(await refused(nobody.write.mutate(words(mailboxId)))).toBe("noMailbox");
  // what was delivered stays with whoever has to read it
  await deputy.read.mutate({ letterId });
  expect((await leader.letters.query())[0]).toMatchObject({ readOn: expect.any(String) });
});

test("a unit takes only what comes by name", async () => {
  const mailboxId = await opened();
  await host.enable("first", { anonymous: false });
  expect(await refused(nobody.write.mutate(words(mailboxId)))).toBe("named");
  expect(await refused(nobody.write.mutate(words(mailboxId, { anonymity: "named", person })))).toBe("done");
  await host.enable("first", { anonymous: true });
});

test("what is not read in time, and a mailbox that has gone quiet, are told to the level above", async () => {
  const mailboxId = await opened();
  await nobody.write.mutate(words(mailboxId));
  await host.advance({ hours: 1 });
  await host.advance({ days: 3 });
  expect(await told()).not.toContain(
    "1 letters in a leader's mailbox of first unit were not read in time. Please look into it.",
  );
  await host.advance({ days: 1 });
  const unread = await host.kernelSql(
    "select distinct recipient from kernel.notifications where kind = 'module' and params->>'en' like '%not read in time%'",
  );
  expect(unread.map((one) => one.recipient).sort()).toEqual(await above());
  const [letter] = await leader.letters.query();
  expect(letter).toMatchObject({ late: true });
  await leader.read.mutate({ letterId: String(letter?.letterId) });

  for (let n = 0; n < 2; n++) await host.advance({ days: 27 });
  expect((await told()).filter((one) => one.includes("has had no letter"))).toEqual([]);
  await host.advance({ days: 3 });
  expect((await told()).filter((one) => one.includes("mailbox of first unit has had no letter"))).toHaveLength(1);
});

test("a unit's mailbox is a matter of the level above it today, wherever it stood when the mailbox was opened", async () => {
  await opened();
  const { first, brigade, second } = host.units;
  await host.as("chargeLeader", "second").letters.query();
  const under = "update kernel.units set parent_id = $2, path = array[$3::uuid, $2::uuid, $1::uuid] where id = $1";
  await host.kernelSql(under, [first.id, second.id, brigade.id]);
  for (let n = 0; n < 2; n++) await host.advance({ days: 31 });
  const quiet = await host.kernelSql(
    "select distinct recipient from kernel.notifications where kind = 'module' and params->>'en' like '%has had no letter%'",
  );
  const told = quiet.map((one) => String(one.recipient));
  await host.kernelSql("update kernel.units set parent_id = $2, path = array[$2::uuid, $1::uuid] where id = $1", [
    ...[first.id, brigade.id],
  ]);
  const leads = (unit: { readonly id: string }) =>
    host.kernelSql("select person_id from kernel.role_grants where role = 'chargeLeader' and unit_id = $1", [unit.id]);
  const [now, before] = await Promise.all([leads(second), leads(brigade)]);
  expect(now.every((one) => told.includes(String(one.person_id)))).toBe(true);
  expect(before.some((one) => told.includes(String(one.person_id)))).toBe(false);
});

test("what was routed away before it was read is called for no more, which is told above; back again it waits by its old day", async () => {
  const MOVED =
    "A letter to a leader of first unit was routed to another unit before he had read it. Check whether that was right.";
  const LATE = "1 letters in a leader's mailbox of first unit were not read in time. Please look into it.";
  const { caseNo } = await nobody.write.mutate(words(await opened()));
  await host.advance({ hours: 1 });
  const { id } = (await caseOf(caseNo)) ?? {};
  const hold = (unit: { readonly id: string }) =>
    host.kernelSql("update kernel.cases set holder_unit_id = $2 where id = $1", [id, unit.id]);
  const letter = async () => (await host.sql("select due_on::text as due, moved_at from p_leader_mailbox.letters"))[0];
  const due = (await letter())?.due;
  await hold(host.units.second);
  // the unit's own work and that of the unit above run in no certain order
  for (let n = 0; n < 2; n++) await host.advance({ hours: 1 });
  expect(await letter()).toEqual({ due, moved_at: expect.any(Date) });
  const who = await host.kernelSql(
    "select distinct recipient from kernel.notifications where kind = 'module' and params->>'en' = $1",
    [MOVED],
  );
  expect(who.map((one) => one.recipient).sort()).toEqual(await above());
  await host.advance({ days: 12 });
  expect(await told()).not.toContain(LATE);

  await hold(host.units.first);
  for (let n = 0; n < 2; n++) await host.advance({ hours: 1 });
  expect(await letter()).toEqual({ due, moved_at: null });
  expect(await told()).toContain(LATE);
});

/** Whoever supervises the unit, and who takes cases one level up. */
async function above(): Promise<readonly string[]> {
  const rows = await host.kernelSql(
    "select distinct person_id as id from kernel.role_grants where (role = 'supervisor' and unit_id = $1) or (role = 'chargeLeader' and unit_id = $2)",
    [host.units.first.id, host.units.brigade.id],
  );
  return rows.map((one) => String(one.id)).sort();
}

test("what was filed when the server stopped reaches the mailbox by itself, once, and what was refused leaves nothing", async () => {
  const mailboxId = await opened();
  const pressed = words(mailboxId, { title: "断电时写的信" });
  await host.kernelSql("alter table p_leader_mailbox.letters add constraint stopped check (case_id is null) not valid");
  expect(await refused(nobody.write.mutate(pressed))).not.toBe("done");
  await host.kernelSql("alter table p_leader_mailbox.letters drop constraint stopped");
  expect(await host.kernelSql("select 1 from kernel.cases where title = '断电时写的信'")).toHaveLength(1);
  expect(await leader.letters.query()).toEqual([]);

  await host.advance({ minutes: 6 });
  const [letter, ...more] = await leader.letters.query();
  expect([letter?.late, more]).toEqual([false, []]);
  const shown = await leader.letter.query({ letterId: String(letter?.letterId) });
  expect(shown.words).toMatchObject({ title: "断电时写的信", body: BODY });
  expect(await nobody.write.mutate(pressed)).toMatchObject({ delivered: true, caseNo: letter?.caseNo });
  await host.advance({ minutes: 6 });
  expect([await leader.letters.query(), await files()]).toMatchObject([[{ caseNo: letter?.caseNo }], 1]);

  await host.sql(
    "insert into p_leader_mailbox.underway select gen_random_uuid(), $1, gen_random_uuid(), 'zh-CN', true, $2::timestamptz",
    [mailboxId, "2026-03-02T00:00:00Z"],
  );
  const reused = words(mailboxId, { title: "同一钥匙的另一封信", key: (pressed as { key: string }).key });
  expect(await refused(nobody.write.mutate(reused))).toBe("key.reused");
  await host.advance({ minutes: 6 });
  expect([await host.sql("select * from p_leader_mailbox.underway"), await files()]).toEqual([[], 1]);
});
