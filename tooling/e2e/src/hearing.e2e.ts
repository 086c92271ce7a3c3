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
const panel = ["chair", "second", "third", "fourth"] as const;
beforeAll(async () => {
  const people = panel.map((username) => ({ username, unit: "FIRST", roles: [] }));
  [browser, house] = await Promise.all([openBrowser(), openHouse({ now: "2026-03-02T01:00:00Z", people })]);
  walk = walkOf(house, browser);
  await choose(house, "hearing", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

async function sign(page: Page): Promise<void> {
  const pad = page.locator(".ds-pad");
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error("no box to sign in");
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 90, box.y + 60);
  await page.mouse.up();
}

test("a petitioner applies, the unit calls a hearing, and he signs its record on his own page", async () => {
  const filed = await walk.inHandling("训练伤评残等级有误");
  const own = await walk.own(filed);
  await press(own, "申请听证");
  const wish = own.getByLabel("为什么希望听证");
  await wish.fill("评");
  await press(own, "提交");
  // what the server finds too short is marked where it stands
  await own.getByText("太短了，最少 2 个字").last().waitFor();
  expect(await wish.evaluate((field) => field === document.activeElement)).toBe(true);
  await own.getByRole("textbox", { name: "为什么希望听证", description: "太短了，最少 2 个字" }).waitFor();
  expect(await wish.getAttribute("aria-invalid")).toBe("true");
  await expectFits(own);
  await wish.fill("评残标准有争议");
  await press(own, "提交");
  await own.getByText("申请待决定").waitFor();

  const officer = await walk.desk("officer");
  await walk.open(officer, filed);
  await officer.getByRole("tab", { name: "听证" }).click();
  await officer.getByText("来信人申请听证：评残标准有争议").waitFor();
  await press(officer, "组织听证");
  await officer.getByRole("radio", { name: "同意申请，决定听证" }).check();
  await officer.getByLabel("听证事项").fill("评残等级");
  await officer.getByLabel("听证日期").fill("2026-03-09");
  await officer.getByLabel("地点").fill("一营会议室");
  for (const [label, name] of [
    ["主持人", "chair"],
    ["听证员1", "second"],
    ["听证员2", "third"],
  ] as const) {
    await officer.getByRole("combobox", { name: label }).fill(name);
    await officer.getByRole("option", { name: `${name} · ` }).click();
  }
  await expectFits(officer);
  await press(officer, "决定听证，通知书送签");
  await officer.getByText("通知书等待签发。").waitFor();
  await expectFits(officer);
  const { rows } = await house.server.database.pool.query(
    "select id from kernel.notices where case_id = $1 and code = 'DM' and state = 'draft'",
    [filed.caseId],
  );
  await walk.act("signer", "notices.seal", filed.caseId, { noticeId: rows[0].id });

  await expect
    .poll(
      async () => {
        await own.reload();
        await own.getByText("听证组：").waitFor();
        return own.getByText("已通知，").count();
      },
      { timeout: 20_000 },
    )
    .toBe(1);
  await press(own, "申请听证组成员回避");
  await own.getByRole("radio", { name: "second" }).check();
  await own.getByLabel("为什么", { exact: true }).fill("他参加过上次评定");
  await expectFits(own);
  await press(own, "提交");
  await own.getByText("您申请second回避。 还没有决定。").waitFor();
  await leave(own);

  // a leader decides, and the unit fills the place
  const signer = await walk.desk("signer", "en", 390);
  await signer.goto(`${house.url}/desk/p/hearing/case/${filed.caseId}`);
  await signer.getByRole("radio", { name: "Decide who leaves the panel" }).check();
  await signer.getByRole("radio", { name: "Leaves the panel", exact: true }).check();
  const why = signer.getByRole("textbox", { name: "Why", exact: true });
  await why.fill("?");
  await press(signer, "Confirm");
  await signer.getByRole("link", { name: "Why: Too short: at least 2 characters" }).waitFor();
  expect(await why.getAttribute("aria-invalid")).toBe("true");
  await expectFits(signer);
  await why.fill("确有关联");
  await press(signer, "Confirm");
  await signer.getByText("second (has left)").first().waitFor();
  await leave(signer);
  await officer.reload();
  await officer.getByRole("radio", { name: "换一位听证组成员" }).check();
  await officer.getByRole("combobox", { name: "由谁接替" }).fill("fourth");
  await officer.getByRole("option", { name: "fourth · " }).click();
  await officer.getByLabel("为什么换人").fill("原成员回避");
  await expectFits(officer);
  await press(officer, "换人");
  await officer.getByText("听证组：chair（主持人）、fourth、second（已退出）、third").waitFor();
  await leave(officer);

  await fetch(`${house.url}/test/clock`, { method: "POST", body: JSON.stringify({ advance: "P7D" }) });
  walk.forgetSessions();
  // the record is taken on the desk's screen, and whoever was there as somebody else signs on its glass
  const room = await walk.desk("officer");
  await room.goto(`${house.url}/desk/p/hearing`);
  await room.getByText("一营会议室，公开").waitFor();
  await expectFits(room);
  await room.goto(`${house.url}/desk/p/hearing/case/${filed.caseId}`);
  await room.getByRole("radio", { name: "记笔录" }).check();
  await room.getByLabel("其他到场的人1").fill("鉴定人");
  await room.getByLabel("笔录", { exact: true }).fill("各方陈述、提问。");
  await expectFits(room);
  await press(room, "保存笔录，请大家核对");
  await room.getByText("鉴定人：还没有签字").waitFor();
  await room.getByRole("radio", { name: "请到场的人签字" }).check();
  await room.getByRole("radio", { name: "鉴定人" }).check();
  await sign(room);
  await expectFits(room);
  await press(room, "签字");
  await room.getByText("鉴定人：已核对签字").waitFor();
  await room.getByRole("radio", { name: "请到场的人签字" }).check();
  await room.getByRole("radio", { name: "fourth" }).check();
  await room.getByRole("radio", { name: "没有签字，写明原因" }).check();
  await room.getByLabel("为什么没有签字").fill("提前返回部队");
  await press(room, "确定");
  await room.getByText("fourth：没有签字，提前返回部队").waitFor();
  await leave(room);

  const again = await walk.own(filed);
  await again.getByText("各方陈述、提问。").waitFor();
  // what was decided of the panel is read after the day as well
  await again.getByText("您申请second回避。 同意回避：确有关联").waitFor();
  await again.getByLabel("笔录有出入的地方").fill("第二次鉴定是2025年");
  await sign(again);
  await expectFits(again);
  await press(again, "签字");
  await again.getByText("更正：第二次鉴定是2025年").waitFor();
  await leave(again);

  const chair = await walk.desk("chair", "en", 390);
  await chair.goto(`${house.url}/?u=FIRST`);
  await chair.getByRole("link", { name: /Hearings I sit on/u }).click();
  await press(chair, "Open 评残等级");
  await sign(chair);
  await expectFits(chair);
  await press(chair, "Sign");
  await press(chair, "He is right");
  await chair.getByText("Your vote: He is right. 1 of the panel have voted.").waitFor();
  await expectFits(chair);
  await leave(chair);
});
