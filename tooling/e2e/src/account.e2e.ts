import { createHmac } from "node:crypto";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser, STILL } from "./browser.ts";
import { rowsOfHeader } from "./header.ts";
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

interface Place {
  readonly context: BrowserContext;
  readonly page: Page;
}

/** A browser of its own in which somebody has signed in. */
async function signedIn(username: string, language: Language, width: number): Promise<Place> {
  const context = await browser.newContext({ ...STILL, viewport: { width, height: 844 }, locale: language });
  const answer = await context.request.post(`${house.url}/api/auth/sign-in/username`, {
    headers: { origin: house.url },
    data: { username, password: house.password },
  });
  expect(answer.status()).toBe(200);
  return { context, page: await context.newPage() };
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** What the authenticator of a person shows [RFC 6238]. */
function authenticatorCode(secret: string, now: Date): string {
  const bits = [...secret].map((sign) => ALPHABET.indexOf(sign).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now.getTime() / 30_000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const at = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test.each<{ readonly language: Language; readonly width: number; readonly username: string }>([
  { language: "zh-CN", width: 390, username: "soldier" },
  { language: "en", width: 1440, username: "handler" },
])("$username sees and ends his sessions ($language, $width px)", async ({ language, width, username }) => {
  const say = wordsOf(language);
  const here = await signedIn(username, language, width);
  const lost = await signedIn(username, language, width);
  const third = await signedIn(username, language, width);

  await here.page.goto(house.url);
  const ownPage = here.page.getByRole("link", { name: say("account", "title") });
  if (width === 390) {
    const own = here.page.getByText(say("shell", "own"), { exact: true });
    expect(await rowsOfHeader(here.page)).toBeLessThanOrEqual(2);
    await own.focus();
    await here.page.keyboard.press("Enter");
    await ownPage.waitFor();
    await expectNoViolations(here.page);
    await here.page.keyboard.press("Escape");
    await ownPage.waitFor({ state: "hidden" });
    await own.click();
    await here.page.getByRole("heading", { level: 1 }).click();
    await ownPage.waitFor({ state: "hidden" });
    await own.click();
  }
  await ownPage.click();
  await here.page.getByRole("heading", { level: 1, name: say("account", "title") }).waitFor();
  const list = here.page.getByRole("region", { name: say("account", "sessions") });
  await list.getByRole("listitem").nth(2).waitFor();
  expect(await list.getByText(say("account", "thisOne")).count()).toBe(1);
  await expectNoViolations(here.page);

  const ends = list.getByRole("listitem").getByRole("button");
  await ends.first().click();
  await expect.poll(() => list.getByRole("listitem").count()).toBe(2);
  await list.getByRole("button", { name: say("account", "endOthers") }).click();
  await expect.poll(() => list.getByRole("listitem").count()).toBe(1);
  await expectNoViolations(here.page);

  for (const { page, context } of [lost, third]) {
    await page.goto(`${house.url}/account`);
    await page.waitForURL((url) => url.pathname === "/sign-in");
    await context.close();
  }
  await here.page.reload();
  await here.page.getByRole("heading", { level: 1, name: say("account", "title") }).waitFor();
  await here.context.close();
});

test("the second step is shown as it stands, switched on, given new codes and switched off", async () => {
  const say = wordsOf("zh-CN");
  const { page, context } = await signedIn("soldier", "zh-CN", 390);
  await page.goto(`${house.url}/account`);
  await page.getByText(say("account", "factorOff")).waitFor();
  await page.getByRole("link", { name: say("signIn", "enrolTitle") }).click();
  await page.getByText(say("signIn", "enrolOwn")).waitFor();
  await page.getByLabel(say("signIn", "password"), { exact: true }).fill(house.password);
  await page.getByRole("button", { name: say("signIn", "enrolBegin") }).click();
  const secret = await page.getByText(/^[A-Z2-7]{32,}$/).innerText();
  await page.getByLabel(say("signIn", "code")).fill(authenticatorCode(secret, house.server.clock.now()));
  await page.getByRole("button", { name: say("signIn", "codeSubmit") }).click();
  await page.getByRole("button", { name: say("signIn", "printedDone") }).click();

  await page.getByText(say("account", "factorOn")).waitFor();
  await page.getByRole("button", { name: say("account", "newCodes") }).click();
  await page.getByLabel(say("account", "passwordFirst")).fill(house.password);
  await page.getByRole("button", { name: say("account", "newCodes") }).click();
  await page.getByText(say("account", "codesNote")).waitFor();
  await expectNoViolations(page);

  await page.getByRole("button", { name: say("account", "endFactor") }).click();
  await page.getByLabel(say("account", "passwordFirst")).fill("a wrong one, quite");
  await page.getByRole("button", { name: say("account", "endFactor") }).click();
  await page.getByRole("alert").first().waitFor();
  await page.getByLabel(say("account", "passwordFirst")).fill(house.password);
  await page.getByRole("button", { name: say("account", "endFactor") }).click();
  await page.getByText(say("account", "factorOff")).waitFor();
  await context.close();
});

test("a changed password is told, and the old one is asked for", async () => {
  const say = wordsOf("en");
  const { page, context } = await signedIn("clerk", "en", 390);
  const chosen = "a lantern over the east gate";
  const part = page.getByRole("region", { name: say("signIn", "passwordTitle") });
  const send = async (current: string, again: string) => {
    await part.getByLabel(say("signIn", "passwordNow"), { exact: true }).fill(current);
    await part.getByLabel(say("signIn", "passwordNew"), { exact: true }).fill(chosen);
    await part.getByLabel(say("signIn", "passwordAgain"), { exact: true }).fill(again);
    await part.getByRole("button", { name: say("signIn", "passwordSubmit") }).click();
  };
  await page.goto(`${house.url}/account`);
  await send(house.password, "something else");
  await part.getByText(say("signIn", "passwordDiffers")).first().waitFor();
  await expectNoViolations(page);
  await send(house.password, chosen);
  await part.getByText(say("account", "passwordChanged")).waitFor();
  expect(await part.getByLabel(say("signIn", "passwordNow"), { exact: true }).inputValue()).toBe("");
  await page.goto(`${house.url}/my`);
  await page.getByRole("button", { name: say("shell", "quickExit") }).waitFor();
  expect(await rowsOfHeader(page)).toBeLessThanOrEqual(2);
  await context.close();
});
