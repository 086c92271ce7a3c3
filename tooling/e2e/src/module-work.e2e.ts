import { LINE, rawArchive, testPublisher } from "@doorstep/plugin-host/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { done, drawer, leave, press, type Walk, walkOf } from "./desk-walk.ts";
import { call, type House, openHouse, signIn } from "./house.ts";
import { wordsOf } from "./words.ts";

vi.setConfig({ testTimeout: 120_000 });

let browser: Browser;
let house: House;
let walk: Walk;

/** Hands what somebody asks on to the platform, in his name. */
const server = `${LINE} let n = 0; const waiting = new Map();
  hear((m) => {
    if (m.type === "begin") return post(ready);
    if (m.type === "answer" || m.type === "refuse") return waiting.get(m.ask)?.(m);
    if (m.type !== "call") return;
    if (m.asked.kind === "render") {
      const { on } = m.asked.data;
      const one = (text) => ({ blocks: [{ kind: "paragraph", text }], plain: { decided: text, why: text, can: text, until: text } });
      const value = { "zh-CN": one("我们" + on + "来复验。"), en: one("We come on " + on + ".") };
      return post({ type: "done", call: m.call, value });
    }
    const { name, args } = JSON.parse(m.asked.body);
    waiting.set(++n, (a) => answer(m.call, a.type === "answer" ? (a.value ?? null) : a.error));
    post({ type: "ask", ask: n, call: m.call, name, args });
  });`;

beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse();
  walk = walkOf(house, browser);
  const makers = testPublisher("makers");
  const capabilities = ["caseData", "cases.propose", "tasks", "notify", "clocks", "consents", "notices"] as const;
  const archive = await rawArchive({
    id: "visits",
    privateKey: makers.privateKey,
    server,
    manifest: {
      title: { "zh-CN": "走访", en: "Visits" },
      capabilities,
      caseData: {
        type: "object",
        properties: { found: { type: "string", title: "走访情况", "x-labels": { en: "What was found" } } },
      },
      news: { due: { "zh-CN": "{{on}}前还有{{count}}户没有走访。", en: "{{count}} visits are due by {{on}}." } },
      clocks: {
        again: {
          title: { "zh-CN": "七日复验", en: "Second look" },
          why: { "zh-CN": "修好以后再看一次。", en: "It is looked at once more." },
          amount: 7,
          unit: "day",
          atEnd: { to: "handler", words: { "zh-CN": "该复验了。", en: "A second look is due." } },
        },
      },
      contributions: [
        {
          point: "kernel/template@1",
          key: "visits/invite",
          title: { "zh-CN": "复验通知", en: "Notice of a second look" },
          template: { data: { type: "object", properties: { on: { type: "string" } } } },
        },
      ],
      procedures: { go: { kind: "mutation", needs: "signedIn" } },
    },
  });
  const { archives } = house.server.platform.host;
  const by = { by: "system", why: "test" } as const;
  await archives?.trust({ name: "makers", publicKey: makers.publisher.publicKey }, by);
  await archives?.install(archive, capabilities, by);
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const module = async (username: string, name: string, ...args: readonly unknown[]) =>
  await call(house.url, await signIn(house.url, username), "p/visits/go", { name, args });

