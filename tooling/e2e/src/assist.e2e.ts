import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { done, drawer, leave, openAct, press, review, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { wordsOf } from "./words.ts";

vi.setConfig({ testTimeout: 120_000 });

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  browser = await openBrowser();
  // for the brigade itself, not for the units below it
  house = await openHouse({ people: [{ username: "chief", unit: "BRIGADE", roles: [{ role: "officer" }] }] });
  walk = walkOf(house, browser);
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

test("a unit is asked to assist, finds the petition by its own view, reports, and sees it no more; the handler reads the report", async () => {
  const en = wordsOf("en");
  const zh = wordsOf("zh-CN");
  const filed = await walk.inHandling("津贴少发一档");

  const handler = await walk.desk("handler");
  await walk.open(handler, filed);
  await openAct(handler, zh, "askAssist");
  await drawer(handler).getByRole("searchbox").fill("BRIGADE");
  await drawer(handler)
    .getByRole("button", { name: /BRIGADE/ })
    .first()
    .click();
  await drawer(handler).locator("textarea[name=question]").fill("请查明二类区的发放标准。");
  await drawer(handler).getByLabel(zh("acts", "desk.acts.field.askAssist.days")).fill("10");
  await expectNoViolations(handler);
  await review(handler, zh);
  await press(drawer(handler), zh("acts", "desk.acts.do.askAssist"));
  await done(handler, zh("acts", "desk.acts.done.askAssist"));
  await handler.getByRole("heading", { name: zh("deskCase", "desk.case.assists") }).waitFor();
  await expectNoViolations(handler);

  const chief = await walk.desk("chief", "en", 390);
  await chief.goto(`${house.url}/desk`);
  await chief.getByRole("combobox", { name: en("queue", "desk.queue.view") }).selectOption("assisting");
  await chief.getByRole("link", { name: /津贴少发一档/ }).click();
  await chief.getByRole("tab", { name: en("deskCase", "desk.case.handling") }).click();
  await openAct(chief, en, "answerAssist");
  await drawer(chief).getByRole("radio", { name: "请查明二类区的发放标准。" }).check();
  await drawer(chief).locator("textarea[name=report]").fill("Zone two is paid by table 3; the pay slips are attached.");
  await expectNoViolations(chief);
  await review(chief, en);
  await press(drawer(chief), en("acts", "desk.acts.do.answerAssist"));
  await done(chief, en("acts", "desk.acts.done.answerAssist"));
  await leave(chief);
  await expect(walk.by("chief", "cases.get", { caseId: filed.caseId })).rejects.toThrow("case.notFound");

  await walk.open(handler, filed);
  await handler.getByText("Zone two is paid by table 3; the pay slips are attached.").waitFor();
  await leave(handler);
});
