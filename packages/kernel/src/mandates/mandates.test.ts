import { kernelContract } from "@doorstep/contracts";
import { expect, test } from "vitest";
import { readCase } from "../cases/read-case.ts";
import { askWithdrawal } from "../cases/withdrawal.ts";
import { keepFile, mayReadFile } from "../files/index.ts";
import { intakeHandlers } from "../intake/handlers.ts";
import { rateCase } from "../intake/rate.ts";
import { trackCode } from "../intake/track.ts";
import { execute } from "../pipeline/execute.ts";
import { createRouter } from "../router.ts";
import { refusalOf as codeOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, file, inHandling, refusalOf, reply, rows, staffOf } from "../testing/story.ts";
import { personKey } from "../vault/keys.ts";
import { judgeMandate } from "./acts.ts";
import { type Mandate, rightOver } from "./mandate.ts";

const wife = {
  kind: "family",
  relation: "spouse",
  name: "周晓燕",
  contact: "13700002222",
  scope: ["speak"],
  until: "2026-04-30",
} as const;

type Name =
  | "case"
  | "message"
  | "giveMandate"
  | "endMandate"
  | "askWithdrawal"
  | "ownData"
  | "exportOwn"
  | "reportRetaliation"
  | "linked"
  | "openLinked";
// biome-ignore lint/suspicious/noExplicitAny: answers of several procedures.
type Calls = Record<Name, (input: object) => Promise<any>>;

/** Why an act was refused that came through the contract. */
const reasonsOf = (act: Promise<unknown>): Promise<readonly string[]> =>
  refusalOf(act.catch((error: { readonly cause?: unknown }) => Promise.reject(error.cause)));

/** As a browser into which a code was typed. */
async function withCode(
  t: TestKernel,
  held: { readonly caseId: string; readonly mandateId: string | null },
): Promise<Calls> {
  const right = await rightOver(t.kernel, held.caseId, held.mandateId);
  return callsOf(t, { codeCaseId: right ? held.caseId : undefined, codeMandate: right?.mandate ?? undefined });
}
const callsOf = (t: TestKernel, who: object): Calls =>
  createRouter({ intake: kernelContract.intake }, { intake: intakeHandlers } as never).createCaller({
    kernel: t.kernel,
    actor: undefined,
    codeCaseId: undefined,
    requestId: "test",
    origin: "test",
    setCodeCase: () => undefined,
    ...who,
  } as never).intake as never;

const own = (caseId: string) => ({ caseId, mandateId: null });

async function given(t: TestKernel, caseId: string, more: object = {}) {
  const { returnCode } = (await (
    await withCode(t, own(caseId))
  ).giveMandate({ key: t.key(), ...wife, ...more })) as never as {
    returnCode: string;
  };
  return { returnCode, held: await trackCode(t.kernel, t.key(), returnCode) };
}

