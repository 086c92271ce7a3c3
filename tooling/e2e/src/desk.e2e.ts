import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import {
  done,
  drawer,
  type Filed,
  leave,
  openAct,
  press,
  registration,
  review,
  type Walk,
  walkOf,
} from "./desk-walk.ts";
import { expectBrandOnOneLine, rowsOfHeader } from "./header.ts";
import { call, type House, openHouse } from "./house.ts";
import { choose } from "./show-box.ts";
import { wordsOf } from "./words.ts";

// Many people and many pages: a machine that does other work beside this needs its time.
vi.setConfig({ testTimeout: 180_000 });

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse({
    people: [
      { username: "chief", unit: "BRIGADE", roles: [{ role: "officer" }, { role: "clerk" }] },
      { username: "organ", unit: "BRIGADE", roles: [{ role: "discipline" }] },
      { username: "lead", unit: "FIRST", roles: [{ role: "officer", subtree: true }] },
    ],
  });
  walk = walkOf(house, browser);
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const zh = wordsOf("zh-CN");
const en = wordsOf("en");

test("a petition is passed to a unit; who declares an interest is out until the leader decides; the answer goes by post", async () => {
  const filed = await walk.paper("chief", "BRIGADE", "营房漏雨");
  await walk.register("chief", filed.caseId);

  const chief = await walk.desk("chief");
  await walk.open(chief, filed);
  await openAct(chief, zh, "assign");
  await drawer(chief).getByRole("searchbox").fill("FIRST");
  await drawer(chief).getByRole("button", { name: /FIRST/ }).first().click();
  await chief.getByLabel(zh("acts", "desk.acts.reason")).fill("营房归一营管理。");
  await chief.getByLabel(zh("acts", "desk.acts.periodDays")).fill("30");
  await expectNoViolations(chief);
  await review(chief, zh);
  await press(drawer(chief), zh("acts", "desk.acts.do.assign"));
  await done(chief, zh("acts", "desk.acts.done.assign"));
  expect(await walk.stateOf(filed.caseId)).toMatchObject({ status: "routed" });
  await leave(chief);

  await walk.act("officer", "cases.accept", filed.caseId, { office: "营房股" });
  const handlerId = (
    (await walk.by("officer", "people.candidates", { caseId: filed.caseId, role: "handler" })) as unknown as {
      id: string;
      name: string;
    }[]
  ).find((one) => one.name === "handler")?.id;
  await walk.act("officer", "cases.assign", filed.caseId, { handlerId });

  const handler = await walk.desk("handler");
  await walk.open(handler, filed);
  await openAct(handler, zh, "recusal");
  await handler.getByLabel(zh("acts", "desk.acts.recusalReason")).fill("来信人是我的表弟。");
  await review(handler, zh);
  await expectNoViolations(handler);
  await press(drawer(handler), zh("acts", "desk.acts.do.recusal"));
  await handler.getByRole("heading", { name: zh("deskCase", "desk.case.missing") }).waitFor();

  const signer = await walk.desk("signer", "en", 390);
  await walk.open(signer, filed);
  await signer.getByRole("tab", { name: en("deskCase", "desk.case.handling") }).click();
  await signer.getByText("来信人是我的表弟。").waitFor();
  await press(signer, en("recusals", "desk.recusals.decide", { name: "handler" }));
  await signer.getByRole("radio", { name: new RegExp(en("recusals", "desk.recusals.refusedNote")) }).check();
  await signer.getByLabel(en("recusals", "desk.recusals.reason")).fill("No relation was found.");
  await expectNoViolations(signer);
  await press(drawer(signer), en("recusals", "desk.recusals.do"));
  await done(signer, en("recusals", "desk.recusals.done"));
  await leave(signer);

  await walk.act("officer", "cases.assign", filed.caseId, { handlerId });
  const view = (await walk.by("handler", "cases.get", { caseId: filed.caseId })) as { demands: { id: string }[] };
  const answer = { outcome: "supported", facts: "查明", opinion: "予以支持", basis: "第一条", steps: "本月" };
  const reply = {
    kind: "solve",
    demands: view.demands.map((demand) => ({ demandId: demand.id, ...answer })),
    summary: "窗户本月修好。",
  };
  await walk.act("handler", "cases.reply", filed.caseId, reply);
  await walk.act("signer", "notices.sendBack", filed.caseId, {
    noticeId: await walk.letterOf(filed.caseId),
    reason: "请写明由谁负责。",
  });
  await walk.open(handler, filed);
  await openAct(handler, zh, "reply");
  await handler.getByText("请写明由谁负责。").waitFor();
  expect(await drawer(handler).locator("textarea[name=summary]").inputValue()).toBe("窗户本月修好。");
  await leave(handler);
  await walk.act("handler", "cases.reply", filed.caseId, reply);
  await walk.act("signer", "notices.seal", filed.caseId, { noticeId: await walk.letterOf(filed.caseId) });

  const officer = await walk.desk("officer");
  await walk.open(officer, filed);
  await openAct(officer, zh, "deliver");
  await officer.getByRole("radio", { name: new RegExp(zh("acts", "desk.acts.methodNote.post")) }).check();
  await officer.getByLabel(zh("acts", "desk.acts.proof")).fill("挂号信 7788");
  await review(officer, zh);
  // What the handler said in plain words stands in the letter itself.
  await drawer(officer).getByText("窗户本月修好。").waitFor();
  await expectNoViolations(officer);
  await drawer(officer)
    .getByRole("button", { name: new RegExp(zh("acts", "desk.acts.do.deliver", { letter: "" })) })
    .click();
  await done(officer, zh("acts", "desk.acts.done.deliver"));
  expect(await walk.stateOf(filed.caseId)).toMatchObject({ status: "replied" });
  await leave(officer);
});

