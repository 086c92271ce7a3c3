import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ArchiveManifest } from "@doorstep/sdk";
import { type CheckedArchive, MANIFEST, sha384 } from "../archive/check-archive.ts";
import { archiveManifest, asManifest } from "../archive/manifest-schema.ts";
import type { InstalledArchive } from "./archives.ts";

type InstalledVersion = Pick<InstalledArchive, "pluginId" | "version" | "digest">;

/** Longer than any installation takes; by the clock of the disk. */
const YOUNG_MS = 3_600_000;

/** The unpacked archives in the data folder: `<id>/<version>-<digest>/`, never changed once they are there. */
export interface ArchiveStore {
  folderOf(of: InstalledVersion): string;
  /** One file of it, or `undefined` where it has none of that name. @throws Error where it was changed since */
  read(of: InstalledVersion, name: string): Promise<Buffer | undefined>;
  /** Puts it there whole or not at all. */
  keep(archive: CheckedArchive): Promise<string>;
  /** Removes what nobody refers to and what was only half put there, unless it is so young that somebody is at it. */
  tidy(known: readonly InstalledVersion[]): Promise<void>;
  /** @throws Error where a file is missing or was changed since it was installed */
  open(of: InstalledVersion): Promise<{ readonly folder: string; readonly manifest: ArchiveManifest }>;
}

export function archiveStore(root: string, newId: () => string): ArchiveStore {
  const folderOf: ArchiveStore["folderOf"] = ({ pluginId, version, digest }) =>
    join(root, pluginId, `${version}-${digest.slice(0, 16)}`);
  /** The hash in the database names the manifest, and the manifest every other file. */
  const manifestOf = async (of: InstalledVersion): Promise<ArchiveManifest> => {
    const bytes = await readFile(join(folderOf(of), MANIFEST));
    if (createHash("sha256").update(bytes).digest("hex") !== of.digest) throw new Error(`${MANIFEST} was changed`);
    return asManifest(archiveManifest.parse(JSON.parse(bytes.toString("utf8"))));
  };
  const verified = async (of: InstalledVersion, manifest: ArchiveManifest, name: string): Promise<Buffer> => {
    const bytes = await readFile(join(folderOf(of), name));
    if (sha384(bytes) !== manifest.files[name]) throw new Error(`${name} was changed`);
    return bytes;
  };
  return {
    folderOf,
    async read(of, name) {
      const manifest = await manifestOf(of);
      return Object.hasOwn(manifest.files, name) ? await verified(of, manifest, name) : undefined;
    },
    async keep({ manifest, files, digest }) {
      const folder = folderOf({ pluginId: manifest.id, version: manifest.version, digest });
      const made = `${folder}.${newId()}`;
      for (const [name, bytes] of files) {
        await mkdir(dirname(join(made, name)), { recursive: true });
        await writeFile(join(made, name), bytes, { mode: 0o644 });
      }
      try {
        await rename(made, folder);
      } catch (error) {
        await rm(made, { recursive: true, force: true });
        // the same content is there already
        if (!["ENOTEMPTY", "EEXIST"].includes((error as { code?: string }).code ?? "")) throw error;
      }
      return folder;
    },
    async tidy(known) {
      const kept = new Set(known.map(folderOf));
      // what is looked at before it is decided lies beside them under a dot, and is tidied there
      const plugins = (await readdir(root).catch(() => [])).filter((name) => !name.startsWith("."));
      const found = await Promise.all(
        plugins.map(async (plugin) => (await readdir(join(root, plugin))).map((name) => join(root, plugin, name))),
      );
      for (const folder of found.flat()) {
        if (kept.has(folder)) continue;
        const { mtimeMs } = await stat(folder);
        if (Date.now() - mtimeMs > YOUNG_MS) await rm(folder, { recursive: true, force: true });
      }
    },
    async open(of) {
      const folder = folderOf(of);
      const manifest = await manifestOf(of);
      const there = await readdir(folder, { recursive: true, withFileTypes: true });
      const count = there.filter((entry) => !entry.isDirectory()).length;
      if (count !== Object.keys(manifest.files).length + 1) throw new Error("there is a file too many or too few");
      for (const name of Object.keys(manifest.files)) await verified(of, manifest, name);
      return { folder, manifest };
    },
  };
}