test("a delegate sees and does what his mandate says, by a code of his own, and nothing after it ends", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const caseId = await inHandling(t, s);
  const key = t.key();
  const petitioner = await withCode(t, own(caseId));
  const first = await petitioner.giveMandate({ key, ...wife });
  // pressed again it is the same mandate and the same code
  expect(await petitioner.giveMandate({ key, ...wife })).toEqual(first);
  expect(await rows(t, "select 1 from kernel.mandates")).toHaveLength(1);
  const { returnCode } = first as never as { returnCode: string };
  const held = await trackCode(t.kernel, t.key(), returnCode.toLowerCase());
  expect(held).toMatchObject({ caseId, mandateId: expect.any(String) });
  const delegate = await withCode(t, held);

  const seen = (await delegate.case({})) as { acts: { act: string; refusals: { code: string }[] }[] };
  expect(seen).toMatchObject({ caseId, actsBy: held.mandateId, mandates: [{ relation: "spouse" }], opened: [] });
  const reasons = new Map(seen.acts.map((a) => [a.act, a.refusals[0]?.code]));
  expect([
    reasons.get("write"),
    reasons.get("askWithdrawal"),
    reasons.get("giveMandate"),
    reasons.get("identify"),
  ]).toEqual([undefined, "mandate.scope", "mandate.own", "mandate.own"]);
  await delegate.message({ key: t.key(), text: "他在住院，材料由我补交", fileIds: [] });
  const [entry] = await rows<{ by: string }>(
    t,
    "select body::jsonb -> 'facts' ->> 'byMandate' as by from kernel.ledger where type = 'case.messageWritten' or body like '%byMandate%' order by seq desc limit 1",
  );
  expect(entry?.by).toBe(held.mandateId);
  // whoever reads it sees that it is not the petitioner who writes; what he writes himself bears no mark
  await petitioner.message({ key: t.key(), text: "我同意", fileIds: [] });
  const marks = [null, held.mandateId];
  const { thread } = (await petitioner.case({})) as { readonly thread: { readonly mandateId: string | null }[] };
  expect(new Set(thread.map((one) => one.mandateId))).toEqual(new Set(marks));
  const desk = (await readCase(t.kernel, s.officer, caseId)).thread.filter((one) => one.from === "petitioner");
  expect(new Map(desk.map((one) => [one.text, one.mandateId]))).toEqual(
    new Map([
      ["他在住院，材料由我补交", held.mandateId],
      ["我同意", null],
    ]),
  );
  expect(await reasonsOf(delegate.askWithdrawal({ key: t.key(), text: "家里已经解决了", freeWill: true }))).toEqual([
    "mandate.scope",
  ]);
  expect(await reasonsOf(delegate.giveMandate({ key: t.key(), ...wife }))).toEqual(["mandate.own"]);
  for (const call of ["ownData", "exportOwn"] as const) expect(await codeOf(delegate[call]({}))).toBe("mandate.own");
  const told = { key: t.key(), acts: ["threat"], text: "有人威胁我", fileIds: [] };
  expect(await codeOf(delegate.reportRetaliation(told))).toBe("mandate.own");
  expect(await delegate.linked({})).toEqual([]);
  expect(await codeOf(delegate.openLinked({ from: caseId, caseId }))).toBe("mandate.own");

  // the day is over in the unit's zone
  t.clock.advance({ days: 59 });
  expect(await rightOver(t.kernel, caseId, held.mandateId)).not.toBeNull();
  t.clock.advance({ days: 1 });
  expect(await codeOf((await withCode(t, held)).case({}))).toBe("case.notFound");
  expect(await codeOf(trackCode(t.kernel, t.key(), returnCode))).toBe("code.unknown");
  expect(await petitioner.case({})).toMatchObject({ actsBy: null, mandates: [{ state: "ended" }] });
});

test("the petitioner takes a mandate back, a delegate lays his own down and no other; at most two, at most a year", async () => {
  await using t = await openTestKernel();
  const caseId = await file(t);
  const petitioner = await withCode(t, own(caseId));
  const one = await given(t, caseId);
  const two = await given(t, caseId, { kind: "delegate", relation: "lawyer", scope: ["speak", "appeal"] });
  const give = (more: object) => reasonsOf(petitioner.giveMandate({ key: t.key(), ...wife, ...more }));
  expect(await give({})).toEqual(["mandate.two"]);
  await petitioner.endMandate({ key: t.key(), mandateId: one.held.mandateId });
  expect(await rightOver(t.kernel, caseId, one.held.mandateId)).toBeNull();
  expect(await codeOf(petitioner.endMandate({ key: t.key(), mandateId: one.held.mandateId }))).toBe("mandate.notFound");
  for (const until of ["2026-03-01", "2027-06-01"])
    expect([until, await give({ until })]).toEqual([until, ["mandate.until"]]);
  const three = await given(t, caseId);
  const delegate = await withCode(t, three.held);
  expect(await reasonsOf(delegate.endMandate({ key: t.key(), mandateId: two.held.mandateId }))).toEqual([
    "mandate.own",
  ]);
  await delegate.endMandate({ key: t.key(), mandateId: three.held.mandateId });
  expect(await rightOver(t.kernel, caseId, three.held.mandateId)).toBeNull();
  expect(await rows(t, "select ended_by from kernel.mandates order by given_at, id")).toEqual([
    { ended_by: "petitioner" },
    { ended_by: null },
    { ended_by: "delegate" },
  ]);
  // who they are lies in the vault alone
  const plain = await rows(t, "select 1 from kernel.ledger where body like '%周晓燕%'");
  expect([plain, await rows(t, "select role from kernel.party_links")]).toEqual([
    [],
    Array(3).fill({ role: "delegate" }),
  ]);
});

test("another case's mandate opens nothing here", async () => {
  await using t = await openTestKernel();
  const [here, there] = [await file(t), await file(t)];
  const { held } = await given(t, there);
  expect(await rightOver(t.kernel, here, held.mandateId)).toBeNull();
});

