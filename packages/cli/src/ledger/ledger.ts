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
  /** a root that left the house */
  readonly against: string | undefined;
}

const KEY = /^([\w-]{1,40}):([0-9a-f]{64})$/;

function read(args: readonly string[]): Given {
  const { values, positionals } = parsed(args);
  const keys = (values.key ?? []).map((text) => {
    const [, id, key] = KEY.exec(text) ?? [];
    if (!id || !key) throw new UsageError(`"${text}" is no key: give <id>:<64 hexadecimal digits>.`);
    return [id, key] as const;
  });
  return { positionals, keys: keys.length > 0 ? new Map(keys) : undefined, against: values.against };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { key: { type: "string", multiple: true }, against: { type: "string" } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : "");
  }
}

/** The proof of a file needs no database: whoever has the file and a key can make it anywhere. */
async function verify(file: string | undefined, { keys, against }: Given, output: Output): Promise<number> {
  const { readRoot, verifyAgainst, verifyLedger, verifyLedgerFile } = await import("@doorstep/kernel");
  if (file !== undefined && against !== undefined)
    throw new UsageError("A root that left the house is compared with the database, not with a file.");
  const root = against === undefined ? undefined : await readRoot(against);
  const proof =
    file === undefined
      ? await withPlatform(output, { plugins: [] }, ({ kernel }) =>
          root ? verifyAgainst(kernel, root) : verifyLedger(kernel, keys),
        )
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

/** Puts the root into a folder outside the house, as a file and as a page to print. */
async function handedOut(folder: string, output: Output): Promise<number> {
  const { handOutRoot } = await import("@doorstep/kernel");
  const made = await withPlatform(output, { plugins: [] }, ({ kernel }) => handOutRoot(kernel, folder));
  if (output.json) output.out(JSON.stringify({ ok: made !== null, file: made?.file ?? null }));
  else output.out(made ? `Written to ${made.file}, and beside it a page to print.` : "Nothing has been sealed yet.");
  return made ? 0 : 1;
}

/** Proves the ledger, in the database or as a file, and writes it to a file. */
export const ledger: Verb = {
  summary: "prove that nothing was changed or removed in the ledger",
  usage: [
    "doorstep ledger verify [--key <id>:<hex>]...          checks the ledger of this machine's database",
    "doorstep ledger verify <file> [--key <id>:<hex>]...   checks an exported file, without any database",
    "doorstep ledger verify --against <root file>          checks the database against a root that left the house",
    "doorstep ledger root <folder>                         writes the root as a file and as a page to print",
    "doorstep ledger export <file>                         writes the ledger as lines of JSON",
  ].join("\n"),
  async run(args, output) {
    const given = read(args);
    const { positionals } = given;
    const [what, file, ...more] = positionals;
    if (more.length > 0) throw new UsageError("One file at a time.");
    if (what === "verify") return verify(file, given, output);
    if (what === "root" && file !== undefined) return handedOut(file, output);
    if (what === "export" && file !== undefined) return exported(file, output);
    throw new UsageError("Say what to do with the ledger.");
  },
};
