import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as fontkit from "fontkit";

const source = fileURLToPath(import.meta.resolve("@expo-google-fonts/noto-serif-sc/900Black/NotoSerifSC_900Black.ttf"));
type Tables = Map<string, Buffer>;

function tablesOf(bytes: Buffer): Tables {
  const tables: Tables = new Map();
  for (let n = 0; n < bytes.readUInt16BE(4); n++) {
    const at = 12 + n * 16;
    const [offset, length] = [bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)];
    tables.set(bytes.toString("latin1", at, at + 4), bytes.subarray(offset, offset + length));
  }
  return tables;
}

function fileOf(tables: Tables): Buffer {
  const head = Buffer.alloc(12 + tables.size * 16);
  head.writeUInt32BE(0x00010000, 0);
  head.writeUInt16BE(tables.size, 4);
  const parts = [head];
  let offset = head.length;
  for (const [n, [tag, bytes]] of [...tables].sort(([a], [b]) => (a < b ? -1 : 1)).entries()) {
    head.write(tag, 12 + n * 16, "latin1");
    head.writeUInt32BE(offset, 12 + n * 16 + 8);
    head.writeUInt32BE(bytes.length, 12 + n * 16 + 12);
    const padded = Buffer.concat([bytes], Math.ceil(bytes.length / 4) * 4);
    parts.push(padded);
    offset += padded.length;
  }
  return Buffer.concat(parts);
}

/** A map of characters to glyphs in the order in which they were taken (format 12). */
function characterMap(codes: readonly number[]): Buffer {
  const sorted = codes.map((code, n) => ({ code, glyph: n + 1 })).sort((a, b) => a.code - b.code);
  const map = Buffer.alloc(12 + 16 + sorted.length * 12);
  map.writeUInt16BE(1, 2);
  map.writeUInt16BE(3, 4);
  map.writeUInt16BE(10, 6);
  map.writeUInt32BE(12, 8);
  map.writeUInt16BE(12, 12);
  map.writeUInt32BE(map.length - 12, 16);
  map.writeUInt32BE(sorted.length, 24);
  for (const [n, { code, glyph }] of sorted.entries()) {
    map.writeUInt32BE(code, 28 + n * 12);
    map.writeUInt32BE(code, 32 + n * 12);
    map.writeUInt32BE(glyph, 36 + n * 12);
  }
  return map;
}

interface SmallFont {
  /** the maker's mark on embedding (OS/2 fsType) */
  readonly fsType?: number;
  /** tables left out */
  readonly without?: readonly string[];
  /** characters that show the glyph of another one: `{ 𠮷: "吉" }` */
  readonly as?: Readonly<Record<string, string>>;
}

/** A real TrueType file with few characters, cut out of a heavy face, so that a test sees at once what is set in it. */
export function smallFont(characters: string, options: SmallFont = {}): Buffer {
  const bytes = readFileSync(source);
  const font = fontkit.create(bytes) as fontkit.Font;
  const codes = [...new Set(characters)].map((c) => c.codePointAt(0) ?? 0);
  const subset = font.createSubset();
  for (const code of codes) {
    const shown = options.as?.[String.fromCodePoint(code)];
    subset.includeGlyph(font.glyphForCodePoint(shown?.codePointAt(0) ?? code));
  }
  const tables = tablesOf(Buffer.from(subset.encode()));
  const whole = tablesOf(bytes);
  const os2 = Buffer.from(whole.get("OS/2") ?? []);
  os2.writeUInt16BE(options.fsType ?? 0, 8);
  tables.set("OS/2", os2);
  tables.set("name", whole.get("name") ?? Buffer.alloc(0));
  const post = Buffer.from(whole.get("post")?.subarray(0, 32) ?? []);
  // without names of glyphs
  post.writeUInt32BE(0x00030000, 0);
  tables.set("post", post);
  tables.set("cmap", characterMap(codes));
  for (const tag of options.without ?? []) tables.delete(tag);
  return fileOf(tables);
}
