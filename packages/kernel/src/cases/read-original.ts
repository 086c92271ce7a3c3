import { DoorstepError, type originalRow } from "@doorstep/contracts";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import { readAs } from "../audience/read-as.ts";
import type { Kernel } from "../kernel.ts";
import { loadCase } from "../pipeline/load-case.ts";
import { coverFor, isInCircle } from "../redaction/circle.ts";
import { covered } from "../redaction/cover.ts";
import { assertMaySee } from "./read-case.ts";

interface Stated {
  readonly alias: string | null;
  readonly original: Readonly<Record<string, string>>;
}

/**
 * The row of the old register a case was taken over from; `null` for a case that came in here. Cells that say who wrote
 * are withheld: that is opened with a purpose, and recorded.
 *
 * @throws DoorstepError `case.notFound`: no such case, or not for him.
 */
export async function readOriginal(
  k: Kernel,
  actor: Actor,
  caseId: string,
): Promise<z.output<typeof originalRow> | null> {
  await assertMaySee(k, actor, caseId);
  const row = await readAs(k, actor, async (client) => {
    const { rows } = await client.query<{ source: string; source_key: string; stated: Stated }>({
      name: "case_original",
      text: "select source, source_key, stated from kernel.case_imports where case_id = $1",
      values: [caseId],
    });
    return rows[0];
  });
  if (!row) return null;
  const { alias } = row.stated;
  const loaded = await loadCase(k.pool, caseId, "", "");
  if (!loaded) throw new DoorstepError("case.notFound");
  const original = isInCircle(actor, loaded)
    ? row.stated.original
    : covered(row.stated.original, coverFor(k, loaded.case));
  const saysWho = (value: string): boolean => alias !== null && value.trim() !== "" && value.trim() === alias.trim();
  const cells = Object.entries(original);
  return {
    source: row.source,
    sourceKey: row.source_key,
    cells: cells.filter(([, value]) => !saysWho(value)).map(([column, value]) => ({ column, value })),
    withheld: cells.filter(([, value]) => saysWho(value)).map(([column]) => column),
  };
}
