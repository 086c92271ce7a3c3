import { detectEncoding } from "@doorstep/sdk/sheets";

/** As many characters go at once as the server takes. */
const PIECE = 200_000;
const SAMPLE = 256 * 1024;

/** The text of a file, in whatever encoding it was written. */
async function textOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const [best] = detectEncoding(bytes.subarray(0, SAMPLE));
  return new TextDecoder(best?.encoding ?? "utf-8").decode(bytes).replaceAll("\0", "");
}

interface Calls<R> {
  readonly begin: (input: { name: string }) => Promise<{ readonly logId: string }>;
  readonly piece: (input: { logId: string; no: number; text: string }) => Promise<unknown>;
  readonly finish: (input: { logId: string; pieces: number }) => Promise<R>;
}

/** Sends a log piece by piece, and answers what came of it. */
export async function sendLog<R>(calls: Calls<R>, name: string, file: File): Promise<R> {
  const text = await textOf(file);
  const { logId } = await calls.begin({ name });
  const pieces = Math.max(1, Math.ceil(text.length / PIECE));
  for (let no = 0; no < pieces; no += 1)
    await calls.piece({ logId, no, text: text.slice(no * PIECE, (no + 1) * PIECE) || "\n" });
  return await calls.finish({ logId, pieces });
}
