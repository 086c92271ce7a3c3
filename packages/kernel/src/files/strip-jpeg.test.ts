import { DoorstepError } from "@doorstep/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stripJpeg } from "./strip-jpeg.ts";

const segment = (marker: number, payload: Buffer | string): Buffer => {
  const data = Buffer.from(payload as string, "latin1");
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};
const SOI = Buffer.from([0xff, 0xd8]);
const EOI = Buffer.from([0xff, 0xd9]);

/** An EXIF block with an orientation and a place, in either byte order. */
function exif(orientation: number, little: boolean): Buffer {
  const tiff = Buffer.alloc(200);
  tiff.write(little ? "II*\0" : "MM\0*", 0, "latin1");
  const u16 = (v: number, at: number) => (little ? tiff.writeUInt16LE(v, at) : tiff.writeUInt16BE(v, at));
  const u32 = (v: number, at: number) => (little ? tiff.writeUInt32LE(v, at) : tiff.writeUInt32BE(v, at));
  u32(8, 4);
  u16(2, 8);
  u16(0x8825, 10);
  u16(0x0112, 22);
  u16(3, 24);
  u32(1, 26);
  u16(orientation, 30);
  tiff.write("GPS 39.9042N 116.4074E", 60, "latin1");
  return Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
}

const quantisation = segment(0xdb, Buffer.alloc(65, 7));
const frame = segment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 17, 0]));
const scanHead = segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0]));
const scan = Buffer.from([1, 2, 0xff, 0x00, 3, 0xff, 0xd3, 4, 5]);

async function strip(file: Buffer, pieceSize = file.length): Promise<Buffer> {
  async function* pieces() {
    for (let at = 0; at < file.length; at += pieceSize) yield file.subarray(at, at + pieceSize);
  }
  const out: Uint8Array[] = [];
  for await (const piece of stripJpeg(pieces())) out.push(Buffer.from(piece));
  return Buffer.concat(out);
}

describe("stripJpeg", () => {
  const kept = [
    segment(0xe0, "JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
    segment(0xe2, "ICC_PROFILE\0\x01\x01profile"),
    segment(0xee, "Adobe\0d\0\0\0\0\0\x01"),
  ];
  const gone = [
    segment(0xe0, "JFXX\0thumbnail"),
    segment(0xe1, exif(1, true)),
    segment(0xe1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>who took it</x:xmpmeta>"),
    segment(0xe2, "MPF\0second picture"),
    segment(0xed, "Photoshop 3.0\0 8BIM caption"),
    segment(0xfe, "a remark"),
  ];
  const picture = [quantisation, frame, scanHead, scan];

  it("keeps the picture and drops place, time, remarks, thumbnails and what was appended", async () => {
    const file = Buffer.concat([SOI, ...gone, ...kept, ...picture, EOI, Buffer.from("a film of the moment before")]);
    expect(await strip(file)).toEqual(Buffer.concat([SOI, ...kept, ...picture, EOI]));
  });

  it.each([[true], [false]])(
    "keeps how the camera was held and nothing else of EXIF (little endian %s)",
    async (little) => {
      const out = await strip(Buffer.concat([SOI, segment(0xe1, exif(6, little)), ...picture, EOI]));
      expect(out.toString("latin1")).not.toContain("GPS");
      const at = out.indexOf("Exif");
      expect(out.readUInt16BE(at + 6 + 10)).toBe(0x0112);
      expect(out.readUInt16BE(at + 6 + 18)).toBe(6);
    },
  );

  it("drops metadata between the scans of a progressive picture", async () => {
    const file = Buffer.concat([
      SOI,
      ...picture,
      segment(0xe1, exif(1, true)),
      segment(0xc4, "table"),
      scanHead,
      scan,
      EOI,
    ]);
    expect(await strip(file)).toEqual(Buffer.concat([SOI, ...picture, segment(0xc4, "table"), scanHead, scan, EOI]));
  });

  it("does not depend on how the bytes arrive", async () => {
    const file = Buffer.concat([SOI, ...gone, ...kept, ...picture, segment(0xe1, exif(3, false)), scanHead, scan, EOI]);
    const whole = await strip(file);
    for (const size of [1, 2, 3, 7, 64]) expect((await strip(file, size)).equals(whole)).toBe(true);
  });

  it("keeps what arrived of a picture that was cut off", async () => {
    const out = await strip(Buffer.concat([SOI, ...picture]));
    expect(out).toEqual(Buffer.concat([SOI, ...picture, EOI]));
  });

  it("refuses bytes that are no JPEG and never hangs or fails otherwise", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (bytes, begun) => {
        const file = begun ? Buffer.concat([SOI, segment(0xe1, exif(6, true)), bytes]) : Buffer.from(bytes);
        const result = await strip(file, 50).catch((error: unknown) => error);
        expect(Buffer.isBuffer(result) || result instanceof DoorstepError).toBe(true);
        if (Buffer.isBuffer(result)) expect(result.toString("latin1")).not.toContain("GPS 39");
      }),
      { numRuns: 300 },
    );
  });
});
