import type { Kernel } from "../kernel.ts";
import { returnCodeOf, returnTag } from "../vault/return-code.ts";

/** What was filed under a key; the code is made anew from it. */
export interface FiledUnder {
  /** `null` for an accusation */
  readonly caseId: string | null;
  readonly caseNo: string;
  readonly returnCode: string;
}

/**
 * The petition that channels of one module filed under a key, whoever pressed: for a module that was stopped before it could note
 * which one it was. `null` where nothing was filed under it.
 */
export async function filedUnder(k: Kernel, module: string, key: string): Promise<FiledUnder | null> {
  const returnCode = returnCodeOf(k.keys.code, key);
  const { rows } = await k.pool.query<{ id: string; case_no: string; sealed: boolean }>(
    `select id, case_no, track = 'accusation' or confidentiality = 3 as sealed from kernel.cases
      where return_tag = $1 and starts_with(channel_key, $2)`,
    [returnTag(k.keys.code, returnCode), `${module}/`],
  );
  const [found] = rows;
  return found ? { caseId: found.sealed ? null : found.id, caseNo: found.case_no, returnCode } : null;
}
