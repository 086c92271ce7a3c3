import { createHash } from "node:crypto";
import { getDocumentProxy } from "unpdf";
import { expect, test } from "vitest";
import { composeLetter } from "../letters/compose-letter.ts";
import { faceOf, missingGlyphs } from "../letters/letter-fonts.ts";
import { renderLetter } from "../letters/render-letter.ts";
import { sampleFacts } from "../letters/sample-facts.ts";
import { setIn } from "../letters/set-in.ts";
import { noticesHandlers } from "../notices/handlers.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { smallFont } from "../testing/small-font.ts";
import { inHandling, latestLetter, rows, staffOf } from "../testing/story.ts";
import { textsHandlers } from "../texts/handlers.ts";
import { checkFont } from "./check-font.ts";
import { assertMaySendFonts, forgetUnchosen, keepFont } from "./keep-font.ts";

const now = "2026-03-02T02:00:00Z";
const at = new Date(now);
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Names of the fonts a PDF holds, without the letters that mark a part of one. */
async function fontsIn(pdf: Uint8Array): Promise<ReadonlySet<string>> {
  const text = Buffer.from(pdf).toString("latin1");
  return new Set([...text.matchAll(/\/BaseFont \/[A-Z]{6}\+([\w-]+)/g)].map(([, name = ""]) => name));
}

async function linesOf(pdf: Uint8Array) {
  const page = await (await getDocumentProxy(new Uint8Array(pdf))).getPage(1);
  const { items } = await page.getTextContent();
  return items.flatMap((i) =>
    "str" in i && i.str.trim() ? [{ text: i.str, y: i.transform[5] as number, font: i.fontName }] : [],
  );
}

test("a letter is set in the unit's own face character by character; what it lacks is the platform's, on the same line", async () => {
  const own = faceOf(sha256(Buffer.from("own")), smallFont("您的事项"));
  const doc = composeLetter("D8", sampleFacts.D8, "zh-CN");
  const pdf = await renderLetter(doc, { own, now: at });

  expect(await fontsIn(pdf)).toEqual(new Set(["NotoSerifSC-Regular", "NotoSerifSC-Bold", "NotoSerifSC-Black"]));
  expect(await fontsIn(await renderLetter(doc, { now: at }))).toEqual(
    new Set(["NotoSerifSC-Regular", "NotoSerifSC-Bold"]),
  );
  const lines = await linesOf(pdf);
  const opening = lines.find((l) => l.text.startsWith("您"));
  expect(new Set(lines.filter((l) => l.y === opening?.y).map((l) => l.font)).size).toBe(2);
  expect(lines.map((l) => l.text).join("")).toContain("反映的");
  expect(sha256(await renderLetter(doc, { own, now: at }))).toBe(sha256(pdf));
});

test("a face of another height leaves the lines where they were; bold stays bold, but for what only the unit's face has", async () => {
  const doc = composeLetter("D8", { ...sampleFacts.D8, unit: { "zh-CN": "𠮷县信访办公室", en: "Office" } }, "zh-CN");
  const own = { ...faceOf(sha256(Buffer.from("rare")), smallFont("您的𠮷", { as: { 𠮷: "吉" } })), lineHeight: 2.5 };
  const plain = { ...doc, issuer: "吉县信访办公室", signature: { ...doc.signature, unit: "吉县信访办公室" } };

  expect(missingGlyphs(doc)).toEqual(["𠮷"]);
  expect(missingGlyphs(doc, own)).toEqual([]);
  const heights = async (pdf: Promise<Uint8Array>) => [
    ...new Set((await linesOf(await pdf)).map((l) => Math.round(l.y))),
  ];
  const standing = faceOf(sha256(Buffer.from("standing")), smallFont("您的吉"));
  expect(await heights(renderLetter(doc, { own: { ...own, lineHeight: standing.lineHeight }, now: at }))).toEqual(
    await heights(renderLetter(plain, { now: at })),
  );
  expect((await linesOf(await renderLetter(doc, { own, now: at }))).map((l) => l.text).join("")).toContain("𠮷");
});

test("white space stays with the words before it, and is never taken from a face that has none", () => {
  const pieces = (characters: string, text: string) =>
    (
      setIn({ text }, faceOf("face", smallFont(characters))) as unknown as { text: { text: string; font?: string }[] }
    ).text.map((piece) => `${piece.font ?? "standard"}:${piece.text}`);
  expect(pieces("的是", "的 是好")).toEqual(["face:的", "standard: ", "face:是", "standard:好"]);
  expect(pieces("的是 ", "的 是好 是")).toEqual(["face:的 是", "standard:好 ", "face:是"]);
});

test("a face is taken only when it is a whole TrueType file that may be embedded", async () => {
  const good = smallFont("您好abc");
  expect(await checkFont("good", good)).toEqual({ name: "Noto Serif SC Black", characters: 5 });
  const refused = async (bytes: Uint8Array) => refusalCode(checkFont(sha256(bytes), bytes));
  const otto = Buffer.concat([Buffer.from("OTTO"), good.subarray(4)]);
  for (const other of [Buffer.alloc(0), Buffer.from("%PDF-1.4 not a font"), otto, Buffer.from("wOF2aaaaaaaaaaaa")])
    expect(await refused(other)).toBe("font.notTrueType");
  for (const fsType of [0x0002, 0x0100, 0x0200])
    expect(await refused(smallFont("您", { fsType }))).toBe("font.restricted");
  expect(await checkFont("printable", smallFont("您", { fsType: 0x0004 }))).toMatchObject({ characters: 1 });
  for (const table of ["glyf", "cmap", "OS/2", "name", "post"])
    expect(await refused(smallFont("您", { without: [table] }))).toBe("font.damaged");
  expect(await refused(good.subarray(0, good.length - 600))).toBe("font.damaged");
});

