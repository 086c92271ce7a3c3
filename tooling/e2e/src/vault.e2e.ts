import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser, STILL } from "./browser.ts";
import { drawer, leave, openAct, press, review, type Walk, walkOf } from "./desk-walk.ts";
import { call, type House, openHouse } from "./house.ts";
import { file as fileStory } from "./petitions/steps.ts";
import { wordsOf } from "./words.ts";

vi.setConfig({ testTimeout: 60_000 });

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  browser = await openBrowser();
  const bytes = Number.MAX_SAFE_INTEGER;
  house = await openHouse({
    env: { filingBudget: { perUnit: 2, inAll: 1_000, bytesPerUnit: bytes, bytesInAll: bytes } },
    people: [{ username: "custodian", unit: "FIRST", roles: [{ role: "custodian" }] }],
  });
  walk = walkOf(house, browser);
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const zh = wordsOf("zh-CN");
const kept = { name: "赵明远", kind: "nco", contact: "138 0000 0000" };

test("a handler asks who it is, the custodian agrees with a reason, the petitioner reads that and why", async () => {
  const filed = await walk.inHandling("津贴少发一档", { anonymity: "named", petitioner: kept });
  const handler = await walk.desk("handler");
  await walk.open(handler, filed);
  await openAct(handler, zh, "askIdentity");
  await drawer(handler)
    .getByRole("radio", { name: zh("acts", "desk.acts.choice.askIdentity.open") })
    .check();
  await drawer(handler).locator("textarea[name=reason]").fill("须当面核对工资卡");
  await expectNoViolations(handler);
  await review(handler, zh);
  await press(drawer(handler), zh("acts", "desk.acts.do.askIdentity"));
  await handler.getByText(zh("acts", "desk.acts.done.askIdentity")).first().waitFor();

  const custodian = await walk.desk("custodian", "zh-CN", 390);
  await custodian.goto(`${house.url}/desk/identity`);
  await custodian.getByText("须当面核对工资卡").waitFor();
  await custodian.getByRole("textbox", { name: zh("identity", "desk.identity.yourReason") }).fill("核对工资必须见本人");
  await expectNoViolations(custodian);
  await press(custodian, zh("identity", "desk.identity.grant"));
  await custodian.getByText(zh("identity", "desk.identity.granted")).waitFor();
  await custodian.getByText(zh("identity", "desk.identity.empty")).waitFor();
  await leave(custodian);

  await walk.open(handler, filed);
  await press(handler, zh("deskCase", "desk.case.openIdentity"));
  await drawer(handler).locator("textarea[name=purpose]").fill("核对工资卡");
  await review(handler, zh);
  await press(drawer(handler), zh("acts", "desk.acts.do.identity"));
  await drawer(handler).getByText("赵明远").waitFor();
  await leave(handler);

  const own = await walk.own(filed);
  await own
    .getByText(/核对工资卡/)
    .first()
    .waitFor();
  await leave(own);
});

test("somebody anonymous says later who he is, on a page of his own", async () => {
  const filed = await walk.inHandling("伙食问题");
  const own = await walk.own(filed);
  await own.getByRole("link", { name: zh("own", "identify.title") }).click();
  await own.getByRole("radio", { name: new RegExp(zh("own", "identify.choice.named")) }).check();
  await own.locator("input[name=name]").fill("赵明远");
  await own.getByRole("radio", { name: zh("own", "identify.choice.nco") }).check();
  await own.locator("input[name=contact]").fill("138 0000 0000");
  await own.locator("input[name=serviceNo]").fill("军字 0012345");
  await expectNoViolations(own);
  await press(own, zh("own", "identify.send"));
  await own.getByText(zh("own", "identify.done")).waitFor();
  await leave(own);
  expect(
    await walk.by("officer", "vault.open", { caseId: filed.caseId, key: walk.key(), purpose: "核对工资卡" }),
  ).toMatchObject({
    name: "赵明远",
  });
});

/** Six question pages, without a name. */
async function file(page: Page): Promise<void> {
  const next = () => press(page, zh("filing", "next"));
  await page.goto(`${house.url}/?u=FIRST`);
  await page
    .getByRole("link", { name: new RegExp(zh("filing", "start")) })
    .first()
    .click();
  await page.getByRole("radio", { name: new RegExp(zh("filing", "purpose.solve")) }).check();
  await next();
  await page
    .getByRole("textbox", { name: new RegExp(zh("filing", "story.label")) })
    .fill("营区浴室锅炉坏了一个月没人修。");
  await next();
  await next();
  await page.getByRole("radio", { name: new RegExp(zh("filing", "identity.anonymousNote").slice(0, 12)) }).check();
  await next();
  await next();
  await press(page, zh("filing", "check.submit"));
  await page.getByRole("heading", { name: zh("filing", "done.title") }).waitFor();
}