const filedForHim = {
  anonymity: "confidential",
  petitioner: {
    name: "林母",
    kind: "family",
    contact: "13600003333",
    filingFor: "family",
    onBehalfOf: "林小满",
    relation: "parent",
  },
} as const;

test("whoever files for somebody else is bound to his consent: nothing that binds him before, and no case once he refuses", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const mother = await t.person("林母", "company", []);
  const caseId = await inHandling(t, s, filedForHim as never);
  const seen = await readCase(t.kernel, s.officer, caseId);
  const [mandate] = seen.mandates;
  expect(seen.mandates).toMatchObject([
    { filed: true, kind: "family", relation: "parent", consent: "notYet", state: "active" },
  ]);
  expect(seen.acts.map((a) => a.act)).toContain("judgeMandate");
  await rows(
    t,
    `insert into kernel.case_audience select $1, case_id, due, received, -1, conf, status, open, category, channel, holder
       from kernel.case_audience where case_id = $2 limit 1`,
    [personKey(t.kernel.keys, mother.personId), caseId],
  );
  const byCode = await withCode(t, own(caseId));
  const byAccount = callsOf(t, { actor: mother });
  const wish = { text: "家里已经解决了", freeWill: true } as const;
  for (const calls of [byCode, byAccount])
    expect(await reasonsOf(calls.askWithdrawal({ caseId, key: t.key(), ...wish }))).toEqual(["mandate.consent"]);
  await byAccount.message({ caseId, key: t.key(), text: "他本人在外训练", fileIds: [] });

  expect(await refusalOf(execute(t.kernel, judgeMandate, byPerson(t, caseId, s.handler), {} as never))).toEqual([
    "forbidden",
  ]);
  const blobs = { write: async () => "k", remove: async () => undefined, read: async function* () {} };
  const content = (async function* () {
    yield Buffer.from("%PDF-1.4\n%%EOF\n");
  })();
  const paper = await keepFile(t.kernel, blobs as never, { name: "委托书.pdf", content });
  const judged = { mandateId: mandate?.id ?? "", how: "看了委托书，电话问过本人，同意由母亲反映", fileIds: [paper.id] };
  await execute(t.kernel, judgeMandate, byPerson(t, caseId, s.officer), { ...judged, verdict: "consents" });
  // the paper is kept with what was written of it, for the office alone
  const noted = (await readCase(t.kernel, s.officer, caseId)).thread.find((one) => one.text === judged.how);
  expect(noted?.files.map((file) => file.name)).toEqual(["委托书.pdf"]);
  expect((await mayReadFile(t.kernel, { actor: s.officer, codeCaseId: undefined }, paper.id))?.id).toBe(paper.id);
  for (const reader of [
    { actor: undefined, codeCaseId: caseId },
    { actor: mother, codeCaseId: undefined },
  ])
    expect(await mayReadFile(t.kernel, reader, paper.id)).toBeUndefined();
  const { mandate: now } = (await rightOver(t.kernel, caseId, null)) as { mandate: Mandate };
  await execute(
    t.kernel,
    askWithdrawal,
    { ...byPetitioner(t, caseId), party: { kind: "petitioner", mandate: now } },
    wish,
  );

  await execute(t.kernel, judgeMandate, byPerson(t, caseId, s.officer), {
    ...judged,
    fileIds: [],
    verdict: "refuses",
  });
  for (const calls of [await withCode(t, own(caseId)), byAccount])
    expect(await codeOf(calls.case({ caseId }))).toBe("case.notFound");
  expect(await rows(t, "select 1 from kernel.case_audience where depth = -1")).toEqual([]);
  // the matter itself goes on
  expect((await readCase(t.kernel, s.officer, caseId)).mandates).toMatchObject([
    { consent: "refused", state: "ended" },
  ]);
});

test("somebody who files for himself needs no mandate, and rates himself", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const caseId = await inHandling(t, s);
  await reply(t, s, caseId);
  expect((await readCase(t.kernel, s.officer, caseId)).acts.map((a) => a.act)).not.toContain("judgeMandate");
  expect(await rightOver(t.kernel, caseId, null)).toEqual({ mandate: null });
  const rated = { office: "satisfied", unit: "satisfied", comment: "" } as const;
  expect(await refusalOf(execute(t.kernel, rateCase, byPetitioner(t, caseId), rated as never))).toEqual([]);
});
