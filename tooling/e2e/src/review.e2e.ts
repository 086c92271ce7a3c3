import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { done, drawer, type Filed, leave, openAct, press, review, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { wordsOf } from "./words.ts";

vi.setConfig({ testTimeout: 60_000 });

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse({ people: [] });
  walk = walkOf(house, browser);
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

/** The petitioner asks on his own page. */
async function ask(filed: Filed): Promise<void> {
  const say = wordsOf("en");
  const own = await walk.own(filed, "en", 1440);
  await own
    .getByRole("link", { name: new RegExp(say("case", "reviewUntil", { date: "" }).trim().slice(0, 6)) })
    .click();
  await own.getByRole("radio", { name: new RegExp(say("case", "ground.notCarriedOut")) }).check();
  await own.getByLabel(say("case", "reviewText")).fill("Still leaking.");
  await expectNoViolations(own);
  await press(own, say("case", "askReview"));
  await own.getByText(say("case", "reviewAsked")).waitFor();
  await leave(own);
}

test("a review is asked for; the body above takes a request up, changes the opinion, and says what every demand comes to", async () => {
  const zh = wordsOf("zh-CN");
  const filed = await walk.delivered("复查变更");
  await ask(filed);
  expect(await walk.stateOf(filed.caseId)).toMatchObject({ status: "review" });
  const reviewer = await walk.desk("reviewer");
  await walk.open(reviewer, filed);
  await openAct(reviewer, zh, "acceptReview");
  await expectNoViolations(reviewer);
  await review(reviewer, zh);
  await press(drawer(reviewer), zh("acts", "desk.acts.do.acceptReview"));
  await done(reviewer, zh("acts", "desk.acts.done.acceptReview"));

  await openAct(reviewer, zh, "decideReview");
  await drawer(reviewer)
    .getByRole("radio", { name: zh("desk", "desk.reviewOutcome.changed") })
    .check();
  await drawer(reviewer)
    .getByRole("radio", { name: zh("desk", "desk.outcome.supported"), exact: true })
    .check();
  for (const field of ["facts", "opinion", "basis"])
    await drawer(reviewer).locator(`textarea[name=${field}]`).fill(`复查：${field}`);
  await expectNoViolations(reviewer);
  await review(reviewer, zh);
  await press(drawer(reviewer), zh("acts", "desk.acts.do.decideReview"));
  await expect.poll(() => walk.stateOf(filed.caseId)).toMatchObject({ status: "replied", level: "review" });
  await leave(reviewer);

  // The petitioner reads the new outcome; nobody stands above the body that decided.
  const own = await walk.own(filed);
  await own.getByText("复查：opinion").first().waitFor();
  await expectNoViolations(own);
  await leave(own);
});
