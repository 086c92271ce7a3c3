import { createHash } from "node:crypto";
import { type LetterDoc, letterTemplates, locales } from "@doorstep/contracts";
import { getDocumentProxy } from "unpdf";
import { describe, expect, test } from "vitest";
import { composeLetter } from "./compose-letter.ts";
import { missingGlyphs } from "./letter-fonts.ts";
import { page } from "./letter-layout.ts";
import { renderLetter } from "./render-letter.ts";
import { sampleFacts } from "./sample-facts.ts";

const now = new Date("2026-02-03T00:00:00Z");
const A4 = { width: 595.28, height: 841.89 };

interface Piece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

/** Pieces of text of each page, as a reader of PDF files sees them. */
async function piecesOf(pdf: Uint8Array): Promise<readonly (readonly Piece[])[]> {
  const proxy = await getDocumentProxy(new Uint8Array(pdf));
  const pages: Piece[][] = [];
  for (let i = 1; i <= proxy.numPages; i++) {
    const content = await (await proxy.getPage(i)).getTextContent();
    pages.push(
      content.items.flatMap((item) =>
        "str" in item && item.str.trim() !== ""
          ? [
              {
                text: item.str,
                x: item.transform[4],
                y: item.transform[5],
                width: item.width,
                size: Math.abs(item.transform[3]),
              },
            ]
          : [],
      ),
    );
  }
  return pages;
}

/** Pieces that stand on one line of the page, joined. */
function linesOf(
  pieces: readonly Piece[],
): readonly { readonly text: string; readonly x: number; readonly size: number; readonly y: number }[] {
  const lines: { text: string; x: number; y: number; end: number; size: number }[] = [];
  for (const p of pieces) {
    const line = lines.find((l) => Math.abs(l.y - p.y) < 0.5 && p.x - l.end < 12 && p.x >= l.x);
    if (line) {
      line.text += p.text;
      line.end = p.x + p.width;
    } else lines.push({ text: p.text, x: p.x, y: p.y, end: p.x + p.width, size: p.size });
  }
  return lines;
}

const squeeze = (text: string) => text.replace(/\s+/g, "");
const textOf = (pages: readonly (readonly Piece[])[]) =>
  squeeze(
    pages
      .flat()
      .map((p) => p.text)
      .join(""),
  );
/** Text as it reads on from page to page, without what stands at their feet. */
const runningText = (pages: readonly (readonly Piece[])[]) =>
  textOf(pages.map((pieces) => pieces.filter((p) => p.y > page.bottom - 4)));
const ownTexts = (doc: LetterDoc) =>
  doc.blocks.flatMap((b) => {
    if (b.kind === "paragraph" || b.kind === "heading") return b.text.split("\n");
    return b.kind === "list" ? b.items : [];
  });
const render = (doc: LetterDoc) => renderLetter(doc, { now });

function expectInsideFrame(pages: readonly (readonly Piece[])[]): void {
  for (const pieces of pages) {
    for (const p of pieces) {
      expect(p.x, p.text).toBeGreaterThanOrEqual(page.left - 0.5);
      expect(p.x + p.width, p.text).toBeLessThanOrEqual(A4.width - page.right + 1.5);
      expect(p.y, p.text).toBeGreaterThan(page.bottom - 45);
      expect(p.y, p.text).toBeLessThan(A4.height - page.top + 30);
    }
  }
}

const mayNotBegin = /^[，。；：、！？）》〉」』”’】〕,.;:!?)\]]/;

describe.each(letterTemplates.flatMap((code) => locales.map((locale) => ({ code, locale }))))(
  "$code in $locale",
  ({ code, locale }) => {
    const doc = composeLetter(code, sampleFacts[code], locale);

    test("shows the whole letter inside the frame of the page", async () => {
      const pages = await piecesOf(await render(doc));
      const text = runningText(pages);
      const common = [doc.number, doc.issuer, doc.title, doc.signature.dateText, doc.query.hint];

      for (const part of [doc.caseNo, ...common, ...doc.summary.paragraphs, ...ownTexts(doc)])
        expect(text).toContain(squeeze(part ?? "missing"));
      expectInsideFrame(pages);
      expect(pages.length).toBeLessThanOrEqual(3);
      pages.forEach((pieces, i) => {
        expect(textOf([pieces])).toContain(`—${i + 1}—`);
      });
    });

    test("leaves no heading alone at the foot of a page", async () => {
      const headings = doc.blocks.flatMap((b) => (b.kind === "heading" ? [b.text] : []));

      for (const pieces of await piecesOf(await render(doc))) {
        const lowest = linesOf(pieces.filter((p) => p.y > page.bottom - 4)).toSorted((a, b) => a.y - b.y)[0];
        expect(headings).not.toContain(lowest?.text);
      }
    });

    test("leaves no frame of plain words alone on a page", async () => {
      const title = squeeze(doc.summary.title + (doc.summary.paragraphs[0]?.slice(0, 6) ?? ""));
      const framed = (await piecesOf(await render(doc)))
        .map((pieces) => textOf([pieces]))
        .filter((text) => text.includes(title));

      expect(framed).toHaveLength(1);
      expect(framed[0]).toContain(squeeze(doc.signature.dateText ?? "missing"));
    });

    test("begins no line with a closing mark", async () => {
      for (const pieces of await piecesOf(await render(doc))) {
        for (const line of linesOf(pieces)) expect(line.text).not.toMatch(mayNotBegin);
      }
    });
  },
);

