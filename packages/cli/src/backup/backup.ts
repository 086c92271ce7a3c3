import { existsSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Output, UsageError, type Verb } from "../verb.ts";
import { optionsOf, passphraseIn, progressTo } from "./house-options.ts";

const usage = [
  "doorstep backup [<file or folder>] [--passphrase-file <file>] [--json]",
  "      database, files and data of modules in one locked file, while people work; keys are never in it",
  "doorstep backup --keys <file>",
  "      writes the key file apart; keep it in another place than the backups",
  "doorstep backup --schedule on|off [--hour 2] [--folder <folder>] [--keep-days 14] [--root-folder <folder>]",
  "      one backup a day by the running server, and the folder that takes the daily root of the ledger",
].join("\n");

const flags = {
  keys: { type: "string" },
  "passphrase-file": { type: "string" },
  schedule: { type: "string" },
  hour: { type: "string" },
  folder: { type: "string" },
  "keep-days": { type: "string" },
  "root-folder": { type: "string" },
} as const;

function whole(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most)
    throw new UsageError(`--${name} is a whole number from ${least} to ${most}.`);
  return number;
}

async function writeKeys(file: string, output: Output): Promise<number> {
  const { presentKey, readEnv } = await import("@doorstep/server");
  const master = await presentKey(readEnv());
  const content = `${JSON.stringify({ version: master.version, key: master.key.toString("base64") })}\n`;
  writeFileSync(file, content, { mode: 0o600, flag: "wx" });
  if (output.json) output.out(JSON.stringify({ ok: true, keys: resolve(file) }));
  else output.out(`Written to ${resolve(file)}.`);
  output.err(
    "密钥可解开全部数据。请另存他处（如保险柜），不要与备份放在一起。\nWhoever has this key and a backup can read everything. Keep it in another place than the backups, and on paper.",
  );
  return 0;
}

async function schedule(given: Partial<Record<keyof typeof flags, string>>, output: Output): Promise<number> {
  if (given.schedule !== undefined && given.schedule !== "on" && given.schedule !== "off")
    throw new UsageError("--schedule is on or off.");
  const changes = {
    ...(given.schedule !== undefined && { onSchedule: given.schedule === "on" }),
    ...(given.folder !== undefined && { folder: resolve(given.folder) }),
    ...(given["root-folder"] !== undefined && { rootFolder: resolve(given["root-folder"]) }),
  };
  const atHour = whole("hour", given.hour, 0, 23);
  const keepDays = whole("keep-days", given["keep-days"], 1, 3_650);
  const { readPlan, savePlan } = await import("@doorstep/server");
  const { withPlatform } = await import("../with-platform.ts");
  const { readEnv } = await import("@doorstep/server");
  const plan = await withPlatform(output, { plugins: [] }, async ({ database }) => {
    await savePlan(database.owner, {
      ...changes,
      ...(atHour !== undefined && { atHour }),
      ...(keepDays !== undefined && { keepDays }),
    });
    return await readPlan(database.owner, readEnv().dataDir);
  });
  if (output.json) output.out(JSON.stringify({ ok: true, ...plan }));
  else {
    output.out(
      plan.onSchedule
        ? `Every day at ${plan.atHour}:00 into ${plan.folder}, kept for ${plan.keepDays} days.`
        : "Nothing is backed up by itself.",
    );
    output.out(plan.rootFolder ? `The daily root goes to ${plan.rootFolder}.` : "The daily root stays in the house.");
  }
  return 0;
}

/** Makes one archive now. */
export async function backUpNow(
  kind: "byHand" | "export",
  given: { readonly to: string | undefined; readonly passphrase: string | undefined },
  output: Output,
): Promise<number> {
  const server = await import("@doorstep/server");
  const { archiveName, backUp, presentKey, reachDatabase, readEnv, VERSION } = server;
  const env = readEnv();
  const master = await presentKey(env);
  const now = (): Date => new Date();
  const isFolder = given.to !== undefined && existsSync(given.to) && statSync(given.to).isDirectory();
  const target =
    given.to === undefined ? undefined : resolve(isFolder ? join(given.to, archiveName(kind, now())) : given.to);
  if (target !== undefined && existsSync(target)) throw new UsageError(`"${target}" is there already.`);
  const reached = await reachDatabase(env, output.err);
  const since = performance.now();
  try {
    const written = await backUp(
      {
        ownerUrl: reached.ownerUrl,
        dataDir: env.dataDir,
        masterKey: master.key,
        migrations: [...server.ownMigrations, ...server.moduleMigrations(server.plugins)],
        version: VERSION,
        now,
      },
      {
        kind,
        secret:
          given.passphrase === undefined
            ? { kind: "keyFile", key: master.key }
            : { kind: "passphrase", text: given.passphrase },
        ...(target !== undefined && { target }),
        onProgress: progressTo(output.err),
      },
    );
    const seconds = Number(((performance.now() - since) / 1_000).toFixed(1));
    const isGood = written.missing.length === 0;
    if (output.json) output.out(JSON.stringify({ ok: isGood, seconds, ...written }));
    else {
      const { rows, tables, files, bytes } = written;
      output.out(`${written.file}\n${rows} rows of ${tables} tables, ${files} files, ${bytes} bytes, in ${seconds} s.`);
      if (!isGood)
        output.err(`${written.missing.length} files are named by the database and are not whole on the disk.`);
      output.err("The keys are not in it: doorstep backup --keys <file>");
    }
    return isGood ? 0 : 1;
  } finally {
    await reached.close();
  }
}

/** `doorstep backup`: the whole house in one locked file. */
export const backup: Verb = {
  summary: "back up database, files and modules into one locked file, or set when that happens by itself",
  usage,
  async run(args, output) {
    const { values, positionals } = optionsOf(args, flags);
    const [to, ...more] = positionals;
    if (more.length > 0) throw new UsageError("One file or folder.");
    if (values.keys !== undefined) return await writeKeys(values.keys, output);
    const plans = ["schedule", "hour", "folder", "keep-days", "root-folder"] as const;
    if (plans.some((name) => values[name] !== undefined)) return await schedule(values, output);
    return await backUpNow("byHand", { to, passphrase: passphraseIn(values["passphrase-file"]) }, output);
  },
};
