import { expect, test } from "vitest";
import { readCase } from "../cases/read-case.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { file, inHandling, rows, type Staff, staffOf } from "../testing/story.ts";
import { vaultHandlers } from "./handlers.ts";

const petitioner = { name: "赵强", kind: "conscript", contact: "13800000000", filingFor: "self" } as const;
const named = { anonymity: "named", petitioner } as const;
const confidential = { anonymity: "confidential", petitioner } as const;

const reasonsOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    return { done: await work };
  } catch (error) {
    const { cause } = error as { cause?: { code?: string; reasons?: readonly { code: string }[] } };
    const reasons = cause?.reasons ?? [];
    return reasons.length > 0 ? reasons.map((r) => r.code).join() : cause?.code;
  }
};

async function scene(t: TestKernel) {
  const s = await staffOf(t);
  const at = [{ role: "custodian", unit: "first" as const }];
  const keeper = await t.person("保管甲", "first", at);
  const other = await t.person("保管乙", "first", at);
  const as = caller(t.kernel, { vault: vaultHandlers });
  const versionOf = async (caseId: string) =>
    (await rows<{ version: number }>(t, "select version from kernel.cases where id = $1", [caseId]))[0]?.version ?? 0;
  return {
    s,
    keeper,
    other,
    as,
    ask: async (who: Staff["handler"], caseId: string, more: object = {}) =>
      as(who).vault.ask({
        caseId,
        version: await versionOf(caseId),
        key: t.key(),
        kind: "open",
        reason: "须当面核对工资卡",
        ...more,
      }),
    decide: async (who: Staff["handler"], caseId: string, more: object = {}) => {
      const [request] = await rows<{ id: string }>(
        t,
        "select id from vault.requests where case_id = $1 order by asked_at desc, id desc limit 1",
        [caseId],
      );
      const requestId = request?.id ?? "";
      return as(who).vault.decide({ caseId, requestId, key: t.key(), grant: true, reason: "确有必要", ...more });
    },
    open: (who: Staff["handler"], caseId: string) =>
      as(who).vault.open({ caseId, key: t.key(), purpose: "核对工资卡" }),
  };
}

test("a handler sees who it is only after the custodian agreed, for a day, and the petitioner reads that and why", async () => {
  await using t = await openTestKernel();
  const { s, keeper, as, ask, decide, open } = await scene(t);
  const caseId = await inHandling(t, s, named);
  expect(await reasonsOf(open(s.handler, caseId))).toBe("vault.second");
  await ask(s.handler, caseId);
  expect(await reasonsOf(open(s.handler, caseId))).toBe("vault.second");

  const [waiting] = await as(keeper).vault.requests({ side: "toDecide" });
  expect(waiting).toMatchObject({ askedBy: "承办", reason: "须当面核对工资卡", state: "open", mayDecide: true });
  expect(await as(s.handler).vault.requests({ side: "toDecide" })).toEqual([]);
  expect(await reasonsOf(decide(s.handler, caseId))).toBe("forbidden");
  await decide(keeper, caseId);
  expect(await reasonsOf(decide(keeper, caseId))).toBe("vault.requestDecided");
  expect((await as(s.handler).vault.requests({ side: "mine" }))[0]).toMatchObject({
    state: "granted",
    decidedBy: "保管甲",
    decision: "确有必要",
  });

  expect(await open(s.handler, caseId)).toMatchObject({ name: "赵强", contact: "13800000000" });
  // granted to him, not to his neighbour
  const neighbour = await t.person("复核", "first", [{ role: "signer", unit: "first" }]);
  expect(await reasonsOf(open(neighbour, caseId))).toBe("vault.second");
  const own = await readPetitionerCase(t.kernel, caseId);
  expect(own.opened.map((o) => o.purpose)).toEqual(["核对工资卡"]);
  const facts = await rows<{ facts: { request: string; askedBy: string } }>(
    t,
    "select body::jsonb -> 'facts' as facts from kernel.ledger where type = 'access.identityOpened'",
  );
  expect(facts[0]?.facts).toMatchObject({ askedBy: s.handler.personId });
  t.clock.advance({ hours: 25 });
  expect(await reasonsOf(open(s.handler, caseId))).toBe("vault.second");
});

