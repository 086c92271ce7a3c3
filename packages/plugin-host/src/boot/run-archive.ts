import { join } from "node:path";
import type { Kernel } from "@doorstep/kernel";
import type { Manifest } from "@doorstep/sdk";
import { SERVER } from "../archive/check-archive.ts";
import { inProcess, inThread, type Start } from "../remote/carriers.ts";
import { remoteServer } from "../remote/remote-server.ts";
import { type Patience, supervise } from "../remote/supervise.ts";
import { lineOf, problem } from "./problems.ts";
import type { Candidate } from "./sources.ts";
import { reject } from "./sources.ts";

/** How archives are run. */
export interface ArchiveRunning {
  /** id of the platform's own key: what it signed was built from this source tree */
  readonly ownKey: string;
  readonly patience?: Patience;
  /** told when a process that had come up ends unasked */
  readonly onEnd?: (manifest: Manifest) => void;
}

/** A thread for what was built here, a process that is kept from everything else for the rest. */
const startFor = (running: ArchiveRunning, publisher: string | null): Start =>
  publisher === running.ownKey ? inThread : inProcess;

/** Starts the server half of an archive whose tables are ready; where it does not come up the plugin is rejected. */
export async function runArchive(candidate: Candidate, kernel: Kernel, running: ArchiveRunning): Promise<Candidate> {
  const { source, plugin } = candidate;
  const { archive } = source;
  if (plugin.state === "rejected" || !archive) return candidate;
  const { manifest } = plugin;
  const start = startFor(running, archive.publisher);
  try {
    const remote = await supervise({
      manifest,
      start: () => start(source.root, join(source.root, SERVER)),
      database: plugin.databaseUrl ?? null,
      now: () => kernel.now().getTime(),
      log: (level, message, facts) => kernel.log[level](message, { ...facts, plugin: manifest.id }),
      onEnd: () => running.onEnd?.(manifest),
      ...(running.patience && { patience: running.patience }),
    });
    return { source, plugin: { ...plugin, remote, server: remoteServer(manifest, remote) } };
  } catch (error) {
    return reject(candidate, problem("plugin.loadFailed", { error: lineOf(error) }));
  }
}
