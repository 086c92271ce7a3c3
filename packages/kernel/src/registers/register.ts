import {
  DoorstepError,
  daysOfRegister,
  MOST_ROWS,
  type RegisterDays,
  type ReportTable,
  type Text,
} from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";

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

/**
 * A register as its reader sees it.
 *
 * @throws DoorstepError `table.tooLong`
 */
export async function readRegister(
  k: Kernel,
  actor: Actor,
  unit: RegisterPlace,
  { register, asked }: { readonly register: KernelRegister; readonly asked: RegisterDays },
): Promise<ReportTable> {
  const today = localDateOf(k.now().toISOString(), unit.timeZone);
  const days = daysOfRegister(today, asked);
  const rows: ReportTable["rows"] = [];
  for await (const line of register.lines(k, actor, unit, days)) {
    if (rows.length === MOST_ROWS) throw new DoorstepError("table.tooLong", { max: MOST_ROWS });
    rows.push(line);
  }
  return { columns: [...register.columns], rows };
}
