import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The clone that this file lies in. */
export const ROOT = join(import.meta.dirname, "../../../../..");

/** The exact version of a package in this clone's catalogue. */
export function versionOf(name: string): string {
  const lines = readFileSync(join(ROOT, "pnpm-workspace.yaml"), "utf8").split("\n");
  const line = lines.find((one) => one.trim().replaceAll('"', "").startsWith(`${name}: `));
  if (line === undefined) throw new Error(`the catalogue has no ${name}`);
  return line.slice(line.lastIndexOf(": ") + 2).trim();
}
