import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { askServer } from "./answers.ts";
import { binariesAt, findBinaries } from "./binaries.ts";
import { makeReachable } from "./make-reachable.ts";
import { choosePlace } from "./place.ts";
import { startEmbedded } from "./start-embedded.ts";

const weAreRoot = process.getuid?.() === 0;
/** An account that has only the rights of "others" on what we make. */
const stranger = { uid: 65_534, gid: 65_534 };

function folder(mode: number): string {
  const made = realpathSync(mkdtempSync(join(tmpdir(), "doorstep-place-")));
  chmodSync(made, mode);
  return made;
}

test("an open data folder holds the cluster and its socket", () => {
  const dataDir = folder(0o755);

  expect(choosePlace(dataDir, stranger)).toMatchObject({
    cluster: join(dataDir, "postgres"),
    socketDir: join(dataDir, "postgres"),
    moved: false,
  });
});

test("behind a closed folder the cluster goes to a place that its account can reach, always the same one", () => {
  const closed = folder(0o700);
  const system = folder(0o755);

  const first = choosePlace(join(closed, ".doorstep"), stranger, system);
  const again = choosePlace(join(closed, ".doorstep"), stranger, system);
  const other = choosePlace(join(closed, "other"), stranger, system);

  expect(first.moved).toBe(true);
  expect(first.cluster.startsWith(system)).toBe(true);
  expect(again.cluster).toBe(first.cluster);
  expect(other.cluster).not.toBe(first.cluster);
});

test("a path too long for a socket gets a short private folder, counted in bytes", () => {
  const dataDir = join(folder(0o755), "访".repeat(25));

  const { socketDir } = choosePlace(dataDir, {});
  const { mode } = statSync(socketDir);
  rmSync(socketDir, { recursive: true });

  expect(Buffer.byteLength(join(socketDir, ".s.PGSQL.5432.lock"))).toBeLessThan(90);
  expect(mode & 0o777).toBe(0o700);
});

test("a socket folder that somebody else can enter is refused", () => {
  const dataDir = join(folder(0o755), "a".repeat(80));
  const { socketDir } = choosePlace(dataDir, {});
  chmodSync(socketDir, 0o777);

  expect(() => choosePlace(dataDir, {})).toThrow("not a private folder");
  rmSync(socketDir, { recursive: true });
});

test("programs behind a closed folder are copied out once", () => {
  const closed = folder(0o700);
  const system = join(folder(0o755), "system");
  mkdirSync(join(closed, "bin"));
  writeFileSync(join(closed, "bin", "postgres"), "one", { mode: 0o755 });

  const copied = makeReachable(binariesAt(closed, "18.0.0"), stranger, system);
  writeFileSync(join(closed, "bin", "postgres"), "two");
  const again = makeReachable(binariesAt(closed, "18.0.0"), stranger, system);

  expect(copied.postgres).toBe(join(system, "postgres-18.0.0", "bin", "postgres"));
  expect(existsSync(copied.postgres)).toBe(true);
  expect(again).toEqual(copied);
});

test("our own programs are used where they are", () => {
  const binaries = findBinaries();

  expect(makeReachable(binaries, {}, "/nowhere")).toBe(binaries);
});

test.skipIf(!weAreRoot)("as root with everything behind a closed folder the database runs all the same", async () => {
  const dataDir = join(folder(0o700), ".doorstep");
  const lines: string[] = [];

  const server = await startEmbedded({ dataDir, log: (line) => lines.push(line) });
  const answer = await askServer(server.url);
  await server.stop();
  const { cluster } = choosePlace(dataDir);
  rmSync(join(cluster, ".."), { recursive: true });

  expect(answer).toBe("up");
  expect(lines[0]).toContain("its files are in /var/lib/doorstep/");
});

test.each([
  ["win32", "x64"],
  ["darwin", "x64"],
])("on %s-%s the message says what to do", (platform, arch) => {
  expect(() => findBinaries(platform, arch)).toThrow(/no embedded PostgreSQL for .*DATABASE_URL/);
});
