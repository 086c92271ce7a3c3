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
