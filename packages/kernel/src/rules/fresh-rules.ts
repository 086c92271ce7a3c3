import type { Kernel } from "../kernel.ts";

/** Reads the rules again where another request or process has changed them. */
export async function freshRules(k: Pick<Kernel, "pool" | "rules">): Promise<void> {
  const { rows } = await k.pool.query<{ stamp: string }>("select kernel.rules_stamp() as stamp");
  await k.rules.refresh(Number(rows[0]?.stamp));
}
