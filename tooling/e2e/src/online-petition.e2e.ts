import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFits } from "./axe.ts";
import { openBrowser, STILL } from "./browser.ts";
import { leave, press, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { type Language, wordsOf } from "./words.ts";

let browser: Browser;
let house: House;
beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openHouse()]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

/** A phone that knows nothing yet. */
async function phone(locale: Language, width = 390): Promise<Page> {
  const context = await browser.newContext({ ...STILL, locale, viewport: { width, height: 844 } });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  return page;
}

const say = { "zh-CN": wordsOf("zh-CN"), en: wordsOf("en") };

/** Up to the named step, with what it takes to get there. */
async function writeTo(page: Page, language: Language, step: 3 | 4 | 5): Promise<void> {
  const words = (key: string) => say[language]("filing", key);
  await page.goto(`${house.url}/p/online-petition/1?u=FIRST`);
  await page.getByRole("radio", { name: new RegExp(words("purpose.solve")) }).check();
  await press(page, words("next"));
  await page.getByRole("textbox", { name: new RegExp(words("story.label")) }).fill("窗户漏雨，两次报修无人回复。");
  await press(page, words("next"));
  await page.getByRole("heading", { name: words("unit.title") }).waitFor();
  if (step === 3) return;
  await press(page, words("next"));
  await page.getByRole("radio", { name: new RegExp(words("identity.anonymousNote").slice(0, 12)) }).check();
  if (step === 4) return;
  await press(page, words("next"));
  await page.getByRole("heading", { name: words("files.title") }).waitFor();
}

/** A picture twice as wide as high, as a camera held upright writes it: lying, turned by its EXIF block, which has a place, too. */
async function photo(page: Page): Promise<Buffer> {
  const plain = Buffer.from(
    await page.evaluate(async () => {
      const canvas = document.createElement("canvas");
      canvas.width = 4_000;
      canvas.height = 2_000;
      canvas.getContext("2d")?.fillRect(0, 0, 2_000, 2_000);
      return canvas.toDataURL("image/jpeg").split(",")[1] ?? "";
    }),
    "base64",
  );
  const tiff = Buffer.alloc(120);
  tiff.write("MM\0*", 0, "latin1");
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  for (const [n, value] of [0x01_12, 3].entries()) tiff.writeUInt16BE(value, 10 + 2 * n);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(6, 18);
  tiff.write("GPS 39.9042N 116.4074E", 60, "latin1");
  const exif = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(exif.length + 2, 2);
  return Buffer.concat([plain.subarray(0, 2), head, exif, plain.subarray(2)]);
}

test("a photo leaves the phone smaller, upright and without its place; what cannot be drawn stays there", async () => {
  const page = await phone("zh-CN");
  const words = (key: string) => say["zh-CN"]("filing", key);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await writeTo(page, "zh-CN", 5);
  const scripts = asked.filter((path) => /^\/assets\/.*\.js$/.test(path));
  expect(scripts.filter((path) => path.startsWith("/assets/portal-"))).toHaveLength(1);
  expect(scripts).toEqual([...new Set(scripts)]);
  const taken = await photo(page);
  expect(taken.includes("GPS 39.9042N")).toBe(true);
  const sent = page.waitForRequest(/files\.put/);
  await page.evaluate(() => {
    const { fetch: before } = globalThis;
    Object.assign(globalThis, { bodies: [] as Blob[] });
    globalThis.fetch = (to, how) => {
      if (how?.body instanceof Blob) (globalThis as unknown as { bodies: Blob[] }).bodies.push(how.body);
      return before(to, how);
    };
  });
  await page
    .locator("input[type=file]")
    .last()
    .setInputFiles([
      { name: "张三的照片.jpg", mimeType: "image/jpeg", buffer: taken },
      { name: "IMG_7.HEIC", mimeType: "image/heic", buffer: Buffer.from("....ftypheic....") },
    ]);
  const request = await sent;
  await page.getByText(words("files.sent")).waitFor();
  await page.getByRole("alert").filter({ hasText: "IMG_7.HEIC" }).waitFor();
  const seen = page.getByRole("img", { name: /张三的照片/ });
  await seen.waitFor();
  await expectFits(page);
  await press(page, new RegExp(words("files.larger")));
  const size = await seen.evaluate((img: HTMLImageElement) => [img.naturalWidth, img.naturalHeight]);
  expect(size).toEqual([1_200, 2_400]);
  const bodies = await page.evaluate(async () => {
    const all = (globalThis as unknown as { bodies: Blob[] }).bodies;
    return Promise.all(all.map(async (body) => [...new Uint8Array(await body.arrayBuffer())]));
  });
  expect(bodies).toHaveLength(1);
  const [body = []] = bodies;
  expect(Buffer.from(body).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
  expect(Buffer.from(body).includes("GPS")).toBe(false);
  expect((await request.allHeaders())["x-file-name"]).toBe("1.jpg");
  await leave(page);
});

/** Runs in the page: what lies in the browser's own database. */
function draftOnDevice(): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open("doorstep-online-petition");
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const found = open.result.transaction("drafts").objectStore("drafts").get("filing");
      found.onsuccess = () => resolve(found.result);
      found.onerror = () => reject(found.error);
    };
  });
}

