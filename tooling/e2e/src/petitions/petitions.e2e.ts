import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "../axe.ts";
import { openBrowser, STILL } from "../browser.ts";
import { drawer, leave, openAct, press, review, type Walk, walkOf } from "../desk-walk.ts";
import { type House, openHouse } from "../house.ts";
import { type Language, wordsOf } from "../words.ts";
import {
  type Answer,
  accept,
  acted,
  approve,
  confirmKept,
  deliver,
  file,
  hear,
  nameHandler,
  rate,
  register,
  reply,
  reportDone,
  takeDown,
  track,
} from "./steps.ts";

// P12, which needs days to pass, is walked to its end in ../retaliation.e2e.ts; what modules carry on in to-their-ends.test.ts.
vi.setConfig({ testTimeout: 180_000 });

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse({
    people: ["organ", "colleague"].map((username) => ({
      username,
      unit: "BRIGADE",
      roles: [{ role: "discipline" as const }],
    })),
  });
  walk = walkOf(house, browser);
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const zh = wordsOf("zh-CN");
const en = wordsOf("en");

/** A petitioner's own browser: it knows nothing yet. */
async function stranger(language: Language, width: number): Promise<Page> {
  const context = await browser.newContext({ ...STILL, viewport: { width, height: 900 }, locale: language });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  return page;
}

async function newestCase(): Promise<{ readonly caseId: string; readonly caseNo: string }> {
  const { rows } = await house.server.database.pool.query<{ caseId: string; caseNo: string }>(
    'select id as "caseId", case_no as "caseNo" from kernel.cases order by received_at desc, id desc limit 1',
  );
  return rows[0] ?? { caseId: "", caseNo: "" };
}

/** Somebody's desk with the petition open. */
async function deskAt(username: string, language: Language, caseNo: string): Promise<Page> {
  const page = await walk.desk(username, language);
  await walk.open(page, { caseNo, caseId: "", returnCode: "" });
  return page;
}

interface ToReply {
  readonly caseNo: string;
  readonly language: Language;
  readonly subject: string;
  readonly office: string;
  readonly answer: Answer;
}

/** From the registered petition to the delivered reply, each act by its own person; gives the officer's page. */
async function answered(given: ToReply): Promise<Page> {
  const say = wordsOf(given.language);
  const officer = await deskAt("officer", given.language, given.caseNo);
  await accept(officer, say, given.office);
  await nameHandler(officer, say, "handler");
  const handler = await deskAt("handler", given.language, given.caseNo);
  await hear(handler, say, walk.today());
  await reply(handler, say, given.answer);
  await leave(handler);
  const signer = await walk.desk("signer", given.language);
  await approve(signer, say, house.url, given.subject);
  await leave(signer);
  await officer.reload();
  await deliver(officer, say);
  return officer;
}

test("P01: a simple claim is filed by phone, solved, signed off and rated", async () => {
  const subject = "公寓房窗户漏雨";
  const petitioner = await stranger("zh-CN", 390);
  const code = await file(petitioner, zh, house.url, {
    purpose: "solve",
    body: "家属20日来队，公寓房窗户漏雨，两次报修均无人回复。",
    named: { name: "赵明远", kind: "nco", contact: "138 0000 0000" },
  });
  const { caseId, caseNo } = await newestCase();
  const clerk = await deskAt("clerk", "zh-CN", caseNo);
  await register(clerk, zh, { category: "claim", track: "simple", tried: "暴力、打骂体罚" });
  await leave(clerk);
  const officer = await answered({
    caseNo,
    language: "zh-CN",
    subject,
    office: "营房股",
    answer: {
      kind: "solve",
      outcome: "supported",
      facts: "现场查看，窗框密封条老化，两次报修均未派工。",
      opinion: "反映属实，更换密封条。",
      basis: "《军队房地产管理规定》第二十条",
      steps: "更换密封条并做淋水试验",
      promise: { owner: "营房股", dueOn: "2099-12-31" },
      summary: "窗户本周修好。",
    },
  });
  await reportDone(officer, zh, "淋水试验记录 3 号");
  await leave(officer);
  await track(petitioner, zh, house.url, code, subject);
  await expectNoViolations(petitioner);
  await confirmKept(petitioner, zh, "更换密封条并做淋水试验");
  await petitioner.goto(`${house.url}/t/case`);
  await petitioner
    .getByText(/落实确认/)
    .first()
    .waitFor();
  await rate(petitioner, zh);
  await leave(petitioner);
  const { rows } = await house.server.database.pool.query(
    `select c.status, c.track, (select count(*)::int from kernel.notices n where n.case_id = c.id and n.code = 'D20') as signed
       from kernel.cases c where c.id = $1`,
    [caseId],
  );
  expect(rows).toEqual([{ status: "replied", track: "simple", signed: 1 }]);
});

