import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { compileCache, postmasterOf } from "@doorstep/database/testing";
import { createLog, readEnv, startServer } from "@doorstep/server";
import { seedPeople, TEST_PASSWORD } from "@doorstep/server/testing";
import { choose, signIn } from "../house.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..", "..");
const UP_WITHIN_MS = 120_000;

/** As root the database runs under another account, which must reach its folder here. */
function reachableFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "doorstep-kill-"));
  chmodSync(folder, 0o755);
  return folder;
}

/** The unit whose petitions the work is about. */
export const UNIT = "FIRST";

/** The server as `npm start` runs it, with its own database and a small house in it; it can be killed and started again. */
export class KillableServer implements AsyncDisposable {
  readonly #dataDir = reachableFolder();
  readonly #port = 20_000 + (process.pid % 20_000);
  #server: ChildProcess | undefined;
  readonly url = `http://127.0.0.1:${this.#port}`;

  /** Lays the house into the empty database: a moment, where the whole demo takes the better part of a minute. */
  async furnish(): Promise<void> {
    const first = await startServer({
      env: readEnv(this.#env),
      log: createLog({ level: "silent" }),
      print: () => undefined,
      now: () => new Date(),
    });
    const { platform, url } = first;
    const { units } = await seedPeople(
      { platform, database: { pool: platform.database.app } },
      [{ code: UNIT }],
      [
        { username: "officer", unit: UNIT, roles: [{ role: "officer" }] },
        { username: "handler", unit: UNIT, roles: [{ role: "handler" }] },
        { username: "admin", unit: UNIT, roles: [{ role: "platformAdmin", subtree: true }] },
      ],
    );
    await choose(url, units.get(UNIT), "online-petition", "on");
    await first.stop();
  }

  /** Resolves when it can serve. */
  async start(): Promise<void> {
    this.#server = this.#spawn("apps/server/src/main.ts", []);
    await this.#serves();
  }

  /** Ends one process without a chance to tidy up, and gives when the service is there again. */
  async kill(victim: "server" | "database"): Promise<void> {
    if (victim === "server") {
      await this.#end("SIGKILL");
      await this.start();
      return;
    }
    const pid = postmasterOf(this.#dataDir);
    if (pid === undefined) throw new Error("there is no database to kill");
    process.kill(pid, "SIGKILL");
    // Its children answer for a moment longer: only the next one counts.
    await this.#serves(() => postmasterOf(this.#dataDir) !== pid);
  }

  /** Runs one verb of the command line over the same data; gives its exit code and the JSON it wrote. */
  async doorstep(...args: readonly string[]): Promise<{ readonly code: number | null; readonly said: string }> {
    const child = this.#spawn("packages/cli/src/main.ts", [...args, "--json"]);
    let said = "";
    child.stdout?.on("data", (chunk) => {
      said += chunk;
    });
    const code = await new Promise<number | null>((done) => child.once("close", done));
    return { code, said };
  }

  signIn(username: string): Promise<string> {
    return signIn(this.url, username, TEST_PASSWORD);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end("SIGTERM");
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  #spawn(file: string, args: readonly string[]): ChildProcess {
    return spawn(process.execPath, ["--conditions=@doorstep/source", file, ...args], {
      cwd: ROOT,
      env: this.#env,
      stdio: ["ignore", args.length > 0 ? "pipe" : "ignore", "ignore"],
    });
  }

  get #env(): NodeJS.ProcessEnv {
    return {
      // biome-ignore lint/style/noProcessEnv: the child's environment is ours plus its own settings.
      ...process.env,
      ...compileCache,
      PORT: String(this.#port),
      DOORSTEP_DATA_DIR: this.#dataDir,
      // what is sent here by the hundred is no flood
      DOORSTEP_FILING_BUDGET: "999999/999999",
      NODE_ENV: "production",
    };
  }

  async #serves(also: () => boolean = () => true): Promise<void> {
    const until = performance.now() + UP_WITHIN_MS;
    while (performance.now() < until) {
      const answer = await fetch(`${this.url}/healthz`).catch(() => undefined);
      if (answer?.ok && also()) return;
      if (this.#server?.exitCode !== null) throw new Error(`the server ended with ${this.#server?.exitCode}`);
      await sleep(100);
    }
    throw new Error("the server did not come up");
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const running = this.#server;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((done) => running.once("exit", done));
    running.kill(signal);
    await ended;
  }
}
