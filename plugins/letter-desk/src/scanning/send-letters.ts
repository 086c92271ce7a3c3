import { isPageType, type PageType, type ScannedPage } from "./batch.ts";

interface NewPage {
  readonly pageId: string;
  readonly kind: ScannedPage["kind"];
  readonly type: PageType;
  readonly size: number;
}

interface Days {
  readonly receivedOn: string;
}

/** The plugin's procedures, as far as scanning needs them. */
export interface ScanCalls {
  add(letter: Days & { readonly letterId: string; readonly pages: NewPage[] }): Promise<{ readonly partBytes: number }>;
  part(piece: {
    readonly letterId: string;
    readonly pageId: string;
    readonly part: number;
    readonly data: string;
  }): Promise<unknown>;
}

const base64 = async (piece: Blob): Promise<string> => {
  const bytes = new Uint8Array(await piece.arrayBuffer());
  let text = "";
  // in slices: a call takes so many arguments and no more
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
};

const typeOf = ({ content }: ScannedPage): PageType => (isPageType(content.type) ? content.type : "image/jpeg");

/**
 * Puts one letter in, page by page. Its id and those of its pages are made from the batch, so that a second press after a
 * line that broke goes on instead of beginning anew.
 */
export async function sendLetter(
  calls: ScanCalls,
  letter: Days & { readonly pages: readonly ScannedPage[] },
  onPage: () => void,
): Promise<void> {
  const [first] = letter.pages;
  if (!first) return;
  const { receivedOn } = letter;
  const pages = letter.pages.map((page) => ({
    pageId: page.key,
    kind: page.kind,
    type: typeOf(page),
    size: page.content.size,
  }));
  // a letter goes by the name of its first page, which belongs to no other
  const letterId = first.key;
  const { partBytes } = await calls.add({ letterId, receivedOn, pages });
  for (const { key, content } of letter.pages) {
    for (let part = 0; part * partBytes < content.size; part += 1) {
      const data = await base64(content.slice(part * partBytes, (part + 1) * partBytes));
      await calls.part({ letterId, pageId: key, part, data });
    }
    onPage();
  }
}
