import { createHash } from "node:crypto";
import type { Actor } from "../actor.ts";
import { type Blobs, type FileRow, openFile, readContent } from "../files/index.ts";
import type { Kernel } from "../kernel.ts";
import { drawDocument, STANDARD } from "../letters/render-letter.ts";
import { checkedPng } from "../signatures/check-png.ts";

/** A file of the case with its hash; a picture with its bytes, which a page can show. */
export interface KeptFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
  readonly picture: string | null;
}

const PICTURES: readonly string[] = ["image/jpeg", "image/png"];
const MOST_OF_ONE = 20_000_000;
const MOST_TOGETHER = 60_000_000;
const MOST_PIXELS = { width: 5_000, height: 5_000 };

/** Starts of a frame, which say how the picture is coded [ITU-T T.81]. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Grey or three colours: the file has one colour profile, and no print colours. */
function hasPlainColours(jpeg: Buffer): boolean {
  for (let at = 2; at + 9 < jpeg.length && jpeg[at] === 0xff; at += 2 + jpeg.readUInt16BE(at + 2))
    if (isFrame(jpeg.readUInt8(at + 1))) return [1, 3].includes(jpeg.readUInt8(at + 9));
  return false;
}

/** What draws the page unpacks a PNG where nobody catches what is wrong with it: it is read to its last pixel before. */
function isSound(type: string, bytes: Buffer): boolean {
  if (type === "image/jpeg") return hasPlainColours(bytes);
  try {
    checkedPng(bytes, MOST_PIXELS);
    return true;
  } catch {
    return false;
  }
}

/** A picture that cannot be drawn would spoil the whole file: it stays beside it. */
async function drawable(type: string, bytes: Buffer): Promise<string | null> {
  if (!isSound(type, bytes)) return null;
  const image = `data:${type};base64,${bytes.toString("base64")}`;
  try {
    await drawDocument({ content: [{ image, fit: [10, 10] }], defaultStyle: { font: STANDARD } }, []);
    return image;
  } catch {
    return null;
  }
}

async function read(k: Kernel, blobs: Blobs, file: FileRow, wanted: boolean) {
  const digest = createHash("sha256");
  const pieces: Buffer[] = [];
  for await (const piece of readContent(k, blobs, file)) {
    digest.update(piece);
    if (wanted) pieces.push(Buffer.from(piece));
  }
  return { sha256: digest.digest("hex"), bytes: Buffer.concat(pieces) };
}

/** Every file of a case that somebody may read, by the one rule and with its entry in the ledger. */
export async function keptFilesOf(k: Kernel, actor: Actor, ids: readonly string[]): Promise<readonly KeptFile[]> {
  const kept: KeptFile[] = [];
  let together = 0;
  for (const fileId of ids) {
    const file = await openFile(k, { actor, codeCaseId: undefined }, fileId);
    if (!(file && k.blobs)) continue;
    const { id, name, type, size } = file;
    const fits = PICTURES.includes(type) && size <= MOST_OF_ONE && together + size <= MOST_TOGETHER;
    const { sha256, bytes } = await read(k, k.blobs, file, fits);
    const picture = fits ? await drawable(type, bytes) : null;
    if (picture) together += size;
    kept.push({ id, name, type, size, sha256, picture });
  }
  return kept;
}
