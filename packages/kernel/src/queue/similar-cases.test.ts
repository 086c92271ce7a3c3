import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { pumpOnce } from "../outbox/pump.ts";
import { declareRecusal } from "../recusal/recusal.ts";
import { searchConsumer } from "../search-index/search-consumer.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, file, staffOf } from "../testing/story.ts";
import { similarCases } from "./similar-cases.ts";

const fill = (t: TestKernel) => pumpOnce(t.kernel, [searchConsumer(t.kernel.pool)]);

async function similar(t: TestKernel, actor: Actor, title: string, text = ""): Promise<readonly string[]> {
  const found = await similarCases(t.kernel, actor, { title, text, name: "" });
  return found.map((one) => one.caseId);
}

/** Petitions of other matters, so that words have something to be rare in. */
async function others(t: TestKernel): Promise<void> {
  for (const [title, body] of [
    ["探亲休假审批慢", "申请探亲休假，两个月没有答复。"],
    ["食堂伙食质量差", "食堂饭菜经常是凉的，反映过没有答复。"],
    ["转业安置手续", "转业安置的档案手续一直没有办。"],
    ["子女入学名额", "随军子女入学名额没有公示。"],
    ["医疗报销", "住院医疗费报销被退回，没有说明。"],
    ["training injury report", "The injury in training was never recorded."],
    ["执勤排班不公", "节假日执勤排班总是同几个人。"],
    ["体能考核成绩", "体能考核成绩登记有误，没有答复。"],
  ] as const)
    await file(t, { title, body, desiredOutcome: "" });
}

test("the same matter is found in other words, in another order, and from the text below the subject", async () => {
  await using t = await openTestKernel();
  const { officer } = await staffOf(t);
  await others(t);
  const roof = await file(t, { title: "营房屋顶漏水", body: "三楼宿舍一下雨就漏水，墙面发霉。", desiredOutcome: "" });
  const pay = await file(t, { title: "边远津贴少发", body: "艰苦边远津贴少发一档。", desiredOutcome: "" });
  const told = await file(t, { title: "反映生活问题", body: "营房屋顶漏水，被子都湿了。", desiredOutcome: "" });
  await fill(t);

  expect((await similar(t, officer, "营房漏水")).toSorted()).toEqual([roof, told].toSorted());
  // as the whole subject stands in neither, a search for it finds nothing
  expect((await similar(t, officer, "屋顶坏了，营房总是漏水")).toSorted()).toEqual([roof, told].toSorted());
  expect(await similar(t, officer, "少发了津贴")).toEqual([pay]);
  // the text below decides which comes first
  expect((await similar(t, officer, "营房漏水", "三楼宿舍墙面发霉"))[0]).toBe(roof);
  expect((await similar(t, officer, "营房漏水", "被子都湿了"))[0]).toBe(told);
  expect(await similar(t, officer, "two injuries in training")).toHaveLength(1);
  expect(await similar(t, officer, "没收证件")).toEqual([]);
  for (const odd of ["''", "津贴'\\ & | !", "。。", "99", "\u{20BB7}\u{20BB7}"]) await similar(t, officer, odd);
});

test("nothing is proposed of what somebody may not see, and no accusation", async () => {
  await using t = await openTestKernel();
  const { officer } = await staffOf(t);
  const above = await t.person("旅", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]);
  const elsewhere = await t.person("二营", "second", [{ role: "officer", unit: "second" }]);
  await others(t);
  const id = await file(t, { title: "营房屋顶漏水" });
  await file(t, { title: "营房屋顶漏水", purpose: "accuse" });
  await fill(t);

  expect(await similar(t, above, "营房漏水")).toEqual([id]);
  expect(await similar(t, elsewhere, "营房漏水")).toEqual([]);
  await declareRecusal(t.kernel, byPerson(t, id, officer), "亲属");
  expect(await similar(t, officer, "营房漏水")).toEqual([]);
});
