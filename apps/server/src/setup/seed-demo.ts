import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { seedDemo } from "@doorstep/tooling-fixtures";
import type { Env } from "../env.ts";
import type { SeedDemo } from "./demo.ts";

interface DemoOptions {
  readonly env: Pick<Env, "dataDir">;
  readonly now: () => Date;
  readonly print: (line: string) => void;
}

/** The demo of the first start; the return codes of its petitions stand beside the accounts. */
export const demoOf =
  ({ env, now, print }: DemoOptions): SeedDemo =>
  async (platform) => {
    print("Filling the demo: an invented brigade and twelve petitions.");
    const { accounts, codes } = await seedDemo(platform, now());
    await writeFile(join(env.dataDir, "demo-codes.json"), `${JSON.stringify(codes, null, 2)}\n`, { mode: 0o600 });
    return accounts;
  };
