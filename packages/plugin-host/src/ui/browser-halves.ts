import type { Kernel } from "@doorstep/kernel";
import { lineOf } from "../boot/problems.ts";
import type { ArchiveStore } from "../installed/archive-store.ts";
import { archivesOf } from "../installed/archives.ts";
import type { Snapshot } from "../registry.ts";
import { addressOf, integrityOf } from "./addresses.ts";

export type UiApp = "portal" | "admin";

/** What browsers load of the modules that were installed. */
export interface BrowserHalves {
  /** The hash of every script of the modules that run, by its address. */
  integrity(app: UiApp): Readonly<Record<string, string>>;
  /** A file of any version of a module that runs, its bytes as they were signed: an open page may be of an older one. */
  read(pluginId: string, version: string, file: string): Promise<Buffer | undefined>;
}

interface Options {
  readonly kernel: Pick<Kernel, "pool" | "log">;
  readonly snapshot: () => Snapshot;
  readonly store: ArchiveStore | undefined;
}

/** The server half is not for browsers, nor is anything else that lies beside it. */
const FILE = /^ui\/(?:portal|admin)\/[\w-]+\.(?:js|css)$/;

export function browserHalves({ kernel, snapshot, store }: Options): BrowserHalves {
  return {
    integrity: (app) =>
      Object.fromEntries(
        [...snapshot().plugins.values()].flatMap(({ archive }) =>
          Object.keys(archive?.files ?? {}).flatMap((file) =>
            archive && file.startsWith(`ui/${app}/`) && file.endsWith(".js")
              ? [[addressOf(archive, file), integrityOf(archive, file)]]
              : [],
          ),
        ),
      ),
    async read(pluginId, version, file) {
      if (!store || !FILE.test(file)) return undefined;
      const installed = await archivesOf(kernel.pool, pluginId);
      // What was taken out of service goes on in no page either.
      if (installed.every((one) => one.activeSince === null)) return undefined;
      for (const one of installed.filter((known) => known.version === version)) {
        try {
          const bytes = await store.read(one, file);
          if (bytes) return bytes;
        } catch (error) {
          kernel.log.error("a file of a module is not as it was installed", {
            plugin: pluginId,
            version,
            error: lineOf(error),
          });
        }
      }
      return undefined;
    },
  };
}
