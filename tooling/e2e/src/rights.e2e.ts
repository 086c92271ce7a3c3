import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { done, drawer, leave, openAct, press, review, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { wordsOf } from "./words.ts";

vi.setConfig({ testTimeout: 120_000 });

const zh = wordsOf("zh-CN");

let browser: Browser;
let house: House;
let walk: Walk;
const outside = mkdtempSync(join(tmpdir(), "doorstep-rights-"));
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse({
    people: [
      { username: "auditor", unit: "BRIGADE", roles: [{ role: "auditor", subtree: true }] },
      { username: "second", unit: "FIRST", roles: [{ role: "officer" }] },
    ],
  });
  walk = walkOf(house, browser);
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
  rmSync(outside, { recursive: true, force: true });
});

async function admin(username: string, path: string, width: number): Promise<Page> {
  const page = await walk.desk(username, "zh-CN", width);
  await page.goto(`${house.url}/admin/${path}`);
  return page;
}

test("by code the petitioner sees so much that he knows himself, corrects it, takes his copy with him, and is answered on his wish to delete", async () => {
  const petitioner = { name: "林小满", kind: "nco", contact: "13800005678" };
  const filed = await walk.inHandling("我的数据", { anonymity: "named", petitioner });
  const own = await walk.own(filed);
  await own.getByRole("link", { name: "查看、更正、导出我的数据" }).click();
  await own.getByRole("heading", { level: 1, name: "我的数据" }).waitFor();
  await own.getByText("归档后保存 120 个月，之后按规定销毁").waitFor();
  await expectNoViolations(own);
  const [download] = await Promise.all([
    own.waitForEvent("download"),
    own.getByRole("button", { name: "导出我的数据" }).click(),
  ]);
  const page = readFileSync(await download.path(), "utf8");
  expect(page).toContain("The petition");
  expect(page).toContain("data:application/pdf;base64,");
  await own.getByRole("link", { name: "更正我的信息" }).click();
  await own.getByLabel("新的联系方式").fill("13900001111");
  await press(own, "提交更正");
  await own.getByText("已更正。以后联系您用新的信息。").waitFor();
  await own.goto(`${house.url}/t/data`);
  await own.getByText("***1111").waitFor();
  await own.getByRole("link", { name: "申请删除" }).click();
  await own.getByLabel("希望删除什么，为什么").fill("请不要保存我的姓名");
  await press(own, "提交申请");
  await own.getByText("已收到，答复会写在“留言”里。").waitFor();
  await expectNoViolations(own);

  const officer = await walk.desk("officer", "zh-CN", 390);
  await walk.open(officer, filed);
  await officer.getByRole("tab", { name: zh("deskCase", "desk.case.handling") }).click();
  await openAct(officer, zh, "answerErasure");
  await drawer(officer).getByRole("radio", { name: "依规定保存到期满" }).check();
  await drawer(officer).locator("textarea[name=reason]").fill("办理期间须保存，期满即销毁。");
  await expectNoViolations(officer);
  await review(officer, zh);
  await press(drawer(officer), zh("acts", "desk.acts.do.answerErasure"));
  await done(officer, zh("acts", "desk.acts.done.answerErasure"));
  await leave(officer);
  await own.goto(`${house.url}/t/case`);
  await own.getByText("办理期间须保存，期满即销毁。").first().waitFor();
  await leave(own);
});

