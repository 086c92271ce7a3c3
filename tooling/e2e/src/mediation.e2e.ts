import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFits } from "./axe.ts";
import { openBrowser, STILL } from "./browser.ts";
import { leave, press, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { choose } from "./show-box.ts";

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  const people = [{ username: "mediator", unit: "FIRST", roles: [{ role: "mediator" as const }] }];
  [browser, house] = await Promise.all([openBrowser(), openHouse({ people })]);
  walk = walkOf(house, browser);
  await choose(house, "mediation", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

test("a dispute is offered to both sides, led by a mediator who reads it alone, and settled beside the petition", async () => {
  const filed = await walk.inHandling("战友借手机摔坏");
  const handler = await walk.desk("handler");
  await walk.open(handler, filed);
  await handler.getByRole("tab", { name: "矛盾调解" }).click();
  await handler.getByText("这件事项还没有进行过调解。").waitFor();
  await press(handler, "提出调解");
  await handler.getByRole("radio", { name: "单位建议" }).check();
  await handler.getByRole("radio", { name: "班排调解（3天内）" }).check();
  await handler.getByLabel("要调解的矛盾").fill("借用手机摔坏，修理费如何分担");
  await handler.getByLabel("调解员").selectOption({ label: "mediator（手上0件）" });
  await expectFits(handler);
  await press(handler, "征求双方意见");
  await handler.getByText("这个码只显示这一次。").waitFor();
  const code = (await handler.locator(".ds-code").textContent()) ?? "";
  await expectFits(handler);

  const side = await (
    await browser.newContext({ ...STILL, locale: "en", viewport: { width: 390, height: 844 } })
  ).newPage();
  await side.goto(`${house.url}/p/mediation?u=FIRST`);
  await side.getByLabel("Mediation code").fill(code.toLowerCase());
  await expectFits(side);
  await press(side, "Show");
  await side.getByText("Your answer: no answer yet").waitFor();
  await expectFits(side);
  await press(side, "I agree");
  await side.getByText("Your answer: agrees").waitFor();

  const own = await walk.own(filed);
  await own.getByText("借用手机摔坏，修理费如何分担").waitFor();
  await press(own, "同意");
  await own.getByText("您已同意").waitFor();
  await leave(own);

  await press(handler, "已经记下");
  await press(handler, "开始调解");
  await handler.getByText("正在调解").waitFor();
  await expectFits(handler);

  const mediator = await walk.desk("mediator", "en", 390);
  await mediator.goto(`${house.url}/desk/p/mediation`);
  await press(mediator, "Open 借用手机摔坏，修理费如何分担");
  await mediator.getByText("No talk was noted yet.").waitFor();
  await mediator.getByRole("radio", { name: "Talk with both" }).check();
  await mediator.getByLabel("What was said").fill("双方愿意各付一半");
  await expectFits(mediator);
  await press(mediator, "Save");
  // in the list: what is typed stands as text in its field as well
  await mediator.getByRole("listitem").getByText("双方愿意各付一半").waitFor();
  await mediator.getByRole("radio", { name: "Both have signed an agreement" }).check();
  await mediator.getByLabel("What was agreed on").fill("各付六百四十元");
  await press(mediator, "Save");
  await mediator.getByText("Agreed: 各付六百四十元").waitFor();
  await expectFits(mediator);
  await leave(mediator);

  await press(side, "Leave the mediation");
  await side.getByRole("alert").waitFor();
  await leave(side);

  await walk.open(handler, filed);
  await handler.getByRole("tab", { name: "矛盾调解" }).click();
  await handler.getByText("达成的协议：各付六百四十元").waitFor();
  await expectFits(handler);
  expect(await handler.getByText("双方愿意各付一半").count()).toBe(0);
  await leave(handler);
});
