import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ArchiveManifest } from "@doorstep/sdk";
import { type CheckedArchive, MANIFEST, sha384 } from "../archive/check-archive.ts";
import { archiveManifest, asManifest } from "../archive/manifest-schema.ts";

/** The unpacked archives in the data folder: `<id>/<version>-<digest>/`, never changed once they are there. */
export interface ArchiveStore {
  folderOf(of: { readonly pluginId: string; readonly version: string; readonly digest: string }): string;
  /** Puts it there whole or not at all. */
  keep(archive: CheckedArchive): Promise<string>;
  /** @throws Error where a file is missing or was changed since it was installed */
  open(of: { readonly pluginId: string; readonly version: string; readonly digest: string }): Promise<{
    readonly folder: string;
    readonly manifest: ArchiveManifest;
  }>;
}

export function archiveStore(root: string, newId: () => string): ArchiveStore {
  const folderOf: ArchiveStore["folderOf"] = ({ pluginId, version, digest }) =>
    join(root, pluginId, `${version}-${digest.slice(0, 16)}`);
  return {
    folderOf,
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
    async open(of) {
      const folder = folderOf(of);
      const manifest = asManifest(archiveManifest.parse(JSON.parse(await readFile(join(folder, MANIFEST), "utf8"))));
      const there = await readdir(folder, { recursive: true, withFileTypes: true });
      const count = there.filter((entry) => !entry.isDirectory()).length;
      if (count !== Object.keys(manifest.files).length + 1) throw new Error("there is a file too many or too few");
      for (const [name, hash] of Object.entries(manifest.files))
        if (sha384(await readFile(join(folder, name))) !== hash) throw new Error(`${name} was changed`);
      return { folder, manifest };
    },
  };
}
