import type { Browser, Page } from "playwright-core";
import { STILL } from "./browser.ts";
import type { Language } from "./words.ts";

/** Who sits before a tab, and how wide it is. */
export interface Sitting {
  readonly cookie: string;
  readonly language: Language;
  readonly width: number;
  readonly height?: number;
}

/** A page of the house that shows nothing and asks for nothing: a tab that waits there keeps the process of its browser. */
const NOWHERE = "/healthz";

interface Tab {
  readonly page: Page;
  cookie: string;
}
const homes = new WeakMap<Page, () => Promise<void>>();

/**
 * The tabs of one house. Each is a browser of its own; one that was left is handed to whoever comes next in the same language,
 * emptied of all it knew: what a new one must start, fetch and compile costs as much as a page.
 */
export function tabsOf(browser: Browser, url: string) {
  const free = new Map<Language, Tab[]>();

  async function open(language: Language): Promise<Tab> {
    const context = await browser.newContext({ ...STILL, locale: language });
    return { page: await context.newPage(), cookie: "" };
  }
  /** A tab nobody sits at: the one this person had, else any. */
  function idle(language: Language, cookie: string): Tab | undefined {
    const waiting = free.get(language) ?? [];
    const own = waiting.findIndex((tab) => tab.cookie === cookie);
    return waiting.splice(own < 0 ? waiting.length - 1 : own, 1)[0];
  }
  async function empty({ page }: Tab): Promise<void> {
    const context = page.context();
    await context.clearCookies();
    const session = await context.newCDPSession(page);
    await session.send("Storage.clearDataForOrigin", {
      origin: url,
      storageTypes: "local_storage,indexeddb,service_workers,cache_storage",
    });
    await session.detach();
  }
  async function leave(tab: Tab, language: Language): Promise<void> {
    if (tab.page.url().startsWith(url)) await tab.page.evaluate(() => sessionStorage.clear());
    await tab.page.goto(`${url}${NOWHERE}`);
    free.set(language, [...(free.get(language) ?? []), tab]);
  }

  /** A tab at which somebody has signed in, or nobody where the cookie is empty. */
  return async function sit({ cookie, language, width, height = 900 }: Sitting): Promise<Page> {
    const used = idle(language, cookie);
    const tab = used ?? (await open(language));
    const another = cookie === "" || tab.cookie !== cookie;
    if (used && another) await empty(tab);
    if (another && cookie !== "")
      await tab.page.context().addCookies(
        cookie.split("; ").map((pair) => {
          const [name = "", ...value] = pair.split("=");
          return { name, value: value.join("="), url };
        }),
      );
    tab.cookie = cookie;
    tab.page.setDefaultTimeout(30_000);
    await tab.page.setViewportSize({ width, height });
    homes.set(tab.page, () => leave(tab, language));
    return tab.page;
  };
}

/** Gets up from a tab, which others may then sit down at. A page that a test has made special is closed instead. */
export async function leaveTab(page: Page): Promise<void> {
  const home = homes.get(page);
  homes.delete(page);
  await (home ? home() : page.close());
}
