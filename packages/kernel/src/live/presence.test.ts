import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { fileCase } from "../intake/file-case.ts";
import { declareRecusal } from "../recusal/recusal.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, file, register, rows, staffOf } from "../testing/story.ts";
import { forgetNews } from "./forget-news.ts";
import { present } from "./presence.ts";

/** One browser tab of each person. */
function tabs(t: TestKernel) {
  const known = new Map<string, string>();
  return (actor: Actor, caseId: string, doing: "reading" | "editing" | "left" = "reading") => {
    const tab = known.get(actor.personId) ?? t.kernel.newId();
    known.set(actor.personId, tab);
    return present(t.kernel, actor, { caseId, tab, doing });
  };
}

test("each sees who else is there and who writes, until he leaves or says nothing for a while", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const say = tabs(t);
  const id = await file(t);
  expect(await say(s.clerk, id)).toEqual([]);
  expect(await say(s.officer, id, "editing")).toEqual([{ name: "文书", editing: false }]);
  expect(await say(s.clerk, id)).toEqual([{ name: "干事", editing: true }]);
  await say(s.officer, id, "left");
  expect(await say(s.clerk, id)).toEqual([]);

  await say(s.officer, id);
  t.clock.advance({ minutes: 1 });
  expect(await say(s.clerk, id)).toEqual([]);
  await forgetNews(t.kernel);
  expect(await rows(t, "select 1 from kernel.presence")).toHaveLength(1);
});

test("screens are told when something changes, not each time somebody says that he is still there", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const say = tabs(t);
  const id = await file(t);
  const told = async () =>
    (await rows<{ what: object }>(t, "select what from kernel.live where what ? 'presence' order by no")).length;
  await say(s.clerk, id);
  await say(s.clerk, id);
  expect(await told()).toBe(1);
  await say(s.clerk, id, "editing");
  expect(await told()).toBe(2);
  await say(s.clerk, id, "left");
  await say(s.clerk, id, "left");
  expect(await told()).toBe(3);
});

test("who may not see the case neither learns who is there nor is shown; of an accusation that is everybody outside the organ", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const colleague = await t.person("纪检二", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const say = tabs(t);
  const secret = await file(t, { purpose: "accuse", title: "举报" });
  await say(organ, secret, "editing");
  expect(await say(colleague, secret)).toEqual([{ name: "纪检", editing: true }]);
  for (const other of [s.clerk, s.officer, s.signer, s.reviewer])
    await expect(say(other, secret)).rejects.toMatchObject({ code: "case.notFound" });
  await expect(say(s.officer, t.kernel.newId())).rejects.toMatchObject({ code: "case.notFound" });

  const id = await file(t);
  await register(t, s, id);
  await say(s.officer, id);
  await declareRecusal(t.kernel, byPerson(t, id, s.officer), "亲属");
  expect(await say(s.clerk, id)).toEqual([]);
  await expect(say(s.officer, id)).rejects.toMatchObject({ code: "case.notFound" });
});

test("nobody watches the office at work on his own petition", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const say = tabs(t);
  const filing = {
    key: t.key(),
    unitId: t.units.first,
    via: "online",
    channelKey: "online-petition/online",
    channelLabel: { "zh-CN": "网上信访", en: "Online petition" },
    purpose: "solve",
    title: "请求调动",
    body: "家庭困难，请求调动。",
    alreadyTried: "",
    desiredOutcome: "调动",
    concernsLeader: false,
    urgentSafety: false,
    anonymity: "named",
    petitioner: { name: "李干事", kind: "officer", contact: "13800000000", filingFor: "self" },
    headcount: 1,
    fileIds: [],
    locale: "zh-CN",
  } as const;
  const { caseId } = await fileCase(t.kernel, filing, { actor: "anonymous", petitionerId: s.officer.personId });
  await say(s.clerk, caseId);
  await expect(say(s.officer, caseId)).rejects.toMatchObject({ code: "case.notFound" });
});
