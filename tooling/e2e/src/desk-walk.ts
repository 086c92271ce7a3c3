import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { STILL } from "./browser.ts";
import type { House } from "./house.ts";
import { type Filed, petitionsOf } from "./petition-walk.ts";
import type { Language, wordsOf } from "./words.ts";

export { type Filed, registration } from "./petition-walk.ts";

export type Say = ReturnType<typeof wordsOf>;

export const press = (at: Page | Locator, name: string | RegExp) =>
  at.getByRole("button", { name, exact: true }).click();
export const drawer = (page: Page) => page.getByRole("dialog");
export const openAct = (page: Page, say: Say, name: string) => press(page, say("acts", `desk.acts.name.${name}`));
export const review = (page: Page, say: Say) => press(drawer(page), say("acts", "desk.acts.toReview"));
export const done = (page: Page, words: string) => page.getByText(words).first().waitFor();
/** His browser stays open for the next time: what it has fetched of the apps is not fetched and compiled anew. */
export const leave = (page: Page) => page.close();

/** Everything a walk over the desk needs of its house, in the browser and beside it. */
export function walkOf(house: House, browser: Browser) {
  const petitions = petitionsOf(house);
  const browsers = new Map<string, BrowserContext>();
  /** The browser of one person, in one language and of one width. */
  async function browserOf(cookie: string, language: Language, width: number): Promise<BrowserContext> {
    const key = [cookie, language, width].join();
    const open = browsers.get(key);
    if (open) return open;
    const context = await browser.newContext({ ...STILL, viewport: { width, height: 900 }, locale: language });
    browsers.set(key, context);
    context.once("close", () => browsers.delete(key));
    await context.addCookies(
      cookie.split("; ").map((pair) => {
        const [name = "", ...value] = pair.split("=");
        return { name, value: value.join("="), url: house.url };
      }),
    );
    return context;
  }
  async function page(cookie: string, language: Language, width: number): Promise<Page> {
    const made = await (await browserOf(cookie, language, width)).newPage();
    made.setDefaultTimeout(30_000);
    return made;
  }
  const desk = async (username: string, language: Language = "zh-CN", width = 1440): Promise<Page> =>
    page(await petitions.cookieOf(username), language, width);
  /** The petitioner's own page of the case. */
  async function own(filed: Filed, language: Language = "zh-CN", width = 390): Promise<Page> {
    const made = await page(await petitions.ownCookie(filed), language, width);
    await made.goto(`${house.url}/t/case`);
    return made;
  }
  async function open(at: Page, filed: Filed): Promise<void> {
    await at.goto(`${house.url}/desk/c/${filed.caseNo}`);
    await at.locator(".ds-mono", { hasText: filed.caseNo }).first().waitFor();
  }

  return { ...petitions, desk, own, open };
}

export type Walk = ReturnType<typeof walkOf>;