test("a mother files for her son; the office asks him, and with his consent she may end the matter, too", async () => {
  const en = wordsOf("en");
  const page = await walk.visitor("en");
  const returnCode = await fileStory(page, en, house.url, {
    purpose: "solve",
    body: "My son’s allowance has been paid one grade too low since March.",
    named: { name: "林母", kind: "family", contact: "136 0000 3333" },
    behalf: { name: "林小满", tie: "parent" },
  });
  await leave(page);
  const { rows } = await house.server.database.pool.query<{ caseId: string; caseNo: string }>(
    'select id as "caseId", case_no as "caseNo" from kernel.cases order by received_at desc, id desc limit 1',
  );
  const filed = { caseId: "", caseNo: "", ...rows[0], returnCode };
  const withdrawal = zh("own", "askWithdrawal.title");
  const before = await walk.own(filed);
  await before.getByRole("heading", { name: zh("own", "mandates.mine") }).waitFor();
  // what is the petitioner's alone is not offered, and nothing false is said of it
  for (const name of [withdrawal, zh("case", "data")]) expect(await before.getByRole("link", { name }).count()).toBe(0);
  expect(await before.getByText(zh("case", "opened")).count()).toBe(0);
  await expectNoViolations(before);
  await leave(before);

  await walk.register("clerk", filed.caseId);
  const officer = await walk.desk("officer");
  await walk.open(officer, filed);
  await openAct(officer, zh, "judgeMandate");
  await drawer(officer)
    .getByRole("radio", { name: zh("acts", "desk.acts.choice.judgeMandate.consents") })
    .check();
  await drawer(officer).locator("textarea[name=how]").fill("电话问过本人，同意由母亲反映。");
  const paper = { name: "委托书.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF\n") };
  await drawer(officer).getByLabel(zh("case", "attach")).setInputFiles(paper);
  await drawer(officer)
    .getByText(/委托书\.pdf .*已上传/)
    .waitFor();
  await expectNoViolations(officer);
  await review(officer, zh);
  await expectNoViolations(officer);
  await drawer(officer).getByText("委托书.pdf").waitFor();
  await press(drawer(officer), zh("acts", "desk.acts.do.judgeMandate"));
  await officer.getByText(zh("acts", "desk.acts.done.judgeMandate")).first().waitFor();
  await leave(officer);

  const after = await walk.own(filed);
  await after.getByRole("link", { name: withdrawal }).waitFor();
  await leave(after);
});

test("in a rush the browser works and sends by itself; in a flood a clerk lets all through with one press", async () => {
  const sent = (work?: string) =>
    call(house.url, "", "intake.file", {
      key: walk.key(),
      unitId: house.units.get("FIRST"),
      channel: "online-petition/online",
      via: "online",
      purpose: "solve",
      title: "同一时间大量来件",
      body: "同一时间有很多人反映同一件事。",
      anonymity: "anonymous",
      work,
    });
  // what came in by the public pages before does not count any more
  house.server.clock.advance("PT11M");
  await sent();
  await sent();
  const page = await walk.visitor("zh-CN");
  await file(page);
  expect(await page.getByText(zh("filing", "done.delayed")).count()).toBe(0);
  for (let n = 0; n < 5; n += 1) expect((await sent("unable")).delayed).toBe(true);

  await page.evaluate(() => sessionStorage.clear());
  await file(page);
  await page.getByText(zh("filing", "done.delayed")).waitFor();
  await page.getByTestId("return-code").waitFor();
  await expectNoViolations(page);
  await leave(page);

  const clerk = await walk.desk("clerk");
  await clerk.goto(`${house.url}/desk/queue`);
  await clerk.getByRole("link", { name: new RegExp(zh("quarantine", "desk.quarantine.title")) }).click();
  const all = clerk.getByRole("button", { name: zh("quarantine", "desk.quarantine.all", { n: "6" }) });
  await all.waitFor();
  await expectNoViolations(clerk);
  await all.click();
  await clerk.getByText(zh("quarantine", "desk.quarantine.done", { n: "6" })).waitFor();
  await clerk.getByText(zh("quarantine", "desk.quarantine.empty")).waitFor();
  await leave(clerk);
});

