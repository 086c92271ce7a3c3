import { existsSync } from "node:fs";
import type { Restored } from "@doorstep/server";
import { type Output, UsageError, type Verb } from "../verb.ts";
import { optionsOf, passphraseIn, progressTo } from "./house-options.ts";

const flags = { keys: { type: "string" }, "passphrase-file": { type: "string" } } as const;

interface Given {
  readonly archive: string;
  readonly keys: string | undefined;
  readonly passphrase: string | undefined;
}

function readArgs(args: readonly string[]): Given {
  const { values, positionals } = optionsOf(args, flags);
  const [archive, ...more] = positionals;
  if (archive === undefined || more.length > 0) throw new UsageError("Name one backup.");
  for (const file of [archive, ...(values.keys === undefined ? [] : [values.keys])])
    if (!existsSync(file)) throw new UsageError(`There is no file "${file}".`);
  return { archive, keys: values.keys, passphrase: passphraseIn(values["passphrase-file"]) };
}

/** Puts an archive into the empty place that the environment names. */
export async function restoreFrom(args: readonly string[], output: Output): Promise<number> {
  const { archive, keys, passphrase } = readArgs(args);
  const { readEnv, restore } = await import("@doorstep/server");
  const place = readEnv();
  if (keys !== undefined && (place.keyFile !== undefined || place.keyCommand !== undefined))
    throw new UsageError("The environment names the key already; leave out --keys.");
  const since = performance.now();
  const restored = await restore({
    archive,
    place,
    ...(keys !== undefined && { keys }),
    ...(passphrase !== undefined && { passphrase }),
    print: output.err,
    now: () => new Date(),
    onProgress: progressTo(output.err),
  });
  tell(restored, Number(((performance.now() - since) / 1_000).toFixed(1)), output);
  return restored.ledger.ok ? 0 : 1;
}

function tell(restored: Restored, seconds: number, output: Output): void {
  if (output.json) {
    output.out(JSON.stringify({ seconds, ...restored, ok: restored.ledger.ok }));
    return;
  }
  const { rows, tables, files, ledger } = restored;
  output.out(`Restored as of ${restored.at}: ${rows} rows of ${tables} tables, ${files} files, in ${seconds} s.`);
  output.out(
    ledger.ok
      ? `The ledger is whole: ${ledger.entries} entries, ${ledger.seals} seals.`
      : "The ledger is NOT whole: see doorstep ledger verify.",
  );
}

/** `doorstep restore`: a backup into an empty place. */
export const restore: Verb = {
  summary: "restore a backup into an empty data folder or database, and prove it",
  usage: [
    "doorstep restore <backup> [--keys <key file>] [--passphrase-file <file>] [--json]",
    "      into DOORSTEP_DATA_DIR (and DATABASE_URL), which must be empty; the backup is read through first",
  ].join("\n"),
  run: restoreFrom,
};
