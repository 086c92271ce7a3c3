import { BrokenFile } from "./unzip.ts";

/**
 * What a page of XML is made of; names come without their prefix.
 *
 * @since 0.1
 */
export interface XmlHandler {
  readonly open: (name: string, attribute: (name: string) => string | undefined) => void;
  readonly text: (text: string) => void;
  readonly close: (name: string) => void;
}

/** One piece of markup; a sign > may stand within quotes. */
const MARKUP = /<(?:!--[\s\S]*?--|!\[CDATA\[[\s\S]*?\]\]|\?[\s\S]*?\?|(?:"[^"]*"|'[^']*'|[^"'<>])+)>/y;
/** Characters of one piece of markup or text at most. */
const MAX_PIECE = 4_000_000;

const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function entity(whole: string, name: string): string {
  if (!name.startsWith("#")) return named[name] ?? whole;
  const code = name[1] === "x" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
const plain = (text: string): string => (text.includes("&") ? text.replaceAll(/&(#?\w+);/g, entity) : text);

const withoutPrefix = (name: string): string => name.slice(name.indexOf(":") + 1);

function attributeOf(markup: string, wanted: string): string | undefined {
  for (const [, name = "", double, single] of markup.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    if (withoutPrefix(name) === wanted) return plain(double ?? single ?? "");
  return undefined;
}

/**
 * Reads XML in pieces as they come. Own entities are refused: nothing is looked up, nothing grows.
 *
 * @throws BrokenFile
 * @since 0.1
 */
export function xmlReader(on: XmlHandler): { feed(piece: string): void; end(): void } {
  let rest = "";

  const markup = (found: string): void => {
    if (found.startsWith("<![CDATA[")) on.text(found.slice(9, -3));
    else if (found.startsWith("<!--") || found.startsWith("<?")) return;
    else if (found.startsWith("<!")) throw new BrokenFile("a document type of its own");
    else if (found.startsWith("</")) on.close(withoutPrefix(found.slice(2, -1).trim()));
    else {
      const name = withoutPrefix(/^<([^\s/>]+)/.exec(found)?.[1] ?? "");
      on.open(name, (wanted) => attributeOf(found, wanted));
      if (found.endsWith("/>")) on.close(name);
    }
  };

  return {
    feed(piece) {
      rest += piece;
      let at = 0;
      for (;;) {
        const next = rest.indexOf("<", at);
        if (next === -1) break;
        MARKUP.lastIndex = next;
        const found = MARKUP.exec(rest)?.[0];
        if (found === undefined) break;
        if (next > at) on.text(plain(rest.slice(at, next)));
        markup(found);
        at = next + found.length;
      }
      rest = rest.slice(at);
      if (rest.length > MAX_PIECE) throw new BrokenFile("markup that does not end");
    },
    end() {
      if (rest.trim() !== "") throw new BrokenFile("the text is cut off");
    },
  };
}
