import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { askServer } from "./answers.ts";
import type { Binaries } from "./binaries.ts";
import type { Place } from "./place.ts";
import { lockedBy, removeStaleLock } from "./stale-lock.ts";

const RETRY_MS = 100;
/** A killed predecessor may hold its lock until its last process is gone. */
const LOCKED_FOR_MS = 30_000;
const STOP_WITHIN_MS = 60_000;
const LOG_LIMIT_BYTES = 10 * 1024 ** 2;

/** Refusals that pass by themselves: a predecessor is still dying. */
const STILL_LOCKED = /lock file "[^"]*" already exists|is still in use|already in use/;

/** The server process of one cluster: started detached, so that a killed parent leaves it running and whole. */
export class Postmaster {
  readonly #binaries: Binaries;
  readonly #place: Place;
  readonly #url: string;
  readonly #log: (line: string) => void;
  readonly #logFile: string;
  #child: ChildProcess | undefined;
  #logStart = 0;

  constructor(binaries: Binaries, place: Place, url: string, log: (line: string) => void) {
    this.#binaries = binaries;
    this.#place = place;
    this.#url = url;
    this.#log = log;
    this.#logFile = join(place.dataDir, "postgres.log");
  }

  /**
   * Gives when the server answers, starting it if nothing does. Whether one runs is decided by connecting alone.
   *
   * @returns true when it was running already.
   */
  async ensureUp(): Promise<boolean> {
    let started = false;
    let lockedForMs = 0;
    for (let round = 0; ; round += 1) {
      const answer = await askServer(this.#url);
      if (answer === "up") return !started;
      if (answer === "refused") throw new Error(this.#wrongPassword());
      if (answer === "busy") {
        if (round % 50 === 49) this.#log("The database is recovering; this may take a while.");
      } else if (!this.#running()) {
        if (started) {
          lockedForMs += RETRY_MS;
          this.#judgeRefusal(lockedForMs);
        }
        this.#spawn();
        started = true;
      }
      await sleep(RETRY_MS / 2);
    }
  }

  /** Stops the server: connections are cut, what was committed is on the disk. */
  async stop(): Promise<void> {
    const child = this.#child;
    const ended = child && child.exitCode === null && child.signalCode === null ? once(child) : undefined;
    // The lock goes before the process does: without a hold on it the program could end in the middle of the wait.
    child?.ref();
    const pid = lockedBy(this.#place.cluster);
    if (pid === undefined || (await askServer(this.#url)) === "down") return;
    process.kill(pid, "SIGINT");
    for (let waited = 0; lockedBy(this.#place.cluster) === pid; waited += RETRY_MS / 4) {
      if (waited >= STOP_WITHIN_MS) {
        process.kill(pid, "SIGQUIT");
        break;
      }
      await sleep(RETRY_MS / 4);
    }
    await ended;
  }

  #running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  #spawn(): void {
    this.#logStart = this.#turnLog();
    const log = openSync(this.#logFile, "a", 0o600);
    this.#child = spawn(this.#binaries.postgres, ["-D", this.#place.cluster], {
      ...this.#place.account,
      cwd: "/",
      env: { PATH: "/usr/bin:/bin", LC_ALL: "C" },
      detached: true,
      stdio: ["ignore", log, log],
    });
    this.#child.on("error", () => undefined);
    this.#child.unref();
    closeSync(log);
  }

  /** Keeps one old log, so that the file does not grow without end. */
  #turnLog(): number {
    try {
      const { size } = statSync(this.#logFile);
      if (size < LOG_LIMIT_BYTES) return size;
      renameSync(this.#logFile, `${this.#logFile}.1`);
    } catch {
      // There is no log before the first start.
    }
    return 0;
  }

  /** Waits out a lock, removes a stale one, and throws for every other reason. */
  #judgeRefusal(lockedForMs: number): void {
    const output = readFileSync(this.#logFile).subarray(this.#logStart).toString("utf8").trim();
    if (!STILL_LOCKED.test(output) || lockedForMs > LOCKED_FOR_MS) {
      throw new Error(`The database did not start. Its log ${this.#logFile} ends:\n${output.slice(-2_000)}`);
    }
    if (removeStaleLock(this.#place.cluster))
      this.#log("Removed the lock file of a run that ended without cleaning up.");
  }

  #wrongPassword(): string {
    return `The database in ${this.#place.cluster} runs but refuses the password in its file doorstep.secret. Stop process ${lockedBy(this.#place.cluster) ?? "postgres"} and start again.`;
  }
}

function once(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once("exit", () => resolve()));
}
