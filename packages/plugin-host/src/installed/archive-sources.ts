import type { Kernel } from "@doorstep/kernel";
import type { PluginSource } from "../boot/sources.ts";
import type { ArchiveStore } from "./archive-store.ts";
import { activeArchives, type InstalledArchive } from "./archives.ts";

const notHere = (): Promise<never> => Promise.reject(new Error("the code of an archive is not loaded here"));

async function sourceOf(store: ArchiveStore, installed: InstalledArchive): Promise<PluginSource> {
  const { pluginId: id, publisher, digest, version } = installed;
  try {
    const { folder, manifest } = await store.open(installed);
    return { id, root: folder, load: notHere, archive: { manifest, digest, publisher }, installed: version };
  } catch (error) {
    return { id, root: store.folderOf(installed), load: () => Promise.reject(error), installed: version };
  }
}

/** The archives that are to run, each looked through once more. */
export async function archiveSources(
  { store }: { readonly store: ArchiveStore },
  kernel: Pick<Kernel, "pool">,
): Promise<readonly PluginSource[]> {
  const active = await activeArchives(kernel.pool);
  return await Promise.all([...active.values()].map((one) => sourceOf(store, one)));
}
