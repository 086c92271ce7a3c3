import type { LetterDoc } from "@doorstep/contracts";
import pdfmake from "pdfmake";
import type { TDocumentDefinitions } from "pdfmake/interfaces.js";
import { assertGlyphs, type LetterFonts, measureFonts, standardFonts } from "./letter-fonts.ts";
import { createLayout, measuresFor, page } from "./letter-layout.ts";

export interface RenderOptions {
  /** The unit's own fonts; Noto Serif SC where it has none. */
  readonly fonts?: LetterFonts;
  /** Written into the file as its creation date: the same letter with the same date gives the same bytes, so that a seal can hold their hash. */
  readonly now: Date;
}

// A letter holds everything it shows: nothing is ever fetched, and no file is read but from memory.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(() => false);

/** pdfmake's files in memory; its types know them in the browser only. */
const memory = (pdfmake as unknown as { virtualfs: { writeFileSync(name: string, bytes: Uint8Array): void } })
  .virtualfs;
const registered = new Set<string>();

function register(fonts: LetterFonts): string {
  if (registered.has(fonts.name)) return fonts.name;
  const [normal, bold] = [`${fonts.name}-regular.ttf`, `${fonts.name}-bold.ttf`];
  memory.writeFileSync(normal, fonts.regular);
  memory.writeFileSync(bold, fonts.bold);
  pdfmake.addFonts({ [fonts.name]: { normal, bold, italics: normal, bolditalics: bold } });
  registered.add(fonts.name);
  return fonts.name;
}

/**
 * Makes the PDF of a letter; what is previewed is what is sealed.
 *
 * @throws DoorstepError `notice.glyphMissing` where the fonts lack a character of the letter.
 */
export async function renderLetter(doc: LetterDoc, options: RenderOptions): Promise<Uint8Array> {
  const fonts = options.fonts ?? standardFonts();
  assertGlyphs(doc, fonts);
  const font = register(fonts);
  const measures = measuresFor(doc, measureFonts(fonts).lineHeight);
  const layout = createLayout(doc, measures);
  // pdfmake writes into what it is given: every render gets nodes of its own
  const definition: TDocumentDefinitions = {
    pageSize: "A4",
    pageMargins: [page.left, page.top, page.right, page.bottom],
    language: doc.locale,
    displayTitle: true,
    info: {
      title: `${doc.title} ${doc.caseNo}`,
      author: doc.issuer,
      creator: "Doorstep",
      producer: "Doorstep",
      creationDate: options.now,
      modDate: options.now,
    },
    defaultStyle: { font, fontSize: measures.body },
    content: layout.content(),
    footer: layout.footer,
    // a heading alone at the foot of a page belongs to the next one
    pageBreakBefore: (node, nodes) => node.headlineLevel === 1 && nodes.getFollowingNodesOnPage().length === 0,
    ...(doc.draftMark !== null && {
      watermark: { text: doc.draftMark, color: "#808080", opacity: 0.12, bold: true, font },
    }),
  };
  return new Uint8Array(await pdfmake.createPdf(definition).getBuffer());
}
