import { letterTemplates, locales } from "@doorstep/contracts";
import { expect, test } from "vitest";
import { composeLetter } from "../letters/compose-letter.ts";
import { sampleFacts } from "../letters/sample-facts.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { draft, file, inHandling, latestLetter, reply, rows, staffOf } from "../testing/story.ts";
import { textsHandlers } from "./handlers.ts";

const now = "2026-03-02T02:00:00Z";
const both = (zh: string, en: string) => ({ "zh-CN": zh, en });
const wording = {
  opening: both("感谢您对部队建设的关心。", "Thank you for caring about our unit."),
  closing: both("专此告知。", "Yours faithfully,"),
  contact: both("工作日上午接待来访。", "Visitors are welcome on working mornings."),
  plain: both("有不明白的地方，随时来问。", "Ask us whenever something is unclear."),
};
const privacy = { body: both("我们只为办理信访事项使用你的信息。", "We use your data to handle your petition only.") };

async function opened(t: TestKernel) {
  const admin = (name: string, unit: "brigade" | "first" | "second") =>
    t.person(name, unit, [{ role: "unitAdmin" as const, unit }]);
  return {
    as: caller(t.kernel, { texts: textsHandlers }),
    one: await admin("甲", "brigade"),
    two: await admin("乙", "brigade"),
    below: await admin("丙", "first"),
  };
}
type Opened = Awaited<ReturnType<typeof opened>>;

/** Drafted by one, approved by the other. */
async function approved(
  t: TestKernel,
  o: Opened,
  subject: "D8" | "D14" | "privacy",
  texts: object,
  validFrom = "2026-03-01",
) {
  const on = { unitId: t.units.brigade, subject };
  const { versions } = await o.as(o.one).texts.draft({ ...on, texts, validFrom });
  return o.as(o.two).texts.decide({ ...on, id: versions[0]?.id ?? "", approve: true });
}

const factsOf = (t: TestKernel, id: string) =>
  rows<{ facts: { wording?: { version: number } } }>(t, "select facts from kernel.notices where id = $1", [id]).then(
    ([row]) => row?.facts,
  );

test("every letter takes the unit's words in both languages and loses nothing of its own", () => {
  for (const code of letterTemplates)
    for (const locale of locales) {
      const plain = composeLetter(code, sampleFacts[code] as never, locale);
      const worded = composeLetter(
        code,
        { ...sampleFacts[code], wording: { version: 3, ...wording } } as never,
        locale,
      );
      expect(worded.blocks).toEqual([{ kind: "paragraph", text: wording.opening[locale] }, ...plain.blocks]);
      expect(worded.closing).toBe(wording.closing[locale]);
      expect(worded.contact).toEqual([...plain.contact, expect.objectContaining({ value: wording.contact[locale] })]);
      expect(worded.summary.paragraphs).toEqual([...plain.summary.paragraphs, wording.plain[locale]]);
      const { blocks, closing, contact, summary, ...rest } = plain;
      expect(worded).toMatchObject(rest);
    }
});

test("words hold for the unit and those below once somebody else has approved them; letters keep their version", async () => {
  await using t = await openTestKernel({ now });
  const o = await opened(t);
  const s = await staffOf(t);
  const before = await inHandling(t, s);
  expect(await factsOf(t, await latestLetter(t, before, "D8"))).not.toHaveProperty("wording");
  const on = { unitId: t.units.brigade, subject: "D14" as const };
  const { versions } = await o.as(o.one).texts.draft({ ...on, texts: wording, validFrom: "2026-03-01" });
  expect(versions).toMatchObject([{ version: 1, state: "draft", draftedBy: "甲", mayDecide: false }]);
  const id = versions[0]?.id ?? "";
  expect(await refusalOf(o.as(o.one).texts.decide({ ...on, id, approve: true }))).toBe("second.samePerson");
  expect((await o.as(o.two).texts.get(on)).versions[0]?.mayDecide).toBe(true);
  expect(await o.as(o.two).texts.decide({ ...on, id, approve: true })).toMatchObject({
    inForce: { version: 1, inherited: false },
    versions: [{ state: "approved", decidedBy: "乙", mayDecide: false }],
  });
  expect(await refusalOf(o.as(o.two).texts.decide({ ...on, id, approve: false }))).toBe("texts.decided");
  expect((await o.as(o.below).texts.get({ ...on, unitId: t.units.first })).inForce).toMatchObject({ inherited: true });

  await draft(t, s, before, "予以补发");
  const opinion = await latestLetter(t, before, "D14");
  expect(await factsOf(t, opinion)).toMatchObject({ wording: { version: 1, ...wording } });
  await approved(t, o, "D14", { opening: wording.plain });
  expect(await factsOf(t, opinion)).toMatchObject({ wording: { version: 1 } });
  const later = await inHandling(t, s);
  await reply(t, s, later);
  expect(await factsOf(t, await latestLetter(t, later, "D14"))).toMatchObject({ wording: { version: 2 } });
});

