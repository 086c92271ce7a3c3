import type { Encoding } from "@doorstep/sdk/sheets";
import { isLossy } from "../reading/encodings.ts";

/** A decoder writes this for bytes that are no character. */
const REPLACEMENT = "\uFFFD";

/**
 * A question mark where none can stand: after a comma, colon, semicolon, full stop or opening bracket, between two
 * digits, or at the head of a text. An encoder that lacks a character writes `?` for it.
 */
const impossible = /(?:[，、；：。（《“‘]|^)\?|\p{N}\?\p{N}/u;

/** Whether a text has bytes that could not be decoded. */
export const hasReplacement = (text: string): boolean => text.includes(REPLACEMENT);

/** Whether characters were provably lost when the file was written; only encodings that lack some can lose them. */
export const hasLostCharacters = (text: string, encoding: Encoding | null): boolean =>
  encoding !== null && isLossy(encoding) && impossible.test(text);
