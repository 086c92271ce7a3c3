import { createReadStream, createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import type { Output, Verb } from "../verb.ts";
import { UsageError } from "../verb.ts";
import { withPlatform } from "../with-platform.ts";

interface Given {
  readonly positionals: readonly string[];
  /** `<id>:<64 hex>`, kept outside the house */
  readonly keys: ReadonlyMap<string, string> | undefined;
}

const KEY = /^([\w-]{1,40}):([0-9a-f]{64})$/;

function read(args: readonly string[]): Given {
  const { values, positionals } = parsed(args);
  const keys = (values.key ?? []).map((text) => {
    const [, id, key] = KEY.exec(text) ?? [];
    if (!id || !key) throw new UsageError(`"${text}" is no key: give <id>:<64 hexadecimal digits>.`);
    return [id, key] as const;
  });
  return { positionals, keys: keys.length > 0 ? new Map(keys) : undefined };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { key: { type: "string", multiple: true } } });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : "");
  }
}

/** The proof of a file needs no database: whoever has the file and a key can make it anywhere. */
async function verify(file: string | undefined, keys: Given["keys"], output: Output): Promise<number> {
  const { verifyLedger, verifyLedgerFile } = await import("@doorstep/kernel");
  const proof =
    file === undefined
      ? await withPlatform(output, { plugins: [] }, ({ kernel }) => verifyLedger(kernel, keys))
      : await verifyLedgerFile(createReadStream(file), keys);
  if (output.json) output.out(JSON.stringify(proof));
  else {
    output.out(`${proof.entries} entries, ${proof.streams} chains, ${proof.seals} seals, until ${proof.until ?? "-"}`);
    for (const { stream, seq, fault } of proof.faults) output.out(`${fault}: ${stream} ${seq}`);
    output.out(proof.ok ? "The ledger is whole." : "The ledger is NOT whole.");
  }
  return proof.ok ? 0 : 1;
}

async function exported(file: string, output: Output): Promise<number> {
  const { exportLedger, sealKeys } = await import("@doorstep/kernel");
  await withPlatform(output, { plugins: [] }, async ({ kernel }) => {
    await pipeline(Readable.from(exportLedger(kernel)), createWriteStream(file, { mode: 0o600, flags: "wx" }));
    const keys = [...sealKeys(kernel)].map(([id, key]) => `${id}:${key}`);
    if (output.json) output.out(JSON.stringify({ ok: true, file, keys }));
    else output.out(`Written to ${file}.\nKeep the key elsewhere, and check with it: --key ${keys.join(" --key ")}`);
  });
  return 0;
}

/** Proves the ledger, in the database or as a file, and writes it to a file. */
export const ledger: Verb = {
  summary: "prove that nothing was changed or removed in the ledger",
  usage: [
    "doorstep ledger verify [--key <id>:<hex>]...          checks the ledger of this machine's database",
    "doorstep ledger verify <file> [--key <id>:<hex>]...   checks an exported file, without any database",
    "doorstep ledger export <file>                         writes the ledger as lines of JSON",
  ].join("\n"),
  async run(args, output) {
    const { positionals, keys } = read(args);
    const [what, file, ...more] = positionals;
    if (more.length > 0) throw new UsageError("One file at a time.");
    if (what === "verify") return verify(file, keys, output);
    if (what === "export" && file !== undefined) return exported(file, output);
    throw new UsageError("Say what to do with the ledger.");
  },
};
