import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { done, drawer, type Filed, leave, openAct, press, review, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { wordsOf } from "./words.ts";

vi.setConfig({ testTimeout: 60_000 });

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse({ people: [] });
  walk = walkOf(house, browser);
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const zh = wordsOf("zh-CN");

/** The claim is supported, and the letter promises the back-pay by a date. */
async function promised(): Promise<Filed> {
  const filed = await walk.inHandling("津贴少发一档");
  const view = (await walk.by("handler", "cases.get", { caseId: filed.caseId })) as { demands: { id: string }[] };
  await walk.act("handler", "cases.reply", filed.caseId, {
    kind: "solve",
    demands: view.demands.map((demand) => ({
      demandId: demand.id,
      outcome: "supported",
      facts: "经查确有少发",
      opinion: "予以补发",
      basis: "津贴规定第三条",
      steps: "补发三个月差额",
      promise: { owner: "财务股", dueOn: "2099-12-31" },
    })),
    summary: "补发津贴。",
  });
  await walk.act("signer", "notices.seal", filed.caseId, { noticeId: await walk.letterOf(filed.caseId) });
  await walk.act("officer", "cases.deliver", filed.caseId, {
    noticeId: await walk.letterOf(filed.caseId),
    method: "portal",
  });
  return filed;
}

test("what is reported done on the desk is open again when the petitioner says it is not", async () => {
  const filed = await promised();
  const officer = await walk.desk("officer");
  await walk.open(officer, filed);
  await openAct(officer, zh, "reportDone");
  await drawer(officer).getByRole("radio").first().check();
  await drawer(officer).locator("textarea[name=evidence]").fill("转账凭证 12 号");
  await expectNoViolations(officer);
  await review(officer, zh);
  await press(drawer(officer), zh("acts", "desk.acts.do.reportDone"));
  await done(officer, zh("acts", "desk.acts.done.reportDone"));
  await leave(officer);

  const own = await walk.own(filed);
  await own.getByText("单位报告已落实，请您确认").waitFor();
  await expectNoViolations(own);
  await own.getByRole("link", { name: "确认承诺是否落实" }).click();
  await own.getByRole("radio", { name: "补发三个月差额" }).check();
  await own.getByRole("radio", { name: "还没有落实" }).check();
  await own.locator("textarea[name=text]").fill("还差三月份。");
  await expectNoViolations(own);
  await press(own, "提交");
  await own.getByText("已收到您的答复。").waitFor();
  await leave(own);
  expect(await promiseOf(filed)).toBe("open");
});

test("the petitioner asks to withdraw, reads what it means, and keeps his petition", async () => {
  const filed = await walk.inHandling("撤回");
  const own = await walk.own(filed);
  await own.getByRole("link", { name: "撤回信访事项" }).click();
  await own.getByText(/三天冷静期/).waitFor();
  await own.getByLabel(/用您自己的话/).fill("问题已经当面解决了。");
  await own.getByRole("checkbox").check();
  await expectNoViolations(own);
  await press(own, "提交撤回");
  await own.getByText("已收到。三天内可以在这里取消，期满后生效。").waitFor();
  expect(await marksOf(filed)).toEqual(["withdrawing"]);
  await own.goto(`${house.url}/t/act/takeBackWithdrawal`);
  await press(own, "取消撤回");
  await own.getByText("撤回已取消，您反映的事情继续办理。").waitFor();
  await leave(own);
  expect(await marksOf(filed)).toEqual([]);
});

const promiseOf = async (filed: Filed): Promise<string> =>
  (
    await house.server.database.pool.query<{ state: string }>(
      "select state from kernel.commitments where case_id = $1",
      [filed.caseId],
    )
  ).rows[0]?.state ?? "";
const marksOf = async (filed: Filed): Promise<readonly string[]> =>
  (
    await house.server.database.pool.query<{ flags: string[] }>("select flags from kernel.cases where id = $1", [
      filed.caseId,
    ])
  ).rows[0]?.flags ?? [];
