import type { Pool } from "pg";

/** The kernel's dependencies, made by the composition root; nothing in the kernel reaches for a clock or a connection itself. */
export interface Kernel {
  /** as the role `doorstep_app`: no owner, no superuser */
  readonly pool: Pool;
  readonly now: () => Date;
  readonly newId: () => string;
}
