import { expect, test } from "vitest";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { petitionerToldOf, staffToldOf, type Told } from "../notifications/told-of.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { file, rows, staffOf } from "../testing/story.ts";
import { takeDownWords } from "./take-down-message.ts";

const label = { "zh-CN": "电子邮件", en: "E-mail" };
const words = (t: TestKernel, more: object = {}) => ({
  ...{ text: "还有一张单据。", fileIds: [], receivedOn: "2026-02-27", key: t.key() },
  ...{ unitId: t.units.first, channel: "mail-in/mail", ...more },
});

test("what the petitioner wrote later is his own message, by the hand of whoever registers where it is, was, or above", async () => {
  await using t = await openTestKernel();
  const kernel = { ...t.kernel, channels: { at: async () => ({ label, anonymousAllowed: false }) } };
  const s = await staffOf(t);
  const caseId = await file(t);
  const above = await t.person("旅信访", "brigade", [{ role: "clerk", unit: "brigade", subtree: true }]);

  await takeDownWords(kernel, s.clerk, caseId, words(t));
  t.clock.advance({ minutes: 1 });
  await takeDownWords(kernel, above, caseId, words(t, { text: "第二封" }));

  const { thread } = await readPetitionerCase(t.kernel, caseId);
  const his = { from: "petitioner", takenDown: { channel: label, receivedOn: "2026-02-27" } };
  expect(thread).toMatchObject([
    { ...his, text: "还有一张单据。" },
    { ...his, text: "第二封" },
  ]);
  expect(JSON.stringify(thread)).not.toContain(s.clerk.name);
  const entries = await rows(t, "select actor, body::jsonb -> 'facts' as facts from kernel.ledger where type = $1", [
    "case.messageSent",
  ]);
  expect(entries).toMatchObject([
    { actor: `person:${s.clerk.personId}`, facts: { takenDown: true, receivedOn: "2026-02-27" } },
    { actor: `person:${above.personId}` },
  ]);
  await expect(takeDownWords(kernel, s.handler, caseId, words(t))).rejects.toMatchObject({ code: "forbidden" });
});

test("the same answer laid in by two people is one message, one after the other or at once", async () => {
  await using t = await openTestKernel();
  const kernel = { ...t.kernel, channels: { at: async () => ({ label, anonymousAllowed: false }) } };
  const s = await staffOf(t);
  const caseId = await file(t);
  const [one, two] = [words(t), words(t, { text: "第二封" })];

  await takeDownWords(kernel, s.clerk, caseId, one);
  await takeDownWords(kernel, s.officer, caseId, one);
  t.clock.advance({ minutes: 1 });
  await Promise.all([s.clerk, s.officer].map((by) => takeDownWords(kernel, by, caseId, two)));

  const { thread } = await readPetitionerCase(t.kernel, caseId);
  expect(thread.map((said) => said.text)).toEqual(["还有一张单据。", "第二封"]);
});

test("the handler is told as of any message of his, and the petitioner that his file changed, not that he was answered", () => {
  const told = { confidentiality: 1, holderUnitId: "u", handlerId: "h", letter: false } as Told;
  const event = { type: "case.messageSent" } as never;
  const laid = { ...told, actor: "person:clerk", facts: { visibility: "petitioner", takenDown: true } };
  const written = { ...laid, facts: { visibility: "petitioner" } };

  expect(staffToldOf(laid, event)).toMatchObject([{ kind: "message", person: "h" }]);
  expect(petitionerToldOf(laid, event)).toBe("status");
  expect(staffToldOf(written, event)).toEqual([]);
  expect(petitionerToldOf(written, event)).toBe("answer");
});
