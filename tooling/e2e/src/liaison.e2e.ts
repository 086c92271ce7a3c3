import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFits } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { leave, press, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { choose } from "./show-box.ts";

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openHouse()]);
  walk = walkOf(house, browser);
  await choose(house, "liaison", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

async function letterToSign(caseId: string): Promise<string> {
  const { rows } = await house.server.database.pool.query<{ id: string }>(
    "select id from kernel.notices where case_id = $1 and code = 'DM' and state = 'draft'",
    [caseId],
  );
  return rows[0]?.id ?? "";
}

test("a local office is written to, answers, and the petitioner hears of it until contact is confirmed", async () => {
  const filed = await walk.inHandling("随军八个月没有安置时间");
  const handler = await walk.desk("handler");
  await walk.open(handler, filed);
  await handler.getByRole("tab", { name: "军地协调" }).click();
  await handler.getByText("这件事项还没有开展军地协调。").waitFor();
  await press(handler, "开始军地协调");
  await handler.getByRole("option", { name: /^handler/ }).waitFor({ state: "attached" });
  await handler.getByLabel("由谁跟进").selectOption({ index: 1 });
  await expectFits(handler);
  await press(handler, "开始");
  await handler.getByText("还没有发函。").waitFor();
  // no day of a yes is proposed: the helper says it
  await handler.getByRole("radio", { name: "给地方发函" }).check();
  expect(await handler.getByLabel("来信人哪天同意发函").inputValue()).toBe("");
  // the petitioner says yes himself, on the page of his matter
  await handler.getByRole("radio", { name: "请来信人在他自己的页面同意" }).check();
  await expectFits(handler);
  await press(handler, "征求同意");
  await handler.getByText(/已请来信人在他的页面答复/).waitFor();
  const asked = await walk.own(filed, "en");
  await asked.getByText(/Do you agree that our unit writes to them for you/).waitFor();
  await expectFits(asked);
  await press(asked, "I consent");
  await leave(asked);
  await handler.reload();
  await handler.getByText(/在自己的页面同意发函/).waitFor();
  await handler.getByRole("radio", { name: "给地方发函" }).check();
  await handler.getByLabel("发给哪个部门").fill("某区人社局");
  await handler.getByLabel("有关情况").fill("家属落户八个月，安置没有时间。");
  await handler.getByLabel("请对方做什么").fill("请告知安置进度。");
  await expectFits(handler);
  await press(handler, "送签发");
  await handler.getByText("等签发").waitFor();
  await walk.act("signer", "notices.seal", filed.caseId, { noticeId: await letterToSign(filed.caseId) });
  await expect
    .poll(
      async () => {
        await handler.reload();
        await handler.getByRole("heading", { name: "随军八个月没有安置时间" }).waitFor();
        return await handler.getByRole("radio", { name: "登记地方的答复" }).isVisible();
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  await handler.getByRole("radio", { name: "登记地方的答复" }).check();
  await handler.getByLabel("答复了什么").fill("排到第三位，六月安置");
  await press(handler, "登记");
  await handler.getByText(/答复：排到第三位，六月安置/).waitFor();
  await expectFits(handler);

  // as if he had said yes in person
  await house.server.database.pool.query("update p_liaison.letters set agreed_by = 'told'");
  const officer = await walk.desk("officer", "en", 390);
  await officer.goto(`${house.url}/desk/p/liaison`);
  await officer.getByText("某区人社局 · answered").waitFor();
  await expectFits(officer);
  await press(officer, "Open 随军八个月没有安置时间");
  await officer.getByText(/^The petitioner agreed in person on \d/u).waitFor();
  await officer.getByRole("radio", { name: "Tell the petitioner" }).check();
  await officer.getByLabel("Your word to the petitioner").fill("区人社局说六月安置，您已联系上经办人。");
  await officer.getByRole("radio", { name: "The petitioner confirms that contact is made" }).check();
  await expectFits(officer);
  await press(officer, "Send to the petitioner");
  await officer.getByText("Contact confirmed").waitFor();
  await expectFits(officer);
  await leave(officer);
  await leave(handler);

  const own = await walk.own(filed);
  await own.getByText("区人社局说六月安置，您已联系上经办人。").waitFor();
  await leave(own);
});
