import { type Kernel, type Mandate, rightOver } from "@doorstep/kernel";
import { type CodeHeld, readCodeCookie } from "./code-cookie.ts";

/** The case that this browser's cookie opens; a mandate that is over opens none. */
export async function heldByCode(
  kernel: Kernel,
  key: Buffer,
  cookie: string | undefined,
): Promise<(CodeHeld & { readonly mandate: Mandate | null }) | undefined> {
  const held = readCodeCookie(key, cookie, kernel.now());
  const right = held && (await rightOver(kernel, held.caseId, held.mandateId));
  return held && right ? { ...held, mandate: right.mandate } : undefined;
}
