import { DoorstepError } from "@doorstep/contracts";

const strict = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a body up to a limit, whatever its header claims.
 *
 * @throws DoorstepError `input.tooLarge`.
 */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw new DoorstepError("input.tooLarge");
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new DoorstepError("input.tooLarge");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Reads bytes as text. Bytes that are no UTF-8 are refused: replaced silently, a petition would be stored with other
 * words than were sent.
 *
 * @throws DoorstepError `text.characters`.
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    throw new DoorstepError("text.characters");
  }
}

/**
 * Reads a small JSON object.
 *
 * @throws DoorstepError `request.unknown` for anything else.
 */
export async function readJson(request: Request, maxBytes = 16_384): Promise<Record<string, unknown>> {
  const text = decodeText(await readBody(request, maxBytes));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DoorstepError("request.unknown");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new DoorstepError("request.unknown");
  return value as Record<string, unknown>;
}

/** NUL, or one half of a surrogate pair, as JSON writes them; both halves together are an ordinary character. */
const SUSPICIOUS = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

const isKeepableText = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

/** Whether every key and every string can be kept as it is; without recursion, since nobody bounds the depth of JSON. */
function isKeepable(root: unknown): boolean {
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === "string" && !isKeepableText(value)) return false;
    if (typeof value !== "object" || value === null) continue;
    if (!Array.isArray(value) && !Object.keys(value).every(isKeepableText)) return false;
    for (const one of Object.values(value)) open.push(one);
  }
  return true;
}

/**
 * Refuses JSON with characters that the database cannot keep, wherever they stand: one place for all procedures, those
 * of plugins too.
 *
 * @throws DoorstepError `text.characters`.
 */
export function assertKeepable(json: string): void {
  if (!SUSPICIOUS.test(json)) return;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // What is no JSON is refused by whoever parses it.
    return;
  }
  if (!isKeepable(value)) throw new DoorstepError("text.characters");
}
