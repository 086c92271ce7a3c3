import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "./server.ts";

let host: TestHost<typeof server>;
type Rpc = ReturnType<TestHost<typeof server>["as"]>;
let starter: Rpc;
let soldier: Rpc;
let nobody: Rpc;

const refused = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return "done";
  } catch (error) {
    const { data } = error as { data?: { code: string; params: { reason?: string } } };
    return data?.params.reason ?? data?.code ?? error;
  }
};
const told = async () =>
  (
    await host.kernelSql("select params->>'en' as en from kernel.notifications where kind = 'module' order by at, id")
  ).map((row) => row.en);
const key = () => crypto.randomUUID();

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, ".."), now: "2026-03-02T02:00:00.000Z" });
  starter = host.as("petitioner", "company", "first");
  soldier = host.as("petitioner", "first");
  nobody = host.as(null, "first");
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(async () => {
  await host.sql("delete from p_joint_petition.drafts");
  for (const table of ["notifications", "plugin_file"]) await host.kernelSql(`delete from kernel.${table}`);
});

const text = (more: object = {}) =>
  ({
    ...{ purpose: "solve", title: "三号楼没有热水", body: "三号楼两个冬天没有热水。", desiredOutcome: "修好锅炉" },
    ...{ anonymity: "named", kind: "conscript", contact: "13900000001", key: key(), ...more },
  }) as const;
const begun = async (by: Rpc = starter) => {
  const { draftId } = await by.begin.mutate(text() as never);
  return { draftId, ...(await by.own.query({ draftId })) };
};
const name = (code: string, more: object = {}) =>
  ({ code, name: "联名人甲", kind: "conscript", contact: "13800000001", key: key(), ...more }) as never;

test("several sign one text, representatives agree, one files: each has a code, and the module forgets who", async () => {
  const pressed = key();
  const { draftId } = await starter.begin.mutate(text({ key: pressed }) as never);
  expect(await starter.begin.mutate(text({ key: pressed }) as never)).toEqual({ draftId });
  const { signCode, speakCode } = await starter.own.query({ draftId });
  expect(await nobody.look.mutate({ code: signCode.toLowerCase().replaceAll("-", " ") })).toMatchObject({
    ...{ as: "invited", represents: false, signed: 1, representatives: 1, state: "open" },
    words: { title: "三号楼没有热水" },
  });
  expect(await nobody.look.mutate({ code: speakCode })).toMatchObject({ represents: true });
  const again = key();
  const { code } = await nobody.sign.mutate(name(signCode, { key: again }));
  // pressed again it is the same signature and the same code
  expect(await nobody.sign.mutate(name(signCode, { key: again }))).toEqual({ code });
  await soldier.sign.mutate(name(speakCode));
  expect(await soldier.mine.query()).toMatchObject([
    { draftId, began: false, signed: 3, representatives: 2, agreed: 1 },
  ]);
  const seen = await nobody.look.mutate({ code });
  expect(seen).toMatchObject({ as: "signed", represents: false, signed: 3 });
  expect(JSON.stringify([seen, await starter.own.query({ draftId })])).not.toMatch(/联名人甲|petitioner/);

  expect(await refused(starter.file.mutate({ draftId }))).toBe("notAgreed");
  await soldier.agree.mutate({ pass: { draftId }, yes: true });
  await host.advance({ hours: 2 });
  expect(await told()).toEqual(["All representatives agree that your joint petition is filed."]);
  const filed = await starter.file.mutate({ draftId });
  expect(filed).toMatchObject({ signed: 3, unit: { en: "first unit" } });

  const [petition] = await host.kernelSql(
    "select c.headcount, c.channel_key, (select count(*)::int from kernel.mandates m where m.case_id = c.id) as codes, (select count(*)::int from kernel.party_links l where l.case_id = c.id) as people from kernel.cases c where case_no = $1",
    [filed.caseNo],
  );
  expect(petition).toEqual({ headcount: 3, channel_key: "joint-petition/joint", codes: 2, people: 3 });
  expect(await host.sql("select * from p_joint_petition.signatures")).toEqual([]);
  expect(await host.sql("select starter_id, words_file, file_key, state, signed from p_joint_petition.drafts")).toEqual(
    [{ starter_id: null, words_file: null, file_key: null, state: "filed", signed: 3 }],
  );
  expect(await host.kernelSql("select id from kernel.plugin_file")).toEqual([]);

  // whoever still has an invitation reads that it is filed, and no word of it
  expect(await nobody.look.mutate({ code: signCode })).toMatchObject({ state: "filed", words: null, signed: 3 });
  expect(await refused(nobody.sign.mutate(name(signCode)))).toBe("filed");
  expect(await refused(nobody.unsign.mutate({ code }))).toBe("code");
  expect(await refused(starter.file.mutate({ draftId }))).toBe("notFound");
});

