import type { Browser, Locator, Page } from "playwright-core";
import type { House } from "./house.ts";
import { type Filed, petitionsOf } from "./petition-walk.ts";
import { leaveTab, tabsOf } from "./tabs.ts";
import type { Language, wordsOf } from "./words.ts";

export { type Filed, registration } from "./petition-walk.ts";

export type Say = ReturnType<typeof wordsOf>;

export const press = (at: Page | Locator, name: string | RegExp) =>
  at.getByRole("button", { name, exact: true }).click();
export const drawer = (page: Page) => page.getByRole("dialog");
export const openAct = (page: Page, say: Say, name: string) => press(page, say("acts", `desk.acts.name.${name}`));
export const review = (page: Page, say: Say) => press(drawer(page), say("acts", "desk.acts.toReview"));
export const done = (page: Page, words: string) => page.getByText(words).first().waitFor();
export const leave = leaveTab;

/** Everything a walk over the desk needs of its house, in the browser and beside it. */
export function walkOf(house: House, browser: Browser) {
  const petitions = petitionsOf(house);
  const sit = tabsOf(browser, house.url);
  const desk = async (username: string, language: Language = "zh-CN", width = 1440): Promise<Page> =>
    sit({ cookie: await petitions.cookieOf(username), language, width });
  /** Somebody who has not signed in. */
  const visitor = (language: Language, width = 390): Promise<Page> => sit({ cookie: "", language, width });
  /** The petitioner's own page of the case. */
  async function own(filed: Filed, language: Language = "zh-CN", width = 390): Promise<Page> {
    const made = await sit({ cookie: await petitions.ownCookie(filed), language, width });
    await made.goto(`${house.url}/t/case`);
    return made;
  }
  async function open(at: Page, filed: Filed): Promise<void> {
    await at.goto(`${house.url}/desk/c/${filed.caseNo}`);
    await at.locator(".ds-mono", { hasText: filed.caseNo }).first().waitFor();
  }

  return { ...petitions, desk, visitor, own, open };
}

export type Walk = ReturnType<typeof walkOf>;
