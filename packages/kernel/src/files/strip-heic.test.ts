import { DoorstepError } from "@doorstep/contracts";
import fc from "fast-check";
import { fileTypeFromBuffer } from "file-type";
import { describe, expect, it } from "vitest";
import { stripped } from "./keep-file.ts";

const u16 = (n: number) => Buffer.from([n >> 8, n & 255]);
const u32 = (n: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(n);
  return bytes;
};
const box = (type: string, ...parts: (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string, "latin1")));
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, "latin1"), body]);
};
const full = (type: string, version: number, ...parts: (Buffer | string)[]): Buffer =>
  box(type, Buffer.from([version, 0, 0, 0]), ...parts);

const GPS = "GPS 39.9042N 116.4074E";
const picture = Buffer.from(Array.from({ length: 300 }, (_, n) => (n * 7) % 251));
const exif = Buffer.concat([u32(0), Buffer.from(`MM\0*\0\0\0\x08\0\0 ${GPS}`, "latin1")]);
const xmp = Buffer.from(`<x:xmpmeta>${GPS}</x:xmpmeta>`, "latin1");

interface Made {
  readonly extra?: readonly Buffer[];
  readonly metaLast?: boolean;
  readonly version?: 0 | 1;
  /** the EXIF lies in the index itself */
  readonly inIndex?: boolean;
}

/** A file as a telephone writes it: index first, then picture, EXIF and XMP in one stretch of data. */
function heic({ extra = [], metaLast = false, version = 0, inIndex = false }: Made = {}): Buffer {
  const ftyp = box("ftyp", "heic", u32(0), "mif1heic");
  const mdat = box("mdat", picture, exif, xmp);
  const entry = (id: number, type: string, more = "") => full("infe", 2, u16(id), u16(0), type, "\0", more);
  const place = (id: number, offset: number, length: number, method = 0) =>
    Buffer.concat([u16(id), ...(version === 1 ? [u16(method)] : []), u16(0), u16(1), u32(offset), u32(length)]);
  const meta = (start: number): Buffer =>
    full(
      "meta",
      0,
      full("hdlr", 0, u32(0), "pict", Buffer.alloc(13)),
      full("pitm", 0, u16(1)),
      full("iinf", 0, u16(3), entry(1, "hvc1"), entry(2, "Exif"), entry(3, "mime", "application/rdf+xml\0")),
      full(
        "iloc",
        version,
        Buffer.from([0x44, 0]),
        u16(3),
        place(1, start, picture.length),
        inIndex ? place(2, 0, exif.length, 1) : place(2, start + picture.length, exif.length),
        place(3, start + picture.length + exif.length, xmp.length),
      ),
      box("iprp", box("ipco", box("irot", Buffer.from([1])))),
      ...(inIndex ? [box("idat", exif)] : []),
      box("xml ", GPS),
    );
  const start = ftyp.length + meta(0).length + 8;
  return Buffer.concat(metaLast ? [ftyp, mdat, meta(ftyp.length + 8)] : [ftyp, meta(start), mdat, ...extra]);
}

async function strip(file: Buffer, pieceSize = file.length): Promise<Buffer> {
  async function* pieces() {
    for (let at = 0; at < file.length; at += pieceSize) yield file.subarray(at, at + pieceSize);
  }
  const out: Uint8Array[] = [];
  for await (const piece of stripped("image/heic", pieces())) out.push(Buffer.from(piece));
  return Buffer.concat(out);
}

const refusal = (file: Buffer): Promise<unknown> =>
  strip(file).then(
    () => "taken",
    (error: unknown) => (error instanceof DoorstepError ? error.code : error),
  );

describe("a HEIC picture", () => {
  it.each<[string, Made]>([
    ["as telephones write it", {}],
    ["with the newer table of places", { version: 1 }],
    ["with its EXIF in the index", { version: 1, inIndex: true }],
  ])("%s loses place and remarks, and keeps the picture where it was", async (_name, made) => {
    const file = heic(made);
    expect(file.includes(GPS)).toBe(true);

    const clean = await strip(file);

    expect(clean.includes("GPS")).toBe(false);
    expect(clean).toHaveLength(file.length);
    expect(clean.indexOf(picture)).toBe(file.indexOf(picture));
    expect(clean.includes("irot")).toBe(true);
    expect((await fileTypeFromBuffer(clean))?.mime).toBe("image/heic");
  });

  it("loses the film beside it and private boxes, whatever they hold", async () => {
    const beside = [box("moov", box("udta", GPS)), box("mpvd", GPS), box("uuid", GPS), box("mdat", GPS)];
    const clean = await strip(heic({ extra: beside }));
    expect(clean.includes("GPS")).toBe(false);
    expect(clean.includes("mpvd")).toBe(false);
    expect(clean.includes(picture)).toBe(true);
  });

  it("is the same however it arrives in pieces", async () => {
    const whole = await strip(heic());
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400 }), async (size) => {
        expect(await strip(heic(), size)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it("is refused when its data come before what says where the place stands, or when it is broken", async () => {
    expect(await refusal(heic({ metaLast: true }))).toBe("file.type");
    expect(await refusal(heic().subarray(0, 60))).toBe("file.type");
    expect(await refusal(box("ftyp", "heic", u32(0)))).toBe("file.type");
    expect(await refusal(Buffer.concat([box("ftyp", "heic", u32(0)), box("mdat", "x")]))).toBe("file.type");
  });

  it("never breaks the server, whatever bytes are changed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 330 }), fc.nat({ max: 255 }), async (at, value) => {
        const file = heic();
        file.writeUInt8(value, at % file.length);
        expect(["taken", "file.type"]).toContain(await refusal(file));
      }),
      { numRuns: 300 },
    );
  });
});
