import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser, STILL } from "./browser.ts";
import { leave, press, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { type Language, wordsOf } from "./words.ts";

vi.setConfig({ testTimeout: 60_000 });

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse({
    people: [
      { username: "second", unit: "FIRST", roles: [{ role: "signer" }] },
      { username: "head", unit: "FIRST" },
      { username: "admin2", unit: "BRIGADE", roles: [{ role: "unitAdmin", subtree: true }] },
    ],
  });
  walk = walkOf(house, browser);
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const look = { viewport: { width: 390, height: 844 }, locale: "zh-CN" } as const;

/** Hands a file to the page that checks letters. */
const give = (page: Page, buffer: Buffer) =>
  page.getByLabel("选择 PDF 文件").setInputFiles({ name: "letter.pdf", mimeType: "application/pdf", buffer });

test("anybody checks a letter by its file on a phone; one changed byte is told, and so is a foreign file", async () => {
  const filed = await walk.inHandling("窗户漏雨");
  const notices = (await walk.by("officer", "notices.list", { caseId: filed.caseId })) as unknown as {
    id: string;
    code: string;
    number: string;
  }[];
  const letter = notices.find((one) => one.code === "D8");
  const { pdf } = (await walk.by("officer", "notices.pdf", {
    caseId: filed.caseId,
    noticeId: letter?.id,
    locale: "zh-CN",
  })) as { pdf: string };
  const file = Buffer.from(pdf, "base64");

  const page = await walk.visitor("zh-CN");
  await page.goto(`${house.url}/`);
  await press(page, "帮助");
  await page.getByRole("dialog").getByText("从这里开始").waitFor();
  await expectNoViolations(page);
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "核验文书" }).click();
  await give(page, file);
  await page.getByText("是这里签发的文书").waitFor();
  await page.getByText(letter?.number ?? "none").waitFor();
  await expectNoViolations(page);
  file[2_000] = (file[2_000] ?? 0) ^ 1;
  await give(page, file);
  await page.getByText("文件被改动过").waitFor();
  await give(page, Buffer.from("%PDF-1.7\n%%EOF\n"));
  await page.getByText("查不出来：").waitFor();
  await page.getByRole("link", { name: "无障碍说明" }).click();
  await page.getByRole("heading", { level: 1, name: "无障碍说明" }).waitFor();
  await expectNoViolations(page);
  await leave(page);
});

test("a privacy notice drafted by one administrator and approved by another is what people read at the unit below", async () => {
  const admin = await walk.desk("admin");
  const unit = house.units.get("BRIGADE");
  await admin.goto(`${house.url}/admin/units/${unit}?tab=texts`);
  await admin.getByLabel("文字", { exact: true }).selectOption("privacy");
  await admin.getByLabel("隐私说明全文（中文）").fill("我们只为办理信访事项使用你的信息。");
  await press(admin, "送审");
  await admin.getByText("两种语言都要写。").first().waitFor();
  await admin.getByLabel("隐私说明全文（英文）").fill("We use your data for your petition only.");
  await admin.getByLabel("从哪天起使用").fill("2020-01-01");
  await press(admin, "送审");
  await admin.getByText("已送审，等待另一人批准。").waitFor();
  await expectNoViolations(admin);
  expect(await admin.getByRole("button", { name: "批准", exact: true }).count()).toBe(0);
  await leave(admin);

  const second = await walk.desk("admin2");
  await second.goto(`${house.url}/admin/units/${unit}?tab=texts`);
  await second.getByLabel("文字", { exact: true }).selectOption("privacy");
  await press(second, "批准");
  await second.getByText("已批准。", { exact: true }).waitFor();
  await expectNoViolations(second);
  await leave(second);

  const page = await walk.visitor("zh-CN");
  await page.goto(`${house.url}/?u=FIRST`);
  await page.getByRole("link", { name: "隐私说明" }).click();
  await page.getByText("我们只为办理信访事项使用你的信息。").waitFor();
  await expectNoViolations(page);
  await leave(page);
});

test("a unit's administrator sends in a font, is told what is wrong with it, confirms the licence, and uses it", async () => {
  const admin = await walk.desk("admin");
  await admin.goto(`${house.url}/admin/units/${house.units.get("BRIGADE")}?tab=texts`);
  const send = (name: string, buffer: Buffer) =>
    admin.getByLabel("换一个字体文件").setInputFiles({ name, mimeType: "font/ttf", buffer });
  await send("字体.ttf", Buffer.from("%PDF-1.7\n%%EOF\n"));
  await admin.getByText("这不是可用的 TTF 字体文件").waitFor();
  const font = fileURLToPath(
    import.meta.resolve("@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"),
  );
  await send("字体.ttf", readFileSync(font));
  await admin.getByText("Noto Sans SC Regular，").waitFor();
  await press(admin, "从今天起用这个字体");
  await admin.getByText("请确认有权使用该字体。").first().waitFor();
  await admin.getByLabel("本单位有权在文书中使用并嵌入该字体").check();
  await press(admin, "从今天起用这个字体");
  await admin.getByText("已换用新字体").waitFor();
  await admin.getByText("选用 Noto Sans SC Regular").waitFor();
  await expectNoViolations(admin);
  await press(admin, "不再用本单位的字体");
  await admin.getByText("已停用本单位的字体").waitFor();
  await leave(admin);
});

