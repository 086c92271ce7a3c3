import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFits } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { leave, press, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { choose } from "./show-box.ts";

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  const people = [{ username: "supervisor", unit: "BRIGADE", roles: [{ role: "supervisor" as const, subtree: true }] }];
  [browser, house] = await Promise.all([openBrowser(), openHouse({ people })]);
  walk = walkOf(house, browser);
  await choose(house, "process", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

/** Lets minutes pass until the ledger was read so far: what is still being written is read in the next one. */
async function read(caseId: string): Promise<void> {
  for (let minutes = 0; minutes < 30; minutes++) {
    await house.server.platform.host.jobs.runDue();
    const { rowCount } = await house.server.database.pool.query(
      "select from p_process.steps where case_id = $1 and code = 'case.handlingStarted'",
      [caseId],
    );
    if (rowCount === 1) return;
    house.server.clock.advance("PT1M");
  }
  throw new Error("the way of the petition is not known");
}

test("the way petitions took is read step by step by keyboard, and leaves as an event log", async () => {
  const filed = await walk.inHandling("热水时有时无");
  await read(filed.caseId);

  const above = await walk.desk("supervisor");
  await above.goto(`${house.url}/desk/p/process`);
  await above.getByText(/共1件、/).waitFor();
  await above.getByRole("button", { name: "受理（1次）" }).focus();
  await above.keyboard.press("Enter");
  await above
    .getByRole("status")
    .getByText(/开始办理：1次/)
    .waitFor();
  await above.getByRole("row", { name: /收到 登记 1/ }).waitFor();
  await expectFits(above);
  const [file] = await Promise.all([above.waitForEvent("download"), press(above, "导出XES")]);
  const log = await readFile(await file.path(), "utf8");
  expect(log).toContain('value="case.accepted"');
  expect(log).not.toContain(filed.caseNo);
  await leave(above);

  const unit = await walk.desk("officer", "en", 390);
  await unit.goto(`${house.url}/desk/p/process`);
  await unit.getByRole("button", { name: "Accepted (1)" }).waitFor();
  await expectFits(unit);
  await leave(unit);
});
