import type { Page } from "playwright-core";
import { expect } from "vitest";
import { expectNoViolations } from "../axe.ts";
import { drawer, openAct, press, type Say } from "../desk-walk.ts";

/** How a page is judged; a screen that another walk judges already is passed by. */
type Look = (page: Page) => Promise<void>;

/** What a petitioner types when he files by himself. */
interface Story {
  readonly purpose: "solve" | "accuse";
  readonly body: string;
  /** absent: anonymous */
  readonly named?: { readonly name: string; readonly kind: string; readonly contact: string };
  /** in whose name he writes, who has not been asked yet */
  readonly behalf?: { readonly name: string; readonly tie: string };
}

/** Six question pages; gives the return code. */
export async function file(page: Page, say: Say, url: string, story: Story): Promise<string> {
  const next = () => press(page, say("filing", "next"));
  await page.goto(`${url}/?u=FIRST`);
  await page
    .getByRole("link", { name: new RegExp(say("filing", "start")) })
    .first()
    .click();
  await page.getByRole("radio", { name: new RegExp(say("filing", `purpose.${story.purpose}`)) }).check();
  await expectNoViolations(page);
  await next();
  if (story.purpose === "accuse") {
    await page.getByRole("heading", { name: say("filing", "accuse.title") }).waitFor();
    await expectNoViolations(page);
    await press(page, say("filing", "accuse.go"));
  }
  await page.getByRole("textbox", { name: new RegExp(say("filing", "story.label")) }).fill(story.body);
  await next();
  await next();
  if (story.named) {
    await page.getByRole("radio", { name: new RegExp(say("filing", "identity.namedNote").slice(0, 12)) }).check();
    if (story.behalf) await writeFor(page, say, story.behalf);
    await page.getByRole("textbox", { name: say("filing", "identity.name") }).fill(story.named.name);
    await chooseIn(page, say("filing", "identity.kind"), say("filing", `identity.kinds.${story.named.kind}`));
    await page.getByRole("textbox", { name: new RegExp(say("filing", "identity.contact")) }).fill(story.named.contact);
  } else
    await page.getByRole("radio", { name: new RegExp(say("filing", "identity.anonymousNote").slice(0, 12)) }).check();
  await expectNoViolations(page);
  await next();
  await next();
  await expectNoViolations(page);
  await press(page, say("filing", "check.submit"));
  await page.getByRole("heading", { name: say("filing", "done.title") }).waitFor();
  await expectNoViolations(page);
  const code = await page
    .getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){4}$/)
    .first()
    .textContent();
  return (code ?? "").trim();
}

async function writeFor(page: Page, say: Say, behalf: NonNullable<Story["behalf"]>): Promise<void> {
  await page.getByRole("radio", { name: say("filing", "identity.family") }).check();
  await page.getByRole("textbox", { name: say("filing", "identity.behalf") }).fill(behalf.name);
  await page.getByLabel(say("filing", "identity.tie")).selectOption(behalf.tie);
  await page.getByRole("radio", { name: new RegExp(say("filing", "identity.consents.notYet").slice(0, 12)) }).check();
}

/** Chooses in a group of radios, a native select, or a drawn one. */
async function chooseIn(page: Page, label: string, option: string): Promise<void> {
  const radio = page.getByRole("radio", { name: option, exact: false });
  if ((await radio.count()) > 0) {
    await radio.first().check();
    return;
  }
  const field = page.getByLabel(label, { exact: true }).first();
  if ((await field.evaluate((e) => e.tagName)) === "SELECT") await field.selectOption({ label: option });
  else {
    await field.click();
    await page.getByRole("option", { name: option }).first().click();
  }
}

export const acted = (page: Page, say: Say, act: string) =>
  page
    .getByText(say("acts", `desk.acts.done.${act}`))
    .first()
    .waitFor();

/** What a clerk chooses beside the two questions he answers; the rest stays as the form proposes it. */
interface Registered {
  readonly category?: "suggestion" | "claim";
  readonly track?: "simple" | "ordinary" | "statutory";
  readonly subRoute?: "3";
  readonly confidentiality?: "1" | "2";
  readonly severity?: "urgent";
  /** a topic that is never mediated is chosen first, by its name, and taken back */
  readonly tried?: string;
}