/** A stroke of a pen, as a scanner gives it. */
async function drawn(page: Page): Promise<Buffer> {
  const address = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 300, height: 120 });
    const pen = canvas.getContext("2d");
    pen?.moveTo(20, 90);
    pen?.bezierCurveTo(90, 0, 160, 130, 280, 30);
    pen?.stroke();
    return canvas.toDataURL("image/png");
  });
  return Buffer.from(address.slice(address.indexOf(",") + 1), "base64");
}

test("a commander puts his signature on file, is told what is wrong with a picture, and takes it back", async () => {
  const page = await walk.desk("signer");
  const picture = await drawn(page);
  await page.goto(`${house.url}/account`);
  const send = (name: string, buffer: Buffer) =>
    page.getByLabel("上传签名图片").setInputFiles({ name, mimeType: "image/png", buffer });
  await send("签名.png", picture.subarray(0, 200));
  await page.getByText("签名图片不能使用").waitFor();
  await send("签名.png", picture);
  await page.getByRole("img", { name: "我的手写签名" }).waitFor();
  await expectNoViolations(page);
  const { since } = await walk.by("signer", "session.signature", {});
  const storageState = await page.context().storageState();
  const abroad = await browser.newContext({ ...STILL, ...look, timezoneId: "America/Lima", storageState });
  const seen = await abroad.newPage();
  await seen.goto(`${house.url}/account`);
  const clock = new Intl.DateTimeFormat("zh-CN", {
    timeZone: "Asia/Shanghai",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  await seen.getByText(`GMT+8 ${clock.format(new Date(String(since)))}起使用`).waitFor();
  await abroad.close();
  await press(page, "移除签名");
  await page.getByText("还没有上传").waitFor();
  await leave(page);
});

/** A reply to a new petition, waiting for approval at a unit where two people approve. */
async function waiting(title: string): Promise<{ readonly caseId: string; readonly noticeId: string }> {
  const unitId = house.units.get("FIRST");
  const { version } = await walk.by("admin", "units.get", { unitId });
  await walk.by("admin", "units.update", { unitId, version, replyApprovals: 2 });
  const { caseId } = await walk.inHandling(title);
  const view = (await walk.by("handler", "cases.get", { caseId })) as { demands: { id: string }[] };
  await walk.act("handler", "cases.reply", caseId, {
    kind: "explain",
    demands: view.demands.map((demand) => ({
      demandId: demand.id,
      outcome: "notSupported",
      facts: "查明",
      opinion: "不予支持",
      basis: "第一条",
    })),
    summary: "理由写在上面。",
  });
  return { caseId, noticeId: await walk.letterOf(caseId) };
}

interface Approving {
  readonly who: string;
  readonly language: Language;
  readonly width: number;
  /** what he reads beside the letter before, and after it */
  readonly waits: string;
  readonly done: string;
}

async function approve(noticeId: string, { who, language, width, waits, done }: Approving): Promise<void> {
  const say = wordsOf(language);
  const page = await walk.desk(who, language, width);
  await page.goto(`${house.url}/desk/approvals?notice=${noticeId}`);
  await page.getByText(waits).waitFor();
  await expectNoViolations(page);
  await press(page, say("approvals", "desk.approvals.approve"));
  await press(page.getByRole("dialog"), say("approvals", "desk.approvals.approve"));
  await page.getByText(done).waitFor();
  await expectNoViolations(page);
  await leave(page);
}

const statesOf = async (caseId: string): Promise<readonly string[]> => {
  const letters = (await walk.by("officer", "notices.list", { caseId })) as unknown as { state: string }[];
  return letters.map((one) => one.state);
};

test("where two people approve, the first press only approves; the second person sees who did, and seals", async () => {
  const { caseId, noticeId } = await waiting("津贴少发");
  const at = { language: "zh-CN", width: 1440 } as const;
  await approve(noticeId, {
    ...at,
    who: "signer",
    waits: "本单位的答复须经两人先后批准",
    done: "初次审批通过，还需另一人批准。",
  });
  await approve(noticeId, { ...at, who: "second", waits: "初次审批人：signer", done: "已批准。" });
  expect(await statesOf(caseId)).toContain("sealed");
});

test("where the petition office has a head he approves first, and a leader cannot go before him", async () => {
  const personId = await house.server.database.pool
    .query<{ id: string }>("select id from kernel.people where username = 'head'")
    .then(({ rows }) => rows[0]?.id);
  const role = { role: "officeHead", unitId: house.units.get("FIRST"), why: "负责信访科" };
  const { grants } = (await walk.by("admin", "people.grant", { personId, ...role })) as { grants: { id: string }[] };
  await walk.by("admin2", "people.confirmGrant", { grantId: grants[0]?.id });
  const { caseId, noticeId } = await waiting("公寓漏雨");
  const signer = await walk.desk("signer", "zh-CN", 390);
  await signer.goto(`${house.url}/desk/approvals?notice=${noticeId}`);
  await signer.getByText("公寓漏雨").first().waitFor();
  expect(await signer.getByRole("button", { name: "批准", exact: true }).count()).toBe(0);
  await leave(signer);
  const at = { language: "en", width: 390 } as const;
  await approve(noticeId, {
    ...at,
    who: "head",
    waits: "Here two people approve a reply",
    done: "Approved for the first time; somebody else must approve it, too.",
  });
  await approve(noticeId, { ...at, who: "signer", waits: "First approved by head", done: "Approved." });
  expect(await statesOf(caseId)).toContain("sealed");
});