test("a hold asked by one and set by another lets a file outlive the destruction that a person approves", async () => {
  const held = await walk.paper("clerk", "FIRST", "诉讼未结的一件");
  const over = await walk.paper("clerk", "FIRST", "保管期满的一件");
  const officer = await walk.desk("officer", "zh-CN", 390);
  await walk.open(officer, held);
  await officer.getByRole("tab", { name: zh("deskCase", "desk.case.handling") }).click();
  await openAct(officer, zh, "hold");
  await drawer(officer).locator("textarea[name=reason]").fill("诉讼未结");
  await review(officer, zh);
  await press(drawer(officer), zh("acts", "desk.acts.do.hold"));
  await done(officer, zh("acts", "desk.acts.done.hold"));
  expect(await officer.getByRole("button", { name: zh("proposals", "desk.proposals.confirm") }).count()).toBe(0);
  await leave(officer);

  const { pool } = house.server.database;
  const second = await walk.desk("second", "zh-CN", 390);
  await walk.open(second, held);
  await second.getByRole("tab", { name: zh("deskCase", "desk.case.handling") }).click();
  await press(second, zh("proposals", "desk.proposals.confirm"));
  const flags = () => pool.query("select flags from kernel.cases where id = $1", [held.caseId]);
  await expect.poll(async () => (await flags()).rows).toEqual([{ flags: ["held"] }]);
  // put away eleven years ago
  const both = [[held.caseId, over.caseId], house.server.clock.now()];
  await pool.query(
    "update kernel.cases set status = 'archived', entered_at = $2::timestamptz - interval '11 years' where id = any($1)",
    both,
  );

  const page = await admin("admin", "retention", 390);
  await press(page, "立即清点");
  await page.getByText("信访卷宗：1 件期满（另有 1 件法定保留）").waitFor();
  await expectNoViolations(page);
  await press(page, "批准销毁: 信访卷宗");
  await page.getByRole("dialog").getByLabel("理由").fill("保管期满");
  await press(page.getByRole("dialog"), "批准销毁");
  await page.getByText("已记录。").waitFor();
  await fetch(`${house.url}/test/clock`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: house.url },
    body: JSON.stringify({ advance: "PT1M" }),
  });
  await page.reload();
  await page.getByText("已销毁 1 件").waitFor();
  await expectNoViolations(page);
  await leave(page);
  const { rows } = await pool.query(
    "select id, destroyed_on is not null as destroyed, title from kernel.cases where id = any($1)",
    [both[0]],
  );
  expect(rows).toEqual(
    expect.arrayContaining([
      { id: held.caseId, destroyed: false, title: "诉讼未结的一件" },
      { id: over.caseId, destroyed: true, title: "" },
    ]),
  );
  await walk.open(second, held);
  await second.getByText("诉讼未结的一件").first().waitFor();
  await leave(second);
});

test("somebody of the staff sees what is held on himself and takes his copy with him", async () => {
  const page = await admin("admin", "account", 390);
  await page.getByRole("link", { name: "查看、导出关于我的记录" }).click();
  await page.getByRole("heading", { level: 1, name: "关于我的记录" }).waitFor();
  await page.getByText("平台管理员 · ").first().waitFor();
  await page.getByRole("heading", { level: 2, name: "我的操作" }).waitFor();
  await expectNoViolations(page);
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "导出我的记录")]);
  const copy = readFileSync(await download.path(), "utf8");
  expect(copy).toContain("What is held on me");
  expect(copy).toContain("平台管理员 · platform admin");
  await page.getByText("已导出。").waitFor();
  await leave(page);
});

test("an auditor finds who did what, sees the chain hold, and gives a reason for what he takes out", async () => {
  const page = await admin("auditor", "audit", 390);
  await page.getByRole("heading", { level: 1, name: "审计" }).waitFor();
  await page.getByRole("button", { name: "立即核对" }).click();
  await page.getByText(/连续 ✓/).waitFor();
  await page.getByRole("list", { name: "留痕记录" }).waitFor();
  await expectNoViolations(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expectNoViolations(page);
  await page.getByRole("button", { name: "模块变更" }).first().click();
  await page.getByText("变更前").waitFor();
  await expectNoViolations(page);
  await page.keyboard.press("Escape");
  await page.getByLabel("信访编号").fill("2026-000000-0");
  await page.getByText("该条件下没有记录").waitFor();
  await page.getByRole("button", { name: "清除筛选" }).first().click();
  await page.getByRole("button", { name: "模块变更" }).first().waitFor();
  const exported = page.getByRole("button", { name: "导出数据", exact: true });
  const before = await exported.count();
  await page.getByRole("button", { name: "导出", exact: true }).click();
  await page.getByLabel("导出事由").fill("年度审计抽查");
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "导出为 CSV")]);
  expect(readFileSync(await download.path(), "utf8")).toContain("模块变更");
  await page.getByText(/已导出 \d+ 条/).waitFor();
  await expect.poll(() => exported.count()).toBe(before + 1);
  await leave(page);
});

test("the plan is tried out before it is kept, and a backup by hand stands in the list", async () => {
  const page = await admin("admin", "backups", 390);
  await page.getByLabel(/^备份文件夹/).fill("backups");
  await press(page, "保存备份安排");
  await page.getByText(/服务器不能写入文件夹“backups”/).waitFor();
  await page.getByLabel(/^备份文件夹/).fill(join(outside, "backups"));
  await press(page, "保存备份安排");
  await page.getByText("备份安排已保存。").waitFor();
  await expectNoViolations(page);
  await press(page, "立即备份");
  await page.getByText("手动备份", { exact: true }).waitFor();
  await page.getByText("完好").waitFor();
  await expectNoViolations(page);
  await page.goto(`${house.url}/admin/retention`);
  await page.getByRole("heading", { level: 1, name: "保管与销毁" }).waitFor();
  await page.getByRole("button", { name: "立即清点" }).click();
  await page.getByText("已清点，没有销毁任何内容。").waitFor();
  await expectNoViolations(page);
  await leave(page);
});
