import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { done, drawer, leave, openAct, press, review, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { wordsOf } from "./words.ts";

vi.setConfig({ testTimeout: 180_000 });

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse({
    people: [
      { username: "chief", unit: "BRIGADE", roles: [{ role: "officer", subtree: true }] },
      { username: "second", unit: "FIRST", roles: [{ role: "officer" }] },
    ],
  });
  walk = walkOf(house, browser);
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const en = wordsOf("en");
const zh = wordsOf("zh-CN");

/** Moves the house's clock; what is due then is done before it answers. */
async function pass(advance: string): Promise<void> {
  const answer = await fetch(`${house.url}/test/clock`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: house.url },
    body: JSON.stringify({ advance }),
  });
  expect(answer.status).toBe(200);
  walk.forgetSessions();
}

test("no longer accepted: proposed by one officer, confirmed by another, who sees what was typed", async () => {
  const wang = { name: "王五", kind: "nco", contact: "139 0000 0000" };
  const main = await walk.delivered("旧事项", { anonymity: "named", petitioner: wang });
  await pass("P45D");
  const again = await walk.fileBy("clerk", "FIRST", {
    title: "旧事项",
    body: "还是那件事。",
    anonymity: "named",
    petitioner: wang,
  });
  await walk.register("clerk", again.caseId);

  const officer = await walk.desk("officer");
  await walk.open(officer, again);
  await openAct(officer, zh, "refuseRepeat");
  await drawer(officer).locator("input[name=mainCaseNo]").fill(main.caseNo);
  await drawer(officer).locator("textarea[name=reason]").fill("没有新的事实和理由。");
  await drawer(officer).locator("textarea[name=help]").fill("每月走访一次。");
  await review(officer, zh);
  await press(drawer(officer), zh("acts", "desk.acts.do.refuseRepeat"));
  await done(officer, zh("acts", "desk.acts.done.refuseRepeat"));
  const waiting = officer.getByRole("region", { name: zh("proposals", "desk.proposals.title") });
  await waiting.getByText("每月走访一次。").waitFor();
  expect(await waiting.getByRole("button", { name: zh("proposals", "desk.proposals.confirm") }).count()).toBe(0);
  await leave(officer);

  const second = await walk.desk("second", "en", 390);
  await walk.open(second, again);
  await second.getByRole("tab", { name: en("deskCase", "desk.case.handling") }).click();
  await expectNoViolations(second);
  await press(second, en("proposals", "desk.proposals.confirm"));
  await expect.poll(() => walk.stateOf(again.caseId)).toMatchObject({ status: "notReaccepted" });
  await leave(second);
});

test("a missed period is urged from above; the unit answers, and the unit above closes it", async () => {
  const late = await walk.paper("clerk", "FIRST", "没有人告知");
  await walk.register("clerk", late.caseId);
  await pass("P20D");
  const officer = await walk.desk("officer", "en", 390);
  await officer.goto(`${house.url}/desk/urged`);
  const item = officer.getByRole("listitem").filter({ hasText: late.caseNo });
  await item.locator("textarea").fill("It was overlooked in the change of shifts; it is decided today.");
  await expectNoViolations(officer);
  await press(item, en("urged", "desk.urged.doAnswer"));
  await officer.getByText(en("urged", "desk.urged.answered")).first().waitFor();
  await leave(officer);

  const chief = await walk.desk("chief");
  await chief.goto(`${house.url}/desk/urged`);
  await press(chief, zh("urged", "desk.urged.byMe"));
  const mine = chief.getByRole("listitem").filter({ hasText: late.caseNo });
  await mine.getByText("It was overlooked").waitFor();
  await mine.locator("textarea").fill("已核实，当日办理。");
  await expectNoViolations(chief);
  await press(mine, zh("urged", "desk.urged.doClose"));
  await chief.getByText(zh("urged", "desk.urged.closed")).first().waitFor();
  await leave(chief);
});
