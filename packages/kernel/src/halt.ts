import { DoorstepError } from "@doorstep/contracts";
import type { Kernel } from "./kernel.ts";

/** Why no new work is taken: the disk is nearly full, or the clock of the machine cannot be right. Reading goes on. */
export type Halt = "service.full" | "service.clock";

/** @throws DoorstepError `service.full`, `service.clock` where nothing new may be written now */
export function assertTaking(k: Pick<Kernel, "halted">): void {
  const halt = k.halted?.();
  if (halt) throw new DoorstepError(halt);
}
