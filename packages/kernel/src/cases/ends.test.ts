import { expect, test } from "vitest";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { execute } from "../pipeline/execute.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import {
  byPerson,
  byPetitioner,
  draft,
  file,
  inHandling,
  refusalOf,
  register,
  reply,
  rows,
  staffOf,
} from "../testing/story.ts";
import { acceptCase } from "./accept.ts";
import { followUp } from "./afterwards.ts";
import { archiveCase, finaliseCase } from "./conclude.ts";
import { divertCase, guideCase, refuseRepeat, reopenCase } from "./ends.ts";
import { assignHandler } from "./handling.ts";
import { readCase } from "./read-case.ts";

const statusOf = async (t: TestKernel, id: string) =>
  (await rows<{ status: string }>(t, "select status from kernel.cases where id = $1", [id]))[0]?.status;
const noOf = async (t: TestKernel, id: string) =>
  (await rows<{ no: string }>(t, "select case_no as no from kernel.cases where id = $1", [id]))[0]?.no ?? "";
const runningOf = async (t: TestKernel, id: string) =>
  (
    await rows<{ code: string }>(
      t,
      "select code from kernel.clocks where case_id = $1 and state <> 'stopped' order by code",
      [id],
    )
  ).map((row) => row.code);

const there = { body: "上级机关纪律检查委员会", address: "机关办公楼201室", phone: "", timeLimit: "10日内" };
const confirmed = { confirmedBy: "王五", confirmedOn: "2026-03-02", proof: "收件登记第8号" };
const diversion = { route: 3, ...there, ...confirmed, reason: "处分申诉另有程序" };

test("P09: a disciplinary appeal ends here only with the confirmed hand-over; the petitioner reads where and in what time", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const ordinary = await file(t);
  await register(t, s, ordinary);
  const divert = (id: string, more: object = {}) =>
    execute(t.kernel, divertCase, byPerson(t, id, s.officer), { ...diversion, ...more });
  expect(await refusalOf(divert(ordinary))).toEqual(["route.statutory"]);

  const appeal = await file(t, { title: "不服严重警告处分" });
  await register(t, s, appeal, { track: "statutory", subRoute: 3 });
  for (const confirmedOn of ["2026-03-03", "2026-03-01"])
    expect(await refusalOf(divert(appeal, { confirmedOn }))).toEqual(["divert.confirmation"]);
  expect(await refusalOf(execute(t.kernel, divertCase, byPerson(t, appeal, s.clerk), diversion))).toEqual([
    "forbidden",
  ]);
  await divert(appeal);
  expect(await statusOf(t, appeal)).toBe("diverted");
  expect(await runningOf(t, appeal)).toEqual([]);
  const seen = await readPetitionerCase(t.kernel, appeal);
  expect(seen.status).toBe("notAccepted");
  expect(seen.letters.map((l) => l.code)).toContain("D9");
});

test("P06: what is no matter of this system is guided to the right body, and somebody follows up; never an accusation", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await file(t);
  await register(t, s, id);
  const guide = { ...there, body: "区人力资源和社会保障局", helper: "干事 李明", reason: "随军家属安置由地方办理" };
  await execute(t.kernel, guideCase, byPerson(t, id, s.officer), guide);
  expect(await statusOf(t, id)).toBe("guided");
  expect(await runningOf(t, id)).toEqual(["K22"]);
  expect(await refusalOf(execute(t.kernel, guideCase, byPerson(t, id, s.officer), guide))).toEqual(["act.state"]);
});

const zhang = {
  anonymity: "named" as const,
  petitioner: { name: "张三", kind: "nco" as const, contact: "138 0000 0001", filingFor: "self" as const },
};

/** A petition that was answered and made final. */
async function finished(
  t: TestKernel,
): Promise<{ readonly id: string; readonly s: Awaited<ReturnType<typeof staffOf>> }> {
  const s = await staffOf(t);
  const id = await inHandling(t, s, zhang);
  await reply(t, s, id);
  t.clock.advance({ days: 45 });
  await execute(t.kernel, finaliseCase, byPerson(t, id, s.officer), {});
  return { id, s };
}

test("no longer accepted: one officer proposes, another confirms; nobody both, and only over a finished case", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const { id: main, s } = await finished(t);
  const second = await t.person("干事乙", "first", [{ role: "officer", unit: "first" }]);
  const open = await file(t, zhang);
  const again = await file(t, zhang);
  await register(t, s, again);
  const propose = (no: string) =>
    execute(t.kernel, refuseRepeat.propose, byPerson(t, again, s.officer), {
      mainCaseNo: no,
      reason: "没有新的事实和理由",
      help: "每月走访一次",
    });
  await propose(await noOf(t, main));
  expect(await statusOf(t, again)).toBe("registered");
  expect(await refusalOf(propose(await noOf(t, open)))).toEqual(["proposal.waiting"]);

  const [shown] = (await readCase(t.kernel, second, again)).proposals;
  expect(shown).toMatchObject({ act: "refuseRepeat", confirm: [], input: { help: "每月走访一次" } });
  const [own] = (await readCase(t.kernel, s.officer, again)).proposals;
  expect(own?.confirm?.map((r) => r.code)).toEqual(["proposal.samePerson"]);
  const decision = { proposalId: shown?.id ?? "", reason: "" };
  expect(await refusalOf(execute(t.kernel, refuseRepeat.confirm, byPerson(t, again, s.officer), decision))).toEqual([
    "proposal.samePerson",
  ]);
  expect(await refusalOf(execute(t.kernel, refuseRepeat.decline, byPerson(t, again, second), decision))).toEqual([
    "proposal.reasonMissing",
  ]);
  await execute(t.kernel, refuseRepeat.confirm, byPerson(t, again, second), decision);
  expect(await statusOf(t, again)).toBe("notReaccepted");
  const seen = await readPetitionerCase(t.kernel, again);
  expect(seen.letters.map((l) => l.code)).toContain("D12");
  expect((await readCase(t.kernel, second, again)).proposals).toEqual([]);
});

