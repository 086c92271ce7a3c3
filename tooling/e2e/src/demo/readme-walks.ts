import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestServer } from "@doorstep/server/testing";
import type { Browser, Page, Response } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { signIn } from "../house.ts";
import { leaveTab, tabsOf } from "../tabs.ts";
import { type SeededDemo, theDemo } from "./the-demo.ts";

const PLUGINS = join(import.meta.dirname, "..", "..", "..", "..", "plugins");

interface Step {
  readonly plugin: string;
  readonly account: string;
  readonly address: string;
}
const modules = readdirSync(PLUGINS, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));
const sectionOf = (plugin: string): string =>
  /\n## In the demo\n(.*?)(?=\n## |$)/su.exec(readFileSync(join(PLUGINS, plugin, "README.md"), "utf8"))?.[1] ?? "";
const steps = modules.flatMap((plugin): Step[] =>
  [...sectionOf(plugin).matchAll(/^\| `([^`]+)` \| `(\/[^`]*)` \|/gmu)].map(([, account = "", address = ""]) => ({
    plugin,
    account,
    address,
  })),
);

let browser: Browser;
let server: TestServer;
let demo: SeededDemo;
beforeAll(async () => {
  ({ server, demo } = theDemo());
  browser = await openBrowser();
});
afterAll(() => browser?.close());

test("each module's README says where to look in the demo, or that there is nothing to open", () => {
  const silent = modules.filter(
    (plugin) => !(/^Nothing to open in the demo: /mu.test(sectionOf(plugin)) || steps.some((s) => s.plugin === plugin)),
  );
  expect(silent).toEqual([]);
});

/** What a page of ours says where it is not what was asked for. */
const WRONG =
  /There is no such (module )?page|没有这一页|没有这个(模块)?页面|No such petition|not available|暂时不可用|could not be opened|no right|没有权限/u;
const AT_ONCE = 3;

async function cookieOf(account: string): Promise<string> {
  if (account === "nobody") return "";
  const password = demo.accounts.find((one) => one.username === account)?.password;
  if (password === undefined) throw new Error(`the demo has no account ${account}`);
  return await signIn(server.url, account, password);
}

/** The address with the number of the demo's petition, which is another one in each house. */
function addressed(address: string): string {
  return address.replace(/\/(P\d+)$/u, (_, petition: string) => {
    const found = demo.codes.find((one) => one.petition === petition);
    if (!found) throw new Error(`the demo has no petition ${petition}`);
    return `/${found.caseNo}`;
  });
}

/** What is wrong with a page as this account sees it; nothing where it opens. */
async function wrongWith(page: Page, { address }: Step): Promise<readonly string[]> {
  const wrong = new Set<string>();
  const answered = (one: Response): void => {
    if (one.status() >= 400) wrong.add(`${one.status()} ${new URL(one.url()).pathname}`);
  };
  const failed = (error: Error): void => void wrong.add(error.message);
  page.on("response", answered).on("pageerror", failed);
  await page.goto(server.url + addressed(address));
  try {
    await page.locator("h1:not(.ds-hidden)").first().waitFor({ timeout: 30_000 });
    // what it asks the server for has come
    await page.waitForFunction(() => document.querySelector("[aria-busy=true]") === null, null, { timeout: 30_000 });
  } catch (error) {
    wrong.add((error as Error).message.split("\n")[0] ?? "no heading");
  }
  const said = WRONG.exec(await page.locator("body").innerText())?.[0];
  if (said !== undefined) wrong.add(said);
  page.off("response", answered).off("pageerror", failed);
  return [...wrong];
}

test("every address that a README names opens for the account it names", async () => {
  const accounts = [...new Set(steps.map((one) => one.account))];
  const failed: string[] = [];
  const sit = tabsOf(browser, server.url);
  const work = async (): Promise<void> => {
    for (let account = accounts.pop(); account !== undefined; account = accounts.pop()) {
      const page = await sit({ cookie: await cookieOf(account), language: "en", width: 1280 });
      for (const step of steps.filter((one) => one.account === account)) {
        const wrong = await wrongWith(page, step);
        if (wrong.length > 0) failed.push(`${step.plugin}: ${account} ${step.address}: ${wrong.join(", ")}`);
      }
      await leaveTab(page);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  expect(failed).toEqual([]);
  expect(steps.length).toBeGreaterThan(modules.length);
}, 300_000);