/** One white dot. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=",
  "base64",
);

test("a letter printed alone is the letter; an attachment comes down as it went up; the answer is handed over", async () => {
  const filed = await walk.sealed("打印与材料");
  const officer = await walk.desk("officer", "en", 768);
  await walk.open(officer, filed);
  await officer.getByRole("tab", { name: new RegExp(`^${en("deskCase", "desk.case.thread")}`) }).click();
  await officer.getByLabel(en("deskCase", "desk.case.addFiles")).setInputFiles({
    name: "照片 photo.png",
    mimeType: "image/png",
    buffer: png,
  });
  await officer.getByText("照片 photo.png").first().waitFor();
  await officer.locator("textarea[name=note]").fill("现场照片。");
  await press(officer, en("deskCase", "desk.case.saveNote"));
  await done(officer, en("deskCase", "desk.case.noted"));
  const coming = officer.waitForEvent("download");
  await press(officer, "照片 photo.png");
  const download = await coming;
  expect(download.suggestedFilename()).toBe("照片 photo.png");
  expect((await readFile(await download.path())).equals(png)).toBe(true);

  await officer.goto(`${house.url}/desk/letters/${await walk.letterOf(filed.caseId)}?case=${filed.caseId}`);
  await officer.getByText("这次不修，理由写在上面。").waitFor();
  await expectNoViolations(officer);
  await officer.emulateMedia({ media: "print" });
  expect(await officer.getByRole("navigation").first().isVisible()).toBe(false);
  expect(await officer.getByRole("banner").first().isVisible()).toBe(false);
  expect(await officer.locator(".letter").isVisible()).toBe(true);
  await officer.emulateMedia({ media: "screen" });

  await press(officer, en("letters", "desk.letters.deliver"));
  await officer.getByRole("radio", { name: new RegExp(en("acts", "desk.acts.methodNote.hand")) }).check();
  await review(officer, en);
  await officer.getByText(en("acts", "desk.acts.receivedOnMissing")).first().waitFor();
  await officer.getByLabel(en("acts", "desk.acts.receivedOn")).fill(walk.today());
  await officer.locator("input[name=proof]").fill("Receipt 12");
  await review(officer, en);
  await drawer(officer)
    .getByRole("button", { name: /^Deliver|^Hand/ })
    .last()
    .click();
  await done(officer, en("acts", "desk.acts.done.deliver"));
  await leave(officer);
});

test.each([
  ["upheld", "en", 390, "replied"],
  ["quashed", "zh-CN", 1440, "inHandling"],
] as const)("a review is decided: %s", async (outcome, language, width, after) => {
  const say = wordsOf(language);
  const filed = await walk.contested(`复查 ${outcome}`);
  const reviewer = await walk.desk("reviewer", language, width);
  await walk.open(reviewer, filed);
  if (width < 768) await reviewer.getByRole("tab", { name: say("deskCase", "desk.case.handling") }).click();
  await openAct(reviewer, say, "decideReview");
  await reviewer.getByRole("radio", { name: say("desk", `desk.reviewOutcome.${outcome}`) }).check();
  if (outcome === "quashed") await reviewer.getByLabel(say("acts", "desk.acts.redoDays")).fill("20");
  for (const field of ["facts", "opinion", "basis"])
    await drawer(reviewer).locator(`textarea[name=${field}]`).fill(`复查：${field}`);
  await expectNoViolations(reviewer);
  await review(reviewer, say);
  await expectNoViolations(reviewer);
  await press(drawer(reviewer), say("acts", "desk.acts.do.decideReview"));
  await expect.poll(() => walk.stateOf(filed.caseId)).toMatchObject({ status: after });
  await leave(reviewer);
});

test("an accusation is the organ's: the unit complained of does not find it", async () => {
  const { rows } = await house.server.database.pool.query<{ n: number }>("select count(*)::int as n from kernel.cases");
  const filed = (await call(house.url, "", "intake.file", {
    key: walk.key(),
    unitId: house.units.get("FIRST"),
    channel: "online-petition/online",
    via: "online",
    purpose: "accuse",
    title: "逢签合同送礼",
    body: "供应商每次续签合同都送礼。Gifts at every renewal.",
    anonymity: "anonymous",
  })) as Filed;
  expect(rows[0]?.n).toBeGreaterThan(0);
  const found = await house.server.database.pool.query<{ id: string }>(
    "select id from kernel.cases where case_no = $1",
    [filed.caseNo],
  );
  const caseId = found.rows[0]?.id ?? "";
  const organ = await walk.desk("organ", "zh-CN", 390);
  await walk.open(organ, filed);
  await walk.act("organ", "cases.register", caseId, {
    ...registration,
    category: "accusation",
    track: "accusation",
    subRoute: null,
    confidentiality: 3,
  });
  await walk.act("organ", "cases.accept", caseId, { office: "旅纪委" });

  await walk.open(organ, filed);
  await organ.getByRole("tab", { name: zh("deskCase", "desk.case.handling") }).click();
  await openAct(organ, zh, "handler");
  await organ.getByRole("radio", { name: /organ/ }).check();
  await expectNoViolations(organ);
  await press(drawer(organ), zh("acts", "desk.acts.do.handler"));
  await done(organ, zh("acts", "desk.acts.done.handler"));
  await openAct(organ, zh, "reply");
  await organ.getByRole("radio", { name: new RegExp(zh("acts", "desk.acts.replyKindNote.answer")) }).check();
  await organ.locator("select[name^=outcome]").selectOption("explained");
  for (const field of ["facts", "opinion", "basis"])
    await drawer(organ).locator(`textarea[name^=${field}-]`).fill(`纪检：${field}`);
  await organ.getByLabel(zh("acts", "desk.acts.summary")).fill("已经查过，账目没有问题。");
  await expectNoViolations(organ);
  await press(drawer(organ), zh("acts", "desk.acts.do.reply"));
  await done(organ, zh("acts", "desk.acts.done.reply"));
  await leave(organ);

  const signer = await walk.desk("signer");
  await signer.goto(`${house.url}/desk/c/${filed.caseNo}`);
  await signer.getByRole("heading", { name: zh("deskCase", "desk.case.missing") }).waitFor();
  await leave(signer);
  for (const username of ["clerk", "officer", "handler", "signer", "chief", "reviewer"]) {
    await expect(walk.by(username, "cases.byNo", { caseNo: filed.caseNo })).rejects.toThrow("case.notFound");
    const list = (await walk.by(username, "cases.list", { view: "all" })) as { items: { caseNo: string }[] };
    expect(list.items.map((item) => item.caseNo)).not.toContain(filed.caseNo);
  }
});

test("a case from an old register shows the row it comes from, but not who wrote", async () => {
  const filed = await walk.paper("chief", "BRIGADE", "不是导入的");
  const { outcomes } = (await walk.by("chief", "intake.import", {
    records: [
      {
        source: "2019年台账",
        sourceKey: "2019-7",
        unitId: house.units.get("BRIGADE"),
        title: "食堂饭菜凉",
        body: "饭菜凉了，请改进。",
        petitionerAlias: "石头",
        receivedAt: "2019-03-01T02:00:00Z",
        original: { 编号: "2019-7", 姓名: "石头", 内容: "饭菜凉了，请改进。", 承办: "军需股" },
      },
    ],
  })) as { outcomes: { caseNo: string }[] };
  const page = await walk.desk("chief", "en", 390);
  await page.goto(`${house.url}/desk/c/${outcomes[0]?.caseNo}`);
  await page.getByRole("tab", { name: "From the old register" }).click();
  await page.getByRole("cell", { name: "军需股" }).waitFor();
  await page.getByText("姓名").waitFor();
  expect(await page.getByText("石头").count()).toBe(0);
  await expectNoViolations(page);
  await walk.open(page, filed);
  await page.getByRole("tab").first().waitFor();
  expect(await page.getByRole("tab", { name: "From the old register" }).count()).toBe(0);
  await leave(page);
});

test("an officer chooses what a row shows, keeps it, takes it out as a file and shares it; another opens it on a phone", async () => {
  const filed = await walk.inHandling("=1+1 操场照明");
  const say = (key: string, values?: Record<string, string>) => zh("queue", `desk.queue.${key}`, values);
  const lead = await walk.desk("lead");
  await lead.goto(`${house.url}/desk/queue?view=inHandling`);
  const row = (page: Page) => page.locator(".desk-row", { hasText: "操场照明" });
  await row(lead).getByText(filed.caseNo).waitFor();
  await lead.getByRole("button", { name: say("settings"), exact: true }).focus();
  await lead.keyboard.press("Enter");
  await drawer(lead)
    .getByRole("checkbox", { name: say("column.caseNo"), exact: true })
    .focus();
  await lead.keyboard.press("Space");
  await drawer(lead)
    .getByRole("checkbox", { name: say("column.category"), exact: true })
    .check();
  await drawer(lead).locator("input[name=name]").fill("本营在办");
  await lead.keyboard.press("Enter");
  await drawer(lead).getByText(say("savedDone")).waitFor();
  await press(drawer(lead), say("share", { name: "本营在办" }));
  await drawer(lead).getByRole("searchbox").fill("FIRST");
  await drawer(lead).getByRole("button", { name: /FIRST/ }).first().click();
  await drawer(lead)
    .getByRole("button", { name: say("unshare", { name: "本营在办" }) })
    .waitFor();
  await expectNoViolations(lead);
  await lead.keyboard.press("Escape");
  await row(lead).getByText(zh("desk", "desk.category.claim")).waitFor();
  expect(await row(lead).getByText(filed.caseNo).count()).toBe(0);

  await press(lead, say("export"));
  await drawer(lead).locator("input[name=reason]").fill("月度分析");
  await expectNoViolations(lead);
  const [download] = await Promise.all([lead.waitForEvent("download"), press(drawer(lead), say("exportNow"))]);
  const [who = "", , ...lines] = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  expect(who).toContain("lead");
  expect(lines.find((line) => line.includes("操场照明"))).toContain(`"'=1+1 操场照明"`);
  await drawer(lead)
    .getByText(say("exported", { count: String(lines.length) }))
    .waitFor();
  await leave(lead);

  const phone = await walk.desk("officer", "en", 390);
  await phone.goto(`${house.url}/desk`);
  await phone.getByRole("combobox", { name: en("queue", "desk.queue.view") }).selectOption({ label: "本营在办" });
  await row(phone).getByText(en("desk", "desk.category.claim")).waitFor();
  // the bar stands at the lower edge, and the page goes down to it
  const [bar, body] = await Promise.all([
    phone.locator(".ds-nav").boundingBox(),
    phone.locator(".ds-body").boundingBox(),
  ]);
  expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBe(900);
  expect((body?.y ?? 0) + (body?.height ?? 0)).toBe(bar?.y);
  expect(await row(phone).getByText(filed.caseNo).count()).toBe(0);
  await press(phone, en("queue", "desk.queue.settings"));
  await drawer(phone)
    .getByText(en("queue", "desk.queue.savedBy", { name: "本营在办", by: "lead" }))
    .waitFor();
  expect(
    await drawer(phone)
      .getByRole("button", { name: /Remove/ })
      .count(),
  ).toBe(0);
  await expectNoViolations(phone);
  await leave(phone);
});

test("the whole desk by keyboard: lists, cases, the command menu, the tree of units", async () => {
  const filed = await walk.inHandling("键盘");
  const page = await walk.desk("officer", "en");
  await page.goto(`${house.url}/desk`);
  await page.locator(".desk-row-title").first().waitFor();
  const focusedRow = () => page.evaluate(() => document.activeElement?.id.startsWith("row-"));
  await page.keyboard.press("j");
  await expect.poll(focusedRow).toBe(true);
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("x");
  await page.getByText(en("queue", "desk.queue.chosen", { count: "1" })).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Space");
  await page.locator(".desk-preview").waitFor();
  await expectNoViolations(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("desk-search");
  await page.keyboard.type("jjj");
  expect(await page.locator("#desk-search").inputValue()).toBe("jjj");
  await page.locator("#desk-search").blur();
  const heading = (name: string) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("m");
  await heading(en("desk", "desk.view.mine"));
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await heading(en("approvals", "desk.approvals.title"));
  await page.keyboard.press("g");
  await page.keyboard.press("q");
  await heading(en("desk", "desk.view.open"));
  await page.keyboard.press("n");
  await heading(en("register", "desk.register.title"));

  // By its number, as people type it; then a lawful act of the case that is open.
  await page.keyboard.press("Control+k");
  const field = page.getByRole("dialog").getByRole("combobox");
  await field.fill(filed.caseNo.toLowerCase().replaceAll("-", " "));
  await expectNoViolations(page);
  await page.keyboard.press("Enter");
  await page.locator(".ds-mono", { hasText: filed.caseNo }).first().waitFor();
  await page.keyboard.press("Control+k");
  await field.fill(en("acts", "desk.acts.name.handler"));
  // An Enter that ends a composition is the input method's, not ours.
  await field.dispatchEvent("keydown", { key: "Enter", isComposing: true, bubbles: true });
  expect(await field.isVisible()).toBe(true);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: en("acts", "desk.acts.name.handler") }).waitFor();
  expect(new URL(page.url()).searchParams.has("act")).toBe(false);
  await page.keyboard.press("Escape");
  for (const [letter, name] of [
    ["a", "handler"],
    ["t", "transfer"],
    ["e", "extend"],
  ] as const) {
    await page.keyboard.press(letter);
    await page.getByRole("dialog", { name: en("acts", `desk.acts.name.${name}`) }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  // the draft is the named handler's: his key opens it
  const handler = await walk.desk("handler", "en");
  await walk.open(handler, filed);
  await handler.keyboard.press("r");
  await handler.getByRole("dialog", { name: en("acts", "desk.acts.name.reply") }).waitFor();
  await leave(handler);
  await page.keyboard.press("]");
  await page.keyboard.press("[");
  await page.keyboard.press("?");
  await page.getByRole("dialog").getByText(en("commands", "desk.keys.commands")).waitFor();
  await expectNoViolations(page);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("u");
  await heading(en("desk", "desk.view.open"));

  await press(page, en("units", "desk.unit.now", { name: en("units", "desk.unit.all") }));
  const tree = page.getByRole("tree");
  // the last one is the last only when all are there
  await tree
    .getByRole("treeitem", { name: /FIRST/ })
    .getByText(/\d+ open/)
    .waitFor();
  await tree.getByRole("treeitem").first().focus();
  await page.keyboard.press("End");
  await expectNoViolations(page);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: en("units", "desk.unit.now", { name: "FIRST" }) }).waitFor();
  expect(new URL(page.url()).searchParams.get("unit")).toBe(house.units.get("FIRST"));
  await leave(page);
});

test.each(["clerk", "officer"])(
  "the words and numbers of a %s fit under a phone's screen, in English too",
  async (who) => {
    const page = await walk.desk(who, "en", 390);
    await page.goto(`${house.url}/desk`);
    await page.locator(".desk-nav-list a").first().waitFor();
    const bar = await page.locator(".desk-nav-list").evaluate((list) => ({
      beyond: list.scrollWidth - list.clientWidth,
      clipped: [...list.querySelectorAll(":scope > li > a")].filter((a) => a.scrollWidth > a.clientWidth).length,
      rows: new Set([...list.children].map((entry) => entry.getBoundingClientRect().top)).size,
    }));
    expect(bar).toEqual({ beyond: 0, clipped: 0, rows: 1 });
    // Behind one word stands what of the desk has no room, behind another the way to what is one's own.
    for (const [behind, link] of [
      [page.locator(".desk-more"), /./],
      [page.locator(".signed-in"), en("shell", "account")],
    ] as const) {
      await behind.locator("summary").click();
      await behind.getByRole("link", { name: link }).first().waitFor();
      await expectNoViolations(page);
      await page.keyboard.press("Escape");
    }
    // Nothing lengthens the page behind the frame: the lists scroll inside it.
    expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
    await expectNoViolations(page);
    await leave(page);
  },
);

test("a case that is over is filed away", async () => {
  const filed = await walk.sealed("归档");
  await walk.act("officer", "cases.deliver", filed.caseId, {
    noticeId: await walk.letterOf(filed.caseId),
    method: "hand",
    receivedOn: walk.today(),
    proof: "回执 2",
  });
  // the platform would make it final by itself, should its minute come just now
  await using _sweep = await house.server.holdSweep();
  house.server.clock.advance("P45D");
  walk.forgetSessions();
  const officer = await walk.desk("officer");
  await walk.open(officer, filed);
  await openAct(officer, zh, "finalise");
  await expectNoViolations(officer);
  await press(drawer(officer), zh("acts", "desk.acts.do.finalise"));
  await done(officer, zh("acts", "desk.acts.done.finalise"));
  await openAct(officer, zh, "followUp");
  await drawer(officer).locator("textarea[name=how]").fill("电话回访，来信人没有新的问题。");
  await review(officer, zh);
  await press(drawer(officer), zh("acts", "desk.acts.do.followUp"));
  await done(officer, zh("acts", "desk.acts.done.followUp"));
  await openAct(officer, zh, "archive");
  await press(drawer(officer), zh("acts", "desk.acts.do.archive"));
  await done(officer, zh("acts", "desk.acts.done.archive"));
  expect(await walk.stateOf(filed.caseId)).toMatchObject({ status: "archived" });
  await leave(officer);
});

test("on a phone what many modules add stands behind one word, opened and closed by keyboard, gone on the page it led to", async () => {
  for (const id of ["liaison", "assistance", "notify-print"]) await choose(house, id, "on");
  const phone = await walk.desk("officer", "en", 390);
  await phone.goto(`${house.url}/desk`);
  const bar = phone.getByRole("navigation", { name: en("shared", "desk.nav.label") });
  const liaison = bar.getByRole("link", { name: "Liaison" });
  expect(await rowsOfHeader(phone)).toBeLessThanOrEqual(2);
  await expectBrandOnOneLine(phone);
  await bar.getByText(en("shared", "desk.nav.more")).focus();
  await phone.keyboard.press("Enter");
  await liaison.waitFor();
  await expectNoViolations(phone);
  await phone.keyboard.press("Escape");
  await liaison.waitFor({ state: "hidden" });
  await phone.keyboard.press("Enter");
  await liaison.click();
  await phone.getByRole("heading", { name: "Liaison" }).waitFor();
  await liaison.waitFor({ state: "hidden" });
  await leave(phone);

  const wide = await walk.desk("officer", "en", 1440);
  await wide.goto(`${house.url}/desk`);
  await wide
    .getByRole("navigation", { name: en("shared", "desk.nav.label") })
    .getByRole("link", { name: "Liaison" })
    .waitFor();
  await leave(wide);
});