/** A topic that is never mediated makes the petition sensitive as it is ticked, and says so; unticked, both are free again. */
async function triesTopic(page: Page, say: Say, topic: string): Promise<void> {
  const form = drawer(page);
  const level = form.locator("select[name=confidentiality]");
  const said = form.getByRole("status").filter({ hasText: say("register", "desk.register.neverMediated") });
  await form.getByRole("checkbox", { name: topic }).check();
  await said.waitFor();
  expect([await level.inputValue(), await level.locator("option[value='1']").count()]).toEqual(["2", 0]);
  await form.getByRole("checkbox", { name: topic }).uncheck();
  await said.waitFor({ state: "detached" });
  await level.selectOption("1");
}

export async function register(
  page: Page,
  say: Say,
  chosen: Registered = {},
  look: Look = expectNoViolations,
): Promise<void> {
  await openAct(page, say, "register");
  const form = drawer(page);
  await form.getByRole("checkbox", { name: new RegExp(say("register", "desk.register.safety")) }).check();
  await form.getByRole("checkbox", { name: new RegExp(say("register", "desk.register.duplicates")) }).check();
  if (chosen.category)
    await form
      .getByRole("radio", { name: new RegExp(say("register", `desk.register.categoryNote.${chosen.category}`)) })
      .check();
  if (chosen.track) await form.locator("select[name=track]").selectOption(chosen.track);
  if (chosen.track === "simple")
    await form.getByRole("checkbox", { name: new RegExp(say("register", "desk.register.simpleFits")) }).check();
  if (chosen.subRoute) await form.locator("select[name=subRoute]").selectOption(chosen.subRoute);
  if (chosen.confidentiality) await form.locator("select[name=confidentiality]").selectOption(chosen.confidentiality);
  if (chosen.severity) await form.locator("select[name=severity]").selectOption(chosen.severity);
  if (chosen.tried) await triesTopic(page, say, chosen.tried);
  await look(page);
  await press(page, say("acts", "desk.acts.do.register"));
  await acted(page, say, "register");
}

export async function accept(page: Page, say: Say, office: string): Promise<void> {
  await openAct(page, say, "accept");
  await page.getByLabel(say("acts", "desk.acts.office")).fill(office);
  await press(page, say("acts", "desk.acts.toReview"));
  await expectNoViolations(page);
  await press(page, say("acts", "desk.acts.do.accept"));
  await acted(page, say, "accept");
}

export async function nameHandler(page: Page, say: Say, name: string): Promise<void> {
  await openAct(page, say, "handler");
  await page.getByRole("radio", { name: new RegExp(name) }).check();
  await press(page, say("acts", "desk.acts.do.handler"));
  await acted(page, say, "handler");
}

export async function hear(page: Page, say: Say, day: string): Promise<void> {
  await openAct(page, say, "heard");
  await page.getByLabel(say("acts", "desk.acts.heardOn")).fill(day);
  await page.getByLabel(say("acts", "desk.acts.how")).fill("电话听取了来信人的陈述。");
  await press(page, say("acts", "desk.acts.do.heard"));
  await acted(page, say, "heard");
}

/** One answer, given to the one demand of the petition. */
export interface Answer {
  readonly kind: "answer" | "explain" | "solve";
  readonly outcome: string;
  readonly facts: string;
  readonly opinion: string;
  readonly basis: string;
  readonly steps?: string;
  readonly promise?: { readonly owner: string; readonly dueOn: string };
  readonly summary: string;
}

export async function reply(page: Page, say: Say, answer: Answer): Promise<void> {
  await openAct(page, say, "reply");
  const form = drawer(page);
  await form.getByRole("radio", { name: new RegExp(say("acts", `desk.acts.replyKindNote.${answer.kind}`)) }).check();
  await form.locator("select[name^=outcome-]").selectOption(answer.outcome);
  for (const part of ["facts", "opinion", "basis", "steps"] as const)
    await form.locator(`textarea[name^=${part}-]`).fill(answer[part] ?? "");
  if (answer.promise) {
    await form.locator("input[name^=owner-]").fill(answer.promise.owner);
    await form.locator("input[name^=dueOn-]").fill(answer.promise.dueOn);
  }
  await form.getByLabel(say("acts", "desk.acts.summary")).fill(answer.summary);
  await press(page, say("acts", "desk.acts.do.reply"));
  await acted(page, say, "reply");
}

