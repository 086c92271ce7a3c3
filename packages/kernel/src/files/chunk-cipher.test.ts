import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { decrypt, encrypt } from "./chunk-cipher.ts";

async function* pieces(content: Buffer, size: number) {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}
async function joined(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of source) all.push(piece);
  return Buffer.concat(all);
}

describe("chunk cipher", () => {
  const key = randomBytes(32);
  const seal = (content: Buffer) => joined(encrypt(key, pieces(content, 10_000)));
  const open = (box: Buffer, by = key) => joined(decrypt(by, pieces(box, 70_000)));

  it.each([0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])("gives %i bytes back as they were", async (size) => {
    const content = randomBytes(size);
    expect((await open(await seal(content))).equals(content)).toBe(true);
  });

  it("hides what is in it", async () => {
    expect((await seal(Buffer.from("a plain sentence".repeat(100)))).includes("plain")).toBe(false);
  });

  it("notices a changed byte, a missing end, swapped chunks and another key", async () => {
    const box = await seal(randomBytes(200_000));
    const chunk = 65_552;
    const changed = Buffer.from(box);
    changed.writeUInt8(changed.readUInt8(100_000) ^ 1, 100_000);
    const swapped = Buffer.concat([box.subarray(chunk, 2 * chunk), box.subarray(0, chunk), box.subarray(2 * chunk)]);
    for (const wrong of [changed, swapped, box.subarray(0, 2 * chunk), box.subarray(0, -1), Buffer.alloc(0)])
      await expect(open(wrong)).rejects.toThrow();
    await expect(open(box, randomBytes(32))).rejects.toThrow();
  });
});