const refusalCode = (promise: Promise<unknown>) =>
  promise.then(
    () => "taken",
    (error: { code?: string }) => error.code,
  );

async function opened(t: TestKernel) {
  const admin = (name: string, unit: "brigade" | "first") =>
    t.person(name, unit, [{ role: "unitAdmin" as const, unit }]);
  return {
    as: caller(t.kernel, { texts: textsHandlers, notices: noticesHandlers }),
    above: await admin("甲", "brigade"),
    below: await admin("乙", "first"),
  };
}

test("a unit's face is inherited, given back, and fixed in each letter, which is drawn again byte for byte", async () => {
  await using t = await openTestKernel({ now });
  const { as, above, below } = await opened(t);
  const s = await staffOf(t);
  const before = await inHandling(t, s);
  const { font } = await keepFont(t.kernel, smallFont("您的事项"));
  const on = { unitId: t.units.brigade };

  expect(await as(above).texts.font(on)).toEqual({ inForce: null, choices: [] });
  const chosen = await as(above).texts.chooseFont({ ...on, font, licensed: true });
  expect(chosen.inForce).toMatchObject({ font, name: "Noto Serif SC Black", inherited: false, since: "2026-03-02" });
  expect((await as(below).texts.font({ unitId: t.units.first })).inForce).toMatchObject({ font, inherited: true });

  const id = await inHandling(t, s);
  const noticeId = await latestLetter(t, id, "D8");
  const fontOf = (notice: string) =>
    rows<{ font: string | null }>(t, "select facts->>'font' as font from kernel.notices where id = $1", [notice]).then(
      ([row]) => row?.font,
    );
  expect(await fontOf(noticeId)).toBe(font);
  expect(await fontOf(await latestLetter(t, before, "D8"))).toBeNull();
  const draw = async () => (await as(s.officer).notices.pdf({ caseId: id, noticeId, locale: "zh-CN" })).pdf;
  const first = await draw();
  expect(await fontsIn(Buffer.from(first, "base64"))).toContain("NotoSerifSC-Black");

  await as(above).texts.chooseFont({ ...on, font: null, licensed: false });
  expect(await as(above).texts.font(on)).toMatchObject({ inForce: null, choices: [{ font: null }, { font }] });
  expect(await fontOf(await latestLetter(t, await inHandling(t, s), "D8"))).toBeNull();
  expect(await draw()).toBe(first);
  const acts = await rows<{ facts: { act: string } }>(
    t,
    "select body::jsonb->'facts' as facts from kernel.ledger where stream = $1 order by seq desc limit 2",
    [t.units.brigade],
  );
  expect(acts.map((a) => a.facts)).toEqual([{ act: "fontDropped" }, { act: "fontChosen", font, licensed: true }]);
});

test("only who manages the unit chooses, with the licence confirmed, a face that is there; unchosen ones go after a day", async () => {
  await using t = await openTestKernel({ now });
  const { as, above, below } = await opened(t);
  const s = await staffOf(t);
  const { font } = await keepFont(t.kernel, smallFont("您"));
  const { font: other } = await keepFont(t.kernel, smallFont("好"));
  const choose = { unitId: t.units.brigade, font, licensed: true };
  expect(await refusalOf(as(undefined).texts.font({ unitId: t.units.brigade }))).toBe("unauthorized");
  expect(await refusalOf(as(below).texts.chooseFont(choose))).toBe("unit.notFound");
  expect(await refusalOf(as(below).texts.font({ unitId: t.units.brigade }))).toBe("unit.notFound");
  expect(await refusalOf(as(s.officer).texts.chooseFont({ ...choose, unitId: t.units.first }))).toBe("forbidden");
  expect(await refusalOf(as(above).texts.chooseFont({ ...choose, licensed: false }))).toBe("font.licenceMissing");
  expect(await refusalOf(as(above).texts.chooseFont({ ...choose, font: sha256(Buffer.from("none")) }))).toBe(
    "font.notFound",
  );
  expect(() => assertMaySendFonts({ actor: s.officer } as never)).toThrow(
    expect.objectContaining({ code: "forbidden" }),
  );
  expect(() => assertMaySendFonts({ actor: above } as never)).not.toThrow();
  const sample = { unitId: t.units.brigade, subject: "D14" as const, texts: {}, locale: "zh-CN" as const, font: other };
  expect(await fontsIn(Buffer.from((await as(above).texts.preview(sample)).pdf, "base64"))).toContain(
    "NotoSerifSC-Black",
  );

  await as(above).texts.chooseFont(choose);
  t.clock.now = new Date("2026-03-03T03:00:00Z");
  await forgetUnchosen(t.kernel);
  expect(await rows(t, "select hash from kernel.fonts", [])).toEqual([{ hash: font }]);
});