test("a name is taken off by whoever put it there, with the code or the account, and by nobody else", async () => {
  const { draftId, signCode, speakCode } = await begun();
  const { code } = await nobody.sign.mutate(name(signCode));
  await soldier.sign.mutate(name(speakCode));
  expect(await refused(starter.unsign.mutate({ draftId }))).toBe("notFound");
  expect(await refused(nobody.unsign.mutate({ draftId }))).toBe("notFound");
  expect(await refused(nobody.unsign.mutate({ code: signCode }))).toBe("code");
  expect(await refused(soldier.signature.query({ draftId: key() }))).toBe("notFound");
  expect(await soldier.signature.query({ draftId })).toMatchObject({ represents: true, agreedByMe: false });

  await nobody.unsign.mutate({ code: code.toLowerCase() });
  await soldier.unsign.mutate({ draftId });

  expect(await starter.own.query({ draftId })).toMatchObject({ signed: 1, representatives: 1 });
  expect(await host.kernelSql("select id from kernel.plugin_file")).toHaveLength(1);
  expect(await refused(starter.file.mutate({ draftId }))).toBe("alone");
});

test("who may sign, speak, agree and file is checked; at most five speak, and nobody signs twice by an account", async () => {
  const { draftId, signCode, speakCode } = await begun();
  const { code } = await nobody.sign.mutate(name(signCode));
  const speakers = await Promise.all([2, 3, 4, 5].map(() => nobody.sign.mutate(name(speakCode))));
  for (const pass of speakers) await nobody.agree.mutate({ pass, yes: true });
  expect(await starter.own.query({ draftId })).toMatchObject({ representatives: 5, agreed: 5 });
  await nobody.agree.mutate({ pass: speakers[0] ?? { code }, yes: false });
  await soldier.sign.mutate(name(signCode));
  for (const [work, reason] of [
    [() => nobody.begin.mutate(text() as never), "unauthorized"],
    [() => starter.begin.mutate(text({ purpose: "accuse" }) as never), "input.invalid"],
    [() => nobody.sign.mutate(name(speakCode)), "speakers"],
    [() => nobody.sign.mutate(name("0000-0000-0000")), "code"],
    [() => nobody.look.mutate({ code: "short" }), "code"],
    [() => soldier.sign.mutate(name(signCode)), "twice"],
    [() => starter.sign.mutate(name(signCode)), "twice"],
    [() => nobody.agree.mutate({ pass: { code }, yes: true }), "notSpeaker"],
    [() => soldier.own.query({ draftId }), "notFound"],
    [() => soldier.file.mutate({ draftId }), "notFound"],
    [() => soldier.drop.mutate({ draftId }), "notFound"],
    [() => starter.file.mutate({ draftId }), "notAgreed"],
    [() => host.as("petitioner", "company", "second").file.mutate({ draftId }), "elsewhere"],
  ] as const)
    expect([reason, await refused(work())]).toEqual([reason, reason]);
  await host.enable("first", { mostSigners: 7 });
  expect(await refused(nobody.sign.mutate(name(signCode)))).toBe("full");
});

test("where filing is refused the text stays open; of two who press at once there is one petition", async () => {
  const { draftId, signCode } = await begun();
  await nobody.sign.mutate(name(signCode));
  await host.kernelSql("update kernel.units set valid_until = '2026-03-01' where id = $1", [host.units.first.id]);
  expect(await refused(starter.file.mutate({ draftId }))).toBe("unit.retired");
  await host.kernelSql("update kernel.units set valid_until = null where id = $1", [host.units.first.id]);
  expect(await starter.own.query({ draftId })).toMatchObject({ state: "open", signed: 2 });

  const before = await host.kernelSql("select id from kernel.cases");
  const outcomes = await Promise.all([1, 2, 3].map(() => refused(starter.file.mutate({ draftId }))));
  expect(outcomes).toContain("done");
  expect(await host.kernelSql("select id from kernel.cases")).toHaveLength(before.length + 1);
  expect(await host.sql("select state from p_joint_petition.drafts")).toEqual([{ state: "filed" }]);
});

test("whoever began it hears that its days end, and what nobody filed is deleted with every name", async () => {
  const { draftId, signCode, closesOn } = await begun();
  expect(closesOn).toBe("2026-03-23");
  const given = await begun();
  await starter.drop.mutate({ draftId: given.draftId });
  expect(await starter.mine.query()).toMatchObject([{ draftId, began: true }]);
  await nobody.sign.mutate(name(signCode));
  await host.advance({ days: 19 });
  expect(await told()).toEqual([
    "Your joint petition can be signed until 2026-03-23; 2 have signed. What is not filed by then is deleted.",
  ]);
  await host.advance({ days: 3 });
  expect(await host.sql("select id from p_joint_petition.drafts")).toEqual([]);
  expect(await host.kernelSql("select id from kernel.plugin_file")).toEqual([]);
  expect(await refused(nobody.look.mutate({ code: signCode }))).toBe("code");
});