test("a confidential name needs a second person, who is neither the asker nor the custodian", async () => {
  await using t = await openTestKernel();
  const { s, keeper, other, as, ask, decide, open } = await scene(t);
  const caseId = await inHandling(t, s, confidential);
  // nobody opens it alone, whatever his office
  for (const who of [s.officer, keeper]) expect(await reasonsOf(open(who, caseId))).toBe("vault.second");
  await ask(s.handler, caseId);
  await decide(keeper, caseId);
  expect(await reasonsOf(open(s.handler, caseId))).toBe("vault.second");
  expect(await as(keeper).vault.requests({ side: "toDecide" })).toEqual([]);
  expect(await reasonsOf(decide(keeper, caseId))).toBe("vault.requestDecided");
  expect((await as(other).vault.requests({ side: "toDecide" }))[0]?.state).toBe("waitingSecond");
  await decide(other, caseId);
  expect(await open(s.handler, caseId)).toMatchObject({ name: "赵强" });

  // the custodian asks for himself: he cannot be the one who agrees
  await ask(keeper, caseId);
  expect(await reasonsOf(decide(keeper, caseId))).toBe("vault.samePerson");
  await decide(other, caseId);
  expect(await reasonsOf(open(keeper, caseId))).toBe("vault.second");
  await decide(s.signer, caseId);
  expect(await open(keeper, caseId)).toMatchObject({ name: "赵强" });
});

test("refused stays refused; a message is passed on by the custodian and tells the asker no name", async () => {
  await using t = await openTestKernel();
  const { s, keeper, as, ask, decide, open } = await scene(t);
  const caseId = await inHandling(t, s, confidential);
  await ask(s.handler, caseId);
  await decide(keeper, caseId, { grant: false, reason: "电话核对即可" });
  expect(await reasonsOf(open(s.handler, caseId))).toBe("vault.second");

  expect(await reasonsOf(ask(s.handler, caseId, { kind: "relay" }))).toBe("vault.messageMissing");
  await ask(s.handler, caseId, { kind: "relay", message: "请补交调动命令的复印件" });
  expect(await reasonsOf(open(s.handler, caseId))).toBe("vault.second");
  expect(await open(keeper, caseId)).toMatchObject({ contact: "13800000000" });
  await decide(keeper, caseId, { reason: "已电话转告，明日送来" });
  expect((await as(s.handler).vault.requests({ side: "mine" }))[0]).toMatchObject({
    state: "passedOn",
    message: "请补交调动命令的复印件",
    decision: "已电话转告，明日送来",
  });
  // the errand is done: he cannot look again for it
  expect(await reasonsOf(open(keeper, caseId))).toBe("vault.second");
});

test("where telling would harm an investigation the petitioner learns of it afterwards, within ninety days", async () => {
  await using t = await openTestKernel();
  const { s, keeper, ask, decide, open } = await scene(t);
  const caseId = await inHandling(t, s, named);
  await ask(s.handler, caseId);
  expect(await reasonsOf(decide(keeper, caseId, { tellAfter: "2026-12-31" }))).toBe("vault.tellAfter");
  await decide(keeper, caseId, { tellAfter: "2026-04-01" });
  await open(s.handler, caseId);
  const told = async () => {
    const own = await readPetitionerCase(t.kernel, caseId);
    return [own.opened.length, own.history.filter((h) => h.text.en === "Your identity was opened").length];
  };
  expect(await told()).toEqual([0, 0]);
  t.clock.advance({ days: 31 });
  expect(await told()).toEqual([1, 1]);
});

test("of an accusation the custodian learns nothing; two officers of the organ open it together", async () => {
  await using t = await openTestKernel();
  const { s, keeper, as, ask, decide, open } = await scene(t);
  const caseId = await file(t, { ...confidential, purpose: "accuse" });
  const organ = [{ role: "discipline", unit: "brigade" as const }];
  const one = await t.person("纪检甲", "brigade", organ);
  const two = await t.person("纪检乙", "brigade", organ);
  expect(await reasonsOf(open(one, caseId))).toBe("vault.second");
  expect(await refusalOf(ask(keeper, caseId))).toBe("case.notFound");
  await ask(one, caseId);
  expect(await as(keeper).vault.requests({ side: "toDecide" })).toEqual([]);
  expect(await refusalOf(decide(keeper, caseId))).toBe("case.notFound");
  expect(await reasonsOf(decide(one, caseId))).toBe("vault.samePerson");
  await decide(two, caseId);
  expect(await open(one, caseId)).toMatchObject({ name: "赵强" });
  const stored = await rows<{ reason: string }>(t, "select reason from vault.requests");
  expect(stored[0]?.reason).toMatch(/^c3:1:/);
  expect(s.clerk.name).toBe("文书");
});

test("nobody asks about somebody anonymous, nor about a case he does not see", async () => {
  await using t = await openTestKernel();
  const { s, ask } = await scene(t);
  const nobody = await inHandling(t, s);
  expect(await reasonsOf(ask(s.handler, nobody))).toBe("vault.nothing");
  expect((await readCase(t.kernel, s.handler, nobody)).acts.map((a) => a.act)).not.toContain("askIdentity");
  const outsider = await t.person("外人", "second", [{ role: "handler", unit: "second" }]);
  expect(await reasonsOf(ask(outsider, await inHandling(t, s, named)))).toBe("case.notFound");
});
