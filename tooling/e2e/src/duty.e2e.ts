import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { done, leave, press, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { wordsOf } from "./words.ts";

vi.setConfig({ testTimeout: 60_000 });

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse({
    people: [{ username: "chief", unit: "BRIGADE", roles: [{ role: "officer", subtree: true }] }],
  });
  walk = walkOf(house, browser);
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const zh = wordsOf("zh-CN");
const en = wordsOf("en");

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

test("the administrator puts somebody on duty; the gaps and who stands in are there to be read", async () => {
  const admin = await walk.desk("admin", "en", 390);
  await admin.goto(`${house.url}/admin/units/${house.units.get("FIRST")}?tab=duty`);
  await admin.getByText(en("adminUnits", "dutyGap")).first().waitFor();
  await admin.getByText("officer、signer、chief").waitFor();
  await expectNoViolations(admin);
  const today = walk.today();
  const tomorrow = new Date(Date.parse(`${today}T00:00:00Z`) + 2 * 86_400_000).toISOString().slice(0, 10);
  await admin.locator("select[name=person]").selectOption({ label: "handler" });
  await admin.locator("input[name=fromDay]").fill(today);
  await admin.locator("input[name=fromTime]").fill("00:00");
  await admin.locator("input[name=untilDay]").fill(tomorrow);
  await press(admin, en("adminUnits", "dutyAddNow"));
  await admin.getByRole("button", { name: `${en("adminUnits", "dutyReplace")}: handler` }).waitFor();
  await expectNoViolations(admin);
  await leave(admin);
});

test("P05: danger on the telephone pages who is on duty, who takes it, tells by phone and reports from a phone", async () => {
  const filed = await walk.paper("clerk", "FIRST", "孩子说熄灯后挨打，很害怕", {
    via: "phone",
    urgentSafety: true,
  });
  await pass("PT1M");

  const handler = await walk.desk("handler", "zh-CN", 390);
  await handler.goto(`${house.url}/desk/queue`);
  const banner = handler.getByRole("alert").filter({ hasText: zh("duty", "desk.duty.banner", { n: "1" }) });
  await banner.waitFor();
  await expectNoViolations(handler);
  await banner.getByRole("link", { name: zh("duty", "desk.duty.open") }).click();
  await handler.getByText(filed.caseNo).waitFor();
  await expectNoViolations(handler);
  await press(handler, zh("duty", "desk.duty.take"));
  await done(handler, zh("duty", "desk.duty.taken"));

  await press(handler, zh("duty", "desk.duty.doPhone"));
  await handler.getByText(zh("duty", "desk.duty.chooseOne")).first().waitFor();
  await handler.getByRole("checkbox", { name: zh("duty", "desk.dutyReached.nextLevel") }).check();
  await press(handler, zh("duty", "desk.duty.doPhone"));
  await done(handler, zh("duty", "desk.duty.phoned"));

  await handler.locator("textarea[name=text]").fill("已由军医查看，人身安全，另行安排住处。");
  await handler.getByRole("checkbox", { name: zh("duty", "desk.dutyReached.medical") }).check();
  await expectNoViolations(handler);
  await press(handler, zh("duty", "desk.duty.doReport"));
  await done(handler, zh("duty", "desk.duty.reported"));
  await handler.getByText(zh("duty", "desk.duty.empty")).waitFor();
  await leave(handler);

  const officer = await walk.desk("officer", "en");
  await walk.open(officer, filed);
  await officer.getByText("已由军医查看，人身安全，另行安排住处。").waitFor();
  await officer.getByText(en("duty", "desk.dutyReached.medical")).waitFor();
  await expectNoViolations(officer);
  await leave(officer);
});

test("danger seen later is flagged at the desk; the proof says what is stuck in one's own cases", async () => {
  const filed = await walk.paper("clerk", "FIRST", "窗户漏雨");
  await walk.act("officer", "duty.flag", filed.caseId, { reason: "来电时听到有人威胁他" });
  await pass("PT2M");
  const chief = await walk.desk("chief", "en", 390);
  await chief.goto(`${house.url}/desk/queue`);
  await chief
    .getByRole("alert")
    .filter({ hasText: en("duty", "desk.duty.banner", { n: "1" }) })
    .waitFor();
  await leave(chief);

  await pass("P2D");
  const officer = await walk.desk("officer", "en", 390);
  await officer.goto(`${house.url}/desk/urged`);
  await officer.getByRole("link", { name: en("proof", "desk.proof.title") }).click();
  await officer.getByText("somebody was in danger, and a day later nothing was reported").first().waitFor();
  await officer.getByRole("link", { name: filed.caseNo }).first().waitFor();
  await expectNoViolations(officer);
  await press(officer, en("proof", "desk.proof.mended"));
  await officer.getByText(en("proof", "desk.proof.none")).waitFor();
  await leave(officer);
});
