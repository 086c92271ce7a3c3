import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { call, signIn } from "./house.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const dataDir = mkdtempSync(join(tmpdir(), "doorstep-kill-"));
const port = 20_000 + (process.pid % 20_000);
const url = `http://127.0.0.1:${port}`;
let server: ChildProcess | undefined;
afterAll(async () => {
  await stop("SIGTERM");
  rmSync(dataDir, { recursive: true, force: true });
});

/** The server as `npm start` runs it, with its own database and the demo; resolves when it can serve. */
async function start(): Promise<void> {
  server = spawn(process.execPath, ["--conditions=@doorstep/source", "apps/server/src/main.ts"], {
    cwd: root,
    // biome-ignore lint/style/noProcessEnv: the child's environment is ours plus its own settings.
    env: { ...process.env, PORT: String(port), DOORSTEP_DATA_DIR: dataDir, NODE_ENV: "production" },
    stdio: "ignore",
  });
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error("the server did not come up");
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  const running = server;
  if (!running || running.exitCode !== null || running.signalCode !== null) return;
  const ended = new Promise((done) => running.once("exit", done));
  running.kill(signal);
  await ended;
}

interface Filed {
  readonly key: string;
  readonly caseNo: string;
  readonly returnCode: string;
}

const petition = (key: string, unitId: string) => ({
  key,
  unitId,
  channel: "online-petition/online",
  via: "online",
  purpose: "solve",
  title: "停电时提交的信访",
  body: "服务器随时可能断电，已确认收到的信访一件也不能丢。",
  anonymity: "anonymous",
});

/** Files without pause until the connection breaks; keeps only what the server has acknowledged. */
async function fileUntilBroken(unitId: string, acknowledged: Filed[]): Promise<string> {
  for (;;) {
    const key = `kill-${randomUUID()}`;
    try {
      const result = await call(url, "", "intake.file", petition(key, unitId));
      acknowledged.push({ key, caseNo: result.caseNo, returnCode: result.returnCode });
    } catch {
      return key;
    }
  }
}

test("kill -9 while petitions come in loses no acknowledged one, and a repeated key files nothing twice", {
  timeout: 400_000,
}, async () => {
  await start();
  const accounts: readonly { username: string; password: string; role: string }[] = JSON.parse(
    readFileSync(join(dataDir, "demo-accounts.json"), "utf8"),
  );
  const admin = accounts.find((a) => a.role === "auditor") ?? accounts[0];
  const units = await call(url, "", "units.find", { q: "", limit: 50 });
  const unitId: string = units.items.at(-1).id;
  const acknowledged: Filed[] = [];
  const broken: string[] = [];
  for (let round = 0; round < 3; round++) {
    const lanes = Array.from({ length: 4 }, () => fileUntilBroken(unitId, acknowledged));
    await new Promise((done) => setTimeout(done, 400 + round * 333));
    await stop("SIGKILL");
    broken.push(...(await Promise.all(lanes)));
    await start();
  }

  expect(acknowledged.length).toBeGreaterThan(10);
  for (const filed of acknowledged) {
    const again = await call(url, "", "intake.file", petition(filed.key, unitId));
    expect([again.caseNo, again.returnCode]).toEqual([filed.caseNo, filed.returnCode]);
  }
  for (const key of broken)
    expect((await call(url, "", "intake.file", petition(key, unitId))).caseNo).toMatch(/^\d{4}-/);
  const cookie = await signIn(url, admin?.username ?? "", admin?.password);
  const proof = await call(url, cookie, "ledger.verify", {});
  expect(proof).toMatchObject({ ok: true, faults: [] });
});