test("a version holds from its day on, a refused one never; acceptance letters are worded, too", async () => {
  await using t = await openTestKernel({ now });
  const o = await opened(t);
  const s = await staffOf(t);
  await approved(t, o, "D8", { opening: wording.opening });
  await approved(t, o, "D8", { closing: wording.closing }, "2026-03-03");
  const on = { unitId: t.units.brigade, subject: "D8" as const };
  const { versions } = await o.as(o.one).texts.draft({ ...on, texts: wording, validFrom: "2026-03-01" });
  await o.as(o.two).texts.decide({ ...on, id: versions[0]?.id ?? "", approve: false });
  expect(await factsOf(t, await latestLetter(t, await inHandling(t, s), "D8"))).toMatchObject({
    wording: { version: 1 },
  });
  t.clock.now = new Date("2026-03-03T02:00:00Z");
  expect(await factsOf(t, await latestLetter(t, await inHandling(t, s), "D8"))).toMatchObject({
    wording: { version: 2 },
  });
});

test("who does not manage the unit drafts and decides nothing; what he may not see does not exist", async () => {
  await using t = await openTestKernel({ now });
  const o = await opened(t);
  const s = await staffOf(t);
  const on = { unitId: t.units.brigade, subject: "privacy" as const };
  const input = { ...on, texts: privacy, validFrom: "2026-03-01" };
  expect(await refusalOf(o.as(o.below).texts.draft(input))).toBe("unit.notFound");
  expect(await refusalOf(o.as(s.officer).texts.draft({ ...input, unitId: t.units.first }))).toBe("forbidden");
  expect(await refusalOf(o.as(undefined).texts.get(on))).toBe("unauthorized");
  const { versions } = await o.as(o.one).texts.draft(input);
  const id = versions[0]?.id ?? "";
  // a draft is decided where it stands, not by way of another unit
  const elsewhere = { unitId: t.units.first, subject: "privacy" as const, id, approve: true };
  expect(await refusalOf(o.as(o.below).texts.decide(elsewhere))).toBe("texts.notFound");
});

test("words that no letter could show, or that belong elsewhere, are refused", async () => {
  await using t = await openTestKernel({ now });
  const o = await opened(t);
  const on = { unitId: t.units.brigade, validFrom: "2026-03-01" };
  const odd = { opening: both("请𠮷同志阅", "For your information") };
  const refused = await o
    .as(o.one)
    .texts.draft({ ...on, subject: "D8", texts: odd })
    .catch((error: { cause?: unknown }) => error.cause);
  expect(refused).toMatchObject({ code: "notice.glyphMissing", params: { character: expect.stringContaining("𠮷") } });
  for (const [subject, texts] of [
    ["D8", {}],
    ["D8", privacy],
    ["privacy", wording],
    ["privacy", { ...privacy, opening: wording.opening }],
  ] as const)
    await expect(o.as(o.one).texts.draft({ ...on, subject, texts })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("a sample is the very PDF, marked as a draft, under the unit's own name", async () => {
  await using t = await openTestKernel({ now });
  const o = await opened(t);
  const input = { unitId: t.units.brigade, subject: "D14" as const, texts: wording, locale: "zh-CN" as const };
  const { fileName, pdf } = await o.as(o.one).texts.preview(input);
  expect(fileName).toBe("D14-zh-CN.pdf");
  expect(Buffer.from(pdf, "base64").subarray(0, 5).toString()).toBe("%PDF-");
  expect(await refusalOf(o.as(o.below).texts.preview(input))).toBe("unit.notFound");
});

test("the privacy notice in force is public, inherited, and the platform's own where no unit says anything", async () => {
  await using t = await openTestKernel({ now });
  const o = await opened(t);
  const read = (unitCode?: string) => o.as(undefined).texts.privacy({ unitCode });
  expect(await read()).toBeNull();
  await approved(t, o, "privacy", privacy);
  const [first] = await rows<{ code: string }>(t, "select code from kernel.units where id = $1", [t.units.first]);
  expect(await read(first?.code)).toMatchObject({ version: 1, body: privacy.body });
  expect(await read("nowhere")).toEqual(await read());
  // filing goes on as before: what a unit says of data changes nothing of the case
  expect(await file(t)).toMatch(/^[0-9a-f-]{36}$/);
});