test("a proposal over a case that is still open, or not to be seen, is refused when it is confirmed; it can be declined", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const second = await t.person("干事乙", "first", [{ role: "officer", unit: "first" }]);
  const open = await file(t, zhang);
  const elsewhere = await file(t, { ...zhang, unitId: t.units.second });
  const guided = await file(t, zhang);
  const guide = { ...there, helper: "", reason: "由地方办理" };
  await register(t, s, guided);
  await execute(t.kernel, guideCase, byPerson(t, guided, s.officer), guide);
  expect(await refusalOf(execute(t.kernel, archiveCase, byPerson(t, guided, s.officer), {}))).toEqual([
    "followUp.open",
  ]);
  await execute(t.kernel, followUp, byPerson(t, guided, s.officer), { how: "3月2日电话，已在窗口受理" });
  expect(await runningOf(t, guided)).toEqual([]);
  expect(await refusalOf(execute(t.kernel, followUp, byPerson(t, guided, s.officer), { how: "再问" }))).toEqual([
    "followUp.none",
  ]);
  await execute(t.kernel, archiveCase, byPerson(t, guided, s.officer), {});
  for (const [other, code] of [
    [open, "repeat.mainOpen"],
    // nobody ever decided it
    [guided, "repeat.mainOpen"],
    [elsewhere, "case.notFound"],
  ] as const) {
    const again = await file(t, zhang);
    await register(t, s, again);
    const input = { mainCaseNo: await noOf(t, other), reason: "相同", help: "走访" };
    await execute(t.kernel, refuseRepeat.propose, byPerson(t, again, s.officer), input);
    const [shown] = (await readCase(t.kernel, second, again)).proposals;
    const decision = { proposalId: shown?.id ?? "", reason: "事实不同" };
    expect(await refusalOf(execute(t.kernel, refuseRepeat.confirm, byPerson(t, again, second), decision))).toEqual([
      code,
    ]);
    await execute(t.kernel, refuseRepeat.decline, byPerson(t, again, second), decision);
    expect((await readCase(t.kernel, second, again)).proposals).toEqual([]);
    expect(await statusOf(t, again)).toBe("registered");
  }
});

test("new facts reopen a closed case: registered again, with its time to be told, every demand open", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await file(t);
  await register(t, s, id, { track: "statutory", subRoute: 3 });
  await execute(t.kernel, divertCase, byPerson(t, id, s.officer), diversion);
  const again = { ground: "superiorOrder", reason: "对方退回，由本单位办理" } as const;
  expect(await refusalOf(execute(t.kernel, reopenCase, byPetitioner(t, id), again))).toEqual(["forbidden"]);
  const above = await t.person("旅干事", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]);
  await execute(t.kernel, reopenCase, byPerson(t, id, above), again);
  expect(await statusOf(t, id)).toBe("registered");
  expect(await runningOf(t, id)).toContain("K2");
  const seen = await readPetitionerCase(t.kernel, id);
  expect(seen.thread.at(-1)?.text).toBe(again.reason);
  expect(await refusalOf(execute(t.kernel, finaliseCase, byPerson(t, id, s.officer), {}))).toEqual(["act.state"]);
});

test("who is anonymous, or somebody else, is refused nothing for another's case", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const { id: main, s } = await finished(t);
  const second = await t.person("干事乙", "first", [{ role: "officer", unit: "first" }]);
  const li = { ...zhang, petitioner: { ...zhang.petitioner, name: "李四", contact: "138 0000 0002" } };
  for (const more of [{}, li]) {
    const again = await file(t, more);
    await register(t, s, again);
    const input = { mainCaseNo: await noOf(t, main), reason: "相同", help: "走访" };
    await execute(t.kernel, refuseRepeat.propose, byPerson(t, again, s.officer), input);
    const [shown] = (await readCase(t.kernel, second, again)).proposals;
    const decision = { proposalId: shown?.id ?? "", reason: "" };
    expect(await refusalOf(execute(t.kernel, refuseRepeat.confirm, byPerson(t, again, second), decision))).toEqual([
      "repeat.notSamePerson",
    ]);
  }
});

test("a second round begins anew: extended again, passed on again, and no draft reaches the petitioner", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const { id, s } = await finished(t);
  await rows(t, "update kernel.cases set flags = '{extended}', hops = 2 where id = $1", [id]);
  await execute(t.kernel, reopenCase, byPerson(t, id, s.officer), { ground: "newFacts", reason: "有新的鉴定" });
  const [c] = await rows<{ flags: string[]; hops: number }>(t, "select flags, hops from kernel.cases where id = $1", [
    id,
  ]);
  expect(c).toEqual({ flags: [], hops: 0 });
  expect(await runningOf(t, id)).toEqual(["K2"]);
  const other = await t.person("另一承办", "first", [{ role: "handler", unit: "first" }]);
  await execute(t.kernel, acceptCase, byPerson(t, id, s.officer), { office: "财务股", phone: "" });
  const naming = { handlerId: other.personId, plan: "", heardOn: t.clock.now.toISOString().slice(0, 10) };
  await execute(t.kernel, assignHandler, byPerson(t, id, s.officer), naming);
  await draft(t, { ...s, handler: other }, id, "第二轮的草稿");
  const [demand] = (await readPetitionerCase(t.kernel, id)).demands;
  expect(demand).toMatchObject({ outcome: null, opinion: null });
});
