import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DoorstepError } from "@doorstep/contracts";
import { deriveKeys, openEpoch, verifyLedger } from "@doorstep/kernel";
import { parseKeyFile } from "../keys/key-file.ts";
import { createLog } from "../log.ts";
import { ownMigrations } from "../migrations.ts";
import { openPlatform, VERSION } from "../open-platform.ts";
import type { ArchiveSecret } from "./archive-secret.ts";
import { noteOfHouse } from "./note-of-house.ts";
import { assertEmptyFolder, type HousePlace, presentKey, reachDatabase } from "./place.ts";
import { admitArchive, restoreArchive } from "./restore-archive.ts";

export interface RestoreOptions {
  readonly archive: string;
  readonly place: HousePlace;
  /** a key file that is not in its place yet */
  readonly keys?: string;
  readonly passphrase?: string;
  readonly print: (line: string) => void;
  readonly now: () => Date;
  readonly onProgress?: (what: string, done: number, all: number) => void;
}

export interface Restored {
  readonly at: string;
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  readonly ledger: { readonly ok: boolean; readonly entries: number; readonly seals: number };
}

/**
 * Restores an archive into an empty place: reads it through first, makes schema, rows and files, compares them, proves
 * the ledger, and leaves the fact in the ledger.
 *
 * @throws DoorstepError that says what to do; before the archive was read to its end nothing is made.
 */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const { archive, place, print } = options;
  assertEmptyFolder(place.dataDir, archive);
  const keyThere = join(place.dataDir, "doorstep.key");
  if (options.keys !== undefined && existsSync(keyThere))
    throw new DoorstepError("backup.notEmpty", { place: keyThere });
  const master =
    options.keys === undefined
      ? await presentKey(place)
      : parseKeyFile(await readFile(options.keys, "utf8"), options.keys);
  const keys = deriveKeys(master.key, master.version);
  const secret: ArchiveSecret =
    options.passphrase === undefined
      ? { kind: "keyFile", key: master.key }
      : { kind: "passphrase", text: options.passphrase };
  print("Reading the archive through.");
  const ours = { masterKey: master.key, migrations: ownMigrations, version: VERSION };
  const checked = await admitArchive(archive, secret, ours);
  await mkdir(place.dataDir, { recursive: true });
  if (options.keys !== undefined) {
    await copyFile(options.keys, keyThere);
    await writeFile(keyThere, await readFile(keyThere), { mode: 0o600 });
  }
  const reached = await reachDatabase(place, print);
  try {
    await restoreArchive(
      archive,
      secret,
      checked,
      {
        ...ours,
        ownerUrl: reached.ownerUrl,
        dataDir: place.dataDir,
        passwordOf: (role) =>
          keys.derive(role === "app" ? "role:doorstep_app" : `role:plugin:${role.plugin}`).toString("base64url"),
      },
      options.onProgress,
    );
    print("Everything is there; proving the ledger.");
    const { head, manifest } = checked;
    const ledger = await provenLedger(options, head.seal, head.at);
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    return { at: head.at, tables: manifest.tables.length, rows, files: manifest.files.count, ledger };
  } finally {
    await reached.close();
  }
}

/** Opens what was restored as a start would, without modules, and proves its ledger up to the seal of the archive. */
async function provenLedger(
  { place, print, now, keys }: RestoreOptions,
  seal: { readonly no: number; readonly hash: string } | null,
  from: string,
): Promise<Restored["ledger"]> {
  const env = { ...place, ...(keys !== undefined && { keyFile: undefined, keyCommand: undefined }) };
  const platform = await openPlatform({
    env: { ...env, safeMode: true, upgradeWithoutBackup: true },
    plugins: [],
    log: createLog({ level: "error" }),
    print,
    now,
  });
  try {
    const { kernel } = platform;
    const proof = await verifyLedger(kernel);
    const { rowCount } = await kernel.pool.query(
      "select 1 from kernel.seals where no = $1 and hash = decode($2, 'hex')",
      [seal?.no ?? 0, seal?.hash ?? ""],
    );
    const ok = proof.ok && (seal === null || rowCount === 1);
    await openEpoch(kernel);
    await noteOfHouse(kernel, "system", "house.restored", {
      backupOf: from,
      lastSeal: seal?.no ?? 0,
      ledgerWhole: ok,
    });
    return { ok, entries: proof.entries, seals: proof.seals };
  } finally {
    await platform.close();
  }
}