test("P02: a letter about an allowance is taken down, supported, promised by a date and paid", async () => {
  const clerk = await walk.desk("clerk", "en");
  const code = await takeDown(clerk, en, house.url, {
    via: "letter",
    name: "Xia Yuanhang",
    kind: "officer",
    title: "The hardship allowance is short by one grade",
    body: "Since my transfer in March the hardship allowance is short by one grade; finance says 'wait'.",
  });
  const { caseId, caseNo } = await newestCase();
  await walk.open(clerk, { caseNo, caseId, returnCode: "" });
  await register(clerk, en, { category: "claim", track: "ordinary", confidentiality: "2" });
  await leave(clerk);
  const officer = await answered({
    caseNo,
    language: "en",
    subject: "hardship allowance",
    office: "Finance section",
    answer: {
      kind: "solve",
      outcome: "supported",
      facts: "The class of the new place was entered wrongly in April.",
      opinion: "The claim is right; the difference is paid back.",
      basis: "Rules on hardship allowances, article 3",
      steps: "Back-pay for seven months",
      promise: { owner: "Finance section", dueOn: "2099-12-31" },
      summary: "You get the right grade and the back-pay.",
    },
  });
  await reportDone(officer, en, "Transfer slip 12");
  await leave(officer);
  const petitioner = await stranger("en", 1440);
  await track(petitioner, en, house.url, code, "hardship allowance");
  await expectNoViolations(petitioner);
  await confirmKept(petitioner, en, "Back-pay for seven months");
  await petitioner.goto(`${house.url}/t/case`);
  await rate(petitioner, en);
  await leave(petitioner);
  const { rows } = await house.server.database.pool.query(
    "select c.confidentiality, m.state from kernel.cases c join kernel.commitments m on m.case_id = c.id where c.id = $1",
    [caseId],
  );
  expect(rows).toEqual([{ confidentiality: 2, state: "done" }]);
});

