import type { NoticeCode } from "@doorstep/contracts";
import type { Pool } from "pg";

/**
 * The next letter number of an issuing body, e.g. `TK01〔2026〕12-D8`. Taken by itself, before the act is written: an
 * act that then fails leaves a gap, which means nothing (docs/adr/0002).
 */
export async function nextNumber(
  pool: Pool,
  unit: { readonly id: string; readonly code: string },
  year: number,
  code: NoticeCode,
): Promise<string> {
  const { rows } = await pool.query<{ last: number }>({
    name: "next_notice_number",
    text: `insert into kernel.notice_numbers (unit_id, year, last) values ($1, $2, 1)
      on conflict (unit_id, year) do update set last = kernel.notice_numbers.last + 1 returning last`,
    values: [unit.id, year],
  });
  return `${unit.code}〔${year}〕${rows[0]?.last ?? 1}-${code}`;
}
