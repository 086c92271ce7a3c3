import { openSealed, seal } from "@doorstep/kernel";

const AAD = "live";
/** Batches are kept for an hour. */
const RESUMABLE_MS = 55 * 60_000;

/**
 * How far a screen has come, sealed: the number itself would tell how much happens that its reader does not see.
 * Every process of the house can open it.
 */
export const resumeToken = (key: Buffer, no: number, now: Date): string =>
  seal(key, `${no} ${now.getTime()}`, AAD).toString("base64url");

/** `undefined`: none, not ours, or too old to go on from. */
export function resumeFrom(key: Buffer, token: string | undefined, now: Date): number | undefined {
  if (!token || token.length > 200) return undefined;
  try {
    const [no, at] = openSealed(key, Buffer.from(token, "base64url"), AAD).toString("utf8").split(" ").map(Number);
    if (no === undefined || at === undefined || now.getTime() - at > RESUMABLE_MS) return undefined;
    return no;
  } catch {
    return undefined;
  }
}
