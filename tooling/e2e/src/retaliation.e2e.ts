import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { done, drawer, leave, openAct, press, review, type Say, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { wordsOf } from "./words.ts";

vi.setConfig({ testTimeout: 60_000 });

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse({
    people: [
      { username: "organ", unit: "BRIGADE", roles: [{ role: "discipline" }] },
      { username: "chief", unit: "BRIGADE", roles: [{ role: "officer", subtree: true }] },
    ],
  });
  walk = walkOf(house, browser);
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const zh = wordsOf("zh-CN");
const en = wordsOf("en");
const SECRET = "检查后我的休假两次被取消，还有人说知道是谁写的。";

async function pass(advance: string): Promise<void> {
  const answer = await fetch(`${house.url}/test/clock`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: house.url },
    body: JSON.stringify({ advance }),
  });
  expect(answer.status).toBe(200);
  walk.forgetSessions();
}

async function reportNo(): Promise<string> {
  const { rows } = await house.server.database.pool.query<{ no: string }>(
    "select c.case_no as no from kernel.retaliations r join kernel.cases c on c.id = r.case_id",
  );
  return rows[0]?.no ?? "";
}

test("P12: reported by code, taken up by the organ, protected, explained by the unit, concluded, asked how it goes", async () => {
  const filed = await walk.paper("clerk", "FIRST", "食堂采购价偏高");
  const own = await walk.own(filed);
  await own.getByRole("link", { name: zh("ownActs", "reportRetaliation.title") }).click();
  await own.getByRole("checkbox", { name: zh("ownActs", "reportRetaliation.field.blocked") }).check();
  await own.locator("textarea[name=text]").fill(SECRET);
  await expectNoViolations(own);
  await press(own, zh("ownActs", "reportRetaliation.send"));
  await done(own, zh("ownActs", "reportRetaliation.done"));

  // nobody who sees the matter learns of it, whatever page he opens
  const no = await reportNo();
  const chief = await walk.desk("chief", "zh-CN", 1440);
  await chief.goto(`${house.url}/desk/c/${no}`);
  await chief.getByText(SECRET).waitFor({ state: "detached" });
  expect(await chief.locator("body").innerText()).not.toContain("休假");
  await leave(chief);

  const organ = await walk.desk("organ", "en", 1440);
  const at = { caseNo: no, caseId: "", returnCode: "" };
  const act = async (say: Say, name: string, fill: () => Promise<void>) => {
    await openAct(organ, say, name);
    await fill();
    await expectNoViolations(organ);
    await review(organ, say);
    await press(drawer(organ), say("acts", `desk.acts.do.${name}`));
    await done(organ, say("acts", `desk.acts.done.${name}`));
  };
  await walk.open(organ, at);
  await organ.getByText(SECRET).first().waitFor();
  await organ.getByText(en("retaliation", "desk.retaliationAct.blocked")).waitFor();
  await act(en, "acknowledgeReport", async () => undefined);
  const form = drawer(organ);
  await act(en, "decideProtection", async () => {
    await form.getByRole("checkbox").first().check();
    await form
      .locator("textarea[name=text]")
      .fill("The leave is granted at once; another officer decides from now on.");
    await form.locator("input[name=from]").fill(walk.today());
    await form.locator("input[name=contact]").fill("Duty office of the commission, 010-1000");
  });
  await act(en, "askExplanation", async () => {
    await form.locator("textarea[name=question]").fill("为什么上月两次取消已经批准的休假，依据是什么？");
    await form.locator("input[name=dueOn]").fill(walk.today());
  });

  const signer = await walk.desk("signer", "zh-CN", 390);
  await signer.goto(`${house.url}/desk/queue`);
  await signer.getByText(zh("shared", "desk.nav.more"), { exact: true }).click();
  await signer.getByRole("link", { name: new RegExp(zh("retaliation", "desk.explain.title")) }).click();
  await signer.getByText("为什么上月两次取消已经批准的休假，依据是什么？").waitFor();
  expect(await signer.locator("body").innerText()).not.toContain(no);
  await signer.locator("textarea[name=answer]").fill("因战备检查推迟，已补批，附通知编号。");
  await expectNoViolations(signer);
  await press(signer, zh("retaliation", "desk.explain.send"));
  await done(signer, zh("retaliation", "desk.explain.done"));
  await signer.getByText(zh("retaliation", "desk.explain.empty")).waitFor();
  await leave(signer);

  await organ.reload();
  await organ.getByText("因战备检查推迟，已补批，附通知编号。").waitFor();
  await act(en, "concludeReport", async () => {
    await form.getByRole("radio").first().check();
    await form.locator("textarea[name=text]").fill("已查实，责任人已处理，休假已恢复。");
  });
  await leave(organ);

  await leave(own);

  await pass("P31D");
  const later = await walk.own(filed);
  await later.getByRole("button", { name: new RegExp(zh("ownActs", "linked.report")) }).click();
  await later.getByText("已查实，责任人已处理，休假已恢复。").waitFor();
  await expectNoViolations(later);
  await later.getByRole("link", { name: zh("ownActs", "answerCheckIn.title") }).click();
  await later.getByRole("radio", { name: zh("ownActs", "answerCheckIn.choice.no") }).check();
  await expectNoViolations(later);
  await press(later, zh("ownActs", "answerCheckIn.send"));
  await done(later, zh("ownActs", "answerCheckIn.done"));
  await later.goto(`${house.url}/t/case`);
  await later.getByRole("button", { name: new RegExp(zh("ownActs", "linked.origin")) }).click();
  await later.getByText(filed.caseNo, { exact: true }).waitFor();
  await leave(later);
});
