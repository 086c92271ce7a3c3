import type { Browser, Page } from "playwright-core";
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
  await choose(house, "joint-petition", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const codeIn = async (page: Page, label: string): Promise<string> =>
  (await page.getByRole("region", { name: label }).locator(".ds-code").textContent()) ?? "";

test("one writes, two sign without an account, the representative agrees, it is filed, and each follows it by his own code", async () => {
  const starter = await walk.desk("soldier", "zh-CN", 390);
  await starter.goto(`${house.url}/?u=FIRST`);
  await starter.getByRole("link", { name: /^联名反映/ }).click();
  await starter.getByRole("button", { name: "写一份联名材料" }).waitFor();
  await expectFits(starter);
  await press(starter, "写一份联名材料");
  await starter.getByRole("radio", { name: "请求解决问题" }).check();
  await starter.getByLabel("标题").fill("三号楼没有热水 No hot water");
  await starter.getByLabel("事情经过").fill("三号楼两个冬天没有热水。");
  await starter.getByRole("radio", { name: "办理单位经审批可以查看" }).check();
  await starter.getByLabel("您的身份").selectOption("conscript");
  await starter.getByLabel("联系方式").fill("13900000001");
  await expectFits(starter);
  await press(starter, "生成签名码");
  const signCode = await codeIn(starter, "签名码");
  const speakCode = await codeIn(starter, "代表码");
  await expectFits(starter);

  const speaker = await walk.visitor("zh-CN", 1440);
  await speaker.goto(`${house.url}/p/joint-petition/sign?u=FIRST#${speakCode}`);
  await speaker.getByLabel("姓名").fill("联名人甲");
  await speaker.getByLabel("您的身份").selectOption("nco");
  await speaker.getByLabel("联系方式").fill("13800000001");
  await speaker.getByLabel("我看过上面的材料，自愿签名").check();
  await expectFits(speaker);
  await press(speaker, "签名并担任代表");
  const speakersOwn = await codeIn(speaker, "您自己的码");

  const signer = await walk.visitor("en", 390);
  await signer.goto(`${house.url}/p/joint-petition/sign?u=FIRST`);
  await signer.getByLabel("Code").fill(signCode.toLowerCase());
  await press(signer, "Open");
  await signer.getByText("2 have signed", { exact: false }).waitFor();
  await signer.getByLabel("Name").fill("Signer B");
  await signer.getByLabel("Who you are").selectOption("conscript");
  await signer.getByLabel("How to reach you").fill("13800000002");
  await press(signer, "Sign");
  await signer.getByText("Confirm first that you have read it and sign freely.").first().waitFor();
  await signer.getByLabel("I have read the text above and sign it of my own free will").check();
  await expectFits(signer);
  await press(signer, "Sign");
  const signersOwn = await codeIn(signer, "Your own code");
  await expectFits(signer);

  await speaker.goto(`${house.url}/p/joint-petition/sign?u=FIRST&again#${speakersOwn}`);
  await press(speaker, "同意递交");
  await speaker.getByText("您已同意递交。").waitFor();
  await expectFits(speaker);
  await leave(speaker);

  await press(starter, "刷新人数");
  await starter.getByText("代表2人，已同意递交2人。", { exact: false }).waitFor();
  await press(starter, "替大家递交");
  await starter.getByRole("heading", { name: "已递交" }).waitFor();
  await starter.getByText("3名联名人都能用自己的码", { exact: false }).waitFor();
  await expectFits(starter);
  await leave(starter);

  await signer.goto(`${house.url}/t`);
  await signer.getByLabel("Code").fill(signersOwn);
  await signer.keyboard.press("Enter");
  await signer.getByText("三号楼没有热水 No hot water").first().waitFor();
  expect(await signer.getByText("联名人甲").count()).toBe(0);
  await expectFits(signer);

  // the reply reaches each of them by his own code
  const { rows } = await house.server.database.pool.query<{ id: string; case_no: string }>(
    "select id, case_no from kernel.cases where title = '三号楼没有热水 No hot water'",
  );
  const caseId = rows[0]?.id ?? "";
  await walk.register("clerk", caseId);
  await walk.act("officer", "cases.accept", caseId, { office: "营房股" });
  await walk.answered({ caseId, caseNo: rows[0]?.case_no ?? "", returnCode: "" });
  await signer.reload();
  await signer.getByText("不予支持").first().waitFor();
  await expectFits(signer);
  const other = await walk.own({ caseId, caseNo: "", returnCode: speakersOwn });
  await other.getByText("不予支持").first().waitFor();
  await leave(other);
  await leave(signer);
});
