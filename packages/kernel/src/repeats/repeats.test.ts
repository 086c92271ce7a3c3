import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { pumpOnce } from "../outbox/pump.ts";
import { execute } from "../pipeline/execute.ts";
import { declareRecusal } from "../recusal/recusal.ts";
import { searchConsumer } from "../search-index/search-consumer.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, file, register, rows, staffOf } from "../testing/story.ts";
import { findRepeats } from "./find-repeats.ts";
import { judgeRepeat } from "./judge-repeat.ts";

const zhang = { name: "张三", kind: "nco", contact: "138 0000 0001", filingFor: "self" } as const;
const li = { name: "李四", kind: "nco", contact: "138 0000 0002", filingFor: "self" } as const;
const roof = { title: "营房屋顶漏水", body: "三楼宿舍一下雨就漏水，墙面发霉。", desiredOutcome: "" };
const pay = { title: "边远津贴少发", body: "艰苦边远津贴少发一档，财务让等。", desiredOutcome: "" };
const by = (petitioner: typeof zhang | typeof li) => ({ anonymity: "named" as const, petitioner });

async function others(t: TestKernel): Promise<void> {
  for (const title of [
    "探亲休假审批慢",
    "食堂伙食质量差",
    "转业安置手续",
    "子女入学名额",
    "医疗报销退回",
    "执勤排班不公",
    "体能考核成绩",
    "训练伤未记录",
    "家属随军手续",
    "网络信号不好",
    "热水供应不足",
    "被装尺码不对",
    "立功材料丢失",
    "通勤班车太少",
  ])
    await file(t, { title, body: `${title}，反映过没有答复。`, desiredOutcome: "" });
}
const tiersOf = async (t: TestKernel, actor: Actor, id: string) =>
  (await findRepeats(t.kernel, actor, id)).map((one) => [one.caseId, one.tier]);

test("three tiers: same person and matter, same person, same matter; who is anonymous is compared with nobody", async () => {
  await using t = await openTestKernel();
  const { officer } = await staffOf(t);
  await others(t);
  const first = await file(t, { ...roof, ...by(zhang) });
  const otherMatter = await file(t, { ...pay, ...by(zhang) });
  const otherPerson = await file(t, { ...roof, ...by(li) });
  const again = await file(t, { ...roof, body: "营房屋顶漏水还没有修。", ...by(zhang) });
  const nameless = await file(t, { ...roof });
  await pumpOnce(t.kernel, [searchConsumer(t.kernel.pool)]);

  const found = new Map((await tiersOf(t, officer, again)).map(([id, tier]) => [id, tier]));
  expect(found.get(first)).toBe("samePersonAndMatter");
  expect(found.get(otherMatter)).toBe("samePerson");
  expect(found.get(otherPerson)).toBe("sameMatter");
  expect((await tiersOf(t, officer, again))[0]).toEqual([first, "samePersonAndMatter"]);
  expect((await tiersOf(t, officer, nameless)).filter(([, tier]) => tier !== "sameMatter")).toEqual([]);
});

test("what somebody may not see is neither proposed nor can it be named", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const elsewhere = await file(t, { ...roof, ...by(zhang), unitId: t.units.second });
  const accused = await file(t, { ...pay, ...by(zhang) });
  await register(t, s, accused, { category: "accusation", track: "accusation", subRoute: null, confidentiality: 3 });
  const conflicted = await file(t, { ...pay, ...by(zhang) });
  await declareRecusal(t.kernel, byPerson(t, conflicted, s.officer), "亲属");
  const mine = await file(t, { ...roof, ...by(zhang) });
  await register(t, s, mine);
  await pumpOnce(t.kernel, [searchConsumer(t.kernel.pool)]);

  expect(await tiersOf(t, s.officer, mine)).toEqual([]);
  for (const hidden of [elsewhere, accused, conflicted, mine])
    await expect(
      execute(t.kernel, judgeRepeat, byPerson(t, mine, s.officer), { ofCaseId: hidden, kind: "again" }),
    ).rejects.toMatchObject({ code: "case.notFound" });
  await expect(findRepeats(t.kernel, s.officer, elsewhere)).rejects.toMatchObject({ code: "case.notFound" });
});

test("a person judges, the newest judgement counts, and the ledger keeps both", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const first = await file(t, { ...roof, ...by(zhang) });
  const again = await file(t, { ...roof, ...by(zhang) });
  await register(t, s, again);
  const judge = (kind: "again" | "newFacts" | "none", actor = s.officer) =>
    execute(t.kernel, judgeRepeat, byPerson(t, again, actor), { ofCaseId: first, kind });
  await judge("again");
  t.clock.advance({ minutes: 1 });
  await judge("newFacts");
  expect(await findRepeats(t.kernel, s.officer, again)).toMatchObject([{ caseId: first, judged: "newFacts" }]);
  const told = await rows<{ kind: string }>(
    t,
    "select body::jsonb->'facts'->>'kind' as kind from kernel.ledger where stream = $1 and type = 'case.repeatJudged' order by seq",
    [again],
  );
  expect(told.map((entry) => entry.kind)).toEqual(["again", "newFacts"]);
  await expect(judge("none", s.handler)).rejects.toMatchObject({ code: "forbidden" });
});
