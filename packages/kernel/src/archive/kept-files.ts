import { createHash } from "node:crypto";
import type { Actor } from "../actor.ts";
import { type Blobs, type FileRow, openFile, readContent } from "../files/index.ts";
import type { Kernel } from "../kernel.ts";
import { drawDocument, STANDARD } from "../letters/render-letter.ts";

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

/** A picture that cannot be drawn would spoil the whole file: it stays beside it. */
async function isDrawable(image: string): Promise<boolean> {
  try {
    await drawDocument({ content: [{ image, fit: [10, 10] }], defaultStyle: { font: STANDARD } }, []);
    return true;
  } catch {
    return false;
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
    const image = fits ? `data:${type};base64,${bytes.toString("base64")}` : null;
    const picture = image && (await isDrawable(image)) ? image : null;
    if (picture) together += size;
    kept.push({ id, name, type, size, sha256, picture });
  }
  return kept;
}
