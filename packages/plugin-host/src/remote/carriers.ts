import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import type { Socket } from "node:net";
import { Worker } from "node:worker_threads";
import { type FromPlugin, frameOf, frameReader, type Port, type ToPlugin } from "@doorstep/sdk/runner";

/** A thread or process that runs one plugin, and the line to it. */
export interface Carrier extends Port<ToPlugin, FromPlugin> {
  /** Told once, whatever ended it; one line about why. */
  onEnd(hear: (why: string) => void): void;
  kill(): Promise<void>;
  readonly where: "thread" | "process";
  /** bytes it holds; `null` where the machine does not tell */
  memory(): Promise<number | null>;
}

/** Starts the server half of an unpacked archive. */
export type Start = (folder: string, entry: string) => Carrier;

/** Memory of one plugin, in MB: enough for any of ours ten times over. */
const MEMORY_MB = 128;

/** A thread: isolates faults, not malice. For what was built from this source tree. */
export const inThread: Start = (_folder, entry) => {
  const worker = new Worker(entry, {
    env: {},
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, stackSizeMb: 4 },
  });
  // read and thrown away: a plugin logs by its context, and words that it prints may be anybody's
  worker.stdout.resume();
  worker.stderr.resume();
  let why = "ended";
  worker.on("error", (error) => {
    why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  });
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (hear) => void worker.on("message", hear),
    onEnd: (hear) => void worker.on("exit", (code) => hear(`${why} (${code})`)),
    kill: async () => {
      await worker.terminate();
    },
    where: "thread",
    memory: async () => (await worker.getHeapStatistics().catch(() => null))?.total_physical_size ?? null,
  };
};

/** What a process holds in memory, where the system tells it as Linux does. */
async function residentBytes(pid: number | undefined): Promise<number | null> {
  const status = pid === undefined ? "" : await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1_024;
}

/** The fourth of a child's files: the line to it, beside what it reads and prints. */
const LINE_FD = 3;

/**
 * A process of its own that can read its own folder and nothing else, and start nothing. For every archive from
 * elsewhere. Node has no switch for the network yet: whoever installs it decides about that by whom he trusts.
 */
export const inProcess: Start = (folder, entry) => {
  const fences = ["--permission", `--allow-fs-read=${folder}`, `--max-old-space-size=${MEMORY_MB}`];
  const child = spawn(process.execPath, [...fences, entry], {
    cwd: folder,
    env: {},
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const line = child.stdio[LINE_FD] as Socket | null | undefined;
  const ended = Promise.withResolvers<string>();
  // one that could not be started at all has no exit
  child.on("error", (error) => ended.resolve(`${error.name}: ${error.message}`));
  child.on("exit", (code, signal) => ended.resolve(`ended (${signal ?? code})`));
  // a line that is just closing is told by the end of the process
  line?.on("error", () => undefined);
  return {
    post: (message) => void (line?.writable && line.write(frameOf(message))),
    onMessage(hear) {
      const read = frameReader((message) => hear(message as FromPlugin));
      line?.on("data", (piece: Buffer) => {
        try {
          read(piece);
        } catch {
          line.destroy();
          child.kill("SIGKILL");
        }
      });
    },
    onEnd: (hear) => void ended.promise.then(hear),
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await ended.promise;
    },
    where: "process",
    memory: async () => await residentBytes(child.pid),
  };
};