const filedCases = async (): Promise<number> => {
  const { rows } = await house.server.database.pool.query("select count(*)::int as n from kernel.cases");
  return rows[0]?.n;
};

test("written without a network: what is anonymous leaves nothing on the phone, and is sent once when the network is back", async () => {
  const page = await phone("en");
  const words = (key: string) => say.en("filing", key);
  const before = await filedCases();
  await writeTo(page, "en", 5);
  await page.getByText(words("notSavedAnonymous")).waitFor();
  expect(await page.evaluate(draftOnDevice)).toBeUndefined();
  await press(page, words("next"));
  await page.context().setOffline(true);
  await press(page, words("check.submit"));
  await page.getByText(words("check.waitingTitle")).waitFor();
  await expectFits(page);
  expect(await filedCases()).toBe(before);
  await page.context().setOffline(false);
  await page.getByRole("heading", { name: words("done.title") }).waitFor();
  expect(await filedCases()).toBe(before + 1);
  await leave(page);
});

test("a page that was closed while it waited sends it when the site is opened again, and shows its code", async () => {
  const page = await phone("zh-CN", 1440);
  const words = (key: string) => say["zh-CN"]("filing", key);
  const before = await filedCases();
  await writeTo(page, "zh-CN", 4);
  await page.getByRole("checkbox", { name: new RegExp(words("identity.keep")) }).check();
  await press(page, words("next"));
  expect(await page.evaluate(draftOnDevice)).toMatchObject({ answers: { story: "窗户漏雨，两次报修无人回复。" } });
  await press(page, words("next"));
  // The first try arrives, its answer is lost on the way: the second must not file it again.
  await page.context().route(/intake\.file/, async (route) => {
    await route.fetch();
    await route.abort();
  });
  await press(page, words("check.submit"));
  await page.getByText(words("check.waitingKept")).waitFor();
  await expectFits(page);
  const context = page.context();
  await page.close();
  await context.unroute(/intake\.file/);
  expect(await filedCases()).toBe(before + 1);
  const later = await context.newPage();
  await later.goto(`${house.url}/?u=FIRST`);
  await later.getByRole("link", { name: new RegExp(words("waiting.sent")) }).click();
  await later.getByRole("heading", { name: words("done.title") }).waitFor();
  expect(await filedCases()).toBe(before + 1);
  await later.goto(`${house.url}/?u=FIRST`);
  await later.getByText(words("discard")).waitFor({ state: "detached" });
  await context.close();
});