test("whoever is shown a receipt checks it in either language, on a phone, without a name or a code", async () => {
  for (const language of ["zh-CN", "en"] as const) {
    const words = wordsOf(language);
    const title = `津贴 ${language}`;
    const body = "3月调动后津贴少发一档。";
    const letter = { unitId: house.units.get("FIRST"), via: "letter", purpose: "solve", anonymity: "anonymous" };
    const filed = (await walk.by("clerk", "intake.fileAtDesk", {
      ...letter,
      key: walk.key(),
      readBack: true,
      title,
      body,
    })) as unknown as { readonly caseNo: string; readonly proof: string };
    const page = await walk.visitor(language);
    await page.goto(`${house.url}/receipt`);
    await page.getByRole("heading", { name: words("receipt", "title") }).waitFor();
    await expectNoViolations(page);
    await page.locator("input[name=caseNo]").fill(filed.caseNo);
    await page.locator("input[name=proof]").fill("AAAA-AAAA-AAAA-AAAA");
    await press(page, words("receipt", "submit"));
    await page.getByRole("alert").first().waitFor();
    await expectNoViolations(page);
    await page.locator("input[name=proof]").fill(filed.proof);
    await page.locator("textarea[name=text]").fill(body);
    await press(page, words("receipt", "submit"));
    await page.getByRole("heading", { name: words("receipt", "genuine") }).waitFor();
    await page.getByText(words("receipt", "sameText")).waitFor();
    expect(await page.locator("body").innerText()).not.toContain(title);
    await expectNoViolations(page);
    await leave(page);
  }
});

test("the petitioner lets his wife speak for him by a code of her own; the desk sees it, and covers a name for those outside", async () => {
  const filed = await walk.inHandling("林小满的津贴");
  const own = await walk.own(filed);
  await own.getByRole("link", { name: zh("own", "giveMandate.title") }).click();
  await own.getByRole("radio", { name: zh("own", "giveMandate.choice.family") }).check();
  await own.getByRole("radio", { name: zh("own", "giveMandate.choice.spouse") }).check();
  await own.locator("input[name=name]").fill("周晓燕");
  await own.locator("input[name=contact]").fill("137 0000 2222");
  await own.getByRole("checkbox", { name: zh("own", "giveMandate.field.speak") }).check();
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await own.getByLabel(zh("own", "giveMandate.field.until")).fill(until);
  await expectNoViolations(own);
  await press(own, zh("own", "giveMandate.send"));
  await own.getByText(zh("own", "giveMandate.done")).waitFor();
  const code = (await own.locator(".ds-mono").first().innerText()).trim();
  await expectNoViolations(own);
  await leave(own);
  expect(code).toMatch(/^(\w{4}-){4}\w{4}$/);

  const wife = await walk.own({ ...filed, returnCode: code });
  await wife.getByRole("heading", { name: zh("own", "mandates.mine") }).waitFor();
  await expectNoViolations(wife);
  expect(await wife.getByRole("link", { name: zh("own", "giveMandate.title") }).count()).toBe(0);
  await leave(wife);

  const officer = await walk.desk("officer");
  await walk.open(officer, filed);
  await officer.getByRole("heading", { name: zh("deskCase", "desk.case.mandates") }).waitFor();
  await openAct(officer, zh, "cover");
  await drawer(officer).locator("input[name=words]").fill("林小满");
  await drawer(officer)
    .getByRole("radio", { name: zh("acts", "desk.acts.choice.cover.temporary") })
    .check();
  await drawer(officer)
    .getByRole("radio", { name: zh("acts", "desk.acts.choice.cover.personalData") })
    .check();
  await expectNoViolations(officer);
  await review(officer, zh);
  await press(drawer(officer), zh("acts", "desk.acts.do.cover"));
  await officer.getByRole("heading", { name: zh("deskCase", "desk.case.redactions") }).waitFor();
  await expectNoViolations(officer);
  await press(officer, zh("deskCase", "desk.case.coveredPrint"));
  await officer.getByRole("button", { name: zh("deskCase", "desk.case.coveredBack") }).waitFor();
  expect(await officer.getByRole("heading", { level: 1 }).innerText()).toBe("×××的津贴");
  expect(await officer.locator("main").innerText()).not.toContain("林小满");
  await expectNoViolations(officer);
  await press(officer, zh("deskCase", "desk.case.coveredBack"));
  await officer.getByRole("heading", { name: "林小满的津贴" }).waitFor();
  await leave(officer);
});
