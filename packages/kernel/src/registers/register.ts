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

/** A report of the kernel, most often a register: of petitions that its reader may open, and of no others. */
export interface KernelRegister {
  readonly title: Text;
  /** @defaultValue true */
  readonly register?: boolean;
  readonly groupBy?: string;
  /** The days where none are asked. @defaultValue this year until today */
  readonly usualDays?: (today: string) => Days;
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

interface Asked {
  readonly register: KernelRegister;
  readonly asked: RegisterDays;
}

/** A register line by line, as its reader sees it. */
export function linesOfRegister(
  k: Kernel,
  actor: Actor,
  unit: RegisterPlace,
  { register, asked }: Asked,
): AsyncIterable<ReportTable["rows"][number]> {
  const today = localDateOf(k.now().toISOString(), unit.timeZone);
  const usual = register.usualDays?.(asked.to ?? today);
  const days = { ...daysOfRegister(today, asked), ...(usual && asked.from === undefined && usual) };
  return register.lines(k, actor, unit, days);
}

/**
 * A register as its reader sees it.
 *
 * @throws DoorstepError `table.tooLong`
 */
export async function readRegister(k: Kernel, actor: Actor, unit: RegisterPlace, what: Asked): Promise<ReportTable> {
  const rows: ReportTable["rows"] = [];
  for await (const line of linesOfRegister(k, actor, unit, what)) {
    if (rows.length === MOST_ROWS) throw new DoorstepError("table.tooLong", { max: MOST_ROWS });
    rows.push(line);
  }
  const { columns, groupBy } = what.register;
  return { columns: [...columns], rows, ...(groupBy !== undefined && { groupBy }) };
}
