import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { done, drawer, leave, openAct, press, review, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { wordsOf } from "./words.ts";

vi.setConfig({ testTimeout: 180_000 });

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse({
    units: [{ code: "COMPANY", parent: "FIRST" }],
    people: [
      { username: "chief", unit: "BRIGADE", roles: [{ role: "officer", subtree: true }, { role: "clerk" }] },
      { username: "second", unit: "FIRST", roles: [{ role: "handler" }] },
      { username: "below", unit: "COMPANY", roles: [{ role: "officer" }] },
    ],
  });
  walk = walkOf(house, browser);
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

test("who is not competent objects, the sender does not agree, the superior names the unit; then it is accepted and extended", async () => {
  const en = wordsOf("en");
  const zh = wordsOf("zh-CN");
  const filed = await walk.paper("chief", "BRIGADE", "公寓漏雨归谁管");
  await walk.register("chief", filed.caseId);
  await walk.act("chief", "cases.route", filed.caseId, {
    kind: "transfer",
    toUnitId: house.units.get("FIRST"),
    reason: "由一营办理",
  });

  const officer = await walk.desk("officer", "en", 390);
  await walk.open(officer, filed);
  await officer.getByRole("tab", { name: en("deskCase", "desk.case.handling") }).click();
  await openAct(officer, en, "object");
  await drawer(officer).locator("textarea[name=reasons]").fill("The flats belong to the brigade's logistics.");
  await expectNoViolations(officer);
  await review(officer, en);
  await expectNoViolations(officer);
  await press(drawer(officer), en("acts", "desk.acts.do.object"));
  await done(officer, en("acts", "desk.acts.done.object"));
  await leave(officer);

  const chief = await walk.desk("chief");
  await walk.open(chief, filed);
  await openAct(chief, zh, "answerObjection");
  await drawer(chief)
    .getByRole("radio", { name: zh("acts", "desk.acts.choice.answerObjection.refuse") })
    .check();
  await drawer(chief).locator("textarea[name=reason]").fill("公寓由一营使用管理。");
  await review(chief, zh);
  await press(drawer(chief), zh("acts", "desk.acts.do.answerObjection"));
  await done(chief, zh("acts", "desk.acts.done.answerObjection"));
  await openAct(chief, zh, "designate");
  await drawer(chief).getByRole("searchbox").fill("FIRST");
  await drawer(chief).getByRole("button", { name: /FIRST/ }).first().click();
  await drawer(chief).locator("textarea[name=reason]").fill("公寓由一营使用管理。");
  await expectNoViolations(chief);
  await review(chief, zh);
  await press(drawer(chief), zh("acts", "desk.acts.do.designate"));
  await done(chief, zh("acts", "desk.acts.done.designate"));
  await leave(chief);

  await walk.act("officer", "cases.accept", filed.caseId, { office: "营房股" });
  const signer = await walk.desk("signer");
  await walk.open(signer, filed);
  await openAct(signer, zh, "extend");
  await drawer(signer).getByLabel(zh("acts", "desk.acts.field.extend.days")).fill("30");
  await drawer(signer).locator("textarea[name=reason]").fill("需要等待专业检测结果。");
  await review(signer, zh);
  await press(drawer(signer), zh("acts", "desk.acts.do.extend"));
  await done(signer, zh("acts", "desk.acts.done.extend"));
  await leave(signer);
  expect(await walk.stateOf(filed.caseId)).toMatchObject({ status: "accepted" });

  // The petitioner is told why it takes longer, and reads nothing of what the offices wrote to each other.
  const own = await walk.own(filed, "en", 390);
  await own
    .getByText(/Notice of extension/)
    .first()
    .waitFor();
  expect(await own.getByText(/Objection to a transfer|Designation/).count()).toBe(0);
  await expectNoViolations(own);
  await leave(own);
});

test("the petitioner stops a mediation by himself, on a page that says what it means", async () => {
  const filed = await walk.inHandling("调解");
  await walk.act("handler", "cases.openMediation", filed.caseId, { bothConsented: true, note: "由营调解" });
  const own = await walk.own(filed, "zh-CN", 390);
  await own.getByRole("link", { name: "停止调解" }).click();
  await own.getByLabel("您想说明的情况").fill("我想走正式程序。");
  await expectNoViolations(own);
  await own.getByRole("button", { name: "停止调解" }).click();
  await own.getByText("调解已停止，您反映的事情继续办理。").waitFor();
  await expectNoViolations(own);
  await leave(own);
});

test("what both sides have signed is entered, approved and handed over, and the petitioner reads it", async () => {
  const en = wordsOf("en");
  const filed = await walk.inHandling("手机赔偿");
  await walk.act("officer", "cases.openMediation", filed.caseId, { bothConsented: true, note: "由营调解" });
  const officer = await walk.desk("officer", "en", 390);
  await walk.open(officer, filed);
  await officer.getByRole("tab", { name: en("deskCase", "desk.case.handling") }).click();
  await openAct(officer, en, "recordAgreement");
  const form = drawer(officer);
  for (const [name, words] of [
    ["parties", "Applicant: A. Other party: B."],
    ["facts", "The phone was broken while it was lent."],
    ["dispute", "How much is paid."],
    ["responsibilities", "B pays for the repair."],
    ["terms", "B pays 1200 yuan for the repair."],
  ] as const)
    await form.locator(`textarea[name=${name}]`).fill(words);
  for (const [name, words] of [
    ["mode", "In cash."],
    ["mediator", "Mediation group"],
    ["signedOn", walk.today()],
    ["basis", "People's Mediation Law, Art. 31"],
  ] as const)
    await form.locator(`input[name=${name}]`).fill(words);
  await form.locator("input[name=withinDiscretion]").check();
  await expectNoViolations(officer);
  await review(officer, en);
  await press(form, en("acts", "desk.acts.do.recordAgreement"));
  await done(officer, en("acts", "desk.acts.done.recordAgreement"));
  await leave(officer);

  const { rows } = await house.server.database.pool.query<{ id: string }>(
    "select id from kernel.notices where case_id = $1 and code = 'D18'",
    [filed.caseId],
  );
  await walk.act("signer", "notices.seal", filed.caseId, { noticeId: rows[0]?.id });
  const desk = await walk.desk("officer");
  const zh = wordsOf("zh-CN");
  await walk.open(desk, filed);
  await openAct(desk, zh, "deliver");
  await desk.getByRole("radio", { name: new RegExp(zh("acts", "desk.acts.methodNote.portal")) }).check();
  await review(desk, zh);
  await press(drawer(desk), /调解协议书/);
  await done(desk, zh("acts", "desk.acts.done.deliver"));
  expect(await walk.stateOf(filed.caseId)).toMatchObject({ status: "replied" });
  await leave(desk);

  const own = await walk.own(filed, "en");
  await own
    .getByText(/Mediation agreement/)
    .first()
    .waitFor();
  await expectNoViolations(own);
  await leave(own);
});

test("what is to be passed on goes on to the unit below, level by level; the petitioner is told each time", async () => {
  const en = wordsOf("en");
  const filed = await walk.paper("chief", "BRIGADE", "连队宿舍断水");
  await walk.register("chief", filed.caseId);
  await walk.act("chief", "cases.route", filed.caseId, {
    kind: "transfer",
    toUnitId: house.units.get("FIRST"),
    reason: "请转有权处理的连队",
    passOn: true,
  });
  const officer = await walk.desk("officer", "en", 390);
  await walk.open(officer, filed);
  await officer.getByRole("tab", { name: en("deskCase", "desk.case.handling") }).click();
  await openAct(officer, en, "passOn");
  await drawer(officer).getByRole("searchbox").fill("COMPANY");
  await drawer(officer)
    .getByRole("button", { name: /COMPANY/ })
    .first()
    .click();
  await drawer(officer).locator("textarea[name=reason]").fill("The quarters are run by the company.");
  await expectNoViolations(officer);
  await review(officer, en);
  await expectNoViolations(officer);
  await press(drawer(officer), en("acts", "desk.acts.do.passOn"));
  await done(officer, en("acts", "desk.acts.done.passOn"));
  await leave(officer);

  const below = await walk.desk("below");
  await walk.open(below, filed);
  await below.getByText("连队宿舍断水").first().waitFor();
  await expectNoViolations(below);
  await leave(below);
  const own = await walk.own(filed);
  await own
    .getByText(/信访事项去向告知书/)
    .nth(1)
    .waitFor();
  await expectNoViolations(own);
  await leave(own);
});

test("what was assigned is reported back as a letter, which the unit above reads", async () => {
  const zh = wordsOf("zh-CN");
  const en = wordsOf("en");
  const filed = await walk.paper("chief", "BRIGADE", "津贴少发一档");
  await walk.register("chief", filed.caseId);
  await walk.act("chief", "cases.route", filed.caseId, {
    kind: "assign",
    toUnitId: house.units.get("FIRST"),
    reason: "由一营办理",
    periodDays: 20,
  });
  await walk.act("officer", "cases.accept", filed.caseId, { office: "财务股" });
  await walk.answered(filed);
  const officer = await walk.desk("officer");
  await walk.open(officer, filed);
  await openAct(officer, zh, "reportConclusion");
  await drawer(officer).locator("textarea[name=attitude]").fill("表示理解。");
  await drawer(officer).locator("textarea[name=execution]").fill("已说明理由，无须落实。");
  await expectNoViolations(officer);
  await review(officer, zh);
  await expectNoViolations(officer);
  await press(drawer(officer), zh("acts", "desk.acts.do.reportConclusion"));
  await done(officer, zh("acts", "desk.acts.done.reportConclusion"));
  await leave(officer);

  const chief = await walk.desk("chief", "en", 390);
  await walk.open(chief, filed);
  await chief.getByRole("tab", { name: new RegExp(en("deskCase", "desk.case.letters")) }).click();
  await chief
    .getByText(/Conclusion report/)
    .first()
    .waitFor();
  await expectNoViolations(chief);
  await leave(chief);
});

test("who is posted away hands everything over in one act", async () => {
  const en = wordsOf("en");
  await walk.inHandling("移交一");
  await walk.inHandling("移交二");
  const officer = await walk.desk("officer", "en", 390);
  await officer.goto(`${house.url}/desk/handover`);
  for (const [label, name] of [
    ["from", "handler"],
    ["to", "second"],
  ] as const) {
    const box = officer.getByRole("group", { name: en("handover", `desk.handover.${label}`) });
    await box.getByRole("searchbox").fill(name);
    await box.getByRole("button", { name: new RegExp(`^${name}`) }).click();
  }
  await officer.locator("textarea[name=why]").fill("Posted to another unit.");
  await expectNoViolations(officer);
  await press(officer, en("handover", "desk.handover.look"));
  await officer.getByRole("button", { name: /^Hand over \d+ petitions/ }).click();
  await officer.getByText(/petitions are with second now/).waitFor();
  await expectNoViolations(officer);
  const { rows } = await house.server.database.pool.query<{ name: string; n: number }>(
    `select p.name, count(*)::int as n from kernel.cases c join kernel.people p on p.id = c.handler_id
      where c.status = 'inHandling' group by p.name`,
  );
  expect(rows.map((row) => row.name)).toEqual(["second"]);
  await leave(officer);
});

test("the same person's same matter again is proposed, and a person judges it", async () => {
  const en = wordsOf("en");
  const petitioner = { name: "王五", kind: "nco", contact: "139 0000 0000", filingFor: "self" };
  const roof = { title: "仓库屋顶漏水", body: "仓库屋顶漏水，装备受潮。", anonymity: "named", petitioner };
  const first = await walk.fileBy("clerk", "FIRST", roof);
  const again = await walk.fileBy("clerk", "FIRST", roof);
  await walk.register("clerk", again.caseId);
  const officer = await walk.desk("officer", "en");
  await walk.open(officer, again);
  const panel = officer.getByRole("region", { name: en("repeats", "desk.repeats.title") });
  await panel.getByText(first.caseNo).waitFor();
  await expectNoViolations(officer);
  await press(panel, en("repeats", "desk.repeats.kind.newFacts"));
  await panel.getByText(en("repeats", "desk.repeats.judged.newFacts")).waitFor();
  await expectNoViolations(officer);
  await leave(officer);
});
