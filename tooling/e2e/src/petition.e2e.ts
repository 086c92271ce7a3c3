import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { STILL } from "./browser.js";
import { openBrowser } from "./browser.ts";
import { type House, openHouse } from "./house.ts";
import { type Language, wordsOf } from "./words.ts";

let browser: Browser;
let house: House;
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse();
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const BODY = "家属20日来队，公寓房窗户漏雨，两次报修均无人回复。The guest flat window leaks.";
const RETURN_CODE = /^[0-9A-Z]{4}(-[0-9A-Z]{4}){4}$/;

type Words = ReturnType<typeof wordsOf>;
interface Walk {
  readonly language: Language;
  readonly width: number;
  readonly named: boolean;
}

async function pageFor(walk: Walk, width = walk.width): Promise<Page> {
  const context = await browser.newContext({ ...STILL, viewport: { width, height: 900 }, locale: walk.language });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

/** Six question pages; gives the return code. */
async function file(page: Page, say: Words, named: boolean): Promise<string> {
  const next = () => press(page, say("filing", "next"));
  await page.goto(`${house.url}/?u=FIRST`);
  await page
    .getByRole("link", { name: new RegExp(say("filing", "start")) })
    .first()
    .click();
  await page.getByRole("radio", { name: new RegExp(say("filing", "purpose.solve")) }).check();
  await expectNoViolations(page);
  await next();
  await page.getByRole("textbox", { name: new RegExp(say("filing", "story.label")) }).fill(BODY);
  await next();
  await next();
  if (named) {
    await page.getByRole("radio", { name: new RegExp(say("filing", "identity.namedNote").slice(0, 12)) }).check();
    await page.getByRole("textbox", { name: new RegExp(say("filing", "identity.name")) }).fill("赵明远");
    await chooseIn(page, say("filing", "identity.kind"), say("filing", "identity.kinds.nco"));
    await page.getByRole("textbox", { name: new RegExp(say("filing", "identity.contact")) }).fill("138 0000 0000");
  } else
    await page.getByRole("radio", { name: new RegExp(say("filing", "identity.anonymousNote").slice(0, 12)) }).check();
  await expectNoViolations(page);
  await next();
  await next();
  await expectNoViolations(page);
  await press(page, say("filing", "check.submit"));
  await page.getByRole("heading", { name: say("filing", "done.title") }).waitFor();
  await expectNoViolations(page);
  return ((await page.getByText(RETURN_CODE).first().textContent()) ?? "").trim();
}

/** Chooses in a group of radios, a native select, or a drawn one. */
async function chooseIn(page: Page, label: string, option: string): Promise<void> {
  const radio = page.getByRole("radio", { name: option, exact: false });
  if ((await radio.count()) > 0) {
    await radio.first().check();
    return;
  }
  const field = page.getByLabel(label).first();
  if ((await field.evaluate((e) => e.tagName)) === "SELECT") await field.selectOption({ label: option });
  else {
    await field.click();
    await page.getByRole("option", { name: option }).first().click();
  }
}

/** The desk of one person, signed in through the page. */
async function signInAt(page: Page, say: Words, username: string): Promise<void> {
  await page.goto(`${house.url}/sign-in`);
  await page.getByLabel(say("signIn", "username")).fill(username);
  await page.getByLabel(say("signIn", "password"), { exact: true }).fill(house.password);
  await press(page, say("signIn", "submit"));
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** The desk of a colleague, whose browser holds a session already. */
async function deskOf(walk: Walk, username: string): Promise<Page> {
  const page = await pageFor(walk, 1440);
  const answer = await page.context().request.post(`${house.url}/api/auth/sign-in/username`, {
    headers: { origin: house.url },
    data: { username, password: house.password },
  });
  expect(answer.status()).toBe(200);
  return page;
}

async function openCase(page: Page, caseNo: string): Promise<void> {
  await page.goto(`${house.url}/desk/c/${caseNo}`);
  await page.getByRole("heading", { level: 1 }).filter({ hasText: "漏雨" }).waitFor();
}

/** Opens an act of the panel; its drawer holds the form. */
const openAct = (page: Page, say: Words, act: string) => press(page, say("acts", `desk.acts.name.${act}`));
const done = (page: Page, say: Words, act: string) =>
  page
    .getByText(say("acts", `desk.acts.done.${act}`))
    .first()
    .waitFor();

async function register(page: Page, say: Words): Promise<void> {
  await openAct(page, say, "register");
  await page.getByRole("checkbox", { name: new RegExp(say("register", "desk.register.safety")) }).check();
  await page.getByRole("checkbox", { name: new RegExp(say("register", "desk.register.duplicates")) }).check();
  await expectNoViolations(page);
  await press(page, say("acts", "desk.acts.do.register"));
  await done(page, say, "register");
}

async function accept(page: Page, say: Words): Promise<void> {
  await openAct(page, say, "accept");
  await page.getByLabel(say("acts", "desk.acts.office")).fill("营房股 Barracks office");
  await press(page, say("acts", "desk.acts.toReview"));
  await expectNoViolations(page);
  await press(page, say("acts", "desk.acts.do.accept"));
  await done(page, say, "accept");
}

async function nameHandler(page: Page, say: Words): Promise<void> {
  await openAct(page, say, "handler");
  await page.getByRole("radio", { name: /handler/ }).check();
  await press(page, say("acts", "desk.acts.do.handler"));
  await done(page, say, "handler");
}

async function hear(page: Page, say: Words): Promise<void> {
  await openAct(page, say, "heard");
  const today = await page.evaluate(() => new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format());
  await page.getByLabel(say("acts", "desk.acts.heardOn")).fill(today);
  await page.getByLabel(say("acts", "desk.acts.how")).fill("电话听取了来信人的陈述。");
  await press(page, say("acts", "desk.acts.do.heard"));
  await done(page, say, "heard");
}

async function reply(page: Page, say: Words): Promise<void> {
  await openAct(page, say, "reply");
  await page.getByRole("radio", { name: new RegExp(say("acts", "desk.acts.replyKindNote.solve")) }).check();
  await chooseIn(page, say("acts", "desk.acts.outcome"), say("desk", "desk.outcome.supported"));
  await page.getByLabel(say("acts", "desk.acts.facts")).fill("现场查看，窗框密封条老化，确有漏雨。The seal is worn.");
  await page.getByLabel(say("acts", "desk.acts.opinion")).fill("予以维修并更换密封条。It will be repaired.");
  await page.getByLabel(say("acts", "desk.acts.basis")).fill("《军队房地产管理规定》第二十条 Article 20");
  await page.getByLabel(say("acts", "desk.acts.steps")).fill("营房股本月内完成。Done this month.");
  await page.getByLabel(say("acts", "desk.acts.summary")).fill("窗户本月内修好。");
  await press(page, say("acts", "desk.acts.do.reply"));
  await done(page, say, "reply");
}

async function approve(page: Page, say: Words): Promise<void> {
  const approveWord = say("approvals", "desk.approvals.approve");
  await page.goto(`${house.url}/desk/approvals`);
  await page.getByText("漏雨").first().waitFor();
  await press(page, approveWord);
  await expectNoViolations(page);
  await page.getByRole("dialog").getByRole("button", { name: approveWord, exact: true }).click();
  await page.getByText(say("approvals", "desk.approvals.sealed")).waitFor();
}

async function deliver(page: Page, say: Words): Promise<void> {
  await openAct(page, say, "deliver");
  await page.getByRole("radio", { name: new RegExp(say("acts", "desk.acts.methodNote.portal")) }).check();
  await press(page, say("acts", "desk.acts.toReview"));
  await page
    .getByRole("dialog")
    .getByRole("button")
    .filter({ hasNotText: say("acts", "desk.acts.change") })
    .last()
    .click();
  await done(page, say, "deliver");
}

async function track(page: Page, say: Words, code: string): Promise<void> {
  await page.goto(`${house.url}/t`);
  await page.getByRole("textbox").fill(code.toLowerCase().replaceAll("-", " "));
  await press(page, say("track", "submit"));
  await page.getByText("漏雨").first().waitFor();
  expect(page.url()).not.toContain(code.slice(0, 4));
}

async function rate(page: Page, say: Words): Promise<void> {
  await page
    .getByRole("link", { name: say("case", "rate") })
    .or(page.getByRole("button", { name: say("case", "rate") }))
    .first()
    .click();
  const grade = (group: string, value: string) =>
    page
      .getByRole("radiogroup", { name: new RegExp(say("case", group)) })
      .or(page.getByRole("group", { name: new RegExp(say("case", group)) }))
      .getByRole("radio", { name: say("case", `grade.${value}`), exact: true })
      .first()
      .check();
  await grade("rateUnit", "basically");
  await grade("rateOffice", "satisfied");
  await expectNoViolations(page);
  await press(page, say("case", "sendRating"));
  await page.getByText(say("case", "ratedTitle")).waitFor();
}

async function askReview(page: Page, say: Words): Promise<void> {
  await page.goto(`${house.url}/t/case`);
  await page
    .getByRole("link", { name: new RegExp(say("case", "reviewUntil", { date: "" }).trim().slice(0, 6)) })
    .click();
  await page.getByRole("radio", { name: new RegExp(say("case", "ground.notCarriedOut")) }).check();
  await page.getByLabel(say("case", "reviewText")).fill("窗户仍未修好。Still leaking.");
  await expectNoViolations(page);
  await press(page, say("case", "askReview"));
  await page.getByText(say("case", "reviewAsked")).waitFor();
}

test.each<Walk>([
  { language: "zh-CN", width: 390, named: false },
  { language: "en", width: 1440, named: true },
])(
  "a petition goes from the first question to a review: $language, $width px, named: $named",
  { timeout: 180_000 },
  async (walk) => {
    const say = wordsOf(walk.language);
    const petitioner = await pageFor(walk);
    const code = await file(petitioner, say, walk.named);
    expect(code).toMatch(RETURN_CODE);
    const { rows } = await house.server.database.pool.query(
      "select id, case_no from kernel.cases order by received_at desc limit 1",
    );
    const caseNo: string = rows[0].case_no;

    const clerk = await pageFor(walk, 1440);
    await signInAt(clerk, say, "clerk");
    const [officer, handler, signer] = [
      await deskOf(walk, "officer"),
      await deskOf(walk, "handler"),
      await deskOf(walk, "signer"),
    ];
    await openCase(clerk, caseNo);
    await expectNoViolations(clerk);
    await register(clerk, say);
    await openCase(officer, caseNo);
    await accept(officer, say);
    await nameHandler(officer, say);
    await openCase(handler, caseNo);
    if (walk.named) await hear(handler, say);
    await reply(handler, say);
    await approve(signer, say);
    await openCase(officer, caseNo);
    await deliver(officer, say);

    const follow = await pageFor(walk);
    await track(follow, say, code);
    await expectNoViolations(follow);
    await rate(follow, say);
    await askReview(follow, say);
    const state = await house.server.database.pool.query(
      "select status, holder_unit_id from kernel.cases where id = $1",
      [rows[0].id],
    );
    expect(state.rows[0]).toEqual({ status: "review", holder_unit_id: house.units.get("BRIGADE") });
    await Promise.all([petitioner, clerk, officer, handler, signer, follow].map((page) => page.context().close()));
  },
);
