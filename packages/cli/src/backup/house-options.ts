import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { UsageError } from "../verb.ts";

type Flags = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>["options"]>;

/** Reads options and words; what is wrong is told with the usage. */
export function optionsOf<const F extends Flags>(args: readonly string[], flags: F) {
  try {
    return parseArgs({ args: [...args], options: flags, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** A passphrase comes from a file, never from the command line, which other users of the machine can read. */
export function passphraseIn(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch {
    throw new UsageError(`The file "${file}" cannot be read.`);
  }
  if (text.length < 12) throw new UsageError("A passphrase has at least twelve characters.");
  return text;
}

const REPORT_EVERY_MS = 2_000;

/** Says how far a long work is, not more often than somebody can read. */
export function progressTo(err: (line: string) => void) {
  let last = performance.now();
  return (what: string, done: number, all: number): void => {
    if (performance.now() - last < REPORT_EVERY_MS) return;
    last = performance.now();
    err(all > 0 ? `${what}: ${done} of ${all}` : `${what}: ${done}`);
  };
}
