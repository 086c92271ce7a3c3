import { DoorstepError } from "@doorstep/contracts";
import { describe, expect, it } from "vitest";
import { stripPng } from "./strip-png.ts";

const chunk = (type: string, data: string): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type + data, "latin1"), Buffer.from("crc!")]);
};
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

async function strip(file: Buffer, pieceSize = file.length): Promise<Buffer> {
  async function* pieces() {
    for (let at = 0; at < file.length; at += pieceSize) yield file.subarray(at, at + pieceSize);
  }
  const out: Uint8Array[] = [];
  for await (const piece of stripPng(pieces())) out.push(Buffer.from(piece));
  return Buffer.concat(out);
}

describe("stripPng", () => {
  const kept = [
    chunk("IHDR", "size and depth"),
    chunk("iCCP", "colours"),
    chunk("IDAT", "x".repeat(500)),
    chunk("IEND", ""),
  ];
  const gone = ["tEXt", "zTXt", "iTXt", "tIME", "eXIf", "prVt"].map((type) => chunk(type, "who, where and when"));

  it("keeps the picture and drops texts, time, EXIF, private chunks and what was appended", async () => {
    const [header, ...others] = kept;
    const file = Buffer.concat([SIGNATURE, header ?? "", ...gone, ...others, Buffer.from("appended")] as Buffer[]);
    for (const size of [file.length, 1, 13])
      expect(await strip(file, size)).toEqual(Buffer.concat([SIGNATURE, ...kept]));
  });

  it.each([
    ["another kind", Buffer.from("GIF89a and more")],
    ["nothing after the signature", SIGNATURE],
    ["a chunk that ends too early", Buffer.concat([SIGNATURE, chunk("IDAT", "x".repeat(100)).subarray(0, 60)])],
    [
      "a chunk of impossible length",
      Buffer.concat([SIGNATURE, Buffer.from([0xff, 0xff, 0xff, 0xff]), Buffer.from("IDAT")]),
    ],
  ])("refuses %s", async (_name, file) => {
    await expect(strip(file)).rejects.toThrow(DoorstepError);
  });
});
