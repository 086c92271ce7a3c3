import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { compileCache, openTestDatabase } from "@doorstep/database/testing";
import { rolldown } from "rolldown";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let dataDir: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "doorstep-process-"));
  // As root the database runs under another account, which must reach its folder here.
  chmodSync(dataDir, 0o755);
});
afterEach(() => {
  child?.kill("SIGKILL");
  rmSync(dataDir, { recursive: true, force: true });
});

interface Started {
  readonly output: () => string;
  /** the first words of the pattern, once they were printed */
  readonly printed: (pattern: RegExp) => Promise<string>;
  readonly exit: Promise<number | null>;
}

function start(env: Readonly<Record<string, string>>): Started {
  const one = spawn(process.execPath, ["--conditions=@doorstep/source", join(import.meta.dirname, "main.ts")], {
    env: { PATH: "/usr/bin:/bin", PORT: "0", DOORSTEP_DATA_DIR: dataDir, ...compileCache, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child = one;
  let output = "";
  for (const stream of [one.stdout, one.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const exit = new Promise<number | null>((resolve) => one.once("exit", resolve));
  return {
    output: () => output,
    exit,
    async printed(pattern) {
      for (let waited = 0; waited < 60_000; waited += 50) {
        const found = pattern.exec(output);
        if (found) return found[1] ?? found[0];
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`never printed ${pattern}:\n${output}`);
    },
  };
}

/** Processes that work in a folder: those of a PostgreSQL cluster do. */
const working = (folder: string): readonly string[] =>
  readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  });

describe("the server as a process", () => {
  it("takes nothing new when told to stop, but finishes what it has begun", async () => {
    await using database = await openTestDatabase();
    const server = start({ DATABASE_URL: database.url });
    const url = await server.printed(/(http:\/\/127\.0\.0\.1:\d+)\//);
    const answered = new Promise<number | undefined>((resolve, reject) => {
      const upload = request(`${url}/rpc/files.put`, {
        method: "POST",
        headers: { "content-type": "application/octet-stream", "x-file-name": "slow.pdf" },
      });
      upload.on("response", (response) => resolve(response.resume().statusCode)).on("error", reject);
      upload.write("%PDF-1.4\n");
      setTimeout(() => child?.kill("SIGTERM"), 300);
      setTimeout(() => {
        // a new connection is refused while the old one goes on
        fetch(`${url}/healthz`).then(
          () => reject(new Error("the server still takes new connections")),
          () => upload.end("%%EOF\n"),
        );
      }, 800);
    });
    expect(await answered).toBe(200);
    expect(await server.exit).toBe(0);
    const { rows } = await database.pool.query("select name from kernel.files");
    expect(rows).toEqual([{ name: "slow.pdf" }]);
  }, 90_000);

  it.skipIf(process.platform !== "linux")(
    "takes its embedded database along, also when stopped while it starts",
    async () => {
      const first = start({ DOORSTEP_DEMO: "0" });
      await first.printed(/\/setup#/);
      expect(working(dataDir).length).toBeGreaterThan(0);
      child?.kill("SIGINT");
      expect(await first.exit).toBe(0);
      expect(working(dataDir)).toEqual([]);

      const second = start({ DOORSTEP_DEMO: "0" });
      while (working(dataDir).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      child?.kill("SIGINT");
      expect(await second.exit).toBe(0);
      expect(working(dataDir)).toEqual([]);
    },
    120_000,
  );

  it("says in one sentence why it cannot start", async () => {
    const wrong = start({ PORT: "eighty" });
    expect(await wrong.exit).toBe(1);
    expect(wrong.output()).toMatch(/PORT/);
    expect(wrong.output()).not.toMatch(/\n\s+at /);

    await using database = await openTestDatabase();
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as { port: number };
    const taken = start({ PORT: String(port), DATABASE_URL: database.url });
    expect(await taken.exit).toBe(1);
    expect(taken.output()).toContain(`Port ${port} is in use`);
    other.close();
  }, 90_000);
});

it("ends when it is told to, also where tidying up fails", async () => {
  const script = `
    const { runProcess } = await import(${JSON.stringify(join(import.meta.dirname, "run-process.ts"))});
    const { createLog } = await import(${JSON.stringify(join(import.meta.dirname, "log.ts"))});
    setInterval(() => undefined, 1_000);
    await runProcess(createLog(), async () => ({ stop: () => Promise.reject(new Error("the database is gone")) }));
    process.stdout.write("up");
  `;
  const stuck = spawn(process.execPath, ["--conditions=@doorstep/source", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  child = stuck;
  const exit = new Promise((resolve) => stuck.once("exit", resolve));
  stuck.stdout.once("data", () => stuck.kill("SIGTERM"));
  expect(await exit).toBe(1);
}, 30_000);

/** Everything of ours that an entry pulls in, as one text. */
async function bundleOf(entry: string): Promise<string> {
  const bundle = await rolldown({
    input: join(import.meta.dirname, entry),
    platform: "node",
    logLevel: "silent",
    resolve: { conditionNames: ["@doorstep/source", "node", "import", "default"] },
    external: (id) => !id.startsWith(".") && !isAbsolute(id) && !id.startsWith("@doorstep/"),
  });
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  return output.map((part) => (part.type === "chunk" ? part.code : "")).join("\n");
}

describe("a release", () => {
  const clock = /DOORSTEP_NOW|\/test\/clock/;
  it("holds no clock that can be set", async () => {
    const release = await bundleOf("main.ts");
    expect(release).toContain("/api/setup");
    expect(release).not.toMatch(clock);
    // the same look at the test build finds it
    expect(await bundleOf("testing/main.ts")).toMatch(clock);
  }, 60_000);

  it("keeps it out of the page files too", () => {
    for (const name of ["index.html", "page.js"])
      expect(readFileSync(join(import.meta.dirname, "setup", "page", name), "utf8")).not.toMatch(clock);
  });
});
