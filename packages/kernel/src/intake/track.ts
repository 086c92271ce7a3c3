import { DoorstepError } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import { rightOver } from "../mandates/mandate.ts";
import { parseReturnCode, returnTag } from "../vault/return-code.ts";
import { hex } from "../vault/seal.ts";

/** Wrong codes of one origin in this process; the origin is a keyed hash whose key lives in memory and changes hourly. */
interface Attempts {
  readonly wrong: number;
  readonly until: number;
}
const attempts = new Map<string, Attempts>();
const FREE = 5;
const LONGEST_SECONDS = 300;
const MOST_ORIGINS = 10_000;

const waitSeconds = (wrong: number): number => (wrong < FREE ? 0 : Math.min(LONGEST_SECONDS, 2 ** (wrong - FREE + 1)));

function countWrong(origin: string, now: number): void {
  if (attempts.size >= MOST_ORIGINS) attempts.clear();
  const wrong = (attempts.get(origin)?.wrong ?? 0) + 1;
  attempts.set(origin, { wrong, until: now + waitSeconds(wrong) * 1_000 });
}

/**
 * Finds the case of a return code. A code that is mistyped, and one that is nobody's, are answered alike.
 *
 * @throws DoorstepError `code.wait` after five wrong codes, `code.unknown`.
 */
export async function trackCode(
  k: Kernel,
  origin: string,
  typed: string,
): Promise<{ readonly caseId: string; readonly mandateId: string | null }> {
  const now = k.now().getTime();
  const waiting = attempts.get(origin);
  if (waiting && waiting.until > now)
    throw new DoorstepError("code.wait", { seconds: Math.ceil((waiting.until - now) / 1_000) });
  const code = parseReturnCode(typed) ?? "";
  const { rows } = await k.pool.query<{ caseId: string; mandateId: string | null }>({
    name: "case_of_code",
    text: `select id as "caseId", null::uuid as "mandateId" from kernel.cases where return_tag = $1::bytea
      union all select case_id, id from kernel.mandates where return_tag = $1::bytea`,
    values: [hex(returnTag(k.keys.code, code))],
  });
  const [found] = rows;
  // a code whose mandate is over is nobody's
  if (!found || !(await rightOver(k, found.caseId, found.mandateId))) {
    countWrong(origin, now);
    throw new DoorstepError("code.unknown");
  }
  attempts.delete(origin);
  return found;
}
