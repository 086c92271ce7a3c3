import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { done, drawer, type Filed, leave, openAct, press, review, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { wordsOf } from "./words.ts";

vi.setConfig({ testTimeout: 180_000 });

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse({
    people: [{ username: "chief", unit: "BRIGADE", roles: [{ role: "officer" }, { role: "reviewer" }] }],
  });
  walk = walkOf(house, browser);
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const en = wordsOf("en");
const zh = wordsOf("zh-CN");
const zhao = { name: "赵六", kind: "nco", contact: "137 0000 0000" };
const named = { anonymity: "named", petitioner: zhao };
const twoDemands = { demands: [{ text: "修好窗户" }, { text: "补发津贴" }] };

test("the same matter again is joined, opened with either code, and parted again", async () => {
  const main = await walk.inHandling("窗户漏雨", named);
  const again = await walk.paper("clerk", "FIRST", "窗户还在漏", named);
  await walk.register("clerk", again.caseId);

  const officer = await walk.desk("officer", "en", 390);
  await walk.open(officer, again);
  await officer.getByRole("tab", { name: en("deskCase", "desk.case.handling") }).click();
  await openAct(officer, en, "merge");
  const form = drawer(officer);
  await form.locator("input[name=mainCaseNo]").fill(main.caseNo.toLowerCase());
  for (const tick of ["samePerson", "sameMatter"])
    await form.getByRole("checkbox", { name: en("acts", `desk.acts.field.merge.${tick}`) }).check();
  await form.locator("textarea[name=reason]").fill("It is being handled, within its time.");
  await form.locator("textarea[name=newFacts]").fill("The bed got wet last night.");
  await expectNoViolations(officer);
  await review(officer, en);
  await press(form, en("acts", "desk.acts.do.merge"));
  await done(officer, en("acts", "desk.acts.done.merge"));
  expect(await walk.stateOf(again.caseId)).toMatchObject({ status: "merged" });

  const own = await walk.own(again, "en");
  await own
    .getByText(/Notice of non-acceptance/)
    .first()
    .waitFor();
  await expectNoViolations(own);
  await press(own, en("ownActs", "belongsTo.open", { no: main.caseNo }));
  await own.getByText(en("ownActs", "belongsTo.joined", { no: again.caseNo })).waitFor();
  await leave(own);

  await walk.open(officer, again);
  await officer.getByRole("tab", { name: en("deskCase", "desk.case.handling") }).click();
  await openAct(officer, en, "unmerge");
  await drawer(officer).locator("textarea[name=reason]").fill("It is another window after all.");
  await review(officer, en);
  await press(drawer(officer), en("acts", "desk.acts.do.unmerge"));
  await done(officer, en("acts", "desk.acts.done.unmerge"));
  await leave(officer);
  const parted = await walk.own(again, "en");
  await parted.getByText("It is another window after all.").waitFor();
  await leave(parted);
});

test("a demand becomes a case of its own, which the same code opens", async () => {
  const filed = await walk.paper("clerk", "FIRST", "窗户和津贴", named);
  await walk.register("clerk", filed.caseId, twoDemands);
  const officer = await walk.desk("officer");
  await walk.open(officer, filed);
  await openAct(officer, zh, "split");
  const form = drawer(officer);
  await form.getByRole("radio", { name: /补发津贴/ }).check();
  await form.getByRole("radio", { name: zh("acts", "desk.acts.choice.split.same") }).check();
  await form.locator("input[name=title]").fill("津贴少发一档");
  await form.locator("textarea[name=text]").fill("津贴少发一档，财务让等。");
  await form.locator("textarea[name=reason]").fill("津贴的事另立一件。");
  await expectNoViolations(officer);
  await review(officer, zh);
  await press(form, zh("acts", "desk.acts.do.split"));
  await done(officer, zh("acts", "desk.acts.done.split"));
  const together = officer.getByRole("region", { name: zh("deskCase", "desk.case.links") });
  await together.getByRole("link", { name: "津贴少发一档" }).waitFor();
  await leave(officer);

  const own = await walk.own(filed);
  await own.getByText("津贴的事另立一件。").waitFor();
  await own.getByRole("button", { name: /^查看 / }).click();
  await own.getByRole("heading", { name: "津贴少发一档", level: 1 }).waitFor();
  await expectNoViolations(own);
  await leave(own);
});

test("an accusation inside a petition goes to the organ with the whole letter; the unit keeps what accuses nobody", async () => {
  const filed = await walk.paper("clerk", "FIRST", "窗户和举报");
  await walk.register("clerk", filed.caseId, {
    demands: [
      { text: "修好公寓窗户", desiredOutcome: "" },
      { text: "查处虚报维修款的人", desiredOutcome: "" },
    ],
  });
  const officer = await walk.desk("officer", "en", 390);
  await walk.open(officer, filed);
  await officer.getByRole("tab", { name: en("deskCase", "desk.case.handling") }).click();
  await openAct(officer, en, "splitAccusation");
  const form = drawer(officer);
  await form.getByRole("radio", { name: /查处虚报/ }).check();
  await form.locator("input[name=accused]").fill("The supplier");
  await form.locator("input[name=title]").fill("The window leaks");
  await form.locator("textarea[name=text]").fill("The window of the flat leaks.");
  await form.locator("textarea[name=reason]").fill("The letter accuses somebody of false bills.");
  await expectNoViolations(officer);
  await review(officer, en);
  await expectNoViolations(officer);
  await press(form, en("acts", "desk.acts.do.splitAccusation"));
  await form.waitFor({ state: "hidden" });
  await officer.goto(`${house.url}/desk/c/${filed.caseNo}`);
  await officer
    .getByText(/No such petition was found/)
    .first()
    .waitFor();
  await leave(officer);

  const own = await walk.own(filed, "en");
  await own
    .getByText(/with the discipline organ/)
    .first()
    .waitFor();
  await expectNoViolations(own);
  await leave(own);
});

/** Told at the desk, by hand, that it is not for this office. */
async function guided(title: string): Promise<Filed> {
  const filed = await walk.paper("clerk", "FIRST", title);
  await walk.register("clerk", filed.caseId);
  const officer = await walk.desk("officer");
  await walk.open(officer, filed);
  await openAct(officer, zh, "guide");
  for (const [name, value] of [
    ["body", "区人力资源和社会保障局"],
    ["address", "政务大厅3号窗口"],
    ["timeLimit", "60日内"],
  ] as const)
    await drawer(officer).locator(`input[name=${name}]`).fill(value);
  await drawer(officer).locator("textarea[name=reason]").fill("随军家属安置由地方办理。");
  await review(officer, zh);
  await press(drawer(officer), zh("acts", "desk.acts.do.guide"));
  await done(officer, zh("acts", "desk.acts.done.guide"));
  await leave(officer);
  return filed;
}

test("what was guided away is contested, decided one level up, reopened; the next time the petitioner has new facts", async () => {
  const filed = await guided("家属安置");
  const own = await walk.own(filed, "en");
  await own.getByRole("link", { name: en("ownActs", "contest.title") }).click();
  await own
    .getByRole("textbox", { name: en("ownActs", "contest.field.text") })
    .fill("The unit itself promised it to us.");
  await expectNoViolations(own);
  await press(own, en("ownActs", "contest.send"));
  await own.getByText(en("ownActs", "contest.done")).waitFor();
  await leave(own);

  const chief = await walk.desk("chief", "en", 390);
  await walk.open(chief, filed);
  await chief.getByText("The unit itself promised it to us.").waitFor();
  await chief.getByRole("tab", { name: en("deskCase", "desk.case.handling") }).click();
  await openAct(chief, en, "decideContest");
  await drawer(chief)
    .getByRole("radio", { name: en("acts", "desk.acts.choice.decideContest.upheld") })
    .check();
  await drawer(chief).locator("textarea[name=reasons]").fill("The law gives it to the local office.");
  await expectNoViolations(chief);
  await review(chief, en);
  await press(drawer(chief), en("acts", "desk.acts.do.decideContest"));
  await done(chief, en("acts", "desk.acts.done.decideContest"));
  await leave(chief);

  const again = await walk.own(filed, "en");
  await again.getByText("The law gives it to the local office.").waitFor();
  await again.getByRole("link", { name: en("ownActs", "bringNewFacts.title") }).click();
  await again
    .getByRole("textbox", { name: en("ownActs", "bringNewFacts.field.text") })
    .fill("Here is the written promise of the unit.");
  await press(again, en("ownActs", "bringNewFacts.send"));
  await again.getByText(en("ownActs", "bringNewFacts.done")).waitFor();
  await leave(again);

  const officer = await walk.desk("officer");
  await walk.open(officer, filed);
  await openAct(officer, zh, "reopen");
  await drawer(officer)
    .getByRole("radio", { name: zh("acts", "desk.acts.choice.reopen.newFacts") })
    .check();
  await drawer(officer).locator("textarea[name=reason]").fill("有单位的书面承诺，由本单位办理。");
  await expectNoViolations(officer);
  await review(officer, zh);
  await press(drawer(officer), zh("acts", "desk.acts.do.reopen"));
  await done(officer, zh("acts", "desk.acts.done.reopen"));
  expect(await walk.stateOf(filed.caseId)).toMatchObject({ status: "registered" });
  await leave(officer);
});