test("what a module keeps, suggests and gives to do is read, taken up and done at the desk, in both languages", async () => {
  const zh = wordsOf("zh-CN");
  const en = wordsOf("en");
  const filed = await walk.inHandling("窗户漏雨");
  const { caseId } = filed;
  await module("handler", "caseData.set", caseId, { found: "屋顶也漏 The roof leaks, too" });
  await module("handler", "cases.propose", caseId, "T15", "等雨季过后复验 After the rain it is looked at again");
  const task = { caseId, text: "复验屋顶 Look at the roof again", to: "handler", dueOn: "2099-01-01", key: "roof" };
  await module("officer", "tasks.give", task);
  const news = { caseId, to: "handler", news: "due", params: { count: 2, on: "2099-01-01" }, key: "due" };
  await module("officer", "notify.tell", news);

  const words = { "zh-CN": "同意我们上门走访吗？", en: "May we visit you at home?" };
  await module("handler", "consents.ask", caseId, { code: "visit", words });
  await module("handler", "clocks.start", caseId, "again");

  await module("handler", "notices.draft", caseId, "invite", { on: "2099-01-01" });

  const officer = await walk.desk("officer");
  await walk.open(officer, filed);
  await officer.getByRole("heading", { name: zh("deskCase", "desk.case.keptBy", { module: "走访" }) }).waitFor();
  await officer.getByText("屋顶也漏 The roof leaks, too").waitFor();
  const suggested = officer.getByRole("region", { name: zh("proposals", "desk.proposals.suggested") });
  await suggested.getByText("等雨季过后复验 After the rain it is looked at again").waitFor();
  await officer.getByText(words["zh-CN"]).waitFor();
  await officer.getByText(zh("deskCase", "desk.case.clockOf", { module: "走访", name: "七日复验" })).click();
  await officer.getByText("修好以后再看一次。").waitFor();
  await expectNoViolations(officer);
  await officer.goto(`${house.url}/desk/approvals`);
  await officer.getByRole("link", { name: "复验通知" }).waitFor();
  await officer.getByText(zh("approvals", "desk.approvals.notYours")).waitFor();
  await expectNoViolations(officer);
  await leave(officer);

  const own = await walk.own(filed, "en", 390);
  const asked = own.getByRole("region", { name: en("own", "consents") });
  await asked.getByText(words.en).waitFor();
  await expectNoViolations(own);
  await asked.getByRole("button", { name: en("own", "consent.say.given"), exact: true }).click();
  await asked.getByText(en("own", "consent.given")).waitFor();
  await asked.getByRole("button", { name: en("own", "consent.say.withdrawn") }).click();
  await asked.getByText(en("own", "consent.withdrawn")).waitFor();
  await expectNoViolations(own);
  await leave(own);

  const signer = await walk.desk("signer");
  await walk.open(signer, filed);
  await signer
    .getByRole("region", { name: zh("proposals", "desk.proposals.suggested") })
    .getByRole("button", { name: zh("acts", "desk.acts.name.extend") })
    .click();
  await drawer(signer).waitFor();
  await walk.open(signer, filed);
  await signer.getByRole("tab", { name: zh("deskCase", "desk.case.letters") }).click();
  await signer.getByRole("link", { name: "复验通知" }).click();
  await signer.getByText("我们2099-01-01来复验。").first().waitFor();
  await press(signer, zh("approvals", "desk.approvals.approve"));
  await press(drawer(signer), zh("approvals", "desk.approvals.approve"));
  await done(signer, zh("approvals", "desk.approvals.sealed"));
  await expectNoViolations(signer);
  await leave(signer);

  const handler = await walk.desk("handler", "en", 390);
  await handler.goto(`${house.url}/desk/tasks`);
  await handler.getByRole("heading", { name: en("tasks", "desk.tasks.title") }).waitFor();
  await handler.getByText("Look at the roof again").waitFor();
  await expectNoViolations(handler);
  await handler.getByLabel(en("tasks", "desk.tasks.result")).fill("The roof is dry.");
  await handler.getByRole("button", { name: en("tasks", "desk.tasks.done") }).click();
  await done(handler, en("tasks", "desk.tasks.ended"));
  await handler.getByText(en("tasks", "desk.tasks.empty")).waitFor();
  await handler.goto(`${house.url}/notifications`);
  await handler.getByText("2 visits are due by 2099-01-01.").waitFor();
  await handler.getByText(en("notifications", "say.task")).waitFor();
  await expectNoViolations(handler);
  await leave(handler);

  const clerk = await walk.desk("clerk", "en", 390);
  await walk.open(clerk, filed);
  await clerk.getByRole("tab", { name: en("deskCase", "desk.case.handling") }).click();
  const panel = clerk.getByRole("region", { name: en("proposals", "desk.proposals.suggested") });
  await panel.getByLabel(en("proposals", "desk.proposals.notReason")).fill("The rain has stopped.");
  await panel.getByRole("button", { name: en("proposals", "desk.proposals.notNow") }).click();
  await panel.waitFor({ state: "detached" });
  await expectNoViolations(clerk);
  await leave(clerk);
  expect((await walk.by("officer", "cases.get", { caseId })).proposals).toEqual([]);
});
