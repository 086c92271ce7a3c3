import { openImap } from "@doorstep/plugin-mail-in/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { leave, press, type Walk, walkOf } from "./desk-walk.ts";
import { call, type House, openHouse, signIn } from "./house.ts";
import { choose } from "./show-box.ts";
import { wordsOf } from "./words.ts";

vi.setConfig({ testTimeout: 120_000 });

const message = (heads: string, text: string): Buffer =>
  Buffer.from(`From: =?UTF-8?B?5rKI5aSn5bed?= <shen@example.org>\r\n${heads}\r\n\r\n${text}\r\n`);

let browser: Browser;
let house: House;
let walk: Walk;
let imap: Awaited<ReturnType<typeof openImap>>;
beforeAll(async () => {
  imap = await openImap([
    message(
      'Subject: Allowance\r\nContent-Type: multipart/mixed; boundary="b"',
      "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n三月调动后艰苦边远津贴少发一档。\r\n" +
        '--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="pay.pdf"\r\n\r\n%PDF-1.4\r\n%%EOF\r\n--b--',
    ),
    message("Subject: Cheap things\r\nPrecedence: bulk", "只要九块九。"),
    message("Subject: Away\r\nAuto-Submitted: auto-replied", "本周休假。"),
  ]);
  [browser, house] = await Promise.all([openBrowser(), openHouse()]);
  walk = walkOf(house, browser);
  const cookie = await signIn(house.url, "admin");
  const { revision } = await call(house.url, cookie, "modules.matrix", {});
  await call(house.url, cookie, "modules.saveSettings", {
    ...{ unitId: house.units.get("FIRST"), pluginId: "mail-in", revision, lock: [], why: "试点" },
    values: {
      ...{ mailboxOf: "FIRST", imapServer: "127.0.0.1", imapPort: imap.port, imapSecurity: "none" },
      ...{ user: "testuser", password: "testpass" },
    },
  });
  await choose(house, "mail-in", "on");
  await house.server.platform.host.jobs.runDue();
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
  await imap.close();
});

const expectFits = async (page: Page) => {
  await expectNoViolations(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
};

test("a message is registered beside its text, another is taken out, a rule is put right, in both languages", async () => {
  const zh = wordsOf("zh-CN");
  const en = wordsOf("en");
  const clerk = await walk.desk("clerk");
  await clerk.goto(`${house.url}/desk/p/mail-in`);
  await clerk.getByRole("heading", { name: zh("mailIn", "list.waiting") }).waitFor();
  await expectFits(clerk);
  await press(clerk, zh("mailIn", "list.openOne", { subject: "Allowance" }));
  await clerk.getByText("三月调动后艰苦边远津贴少发一档。").first().waitFor();
  await expectFits(clerk);
  const [saved] = await Promise.all([
    clerk.waitForEvent("download"),
    press(clerk, zh("mailIn", "mail.saveOne", { name: "pay.pdf" })),
  ]);
  expect(saved.suggestedFilename()).toBe("pay.pdf");
  await clerk.getByLabel(zh("register", "desk.register.name")).fill("沈大川");
  await clerk.getByLabel(zh("register", "desk.register.personKind")).selectOption("officer");
  expect(await clerk.getByLabel(zh("register", "desk.register.contact")).inputValue()).toBe("shen@example.org");
  await clerk.getByRole("radio", { name: zh("desk", "desk.purpose.solve") }).check();
  await press(clerk, zh("mailIn", "mail.submit"));
  await press(clerk, zh("mailIn", "mail.toList"));
  await clerk.getByRole("heading", { name: zh("mailIn", "list.filed") }).waitFor();
  await clerk.getByRole("link", { name: "Allowance" }).waitFor();
  await leave(clerk);
  const { rows } = await house.server.database.pool.query<{ files: number }>(
    `select (select count(*)::int from kernel.files f where f.case_id = c.id) as files
       from kernel.cases c where c.channel_key = 'mail-in/mail'`,
  );
  expect(rows).toEqual([{ files: 2 }]);

  const phone = await walk.desk("officer", "en", 390);
  await phone.goto(`${house.url}/desk/p/mail-in`);
  await phone.getByText(en("mailIn", "reason.machine")).waitFor();
  await expectFits(phone);
  await press(phone, en("mailIn", "list.bringBackOne", { subject: "Away" }));
  await phone.getByText(en("mailIn", "reason.broughtBack")).waitFor();
  await press(phone, en("mailIn", "list.openOne", { subject: "Cheap things" }));
  await phone.getByText("只要九块九。").first().waitFor();
  await expectFits(phone);
  await press(phone, en("mailIn", "discard.open"));
  const dialog = phone.getByRole("dialog");
  await dialog.getByLabel(en("mailIn", "discard.reason")).selectOption("advertising");
  await expectNoViolations(phone);
  await press(dialog, en("mailIn", "discard.confirm"));
  await phone.getByText(en("mailIn", "became.discarded")).waitFor();
  await press(phone, en("mailIn", "bring.go"));
  await phone.getByText(en("mailIn", "bring.chooseFirst")).waitFor();
  const buffer = message("Subject: Carried here", "从外网邮箱带来的。");
  await phone.getByLabel(en("mailIn", "bring.file")).setInputFiles({ name: "a.eml", mimeType: "", buffer });
  await press(phone, en("mailIn", "bring.go"));
  await phone.getByText(en("mailIn", "bring.done", { became: en("mailIn", "became.waiting") })).waitFor();
  await phone.getByRole("button", { name: en("mailIn", "list.openOne", { subject: "Carried here" }) }).waitFor();
  await expectFits(phone);
  await leave(phone);
});
