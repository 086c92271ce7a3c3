/** What a scanned page is. */
export type PageKind = "envelope" | "letter" | "enclosure";

/** A page of the batch as it lies before the clerk, in order. */
export interface ScannedPage {
  readonly key: string;
  readonly name: string;
  readonly content: Blob;
  readonly kind: PageKind;
  /** another letter begins here */
  readonly begins: boolean;
}

/** The letters of a batch: a page that begins one, and all until the next one begins. */
export function lettersIn(pages: readonly ScannedPage[]): readonly (readonly ScannedPage[])[] {
  const letters: ScannedPage[][] = [];
  for (const page of pages) {
    const last = letters.at(-1);
    if (!last || page.begins) letters.push([page]);
    else last.push(page);
  }
  return letters;
}

export const pageTypes = ["image/jpeg", "image/png", "application/pdf"] as const;
export type PageType = (typeof pageTypes)[number];
export const isPageType = (type: string): type is PageType => (pageTypes as readonly string[]).includes(type);

/** How each kind of page begins. */
const BEGINNINGS: Readonly<Record<PageType, readonly number[]>> = {
  "image/jpeg": [0xff, 0xd8, 0xff],
  "image/png": [0x89, 0x50, 0x4e, 0x47],
  "application/pdf": [0x25, 0x50, 0x44, 0x46, 0x2d],
};

/** Whether the first bytes are those of what the page says it is: an empty or damaged scan is no page. */
export const isReadable = (type: PageType, head: Uint8Array): boolean =>
  BEGINNINGS[type].every((byte, at) => head[at] === byte);
