import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { expectChartsReadable } from "./charts.ts";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2 A and AA, and what axe calls best practice. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// biome-ignore lint/style/noProcessEnv: how much is looked at is said by whoever starts the tests.
const LONG = process.env.DOORSTEP_LONG === "1";

declare global {
  interface Window {
    readonly axe: { run(options: RunOptions): Promise<AxeResults> };
  }
}

/** A panel that is still fading in has paler colours than the one a person reads. */
async function comeToRest(page: Page): Promise<void> {
  await page.waitForFunction(
    async () => {
      const moving = (): boolean =>
        document
          .getAnimations()
          .some((a) => a.playState === "running" && a.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
      // A transition begins a frame or two after the part is drawn.
      for (let frame = 0; frame < 4; frame++) {
        if (moving()) return false;
        await new Promise(requestAnimationFrame);
      }
      return !moving();
    },
    undefined,
    { polling: 50 },
  );
}

const LOADING_MS = 10_000;

/** A page that is still being fetched has no heading yet: it is judged once it is there, or for having none. */
async function beThere(page: Page): Promise<void> {
  await page
    .locator("main, h1")
    .first()
    .waitFor({ state: "attached", timeout: LOADING_MS })
    .catch(() => undefined);
}

/**
 * Fails when the page as it stands breaks a rule of accessibility.
 *
 * @throws Error that lists each rule, how to mend it, and where it is broken.
 */
export async function expectNoViolations(page: Page): Promise<void> {
  await beThere(page);
  await comeToRest(page);
  // Evaluated, not added as a script element: the pages' content security policy forbids those. Once a document: it costs more than a look.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  const violations = await page.evaluate(
    async ({ tags, long }) => {
      // Colours do not hang on the language, and take half of a look: in one pass they are judged in Chinese.
      const contrast = { enabled: long || document.documentElement.lang === "zh-CN" };
      const results = await window.axe.run({
        runOnly: { type: "tag", values: tags },
        rules: { "color-contrast": contrast },
      });
      return results.violations.map(({ id, help, nodes }) => ({
        id,
        help,
        where: nodes.map((node) => `${node.target.join(" ")}\n      ${node.failureSummary ?? ""}`),
      }));
    },
    { tags: TAGS, long: LONG },
  );
  if (violations.length === 0) return;
  const list = violations.map(({ id, help, where }) => `  ${id}: ${help}\n    ${where.join("\n    ")}`).join("\n");
  throw new Error(`${violations.length} accessibility violations at ${new URL(page.url()).pathname}\n${list}`);
}

/** The same, nothing of the page stands beyond its right edge, and its charts are read by everybody. */
export async function expectFits(page: Page): Promise<void> {
  await expectNoViolations(page);
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (beyond > 0) throw new Error(`${new URL(page.url()).pathname} is ${beyond} px wider than its window`);
  await expectChartsReadable(page);
}