export async function approve(page: Page, say: Say, url: string, subject: string): Promise<void> {
  const approveWord = say("approvals", "desk.approvals.approve");
  await page.goto(`${url}/desk/approvals`);
  await page.getByText(subject).first().waitFor();
  await press(page, approveWord);
  await expectNoViolations(page);
  await press(drawer(page), approveWord);
  await page.getByText(say("approvals", "desk.approvals.sealed")).waitFor();
}

export async function deliver(page: Page, say: Say): Promise<void> {
  await openAct(page, say, "deliver");
  await page.getByRole("radio", { name: new RegExp(say("acts", "desk.acts.methodNote.portal")) }).check();
  await press(page, say("acts", "desk.acts.toReview"));
  await drawer(page)
    .getByRole("button")
    .filter({ hasNotText: say("acts", "desk.acts.change") })
    .last()
    .click();
  await acted(page, say, "deliver");
}

/** Back with the code, typed as people type it. */
export async function track(page: Page, say: Say, url: string, code: string, subject: string): Promise<void> {
  await page.goto(`${url}/t`);
  await page.getByRole("textbox").fill(code.toLowerCase().replaceAll("-", " "));
  await press(page, say("track", "submit"));
  await page.getByText(subject).first().waitFor();
  expect(page.url()).not.toContain(code.slice(0, 4));
}

export async function rate(page: Page, say: Say): Promise<void> {
  await page.getByRole("link", { name: say("case", "rate"), exact: true }).click();
  const grade = (group: string, value: string) =>
    page
      .getByRole("group", { name: new RegExp(say("case", group)) })
      .getByRole("radio", { name: say("case", `grade.${value}`), exact: true })
      .check();
  await grade("rateUnit", "basically");
  await grade("rateOffice", "satisfied");
  await expectNoViolations(page);
  await press(page, say("case", "sendRating"));
  await page.getByText(say("case", "ratedTitle")).waitFor();
}

/** The petitioner answers a report that a promise was kept. */
export async function confirmKept(page: Page, say: Say, promised: string): Promise<void> {
  await page.getByRole("link", { name: say("own", "fulfil.title") }).click();
  await page.getByRole("radio", { name: promised }).check();
  await page.getByRole("radio", { name: say("own", "fulfil.choice.yes") }).check();
  await expectNoViolations(page);
  await press(page, say("own", "fulfil.send"));
  await page.getByText(say("own", "fulfil.done")).waitFor();
}

/** The desk says that what was promised is done. */
export async function reportDone(page: Page, say: Say, evidence: string): Promise<void> {
  await openAct(page, say, "reportDone");
  await drawer(page).getByRole("radio").first().check();
  await drawer(page).locator("textarea[name=evidence]").fill(evidence);
  await press(drawer(page), say("acts", "desk.acts.toReview"));
  await press(drawer(page), say("acts", "desk.acts.do.reportDone"));
  await acted(page, say, "reportDone");
}

/** What somebody brought on paper or by word of mouth; his name stays with the petition office. */
interface TakenDown {
  readonly via: "letter" | "visit" | "phone";
  readonly name: string;
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly purpose?: "solve" | "suggest";
  readonly headcount?: number;
  readonly urgent?: true;
}

/** The clerk writes it down; gives the return code, which the person at the counter takes home. */
export async function takeDown(
  page: Page,
  say: Say,
  url: string,
  taken: TakenDown,
  look: Look = expectNoViolations,
): Promise<string> {
  await page.goto(`${url}/desk/register`);
  for (const [group, value] of [
    ["channel", taken.via],
    ["anonymity", "confidential"],
    ["purpose", taken.purpose ?? "solve"],
  ] as const)
    await page.getByRole("radio", { name: say("desk", `desk.${group}.${value}`), exact: true }).check();
  await page.locator("input[name=name]").fill(taken.name);
  await page.locator("select[name=kind]").selectOption(taken.kind);
  await page.locator("input[name=title]").fill(taken.title);
  await page.locator("textarea[name=body]").fill(taken.body);
  if (taken.headcount) await page.locator("input[name=headcount]").fill(String(taken.headcount));
  if (taken.urgent)
    await page.getByRole("checkbox", { name: new RegExp(say("register", "desk.register.urgent")) }).check();
  if (taken.via !== "letter")
    await page.getByRole("checkbox", { name: new RegExp(say("register", "desk.register.readBack")) }).check();
  await look(page);
  await press(page, say("register", "desk.register.submitNext"));
  const code = await page.locator(".desk-filed .ds-code").textContent();
  await look(page);
  return (code ?? "").trim();
}
