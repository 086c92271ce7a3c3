import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, expect, test } from "vitest";
import { askServer } from "./answers.ts";
import { type EmbeddedServer, startEmbedded } from "./start-embedded.ts";

const cleanUp: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

function dataFolder(...below: string[]): string {
  const root = mkdtempSync(join(tmpdir(), "doorstep-embedded-"));
  chmodSync(root, 0o755);
  cleanUp.push(() => rmSync(root, { recursive: true, force: true }));
  return join(root, ...below);
}

async function start(dataDir: string, log?: (line: string) => void): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir, ...(log && { log }) });
  cleanUp.push(() => server.stop());
  return server;
}

let kept: string | undefined;
afterAll(() => kept && rmSync(kept, { recursive: true, force: true }));

/** A folder in which the cluster lies already: to create it takes longest, and is what only some of the tests are about. */
async function createdFolder(): Promise<string> {
  if (kept === undefined) {
    const root = mkdtempSync(join(tmpdir(), "doorstep-embedded-"));
    chmodSync(root, 0o755);
    await (await startEmbedded({ dataDir: join(root, "data") })).stop();
    kept = root;
  }
  const folder = dataFolder("data");
  // with the account to which it belongs
  execFileSync("cp", ["-a", join(kept, "data"), folder]);
  return folder;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that starts the server over the folder, prints `up`, and never stops it by itself. */
async function startElsewhere(dataDir: string): Promise<ChildProcess> {
  const module = JSON.stringify(join(import.meta.dirname, "start-embedded.ts"));
  const code = `const { startEmbedded } = await import(${module}); await startEmbedded({ dataDir: ${JSON.stringify(dataDir)} }); console.log("up");`;
  const child = spawn(process.execPath, ["--conditions=@doorstep/source", "--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  cleanUp.push(() => child.kill("SIGKILL"));
  await once(child.stdout, "data");
  return child;
}

async function killHard(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

const postmasterPid = (dataDir: string) =>
  Number(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n", 1)[0]);

test("what was written is there after stop and start, in a folder with blanks and Han characters", async () => {
  const dataDir = dataFolder("连心桥 数据, 'eins' \"zwei\"");
  const first = await start(dataDir);
  await query(first.url, "create table letter (body text); insert into letter values ('住房补贴')");
  await first.stop();
  expect(await askServer(first.url)).toBe("down");

  const second = await start(dataDir);

  expect(second).toMatchObject({ url: first.url, adopted: false });
  expect(await query(second.url, "select body from letter")).toEqual([{ body: "住房补贴" }]);
});

test("Han text can be searched and sorted, plans are made for this hardware", async () => {
  const { url } = await start(await createdFolder());

  await query(url, "create extension pg_trgm");

  expect(await query(url, "select cardinality(show_trgm('住房补贴')) > 0 as searchable")).toEqual([
    { searchable: true },
  ]);
  expect(
    await query(url, `select string_agg(n, '' order by n collate "zh-x-icu") as n from unnest('{张,安,李}'::text[]) n`),
  ).toEqual([{ n: "安李张" }]);
  expect(await query(url, "select current_setting('jit') as jit, current_setting('random_page_cost') as cost")).toEqual(
    [{ jit: "off", cost: "1.1" }],
  );
});

test("nobody enters without the password, and only we can read it", async () => {
  const dataDir = await createdFolder();
  const { url } = await start(dataDir);
  const withoutPassword = new URL(url);
  withoutPassword.password = "guess";

  expect(await askServer(withoutPassword.href)).toBe("refused");
  expect(statSync(join(dataDir, "postgres", "doorstep.secret")).mode & 0o777).toBe(0o600);
  expect(statSync(join(dataDir, "postgres")).mode & 0o777).toBe(0o700);
});

test("after kill -9 of the process the server it left behind is taken over, and can be stopped", async () => {
  const dataDir = await createdFolder();
  const child = await startElsewhere(dataDir);
  const pid = postmasterPid(dataDir);
  await killHard(child);

  const server = await start(dataDir);

  expect(server.adopted).toBe(true);
  expect(postmasterPid(dataDir)).toBe(pid);
  await server.stop();
  expect(await askServer(server.url)).toBe("down");
});

test("after kill -9 of the server too, the next start recovers every committed row", async () => {
  const dataDir = await createdFolder();
  const child = await startElsewhere(dataDir);
  const helper = await start(dataDir);
  await query(helper.url, "create table letter (id int); insert into letter select generate_series(1, 1000)");
  await killHard(child);
  process.kill(postmasterPid(dataDir), "SIGKILL");

  const server = await start(dataDir);

  expect(await query(server.url, "select count(*)::int as n from letter")).toEqual([{ n: 1000 }]);
});

test("a server that dies while we run is started again, with every committed row", async () => {
  const dataDir = await createdFolder();
  const lines: string[] = [];
  const server = await start(dataDir, (line) => lines.push(line));
  await query(server.url, "create table letter (id int); insert into letter values (1)");

  process.kill(postmasterPid(dataDir), "SIGKILL");
  await expect.poll(() => lines, { timeout: 20_000 }).toContain("The database is back.");

  expect(await query(server.url, "select id from letter")).toEqual([{ id: 1 }]);
});

test("a lock file that names a living stranger does not keep us out", async () => {
  const dataDir = await createdFolder();
  const first = await start(dataDir);
  await first.stop();
  const stranger = spawn("sleep", ["60"], statSync(join(dataDir, "postgres")).uid === 0 ? {} : ownerOf(dataDir));
  cleanUp.push(() => stranger.kill("SIGKILL"));
  const cluster = join(dataDir, "postgres");
  writeFileSync(join(cluster, "postmaster.pid"), `${stranger.pid}\n${cluster}\n1\n5432\n${cluster}\n\n0 0\nready\n`);

  const second = await start(dataDir);

  expect(await query(second.url, "select 1 as up")).toEqual([{ up: 1 }]);
});

function ownerOf(dataDir: string) {
  const { uid, gid } = statSync(join(dataDir, "postgres"));
  return process.getuid?.() === 0 ? { uid, gid } : {};
}

test("two processes over one folder share the server; it stays up until the last one stops", async () => {
  const dataDir = dataFolder();
  const [first, second] = await Promise.all([start(dataDir), start(dataDir)]);

  await first.stop();
  expect(await query(second.url, "select 1 as up")).toEqual([{ up: 1 }]);
  await second.stop();

  expect(await askServer(second.url)).toBe("down");
});

test("a creation that was cut off is begun anew", async () => {
  const dataDir = dataFolder();
  const unfinished = join(dataDir, "postgres.new-4194999-abcd");
  mkdirSync(unfinished, { recursive: true });
  writeFileSync(join(unfinished, "PG_VERSION"), "18\n");

  const server = await start(dataDir);

  expect(await query(server.url, "select 1 as up")).toEqual([{ up: 1 }]);
  expect(existsSync(unfinished)).toBe(false);
});

test("a lost password file is replaced, the data stay", async () => {
  const dataDir = await createdFolder();
  const first = await start(dataDir);
  await query(first.url, "create table letter (id int)");
  await first.stop();
  rmSync(join(dataDir, "postgres", "doorstep.secret"));

  const second = await start(dataDir);

  expect(await query(second.url, "select count(*)::int as n from letter")).toEqual([{ n: 0 }]);
});

test("data of another PostgreSQL version are refused and left as they are", async () => {
  const dataDir = await createdFolder();
  await (await start(dataDir)).stop();
  writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "17\n");

  await expect(startEmbedded({ dataDir })).rejects.toThrow("written by PostgreSQL 17");
});

test("a setting that PostgreSQL refuses is reported with the end of its log", async () => {
  const dataDir = await createdFolder();
  await (await start(dataDir)).stop();
  writeFileSync(join(dataDir, "postgres", "custom.conf"), "max_connections = -1\n");

  await expect(startEmbedded({ dataDir })).rejects.toThrow(/did not start[\s\S]*max_connections/);
});
