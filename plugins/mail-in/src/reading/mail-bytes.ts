import iconv from "iconv-lite";

/** Encodings that are one larger one under older names. */
const OLD_NAMES = /^(?:gb_?2312(?:-80)?|gbk|x-gbk|cp936|ms936|windows-936|euc-cn)$/i;
/** What is written where nobody knew better. */
const SAYS_NOTHING =
  /^(?:us-ascii|ascii|utf-?8|iso-8859-1|unknown(?:-8bit)?|x-unknown|default|default_charset|8bit|binary)$/i;

const utf8 = new TextDecoder("utf-8", { fatal: true });

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    utf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Each byte one character, so that headers can be mended without touching what they are not. */
const asLatin = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
const asBytes = (latin: string): Buffer => Buffer.from(latin, "latin1");

const END_OF_HEAD = /\r?\n\r?\n/;
const headOf = (latin: string): string => latin.slice(0, END_OF_HEAD.exec(latin)?.index ?? latin.length);

/** Letters that stand in a header as they are are put as the standard wants them. */
const encoded = (line: string): string =>
  line.replace(/[\x80-\xff]+(?:[^\r\n<>"]*[\x80-\xff]+)?/g, (raw) => {
    const bytes = asBytes(raw);
    const text = isUtf8(bytes) ? bytes.toString("utf8") : iconv.decode(bytes, "gb18030");
    return `=?UTF-8?B?${Buffer.from(text, "utf8").toString("base64")}?=`;
  });

const declared = (line: string, charset: (now: string | undefined) => string | undefined): string => {
  const now = /;\s*charset\s*=\s*"?([^";\s]*)"?/i.exec(line);
  const next = charset(now?.[1]);
  if (next === undefined) return line;
  if (!now) return line.replace(/^(content-type:\s*text\/[\w.+-]+)/i, `$1; charset=${next}`);
  return line.replace(now[0], `; charset=${next}`);
};

/**
 * A message in which the encodings are named as they are: old names by the larger one, raw letters in the head by the
 * standard's form, and where nothing or something untrue is said, what is guessed.
 */
export function mended(bytes: Uint8Array, guess: "utf-8" | "gb18030" | "big5"): Buffer {
  const latin = asLatin(bytes);
  const head = headOf(latin);
  const isPlainUtf8 =
    /[\x80-\xff]/.test(latin) && isUtf8(bytes) && !/^content-transfer-encoding:\s*(?:base64|quoted)/im.test(latin);
  const named = (charset: string | undefined): string | undefined => {
    if (isPlainUtf8) return "utf-8";
    if (charset === undefined || charset === "" || SAYS_NOTHING.test(charset)) return guess;
    return OLD_NAMES.test(charset) ? "gb18030" : undefined;
  };
  const untyped = /^content-type:/im.test(head) ? "" : `Content-Type: text/plain; charset=${named(undefined)}\r\n`;
  const heads = `${untyped}${encoded(head)}${latin.slice(head.length)}`;
  return asBytes(
    heads
      .replace(/^content-type:[ \t]*text\/[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/gim, (line) => declared(line, named))
      .replace(/=\?(?:gb2312|gbk|x-gbk|cp936|gb_2312-80)(\*[\w-]+)?\?/gi, "=?gb18030?"),
  );
}
