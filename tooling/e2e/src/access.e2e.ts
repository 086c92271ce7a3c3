import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { done, drawer, leave, openAct, press, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { type Language, wordsOf } from "./words.ts";

vi.setConfig({ testTimeout: 120_000 });

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse({
    units: [{ code: "SECOND", parent: "BRIGADE" }],
    people: [
      { username: "other-handler", unit: "FIRST", roles: [{ role: "handler" }] },
      { username: "organ", unit: "BRIGADE", roles: [{ role: "discipline" }] },
      { username: "asker", unit: "SECOND", roles: [{ role: "discipline" }] },
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
const WHY = "有人可能受到伤害，须立即了解";

/** Nothing stands beyond the edge of a phone. */
const fits = async (page: Page): Promise<void> =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);

test("the petitioner asks that his handler stand out; it is granted, and another one handles his case", async () => {
  const filed = await walk.inHandling("津贴少发一档");
  const own = await walk.own(filed);
  await own.getByRole("link", { name: zh("ownActs", "askRecusal.title") }).click();
  await own.locator("textarea[name=reason]").fill("承办人就是我反映的财务人员的弟弟。");
  await expectNoViolations(own);
  await press(own, zh("ownActs", "askRecusal.send"));
  await done(own, zh("ownActs", "askRecusal.done"));
  await own.goto(`${house.url}/t/case`);
  await own.getByText(zh("case", "recusal.asked")).waitFor();

  const handler = await walk.desk("handler", "en");
  await handler.goto(`${house.url}/desk/c/${filed.caseNo}`);
  await handler.getByRole("heading", { name: en("deskCase", "desk.case.missing") }).waitFor();
  await leave(handler);

  const signer = await walk.desk("signer");
  await walk.open(signer, filed);
  await press(signer, zh("recusals", "desk.recusals.decide", { name: "handler" }));
  await drawer(signer).getByText("承办人就是我反映的财务人员的弟弟。").waitFor();
  await drawer(signer)
    .getByRole("radio", { name: new RegExp(zh("recusals", "desk.recusals.grantedNote")) })
    .check();
  await drawer(signer).locator("textarea[name=reason]").fill("确有亲属关系，由另一人办理。");
  await expectNoViolations(signer);
  await press(drawer(signer), zh("recusals", "desk.recusals.do"));
  await done(signer, zh("recusals", "desk.recusals.done"));
  await leave(signer);

  const officer = await walk.desk("officer");
  await walk.open(officer, filed);
  await openAct(officer, zh, "handler");
  await expectNoViolations(officer);
  await drawer(officer).getByRole("radio", { name: "other-handler" }).check();
  await press(drawer(officer), zh("acts", "desk.acts.do.handler"));
  await done(officer, zh("acts", "desk.acts.done.handler"));
  await leave(officer);

  await own.reload();
  await own.getByText(zh("case", "recusal.granted")).waitFor();
  await own.getByText("确有亲属关系，由另一人办理。").first().waitFor();
  await leave(own);
});

test("an accusation is opened in need: asked by number, confirmed, read, seen by its author, given back", async () => {
  const filed = await walk.paper("clerk", "FIRST", "战士津贴被冒领", { purpose: "accuse" });
  const asker = await walk.desk("asker", "zh-CN", 390);
  await asker.goto(`${house.url}/desk/access`);
  await asker.locator("input[name=caseNo]").fill(filed.caseNo.toLowerCase());
  await asker.locator("textarea[name=reason]").fill(WHY);
  await press(asker, zh("access", "desk.access.ask"));
  await done(asker, zh("access", "desk.access.answer.waiting"));
  await asker.getByText(new RegExp(zh("access", "desk.access.state.waiting"))).waitFor();
  await expectNoViolations(asker);

  const organ = await walk.desk("organ", "en");
  await organ.goto(`${house.url}/desk/access`);
  await organ.getByText(en("access", "desk.access.found")).waitFor();
  await organ.getByText(WHY).waitFor();
  await expectNoViolations(organ);
  await press(organ, en("access", "desk.access.confirm"));
  await organ.getByText(WHY).waitFor({ state: "detached" });
  await leave(organ);

  await asker.reload();
  await asker.getByRole("link", { name: filed.caseNo }).click();
  await asker.getByText("来信说公寓窗户漏雨").first().waitFor();
  await expectNoViolations(asker);

  const own = await walk.own(filed, "en");
  await own.getByText(en("case", "accesses")).waitFor();
  await own.getByText(WHY).waitFor();
  await expectNoViolations(own);
  await leave(own);

  await asker.goto(`${house.url}/desk/access`);
  await press(asker, zh("access", "desk.access.end"));
  await asker.getByText(new RegExp(zh("access", "desk.access.state.over"))).waitFor();
  await asker.goto(`${house.url}/desk/c/${filed.caseNo}`);
  await asker.getByRole("heading", { name: zh("deskCase", "desk.case.missing") }).waitFor();
  await leave(asker);
});

test("kin is declared and taken back; both pages read well on a phone and a wide screen, in both languages", async () => {
  const officer = await walk.desk("officer");
  await officer.goto(`${house.url}/desk/kin`);
  await officer.getByText(zh("kin", "desk.kin.none")).waitFor();
  await officer.getByRole("searchbox").fill("soldier");
  await officer
    .getByRole("button", { name: /soldier/ })
    .first()
    .click();
  await press(officer, zh("kin", "desk.kin.declare", { name: "soldier" }));
  await done(officer, zh("kin", "desk.kin.done"));
  await officer.getByRole("button", { name: zh("kin", "desk.kin.end", { name: "soldier" }) }).waitFor();
  await leave(officer);

  for (const language of ["zh-CN", "en"] satisfies Language[])
    for (const width of [390, 1440]) {
      const say = wordsOf(language);
      const page = await walk.desk("officer", language, width);
      await page.goto(`${house.url}/desk/kin`);
      await page.getByRole("button", { name: say("kin", "desk.kin.end", { name: "soldier" }) }).waitFor();
      await fits(page);
      await expectNoViolations(page);
      await page.goto(`${house.url}/desk/access`);
      await page.getByRole("button", { name: say("access", "desk.access.ask") }).waitFor();
      await fits(page);
      await expectNoViolations(page);
      await leave(page);
    }

  const again = await walk.desk("officer", "en", 390);
  await again.goto(`${house.url}/desk/kin`);
  await press(again, en("kin", "desk.kin.end", { name: "soldier" }));
  await again.getByText(en("kin", "desk.kin.none")).waitFor();
  await leave(again);
});
