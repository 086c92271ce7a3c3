import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { LINE, rawArchive, testPublisher } from "@doorstep/plugin-host/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { leave, press, walkOf } from "./desk-walk.ts";
import { call, type House, openHouse, signIn } from "./house.ts";
import { wordsOf } from "./words.ts";

let browser: Browser;
let house: House;
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse({
    people: [{ username: "second", unit: "BRIGADE", roles: [{ role: "platformAdmin", subtree: true }] }],
  });
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const makers = testPublisher("makers");

/** A module that answers which version it is. */
const archive = (version: string, capabilities: readonly ("db" | "units.read" | "files")[]) =>
  rawArchive({
    id: "notice-board",
    version,
    privateKey: makers.privateKey,
    server: `${LINE} hear((m) => { if (m.type === "begin") return post(ready); if (m.type !== "call") return;
      if (m.asked.body === '"odd"') return post({ type: "done", call: m.call, value: "odd" });
      answer(m.call, "${version}"); });`,
    manifest: {
      title: { "zh-CN": "通知栏", en: "Notice board" },
      purpose: { "zh-CN": "在门户张贴通知。", en: "Puts notices up in the portal." },
      capabilities: [...capabilities],
    },
    files: { "migrations/0001-notes.sql": "create table notes (id uuid primary key)" },
  });

async function choose(page: Page, bytes: Buffer, press: string): Promise<void> {
  const file = { name: "notice-board.dsp", mimeType: "application/octet-stream", buffer: bytes };
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("button", { name: press, exact: true }).click();
}

interface Installed {
  readonly ended: readonly { readonly id: string; readonly removal: { readonly id: string } | null }[];
}

const answerOf = async (): Promise<unknown> =>
  call(house.url, await signIn(house.url, "admin"), "p/notice-board/go", {});

