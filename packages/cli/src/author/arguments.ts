import { parseArgs } from "node:util";
import { type Output, UsageError } from "../verb.ts";

type Options = Parameters<typeof parseArgs>[0] & object;

export function parsed(args: readonly string[], options: Options["options"]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: options ?? {} });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : "");
  }
}

export function only(positionals: readonly string[], what: string): string {
  const [one, ...more] = positionals;
  if (one === undefined || more.length > 0) throw new UsageError(`Give one ${what}.`);
  return one;
}

export const said = (value: string | boolean | (string | boolean)[] | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

export function tell(output: Output, facts: Readonly<Record<string, unknown>>, line: string): void {
  output.out(output.json ? JSON.stringify({ ok: true, ...facts }) : line);
}