test("the same letter with the same date gives the same bytes, another letter or date others", async () => {
  const hash = (pdf: Uint8Array) => createHash("sha256").update(pdf).digest("hex");
  const doc = composeLetter("D14", sampleFacts.D14, "zh-CN");
  const copy = composeLetter("D14", structuredClone(sampleFacts.D14), "zh-CN");

  const [first, second, other, later] = await Promise.all([
    render(doc),
    render(copy),
    render({ ...doc, number: "旅信〔2026〕13号" }),
    renderLetter(doc, { now: new Date("2026-02-04T00:00:00Z") }),
  ]);

  expect(hash(second)).toBe(hash(first));
  expect(hash(await render(doc))).toBe(hash(first));
  expect(hash(other)).not.toBe(hash(first));
  expect(hash(later)).not.toBe(hash(first));
});

test("a character the fonts do not have is refused by name", async () => {
  const doc = composeLetter("D8", { ...sampleFacts.D8, subject: "关于𠮷同志的شكوى" }, "zh-CN");

  expect(missingGlyphs(doc)).toEqual(["𠮷", "ش", "ك", "و", "ى"]);
  await expect(render(doc)).rejects.toMatchObject({
    code: "notice.glyphMissing",
    params: { character: expect.stringContaining("𠮷 (U+20BB7)") },
  });
});

const long = Array.from({ length: 250 }, (_, i) => `第${i + 1}句说明经过，内容属实无误；请核实。`)
  .join("")
  .slice(0, 5_000);

test("text of 5,000 characters runs over several pages without losing one", async () => {
  const doc = composeLetter("D4", { ...sampleFacts.D4, content: long }, "zh-CN");

  const pages = await piecesOf(await render(doc));

  expect(long).toHaveLength(5_000);
  expect(pages.length).toBeGreaterThan(8);
  expect(runningText(pages)).toContain(long);
  expectInsideFrame(pages);
  for (const pieces of pages) for (const line of linesOf(pieces)) expect(line.text).not.toMatch(mayNotBegin);
});

test("plain words longer than a page run on to the next ones without losing one", async () => {
  for (const length of [420, 520, 1_500]) {
    const plainSummary = long.slice(0, length);
    const doc = composeLetter("D16", { ...sampleFacts.D16, plainSummary }, "zh-CN");

    const pages = await piecesOf(await render(doc));

    expect(runningText(pages)).toContain(plainSummary);
    expectInsideFrame(pages);
  }
});

test("a full page of Chinese has 22 lines of 16 points", async () => {
  const doc = composeLetter("D4", { ...sampleFacts.D4, content: "字".repeat(5_000) }, "zh-CN");

  const pages = await piecesOf(await render(doc));
  const full = linesOf(pages[3] ?? []).filter((l) => l.size > 15);

  expect(full).toHaveLength(22);
  expect(new Set(full.map((l) => squeeze(l.text).length))).toEqual(new Set([27]));
  expect(new Set(full.map((l) => l.size))).toEqual(new Set([16]));
});

test("a demand answered at length keeps its table: its title is repeated on each page", async () => {
  const [first, ...rest] = sampleFacts.D14.demands;
  if (!first) throw new Error("the sample has no demand");
  const doc = composeLetter(
    "D14",
    {
      ...sampleFacts.D14,
      demands: [{ ...first, facts: long.slice(0, 3_000), opinion: long.slice(0, 2_000) }, ...rest],
    },
    "zh-CN",
  );

  const pages = await piecesOf(await render(doc));
  const withTable = pages.filter((pieces) => textOf([pieces]).includes("诉求1：予以支持"));

  expect(withTable.length).toBeGreaterThanOrEqual(3);
  expect(textOf(pages)).toContain(squeeze("诉求2：解释说明"));
  expectInsideFrame(pages);
});

test("a row that fits a page is never torn in two", async () => {
  const doc = composeLetter("D14", sampleFacts.D14, "zh-CN");
  const opinion = squeeze(sampleFacts.D14.demands[1]?.opinion ?? "");

  const pages = await piecesOf(await render(doc));

  expect(pages.length).toBe(2);
  expect(pages.map((page) => textOf([page])).some((text) => text.includes(opinion))).toBe(true);
});

test("a word without any place to break stays inside the page", async () => {
  const endless = `https://example.org/${"a".repeat(600)}`;
  const facts = { ...sampleFacts.D2, facts: endless, subject: endless.slice(0, 250), clerk: "x".repeat(200) };

  expectInsideFrame(await piecesOf(await render(composeLetter("D2", facts, "en"))));
});

test.each([
  ["D8", "look at the progress at any time."],
  ["D31", "2月17日更换完毕"],
] as const)("the page of %s that bears the seal bears words of the letter, too", async (code, words) => {
  const doc = composeLetter(code, sampleFacts[code] as never, "en");

  const pages = await piecesOf(await render(doc));
  const sealed = pages.find((pieces) => textOf([pieces]).includes("(seal)"));

  expect(textOf([sealed ?? []])).toContain(squeeze(words));
});
