import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFits } from "./axe.ts";
import { openBrowser, STILL } from "./browser.ts";
import { done, drawer, leave, openAct, press, review, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { choose } from "./show-box.ts";
import { wordsOf } from "./words.ts";

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  const people = [
    { username: "mediator", unit: "FIRST", roles: [{ role: "mediator" as const }] },
    { username: "second", unit: "FIRST", roles: [{ role: "mediator" as const }] },
    { username: "head", unit: "FIRST", roles: [{ role: "officeHead" as const }] },
  ];
  [browser, house] = await Promise.all([openBrowser(), openHouse({ people })]);
  walk = walkOf(house, browser);
  await choose(house, "mediation", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

test("a dispute is offered to both sides, led by a mediator who reads it alone, and settled beside the petition", async () => {
  const head = await walk.desk("head", "en", 390);
  await head.goto(`${house.url}/desk/p/mediation/roster`);
  await press(head, "Enter mediator");
  await head.getByRole("checkbox", { name: "Squad or platoon (within 3 days)" }).check();
  await head.getByLabel("Languages").fill("Mandarin, Uyghur");
  await expectFits(head);
  await press(head, "Save");
  await head.getByText("Languages: Mandarin, Uyghur").waitFor();
  await leave(head);

  const filed = await walk.inHandling("战友借手机摔坏");
  const own = await walk.own(filed);
  await press(own, "申请调解");
  await own.getByLabel("想调解什么矛盾").fill("借用手机摔坏，修理费如何分担");
  await expectFits(own);
  await press(own, "申请调解");
  await own.getByText("已申请调解：借用手机摔坏，修理费如何分担").waitFor();
  const handler = await walk.desk("handler");
  await walk.open(handler, filed);
  await handler.getByRole("tab", { name: "矛盾调解" }).click();
  await handler.getByText("来信人申请调解").waitFor();
  await expectFits(handler);
  await press(handler, "提出调解");
  await handler.getByRole("radio", { name: "班排调解（3天内）" }).check();
  await handler.getByLabel("调解员").selectOption({ label: "mediator（手上0件；T1 · Mandarin, Uyghur）" });
  await expectFits(handler);
  await press(handler, "征求双方意见");
  await handler.getByText("这个码只显示这一次。").waitFor();
  const code = (await handler.locator(".ds-code").textContent()) ?? "";
  await expectFits(handler);

  const side = await walk.visitor("en");
  await side.goto(`${house.url}/p/mediation?u=FIRST`);
  await side.getByLabel("Mediation code").fill(code.toLowerCase());
  await expectFits(side);
  await press(side, "Show");
  await side.getByText("Your answer: no answer yet").waitFor();
  await expectFits(side);
  await press(side, "I agree");
  await side.getByText("Your answer: agrees").waitFor();

  await own.reload();
  await own.getByRole("button", { name: "希望换调解员" }).waitFor();
  await press(own, "同意");
  await own.getByText("您已同意").waitFor();
  await expectFits(own);

  await press(handler, "已经记下");
  // whoever is to be followed by somebody else is not among those to choose from
  await handler.getByRole("radio", { name: "换调解员，重新征求双方意见" }).check();
  const others = handler.getByLabel("调解员", { exact: true }).getByRole("option");
  await expect.poll(() => others.allTextContents()).toContain("second（手上0件）");
  expect((await others.allTextContents()).join()).not.toContain("mediator（");
  await press(handler, "开始调解");
  await handler.getByText("正在调解").waitFor();
  await expectFits(handler);

  const mediator = await walk.desk("mediator", "en", 390);
  await mediator.goto(`${house.url}/desk/p/mediation`);
  await press(mediator, "Open 借用手机摔坏，修理费如何分担");
  await mediator.getByText("No talk was noted yet.").waitFor();
  await mediator.getByRole("radio", { name: "Set a meeting" }).check();
  await mediator.getByRole("radio", { name: "A meeting of both sides" }).check();
  // within the three days of a talk in the squad
  await mediator.getByLabel("Day").fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
  await mediator.getByLabel("Time").fill("15:30");
  await mediator.getByLabel("Place").fill("连队谈心室");
  await expectFits(mediator);
  await press(mediator, "Save");
  await mediator.getByRole("button", { name: "Call off" }).waitFor();
  await own.reload();
  await own.getByText(/当面见面：.*15:30，连队谈心室/u).waitFor();
  await leave(own);
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
  await side.getByRole("alert").first().waitFor();
  await side.reload();
  await side.getByLabel("Mediation code").fill(code);
  await press(side, "Show");
  await side.getByRole("radio", { name: "Very good" }).check();
  await expectFits(side);
  await press(side, "Rate");
  await side.getByText("Thank you for rating it.").waitFor();
  await leave(side);

  // what the agreement sets off is done before the handler looks: whoever acts on an older state is asked to look again
  await fetch(`${house.url}/test/clock`, { method: "POST", body: JSON.stringify({ advance: "PT1S" }) });
  await walk.open(handler, filed);
  await handler.getByRole("tab", { name: "矛盾调解" }).click();
  await handler.getByText("达成的协议：各付六百四十元").waitFor();
  await expectFits(handler);
  expect(await handler.getByText("双方愿意各付一半").count()).toBe(0);

  // violence comes out before it was answered: what was agreed on falls, and the petitioner reads that nothing is mediated
  const zh = wordsOf("zh-CN");
  await openAct(handler, zh, "markTopic");
  await drawer(handler).getByRole("radio", { name: "暴力、打骂体罚" }).check();
  await drawer(handler).locator("textarea[name=reason]").fill("回访时说起被打");
  await expectFits(handler);
  await review(handler, zh);
  await press(drawer(handler), zh("acts", "desk.acts.do.markTopic"));
  await done(handler, zh("acts", "desk.acts.done.markTopic"));
  await handler.getByText(zh("deskCase", "desk.case.neverMediatedWhy")).waitFor();
  await expect
    .poll(
      async () => {
        await walk.open(handler, filed);
        await handler.getByRole("tab", { name: "矛盾调解" }).click();
        await handler.getByText("借用手机摔坏，修理费如何分担").first().waitFor();
        return await handler.getByText("已结束，未达成协议").count();
      },
      { timeout: 40_000 },
    )
    .toBe(1);
  await expectFits(handler);
  const told = await walk.own(filed, "en");
  await told.getByText("It was noted that your matter is never mediated: the unit handles it itself").first().waitFor();
  await expectFits(told);
  expect(await told.getByText("回访时说起被打").count()).toBe(0);

  // as if the agreement had stood and then was not kept: both read what can be done now
  await house.server.database.pool.query("update p_mediation.mediations set state = 'broken', ended_because = null");
  await told.reload();
  await told.getByText(/^After the reply you can ask for a review/u).waitFor();
  await expectFits(told);
  await leave(told);
  await walk.open(handler, filed);
  await handler.getByRole("tab", { name: "矛盾调解" }).click();
  await handler.getByText(/承诺到期后可以重新办理，来信人也可以申请复查/u).waitFor();
  await expectFits(handler);
  await leave(handler);
});
