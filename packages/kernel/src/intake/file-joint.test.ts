import { kernelContract } from "@doorstep/contracts";
import { expect, test } from "vitest";
import { readCase } from "../cases/read-case.ts";
import { judgeMandate } from "../mandates/acts.ts";
import { rightOver } from "../mandates/mandate.ts";
import { execute } from "../pipeline/execute.ts";
import { prove } from "../proof/prove.ts";
import { casesOfSamePerson } from "../repeats/same-person.ts";
import { createRouter } from "../router.ts";
import { refusalOf as codeOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, handlingOf, refusalOf, reply, rows, staffOf } from "../testing/story.ts";
import { openIdentity } from "../vault/open-identity.ts";
import { type CoSigner, signerCodeOf } from "./co-signers.ts";
import { fileJoint } from "./file-joint.ts";
import { intakeHandlers } from "./handlers.ts";
import { trackCode } from "./track.ts";

const signer = (n: number, more: Partial<CoSigner> = {}): CoSigner => ({
  ...{ secret: `joint:${String(n).padStart(32, "0")}`, name: `联名人甲${n}`, kind: "conscript" as const },
  ...{ contact: `1380000000${n}`, represents: false },
  ...more,
});
const matter = (t: TestKernel, more: object = {}) =>
  ({
    ...{ key: t.key(), unitId: t.units.first, channel: "joint-petition/joint", via: "online", purpose: "solve" },
    ...{ title: "三号楼没有热水", body: "三号楼两个冬天没有热水。", alreadyTried: "", desiredOutcome: "修好锅炉" },
    ...{ concernsLeader: false, urgentSafety: false, anonymity: "named", headcount: 1, fileIds: [], locale: "zh-CN" },
    petitioner: { name: "发起人乙", kind: "conscript", contact: "13900000001", filingFor: "self" },
    ...more,
  }) as never;

// biome-ignore lint/suspicious/noExplicitAny: answers of several procedures.
type Calls = Record<"case" | "message" | "endMandate" | "giveMandate" | "ownData", (input: object) => Promise<any>>;

const reasonsOf = (act: Promise<unknown>): Promise<readonly string[]> =>
  refusalOf(act.catch((error: { readonly cause?: unknown }) => Promise.reject(error.cause)));

/** As a browser into which a code was typed. */
async function byCode(t: TestKernel, code: string): Promise<Calls> {
  const held = await trackCode(t.kernel, t.key(), code);
  const right = await rightOver(t.kernel, held.caseId, held.mandateId);
  return createRouter({ intake: kernelContract.intake }, { intake: intakeHandlers } as never).createCaller({
    ...{ kernel: t.kernel, actor: undefined, requestId: "test", origin: "test", setCodeCase: () => undefined },
    ...{ codeCaseId: held.caseId, codeMandate: right?.mandate ?? undefined },
  } as never).intake as never;
}

test("everybody who signed reads the reply by a code of his own; representatives speak, nobody sees who else signed", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const starter = await t.person("发起人乙", "first", []);
  const signers = [signer(1, { represents: true }), signer(2), signer(3)];
  const filed = await fileJoint(t.kernel, starter, matter(t), signers);
  await handlingOf(t, s, filed.caseId);
  await reply(t, s, filed.caseId);

  const codes = signers.map((one) => signerCodeOf(t.kernel, one.secret));
  expect(new Set([...codes, filed.returnCode]).size).toBe(4);
  const [speaker, follower, other] = (await Promise.all(codes.map((code) => byCode(t, code)))) as [Calls, Calls, Calls];
  for (const one of [speaker, follower, other]) {
    const seen = await one.case({});
    expect(seen.letters.map((letter: { code: string }) => letter.code)).toContain("D14");
    expect(seen).toMatchObject({ caseId: filed.caseId, mandates: [{ relation: "coSigner" }], opened: [] });
    expect(JSON.stringify(seen)).not.toMatch(/联名人甲|发起人乙|1380000000/);
  }
  await speaker.message({ key: t.key(), text: "锅炉还没有人来看", fileIds: [] });
  expect(await reasonsOf(follower.message({ key: t.key(), text: "我也想说", fileIds: [] }))).toEqual(["mandate.scope"]);
  expect(await codeOf(follower.ownData({}))).toBe("mandate.own");

  // whoever filed sees how many speak beside him, and takes no signature away; his own two delegates are left to him
  const petitioner = await byCode(t, filed.returnCode);
  const { mandates } = await petitioner.case({});
  expect(mandates).toMatchObject([{ relation: "coSigner", scope: ["speak", "appeal"] }]);
  const wife = {
    kind: "family",
    relation: "spouse",
    name: "周晓燕",
    contact: "1",
    scope: ["speak"],
    until: "2026-03-30",
  };
  for (const _ of [1, 2]) await petitioner.giveMandate({ key: t.key(), ...wife });
  const [quiet] = (await follower.case({})).mandates;
  for (const one of [mandates[0], quiet])
    expect(await reasonsOf(petitioner.endMandate({ key: t.key(), mandateId: one.id }))).toEqual(["mandate.own"]);
  const judged = { mandateId: quiet.id, verdict: "ended", how: "电话", fileIds: [] as string[] } as const;
  expect(await refusalOf(execute(t.kernel, judgeMandate, byPerson(t, filed.caseId, s.officer), judged))).toEqual([
    "mandate.own",
  ]);
  const desk = await readCase(t.kernel, s.officer, filed.caseId);
  expect(desk.headcount).toBe(4);
  expect(desk.mandates.filter((one) => one.relation === "coSigner")).toHaveLength(1);

  // he alone lays his own down
  await follower.endMandate({ key: t.key(), mandateId: quiet.id });
  expect(await codeOf(trackCode(t.kernel, t.key(), codes[1] ?? ""))).toBe("code.unknown");
  expect(await other.case({})).toMatchObject({ caseId: filed.caseId });

  // the nightly proof misses whoever lost his way otherwise
  const missed = async () => (await prove(t.kernel, { wait: true }))?.counts.signerWithoutWay ?? 0;
  expect(await missed()).toBe(0);
  await rows(t, "update kernel.mandates set ended_at = now(), ended_by = 'office' where relation = 'coSigner'");
  expect(await missed()).toBe(1);
}, 30_000);