test("an officer writes an answer in both languages; whoever is about to file finds it, with other ways, and files all the same", async () => {
  const walk = walkOf(house, browser);
  const officer = await walk.desk("officer");
  await officer.goto(`${house.url}/desk/queue`);
  await officer.getByRole("link", { name: "常见问题" }).click();
  await press(officer, "新写一条");
  await officer.getByLabel("问题（中文）").fill("津贴什么时候补发？");
  await officer.getByLabel("问题（英文）").fill("When is back-pay paid?");
  await officer.getByLabel("答案（中文）").fill("批准后次月。");
  await officer.getByLabel("答案（英文）").fill("In the month after it is approved.");
  await officer.getByLabel("还可以找谁（中文）").fill("旅财务科");
  await press(officer, "保存");
  await officer.getByText("两种文字都要写，或者都不写").first().waitFor();
  await expectFits(officer);
  await officer.getByLabel("还可以找谁（英文）").fill("Finance section of the brigade");
  await press(officer, "保存");
  await officer.getByText("已保存").waitFor();
  await expectFits(officer);
  // The notice with the code of the unit, from the paper form that everybody finds at the foot of a page.
  await officer.goto(`${house.url}/print/form?u=FIRST`);
  await officer.getByRole("link", { name: "公告栏海报" }).click();
  await officer.getByRole("img", { name: /\/\?u=FIRST/ }).waitFor();
  await leave(officer);

  const page = await phone("en");
  await page.goto(`${house.url}/p/online-petition/1?u=FIRST`);
  await press(page, say.en("filing", "purpose.before"));
  await page.getByRole("radio", { name: "Pay, allowances, refunds" }).check();
  await page.getByText("When is back-pay paid?").click();
  await page.getByText("Where else to turn: Finance section of the brigade").waitFor();
  await page.getByText("A petition that was answered: review and re-review").waitFor();
  await expectFits(page);
  await press(page, "Raise it now");
  await page.getByRole("heading", { name: say.en("filing", "purpose.title") }).waitFor();
  await leave(page);
});

test("a phone that keeps the pages opens them without a network, files later, and gives all of it back", async () => {
  const page = await phone("zh-CN");
  const words = (key: string) => say["zh-CN"]("filing", key);
  const lying = () =>
    page.evaluate(async () => ({
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      caches: await caches.keys(),
      unit: localStorage.getItem("doorstep.kept") !== null,
    }));
  await page.goto(`${house.url}/on-this-phone?u=FIRST`);
  await page.getByText("这部手机没有存任何内容。").waitFor();
  expect(await lying()).toEqual({ workers: 0, caches: [], unit: false });
  await expectFits(page);
  await press(page, "把页面存到这部手机");
  await page.getByText("页面已存在这部手机上。").waitFor();
  await expectFits(page);
  const addresses = await page.evaluate(async () => {
    const [name = ""] = await caches.keys();
    return (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname);
  });
  expect(addresses.filter((address) => address !== "/" && !address.startsWith("/assets/"))).toEqual([]);

  const before = await filedCases();
  const context = page.context();
  await context.setOffline(true);
  await page.goto(`${house.url}/`);
  await page
    .getByRole("link", { name: /反映问题/ })
    .first()
    .click();
  await page.getByRole("radio", { name: new RegExp(words("purpose.solve")) }).check();
  await press(page, words("next"));
  await page.getByRole("textbox", { name: new RegExp(words("story.label")) }).fill("锅炉坏了，三天没有热水。");
  await press(page, words("next"));
  await page.getByRole("radio", { name: words("unit.unknown") }).check();
  await press(page, words("next"));
  await page.getByRole("radio", { name: new RegExp(words("identity.anonymousNote").slice(0, 12)) }).check();
  await press(page, words("next"));
  await press(page, words("next"));
  await press(page, words("check.submit"));
  await page.getByText(words("check.waitingOpen")).waitFor();
  await context.setOffline(false);
  await page.getByRole("heading", { name: words("done.title") }).waitFor();
  expect(await filedCases()).toBe(before + 1);

  await page.goto(`${house.url}/on-this-phone`);
  await press(page, "从这部手机删除");
  await page.getByText("这部手机没有存任何内容。").waitFor();
  expect(await lying()).toEqual({ workers: 0, caches: [], unit: false });
  await leave(page);
});