test("a module is trusted, approved item by item, installed, updated, rolled back and ended, with no restart", async () => {
  const walk = walkOf(house, browser);
  const zh = wordsOf("zh-CN");
  const page = await walk.desk("admin");
  await page.goto(`${house.url}/admin/modules`);
  await page.getByRole("link", { name: zh("installed", "title") }).click();
  await page.getByRole("heading", { name: zh("installed", "title"), level: 1 }).waitFor();

  await choose(page, await archive("1.0.0", ["units.read"]), zh("installed", "look"));
  await page.getByText("不在受信任的发布者之列").waitFor();
  await expectNoViolations(page);
  await page.getByRole("button", { name: zh("installed", "trust") }).click();
  const panel = page.getByRole("dialog");
  await panel.getByLabel(zh("installed", "name")).fill("后勤软件室");
  await panel.getByLabel(zh("installed", "publicKey")).fill("不是公钥");
  await panel.getByLabel(zh("installed", "why")).fill("电话核对过密钥");
  await panel.getByRole("button", { name: zh("installed", "trust") }).click();
  await panel.getByText("这不是 Ed25519 公钥").waitFor();
  await panel.getByLabel(zh("installed", "publicKey")).fill(makers.publisher.publicKey);
  await expectNoViolations(page);
  await panel.getByRole("button", { name: zh("installed", "trust") }).click();
  await page.getByText(zh("installed", "trusted")).waitFor();

  await choose(page, await archive("1.0.0", ["db", "units.read"]), zh("installed", "look"));
  await page.getByRole("heading", { name: "通知栏 1.0.0" }).waitFor();
  await page.getByText(zh("installed", "fromElsewhere")).waitFor();
  await expectNoViolations(page);
  await page.getByLabel(zh("installed", "why")).fill("连队需要");
  await page.getByRole("button", { name: zh("installed", "install"), exact: true }).click();
  // what was not approved is not installed
  await page
    .getByText(/请勾选|请填写|请确认/)
    .first()
    .waitFor();
  await page.getByRole("checkbox", { name: /查看单位树/ }).check();
  await page.getByRole("checkbox", { name: /保存自己的数据/ }).check();
  await page.getByRole("button", { name: zh("installed", "install"), exact: true }).click();
  await page.getByText("通知栏 1.0.0 已安装").waitFor();
  expect(await answerOf()).toBe("1.0.0");
  await page.getByRole("link", { name: "通知栏" }).click();
  await page.getByText(zh("modules", "health.where.process")).waitFor();
  await page.getByText(zh("modules", "health.none")).waitFor();
  for (let n = 0; n < 5; n += 1)
    await call(house.url, await signIn(house.url, "admin"), "p/notice-board/go", "odd").catch(() => undefined);
  await page.reload();
  await page.getByText("答复的内容不合要求（5 次）").waitFor();
  await page.getByText(/“页面请求”已暂停/).waitFor();
  await expectNoViolations(page);
  await leave(page);

  const en = wordsOf("en");
  const phone = await walk.desk("admin", "en", 390);
  await phone.goto(`${house.url}/admin/modules/installed`);
  await choose(phone, await archive("1.1.0", ["db", "units.read", "files"]), en("installed", "look"));
  await phone.getByText("1.0.0 runs now").waitFor();
  await phone.getByRole("checkbox", { name: /\(new\)/ }).check();
  await phone.getByLabel(en("installed", "why")).fill("needs pictures");
  await expectNoViolations(phone);
  await phone.getByRole("button", { name: en("installed", "upgrade"), exact: true }).click();
  await phone.getByText("Notice board 1.1.0 is installed").waitFor();
  expect(await answerOf()).toBe("1.1.0");

  await phone.getByRole("button", { name: en("installed", "rollBack") }).click();
  await phone.getByRole("dialog").getByLabel(en("installed", "why")).fill("the pictures are too large");
  await expectNoViolations(phone);
  await phone
    .getByRole("dialog")
    .getByRole("button", { name: en("installed", "rollBack") })
    .click();
  await phone.getByText(en("installed", "rolledBack")).waitFor();
  expect(await answerOf()).toBe("1.0.0");
  await phone.getByRole("button", { name: en("installed", "end") }).click();
  await phone.getByRole("dialog").getByLabel(en("installed", "why")).fill("not used");
  await phone
    .getByRole("dialog")
    .getByRole("button", { name: en("installed", "end") })
    .click();
  await phone.getByText(en("installed", "ended")).waitFor();

  await phone.getByText(en("installed", "data.kept")).waitFor();
  await phone.getByRole("button", { name: en("installed", "purge"), exact: true }).click();
  await phone.getByRole("dialog").getByLabel(en("installed", "why")).fill("nobody needs it");
  await phone
    .getByRole("dialog")
    .getByRole("button", { name: en("installed", "purge"), exact: true })
    .click();
  await phone.getByText(en("installed", "purgeMine")).waitFor();
  await expectNoViolations(phone);
  expect(await phone.getByRole("button", { name: en("installed", "approvePurge") }).count()).toBe(0);
  await phone.getByRole("button", { name: en("installed", "takeBackPurge") }).click();
  await phone.getByRole("dialog").getByLabel(en("installed", "why")).fill("somebody may");
  await phone
    .getByRole("dialog")
    .getByRole("button", { name: en("installed", "declinePurge") })
    .click();
  await phone.getByText(en("installed", "purgeDeclined")).waitFor();
  await phone.getByText(en("installed", "data.kept")).waitFor();

  const [first, second] = [await signIn(house.url, "admin"), await signIn(house.url, "second")];
  const download = (who: string | undefined, method = "GET") =>
    fetch(`${house.url}/rpc/modules.data?module=notice-board`, { method, headers: who ? { cookie: who } : {} });
  await call(house.url, first, "modules.purge", { pluginId: "notice-board", why: "nobody needs it" });
  // one alone gets nothing
  expect((await download(first)).status).toBe(404);
  const { ended }: Installed = await call(house.url, second, "modules.installed", {});
  const removal = ended.find((one) => one.id === "notice-board")?.removal;
  await call(house.url, second, "modules.decidePurge", { id: removal?.id ?? "", approve: true, why: "agreed" });
  const refused = [
    await download(undefined),
    await download(await signIn(house.url, "officer")),
    await download(first, "POST"),
  ];
  expect(refused.map((one) => one.status)).toEqual([401, 403, 405]);
  await phone.reload();
  const [file] = await Promise.all([
    phone.waitForEvent("download"),
    phone.getByRole("link", { name: en("installed", "exportData") }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("notice-board-data.tar.gz");
  expect(gunzipSync(readFileSync(await file.path())).toString("utf8")).toContain('"module": "notice-board"');
  await leave(phone);
}, 120_000);

test("settings are typed, previewed and saved with a reason; below they are inherited, bounded or locked, a secret never shows", async () => {
  const walk = walkOf(house, browser);
  const zh = wordsOf("zh-CN");
  const page = await walk.desk("admin");
  await page.goto(`${house.url}/admin/modules/notify-mail`);
  await page.getByRole("link", { name: zh("settings", "open"), exact: true }).click();
  await page.getByRole("heading", { name: "邮件提醒：设置", level: 1 }).waitFor();
  const setHere = (title: string) => page.getByRole("button", { name: `在本单位另定：${title}`, exact: true });
  await setHere("密码").click();
  await setHere("加密方式").click();
  await page.locator("[name=security]").selectOption({ label: "TLS（SMTPS）" });
  await page.getByRole("button", { name: zh("settings", "preview") }).click();
  // a secret that was never set has to be typed
  await page.getByRole("alert").getByText(zh("settings", "typeSecret")).waitFor();
  await page.locator("[name=password]").fill("s3cret-of-the-mail-server");
  await page.getByRole("group", { name: "加密方式" }).getByLabel(zh("settings", "lock")).check();
  await expectNoViolations(page);
  await page.getByRole("button", { name: zh("settings", "preview") }).click();
  await page
    .getByText(/加密方式：STARTTLS → TLS（SMTPS）/)
    .first()
    .waitFor();
  await page
    .getByText(/密码：更换（不显示）/)
    .first()
    .waitFor();
  await expectNoViolations(page);
  await page.getByLabel(zh("settings", "why")).fill("新的邮件服务器");
  await page.getByRole("button", { name: zh("settings", "save"), exact: true }).click();
  await page.getByText(zh("settings", "saved")).waitFor();
  await page.getByText(zh("settings", "secretKept")).waitFor();
  expect(await page.content()).not.toContain("s3cret");
  await leave(page);

  const [unitId, below] = ["BRIGADE", "FIRST"].map((code) => house.units.get(code));
  const en = wordsOf("en");
  const phone = await walk.desk("admin", "en", 390);
  await phone.goto(`${house.url}/admin/modules/ledger-import/settings?unit=${unitId}`);
  await phone.getByRole("button", { name: "Set here: Largest file (MB)" }).press("Enter");
  await phone.locator("[name=maxMegabytes]").fill("50");
  await phone.getByRole("button", { name: en("settings", "preview") }).press("Enter");
  await phone
    .getByText(/Largest file \(MB\): 100 → 50/)
    .first()
    .waitFor();
  await phone.getByLabel(en("settings", "why")).fill("small disks");
  await expectNoViolations(phone);
  await phone.getByRole("button", { name: en("settings", "save"), exact: true }).press("Enter");
  await phone.getByText(en("settings", "saved")).waitFor();
  await phone.goto(`${house.url}/admin/modules/ledger-import/settings?unit=${below}`);
  await phone.getByText(/50 · from /).waitFor();
  await phone.getByRole("button", { name: "Set here: Largest file (MB)" }).press("Enter");
  await phone.locator("[name=maxMegabytes]").fill("60");
  await phone.getByRole("button", { name: en("settings", "preview") }).press("Enter");
  await phone.getByText(/must not be more than 50/).waitFor();
  await expectNoViolations(phone);
  await leave(phone);
}, 120_000);

test("what a unit's receiver did not take is shown and given again", async () => {
  const [unitId, admin] = [house.units.get("BRIGADE"), await signIn(house.url, "admin")];
  const { pool } = house.server.database;
  const { revision } = (await call(house.url, admin, "modules.matrix", {})) as { revision: number };
  const of = { unitId, pluginId: "notify-webhook", why: "x" };
  await call(house.url, admin, "modules.choose", { revision, changes: [{ ...of, choice: "on" }] });
  const walk = walkOf(house, browser);
  const page = await walk.desk("admin");
  await page.goto(`${house.url}/admin/modules/notify-webhook/settings?unit=${unitId}`);
  await page.getByRole("button", { name: "在本单位另定：接收地址", exact: true }).click();
  await page.getByRole("textbox", { name: "接收地址" }).fill("https://oa.example.org/a\n\nhttps://oa.example.org/b");
  await page.getByRole("button", { name: wordsOf("zh-CN")("settings", "preview") }).click();
  await page.getByLabel(wordsOf("zh-CN")("settings", "why")).fill("对接办公系统");
  await page.getByRole("button", { name: wordsOf("zh-CN")("settings", "save"), exact: true }).click();
  await page.getByText(wordsOf("zh-CN")("settings", "saved")).waitFor();
  await pool.query(
    `insert into p_notify_webhook.deliveries (unit_id, case_id, event_id, address, event, state, attempts, error, next_at)
     select $1, gen_random_uuid(), gen_random_uuid(), $2, $3, 'parked', 15, error, now() from unnest($4::text[]) error`,
    [
      unitId,
      "https://oa.example.org/a",
      { type: "case.registered", at: "2026-03-02T02:00:00Z" },
      ["http.503", "unreachable"],
    ],
  );
  await page.goto(`${house.url}/admin/p/notify-webhook`);
  await page.getByRole("heading", { name: "系统对接推送", level: 1 }).waitFor();
  await page.getByText("已搁置 2 条").waitFor();
  await page.getByText(/对方答复 503/).waitFor();
  await page.getByText("还没有设签名密钥").waitFor();
  await expectNoViolations(page);
  await page
    .getByRole("button", { name: /^重发 case.registered \d+$/ })
    .first()
    .press("Enter");
  await page.getByText("已安排重发 1 条").waitFor();
  await page.getByText("已搁置 1 条").waitFor();
  await leave(page);

  const phone = await walk.desk("admin", "en", 390);
  await phone.goto(`${house.url}/admin/p/notify-webhook`);
  await phone.getByText("1 is parked").waitFor();
  await phone.getByText(/Not reached/).waitFor();
  await expectNoViolations(phone);
  await leave(phone);
}, 60_000);

test("who does not administer the platform neither looks at an archive nor installs one", async () => {
  const cookie = await signIn(house.url, "officer");
  const answer = await fetch(`${house.url}/rpc/modules.look`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream", cookie, origin: house.url },
    body: new Uint8Array(await archive("1.0.0", [])),
  });
  expect([answer.status, ((await answer.json()) as { error: { data: { code: string } } }).error.data.code]).toEqual([
    403,
    "forbidden",
  ]);
});

test("another system is connected by two administrators, calls with its token, and is disconnected", async () => {
  const walk = walkOf(house, browser);
  const zh = wordsOf("zh-CN");
  const filed = await walk.fileBy("clerk", "FIRST", { title: "宿舍漏雨", body: "宿舍漏雨，已报修两次。" });
  const ask = (token: string) =>
    fetch(`${house.url}/api/v1/cases/byNo`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ caseNo: filed.caseNo }),
    });

  const page = await walk.desk("admin");
  await page.goto(`${house.url}/admin/`);
  await page.getByRole("link", { name: zh("systems", "title") }).click();
  await page.getByText(zh("systems", "none")).waitFor();
  await press(page, zh("systems", "add"));
  const panel = page.getByRole("dialog");
  await panel.getByLabel(zh("systems", "name")).fill("督查系统");
  await panel.getByLabel(zh("systems", "unit"), { exact: true }).fill("FIRST");
  await page.getByRole("option", { name: /FIRST/ }).click();
  await panel.getByLabel(zh("systems", "why"), { exact: true }).fill("督查科按周汇总");
  await press(panel, zh("systems", "addNow"));
  await panel.getByText(zh("systems", "scopeMissing")).first().waitFor();
  await panel.getByLabel(zh("systems", "scope.cases.read")).check();
  await panel.getByText(zh("systems", "sensitive")).waitFor();
  await expectNoViolations(page);
  await press(panel, zh("systems", "addNow"));
  await page.getByText(zh("systems", "waits")).waitFor();
  await page.getByText(zh("systems", "notYou")).waitFor();
  await leave(page);

  const en = wordsOf("en");
  const phone = await walk.desk("second", "en", 390);
  await phone.goto(`${house.url}/admin/systems`);
  await press(phone, en("systems", "confirm"));
  await phone.getByText(en("systems", "confirmed")).waitFor();
  await press(phone, en("systems", "issue"));
  const drawer = phone.getByRole("dialog");
  await drawer.getByLabel(en("systems", "until")).fill("2020-01-01");
  await press(drawer, en("systems", "issue"));
  await drawer.getByText(/must end between today/).waitFor();
  const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  await drawer.getByLabel(en("systems", "until")).fill(day);
  await expectNoViolations(phone);
  await press(drawer, en("systems", "issue"));
  await phone.getByText(en("systems", "tokenOnce")).waitFor();
  const token = (await phone.getByText(/^dst_/).textContent()) ?? "";
  await expectNoViolations(phone);

  const answer = await ask(token);
  expect([answer.status, (await answer.json()).title]).toEqual([200, "宿舍漏雨"]);
  await press(phone, en("systems", "kept"));
  await phone.getByText(token).waitFor({ state: "detached" });
  await press(phone, en("systems", "revoke"));
  await press(phone.getByRole("dialog"), en("systems", "revoke"));
  await phone.getByText(en("systems", "revokedNow")).waitFor();
  expect((await ask(token)).status).toBe(401);
  await press(phone, en("systems", "end"));
  await phone.getByRole("dialog").getByLabel(en("systems", "endWhy")).fill("the office has closed");
  await press(phone.getByRole("dialog"), en("systems", "end"));
  await phone.getByText(en("systems", "endedNow")).waitFor();
  await expectNoViolations(phone);
  await leave(phone);
}, 120_000);
