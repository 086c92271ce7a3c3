import type { LetterDoc } from "@doorstep/contracts";
import pdfmake from "pdfmake";
import type { TDocumentDefinitions } from "pdfmake/interfaces.js";
import { assertNoneMissing, type Face, missingGlyphs, standardFonts } from "./letter-fonts.ts";
import { createLayout, measuresFor, page, SIGNATURE_PICTURE } from "./letter-layout.ts";
import { setIn } from "./set-in.ts";

export interface RenderOptions {
  /** The unit's own face; Noto Serif SC where it has none. */
  readonly own?: Face | null;
  /** PNG of the hand that signs; needed where the letter names a signer. */
  readonly signature?: Uint8Array | null;
  /** Written into the file as its creation date: the same letter with the same date gives the same bytes, so that a seal can hold their hash. */
  readonly now: Date;
}

// A letter holds everything it shows: nothing is ever fetched, and no file is read but from memory.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(() => false);

/** pdfmake's files in memory; its types know them in the browser only. */
const memory = (pdfmake as unknown as { virtualfs: { readonly storage: Record<string, Uint8Array> } }).virtualfs;
/** The platform's own faces, by the name that a layout calls them. */
export const STANDARD = "standard";
/** Faces of units that lie ready, the one drawn with last at the end. */
const ready = new Set<string>();
const MOST_READY = 8;
let drawing = 0;

function layReady(name: string, regular: Face, bold: Face): void {
  const [normal, heavy] = [`${name}.ttf`, `${name}-bold.ttf`];
  memory.storage[normal] = regular.bytes;
  memory.storage[heavy] = bold.bytes;
  pdfmake.addFonts({ [name]: { normal, bold: heavy, italics: normal, bolditalics: heavy } });
}

function layOwnReady(own: Face): void {
  if (!ready.delete(own.name)) layReady(own.name, own, own);
  ready.add(own.name);
}

/** A face has some ten megabytes: those not used lately are let go, while no letter is being drawn with them. */
function letGo(): void {
  for (const name of ready) {
    if (ready.size <= MOST_READY || drawing > 0) return;
    ready.delete(name);
    delete memory.storage[`${name}.ttf`];
    delete memory.storage[`${name}-bold.ttf`];
  }
}

async function drawn(definition: TDocumentDefinitions): Promise<Uint8Array> {
  drawing += 1;
  try {
    return new Uint8Array(await pdfmake.createPdf(definition).getBuffer());
  } finally {
    drawing -= 1;
    letGo();
  }
}

function layStandardReady(): void {
  const { regular, bold } = standardFonts();
  if (!(`${STANDARD}.ttf` in memory.storage)) layReady(STANDARD, regular, bold);
}

/** Draws a document of several parts, set in the platform's faces and in those of units. */
export async function drawDocument(definition: TDocumentDefinitions, faces: readonly Face[]): Promise<Uint8Array> {
  layStandardReady();
  for (const face of faces) layOwnReady(face);
  return drawn(definition);
}

/**
 * Makes the PDF of a letter; what is previewed is what is sealed.
 *
 * @throws DoorstepError `notice.glyphMissing` where no font has a character of the letter.
 */
export async function renderLetter(doc: LetterDoc, options: RenderOptions): Promise<Uint8Array> {
  const own = options.own ?? null;
  const { signature } = options;
  const fonts = standardFonts();
  assertNoneMissing(missingGlyphs(doc, own));
  layStandardReady();
  if (own) layOwnReady(own);
  const inFace = <T>(part: T): T => (own ? setIn(part, own) : part);
  const measures = measuresFor(doc, fonts.lineHeight);
  const layout = createLayout(doc, measures);
  // pdfmake writes into what it is given: every render gets nodes of its own
  return drawn({
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
    defaultStyle: { font: STANDARD, fontSize: measures.body },
    ...(signature && {
      images: { [SIGNATURE_PICTURE]: `data:image/png;base64,${Buffer.from(signature).toString("base64")}` },
    }),
    content: inFace(layout.content()),
    footer: (currentPage) => inFace(layout.footer(currentPage)),
    // a heading alone at the foot of a page belongs to the next one
    pageBreakBefore: (node, nodes) => node.headlineLevel === 1 && nodes.getFollowingNodesOnPage().length === 0,
    ...(doc.draftMark !== null && {
      watermark: { text: doc.draftMark, color: "#808080", opacity: 0.12, bold: true, font: STANDARD },
    }),
  });
}