test("P04: an anonymous accusation goes to the organ one level up alone, and is answered under its code", async () => {
  const words = "食堂供应商逢签合同必送礼，采购价明显偏高。";
  const petitioner = await stranger("en", 1440);
  const code = await file(petitioner, en, house.url, { purpose: "accuse", body: words });
  const { caseId, caseNo } = await newestCase();

  const other = "营区路灯不亮";
  await walk.paper("clerk", "FIRST", other);
  for (const username of ["clerk", "officer"]) {
    const page = await walk.desk(username);
    await page.goto(`${house.url}/desk/c/${caseNo}`);
    await page.getByRole("heading", { name: zh("deskCase", "desk.case.missing") }).waitFor();
    await page.goto(`${house.url}/desk/queue`);
    await page.getByText(other).first().waitFor();
    expect(await page.locator("body").textContent()).not.toContain("食堂");
    await leave(page);
  }

  const organ = await deskAt("organ", "en", caseNo);
  await register(organ, en);
  await accept(organ, en, "Commission of the brigade");
  await nameHandler(organ, en, "organ");
  await reply(organ, en, {
    kind: "answer",
    outcome: "explained",
    facts: "查阅了合同和报价单。",
    opinion: "已立案处理。",
    basis: "纪检机关工作规则第七条",
    summary: "已经查实并处理。",
  });
  const colleague = await walk.desk("colleague");
  await approve(colleague, zh, house.url, "供应商");
  await leave(colleague);
  await organ.reload();
  await deliver(organ, en);
  await leave(organ);
  await track(petitioner, en, house.url, code, "供应商");
  await petitioner.getByText("已立案处理。").first().waitFor();
  await expectNoViolations(petitioner);
  await press(petitioner, en("shell", "quickExit"));
  await petitioner.waitForURL("about:blank");
  const asked = petitioner.getByText(en("case", "askCode"));
  await expect
    // the last request of the page that was left may still be on its way
    .poll(
      async () => {
        await petitioner.goto(`${house.url}/t/case`);
        await asked.or(petitioner.getByText("已立案处理。")).first().waitFor();
        return asked.count();
      },
      { timeout: 20_000 },
    )
    .toBe(1);
  await leave(petitioner);
  expect(await walk.stateOf(caseId)).toMatchObject({ status: "replied" });
});

test("P09: an appeal against a punishment, written down by the clerk, goes its own way with proof", async () => {
  const clerk = await walk.desk("clerk");
  const code = await takeDown(clerk, zh, house.url, {
    via: "letter",
    name: "孟铁军",
    kind: "nco",
    title: "不服6月4日严重警告处分",
    body: "不服6月4日严重警告处分，当日本人病休。",
  });
  const { caseId, caseNo } = await newestCase();
  await walk.open(clerk, { caseNo, caseId, returnCode: "" });
  await register(clerk, zh, { category: "claim", track: "statutory", subRoute: "3", confidentiality: "2" });
  await leave(clerk);
  const officer = await walk.desk("officer", "en", 390);
  await walk.open(officer, { caseNo, caseId, returnCode: code });
  await officer.getByRole("tab", { name: en("deskCase", "desk.case.handling") }).click();
  await openAct(officer, en, "divert");
  const form = drawer(officer);
  await form.getByRole("radio", { name: en("acts", "desk.acts.choice.divert.3") }).check();
  for (const [name, value] of [
    ["body", "师纪律检查委员会"],
    ["address", "师机关办公楼三层"],
    ["timeLimit", "自收到处分决定之日起十日内"],
    ["confirmedBy", "师纪委值班室"],
    ["proof", "申诉收件8号"],
  ] as const)
    await form.locator(`input[name=${name}]`).fill(value);
  await form.getByLabel(en("acts", "desk.acts.field.divert.confirmedOn")).fill(walk.today());
  await form.locator("textarea[name=reason]").fill("不服处分的申诉有法定程序，材料已送到。");
  await expectNoViolations(officer);
  await review(officer, en);
  await expectNoViolations(officer);
  await press(form, en("acts", "desk.acts.do.divert"));
  await acted(officer, en, "divert");
  await leave(officer);

  const petitioner = await stranger("zh-CN", 390);
  await track(petitioner, zh, house.url, code, "严重警告");
  await expectNoViolations(petitioner);
  const letter = petitioner.getByRole("listitem").filter({ hasText: "程序告知书" });
  const [pdf] = await Promise.all([petitioner.waitForEvent("download"), letter.getByRole("button").click()]);
  expect((await readFile(await pdf.path())).subarray(0, 5).toString()).toBe("%PDF-");
  await leave(petitioner);
  const { rows } = await house.server.database.pool.query(
    "select c.status, n.facts from kernel.cases c join kernel.notices n on n.case_id = c.id and n.code = 'D9' where c.id = $1",
    [caseId],
  );
  expect(rows).toMatchObject([{ status: "diverted", facts: { timeLimit: "自收到处分决定之日起十日内" } }]);
});