test("whoever may open who the petitioner is reads who signed with him, and it is written down like any opening", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const starter = await t.person("发起人乙", "first", []);
  const custodian = await t.person("保管", "first", [{ role: "custodian", unit: "first" }]);
  const { caseId } = await fileJoint(t.kernel, starter, matter(t), [signer(2), signer(1)]);
  const open = (by: typeof custodian) => openIdentity(t.kernel, byPerson(t, caseId, by), "逐个通知停水安排");

  expect(await open(custodian)).toMatchObject({
    name: "发起人乙",
    coSigners: [1, 2].map((n) => ({ name: `联名人甲${n}`, kind: "conscript", contact: `1380000000${n}` })),
  });
  expect(await codeOf(open(starter))).toBe("case.notFound");
  expect(await refusalOf(open(s.clerk))).toEqual(["forbidden"]);
  expect((await rows(t, "select by_person from vault.openings where case_id = $1", [caseId])).length).toBe(1);
}, 30_000);

test("no name of anybody who signed stands outside of the vault, not even as a recusal that says so", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const starter = await t.person("发起人乙", "first", []);
  const soldier = await t.person("列兵", "first", []);
  const signers = [signer(1, { accountId: s.handler.personId }), signer(2, { accountId: soldier.personId }), signer(3)];
  const { caseId } = await fileJoint(t.kernel, starter, matter(t), signers);

  const tables = await rows<{ name: string }>(
    t,
    "select table_schema || '.' || table_name as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE' and table_name <> 'people'",
  );
  const whole = await Promise.all(
    tables.map(
      async ({ name }) => `${name} ${JSON.stringify(await rows(t, `select to_jsonb(x) as x from ${name} x`))}`,
    ),
  );
  expect(whole.filter((one) => /联名人甲|1380000000/.test(one))).toEqual([]);
  // a handler who signed does not handle it; a soldier without duties leaves no trace
  const recused = await rows(t, "select person_id, ground from kernel.recusals where case_id = $1", [caseId]);
  expect(recused).toEqual([{ person_id: s.handler.personId, ground: "kin" }]);
  expect(await codeOf(readCase(t.kernel, s.handler, caseId))).toBe("case.notFound");

  // one petitioner is enough for the same matter of the same person [SPEC §6(7)]
  const again = await fileJoint(t.kernel, starter, matter(t), [signer(4, { accountId: soldier.personId })]);
  const otherStarter = await t.person("另一人", "first", []);
  const third = await fileJoint(
    t.kernel,
    otherStarter,
    matter(t, { petitioner: { name: "丙", kind: "nco", contact: "9", filingFor: "self" } }),
    [signer(3, { secret: `joint:${"9".repeat(32)}` })],
  );
  expect(await casesOfSamePerson(t.kernel, caseId)).toEqual(expect.arrayContaining([again.caseId, third.caseId]));
}, 30_000);

test("at most five speak for all; what accuses, hides its petitioner or comes by a closed way is not filed", async () => {
  await using t = await openTestKernel();
  const starter = await t.person("发起人乙", "first", []);
  const speaking = (count: number) => Array.from({ length: count }, (_, n) => signer(n, { represents: true }));

  expect(await codeOf(fileJoint(t.kernel, starter, matter(t), speaking(5)))).toBe("intake.representatives");
  expect(await codeOf(fileJoint(t.kernel, starter, matter(t, { purpose: "accuse" }), speaking(1)))).toBe(
    "module.sealed",
  );
  const hidden = matter(t, { anonymity: "anonymous", petitioner: undefined });
  expect(await codeOf(fileJoint(t.kernel, starter, hidden, speaking(1)))).toBe("intake.identityMissing");
  expect(await codeOf(fileJoint(t.kernel, starter, matter(t, { unitId: t.kernel.newId() }), speaking(1)))).toBe(
    "unit.notFound",
  );
  const closed = { ...t.kernel, channels: { at: async () => null } };
  expect(await codeOf(fileJoint(closed, starter, matter(t), speaking(1)))).toBe("intake.channelClosed");
  expect(await rows(t, "select id from kernel.cases")).toEqual([]);

  const key = t.key();
  const first = await fileJoint(t.kernel, starter, matter(t, { key }), speaking(4));
  expect(await fileJoint(t.kernel, starter, matter(t, { key }), speaking(4))).toMatchObject({ caseId: first.caseId });
  expect(await rows(t, "select id from kernel.mandates")).toHaveLength(4);
}, 30_000);
