import { type Encoding, encodings } from "./encodings.ts";

/** One guess, with what speaks for it; a person confirms it. */
export interface Guess {
  readonly encoding: Encoding;
  /** from 0 to 1 */
  readonly score: number;
  /** key of a sentence in the plugin's words */
  readonly evidence: "bom" | "ascii" | "validUtf8" | "damagedUtf8" | "fourByte" | "common" | "nulls";
  readonly params: Readonly<Record<string, number>>;
}

const boms: readonly (readonly [Encoding, readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/** What is seen of a text in an encoding of one and more bytes. */
interface Tally {
  /** characters of more than one byte */
  readonly wide: number;
  /** of them, in the rows where the frequent characters and punctuation stand */
  readonly common: number;
  readonly invalid: number;
  readonly fourByte: number;
}

const within = (byte: number | undefined, from: number, to: number): boolean =>
  byte !== undefined && byte >= from && byte <= to;

/** Bytes of the UTF-8 sequence at a place; 0: not one. */
function utf8Length(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const length = within(lead, 0xc2, 0xdf) ? 2 : within(lead, 0xe0, 0xef) ? 3 : within(lead, 0xf0, 0xf4) ? 4 : 0;
  for (let i = 1; i < length; i += 1) if (!within(bytes[at + i], 0x80, 0xbf)) return 0;
  return length;
}

function tallyUtf8(bytes: Uint8Array): Tally {
  let [wide, invalid] = [0, 0];
  for (let at = 0; at < bytes.length; ) {
    if ((bytes[at] ?? 0) < 0x80) {
      at += 1;
      continue;
    }
    const length = utf8Length(bytes, at);
    // The sample may end in the middle of a character.
    if (length === 0 && at < bytes.length - 3) invalid += 1;
    if (length > 0) wide += 1;
    at += length || 1;
  }
  return { wide, common: wide, invalid, fourByte: 0 };
}

interface DoubleByte {
  readonly isPair: (lead: number, trail: number) => boolean;
  /** where the frequent characters and the punctuation stand */
  readonly isCommon: (lead: number) => boolean;
  readonly hasFourBytes: boolean;
}

const gb: DoubleByte = {
  isPair: (lead, trail) => within(lead, 0x81, 0xfe) && within(trail, 0x40, 0xfe) && trail !== 0x7f,
  // GB 2312 level one and the rows of signs.
  isCommon: (lead) => within(lead, 0xb0, 0xd7) || within(lead, 0xa1, 0xa3),
  hasFourBytes: true,
};
const big5: DoubleByte = {
  isPair: (lead, trail) => within(lead, 0xa1, 0xf9) && (within(trail, 0x40, 0x7e) || within(trail, 0xa1, 0xfe)),
  // Big5 level one and the rows of signs.
  isCommon: (lead) => within(lead, 0xa4, 0xc6) || within(lead, 0xa1, 0xa3),
  hasFourBytes: false,
};

const isFourByte = (bytes: Uint8Array, at: number): boolean =>
  within(bytes[at], 0x81, 0xfe) &&
  within(bytes[at + 1], 0x30, 0x39) &&
  within(bytes[at + 2], 0x81, 0xfe) &&
  within(bytes[at + 3], 0x30, 0x39);

function tallyDoubleByte(bytes: Uint8Array, form: DoubleByte): Tally {
  let [wide, common, invalid, fourByte] = [0, 0, 0, 0];
  for (let at = 0; at < bytes.length - 1; ) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) at += 1;
    else if (form.hasFourBytes && isFourByte(bytes, at)) {
      fourByte += 1;
      wide += 1;
      at += 4;
    } else if (form.isPair(lead, bytes[at + 1] ?? 0)) {
      wide += 1;
      if (form.isCommon(lead)) common += 1;
      at += 2;
    } else {
      invalid += 1;
      at += 1;
    }
  }
  return { wide, common, invalid, fourByte };
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const percent = (value: number): number => Math.round(value * 1_000) / 10;

/** Frequent characters speak for a double-byte encoding, impossible bytes weigh heavily against it. */
const doubleByteScore = (tally: Tally): number =>
  Math.max(0, share(tally.common, tally.wide) * 0.98 - 20 * share(tally.invalid, tally.wide + tally.invalid));

function guessGb(bytes: Uint8Array): Guess {
  const tally = tallyDoubleByte(bytes, gb);
  // Characters of four bytes are rare ones: they count as neither frequent nor unusual.
  const score = doubleByteScore({ ...tally, wide: tally.wide - tally.fourByte });
  const params = { common: percent(share(tally.common, tally.wide - tally.fourByte)), invalid: tally.invalid };
  return tally.fourByte > 0
    ? { encoding: "gb18030", score, evidence: "fourByte", params: { ...params, count: tally.fourByte } }
    : { encoding: "gbk", score, evidence: "common", params };
}

function guessBig5(bytes: Uint8Array): Guess {
  const tally = tallyDoubleByte(bytes, big5);
  return {
    encoding: "big5",
    score: doubleByteScore(tally),
    evidence: "common",
    params: { common: percent(share(tally.common, tally.wide)), invalid: tally.invalid },
  };
}

function guessUtf8(bytes: Uint8Array): Guess {
  const tally = tallyUtf8(bytes);
  if (tally.wide === 0 && tally.invalid === 0) return { encoding: "utf-8", score: 1, evidence: "ascii", params: {} };
  if (tally.invalid === 0) return { encoding: "utf-8", score: 1, evidence: "validUtf8", params: { count: tally.wide } };
  const score = Math.max(0, 0.95 - 4 * share(tally.invalid, tally.wide + tally.invalid));
  return { encoding: "utf-8", score, evidence: "damagedUtf8", params: { count: tally.wide, invalid: tally.invalid } };
}

/** A text in Latin letters has every other byte empty in UTF-16, and none in anything else. */
function guessUtf16(bytes: Uint8Array): readonly Guess[] {
  const pairs = Math.floor(bytes.length / 2);
  let [even, odd] = [0, 0];
  for (let i = 0; i < pairs * 2; i += 2) {
    if (bytes[i] === 0) even += 1;
    if (bytes[i + 1] === 0) odd += 1;
  }
  if (even + odd < pairs * 0.05) return [];
  const [encoding, nulls] = odd > even ? (["utf-16le", odd] as const) : (["utf-16be", even] as const);
  return [{ encoding, score: 0.99, evidence: "nulls", params: { count: nulls } }];
}

/**
 * Guesses how a text file was written, best guess first; each says what speaks for it.
 *
 * @param sample - the first bytes of the file, a few hundred kilobytes at most.
 */
export function detectEncoding(sample: Uint8Array): readonly Guess[] {
  const marked = boms.find(([, bom]) => bom.every((byte, i) => sample[i] === byte));
  if (marked) return [{ encoding: marked[0], score: 1, evidence: "bom", params: {} }];
  const guesses = [guessUtf8(sample), guessGb(sample), guessBig5(sample)];
  const sorted = guesses
    .filter((guess) => guess.score > 0)
    .sort((a, b) => b.score - a.score || encodings.indexOf(a.encoding) - encodings.indexOf(b.encoding));
  // Empty bytes stand in no text of the others.
  return [...guessUtf16(sample), ...sorted];
}
