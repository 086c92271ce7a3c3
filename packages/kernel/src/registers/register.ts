import { DoorstepError, type ReportTable, type Text } from "@doorstep/contracts";
import { z } from "zod";
import type { Actor } from "../actor.ts";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";

/** What a register asks: its days, both included, by the unit's own clock. */
export const registerDays = z.object({
  from: z.iso
    .date()
    .optional()
    .meta({ title: "从哪天（不填为今年1月1日）", "x-labels": { en: "From (empty: the first of January)" } }),
  to: z.iso
    .date()
    .optional()
    .meta({ title: "到哪天（不填为今天）", "x-labels": { en: "Until (empty: today)" } }),
});

/** The unit that a register is of, with everything below it. */
export interface RegisterPlace {
  readonly id: string;
  readonly timeZone: string;
}

export interface Days {
  readonly from: string;
  readonly to: string;
}

/** A register of the kernel: lines that its reader may open, and no others. */
export interface KernelRegister {
  readonly title: Text;
  readonly columns: readonly { readonly key: string; readonly title: Text }[];
  /** whether the actor keeps such a register at all; a unit's own question is asked beside it */
  readonly kept: (actor: Actor) => boolean;
  readonly lines: (
    k: Kernel,
    actor: Actor,
    unit: RegisterPlace,
    days: Days,
  ) => AsyncIterable<ReportTable["rows"][number]>;
}

/** What a table of a report holds. */
export const MOST_LINES = 10_000;

/**
 * A register as its reader sees it.
 *
 * @throws DoorstepError `table.tooLong`
 */
export async function readRegister(
  k: Kernel,
  actor: Actor,
  unit: RegisterPlace,
  { register, asked }: { readonly register: KernelRegister; readonly asked: z.output<typeof registerDays> },
): Promise<ReportTable> {
  const today = localDateOf(k.now().toISOString(), unit.timeZone);
  const days = { from: asked.from ?? `${today.slice(0, 4)}-01-01`, to: asked.to ?? today };
  const rows: ReportTable["rows"] = [];
  for await (const line of register.lines(k, actor, unit, days)) {
    if (rows.length === MOST_LINES) throw new DoorstepError("table.tooLong", { max: MOST_LINES });
    rows.push(line);
  }
  return { columns: [...register.columns], rows };
}
