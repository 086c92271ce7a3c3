import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const OPERATION = join(ROOT, "tooling/operation");
const work = mkdtempSync(join(tmpdir(), "doorstep-operation-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

// biome-ignore lint/style/noProcessEnv: the breadth of a run is told by the launcher, so.
const isLong = process.env.DOORSTEP_LONG === "1";
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const has = (program: string): boolean => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;

/** Said aloud, so that nobody takes silence for a pass. */
const notHere = (what: string): void =>
  void process.stderr.write(`${what} is not on this machine: not tried with it.\n`);

/** A bundle in small: what the installer looks at. */
function smallBundle(release: string): string {
  const folder = join(work, release);
  mkdirSync(join(folder, "tooling"), { recursive: true });
  cpSync(OPERATION, join(folder, "tooling/operation"), { recursive: true });
  for (const name of ["install.sh", "doorstep"]) cpSync(join(OPERATION, name), join(folder, name));
  writeFileSync(join(folder, "RELEASE"), release);
  return folder;
}

test("an unpacked bundle is installed, and a newer one over it keeps data, settings and the one before", () => {
  const root = join(work, "root");
  const install = (release: string) =>
    execFileSync("sh", [join(smallBundle(release), "install.sh"), "/srv/doorstep", "/srv/data"], {
      env: { PATH, DOORSTEP_ROOT: root },
    });
  install("one");
  const unit = readFileSync(join(root, "etc/systemd/system/doorstep.service"), "utf8");
  expect(unit).toContain("ExecStart=/srv/doorstep/doorstep serve");
  expect(unit).toContain("ReadWritePaths=/srv/data");
  expect(unit).not.toMatch(/opt\/doorstep|var\/lib\/doorstep/);
  writeFileSync(join(root, "srv/data/kept"), "kept");
  writeFileSync(join(root, "etc/doorstep.env"), "PORT=4000\n");

  install("two");
  expect(readFileSync(join(root, "srv/doorstep/RELEASE"), "utf8")).toBe("two");
  expect(readFileSync(join(root, "srv/doorstep.old/RELEASE"), "utf8")).toBe("one");
  expect(readFileSync(join(root, "srv/data/kept"), "utf8")).toBe("kept");
  expect(readFileSync(join(root, "etc/doorstep.env"), "utf8")).toBe("PORT=4000\n");
  expect(existsSync(join(root, "srv/doorstep.new"))).toBe(false);
});

test("what comes with it is understood by systemd, nginx and Caddy, where they are", () => {
  if (has("systemd-analyze")) {
    const unit = join(work, "doorstep.service");
    const text = readFileSync(join(OPERATION, "doorstep.service"), "utf8");
    writeFileSync(unit, text.replace("/opt/doorstep/doorstep", join(OPERATION, "doorstep")));
    const said = spawnSync("systemd-analyze", ["verify", "--man=no", unit], { encoding: "utf8" });
    expect(said.stderr.split("\n").filter((line) => line.includes("doorstep"))).toEqual([]);
  } else notHere("systemd");

  const [pem, key] = [join(work, "c.pem"), join(work, "c.key")];
  if (!has("openssl")) return notHere("openssl");
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", pem, "-subj", "/CN=doorstep.example"],
    { stdio: "ignore" },
  );
  const placed = (name: string): string => {
    const file = join(work, name);
    const text = readFileSync(join(OPERATION, name), "utf8")
      .replaceAll("/etc/ssl/doorstep.pem", pem)
      .replaceAll("/etc/ssl/doorstep.key", key)
      .replaceAll("/var/log/nginx/", `${work}/`);
    writeFileSync(file, text);
    return file;
  };
  if (has("nginx")) {
    const whole = join(work, "whole.conf");
    writeFileSync(whole, `pid ${work}/pid; error_log ${work}/log; events {} http { include ${placed("nginx.conf")}; }`);
    expect(spawnSync("nginx", ["-t", "-c", whole], { encoding: "utf8" })).toMatchObject({ status: 0 });
  } else notHere("nginx");
  if (has("caddy")) {
    const args = ["validate", "--config", placed("Caddyfile"), "--adapter", "caddyfile"];
    expect(spawnSync("caddy", args, { encoding: "utf8", env: { PATH, HOME: work } })).toMatchObject({
      status: 0,
    });
  } else notHere("Caddy");
});

test.runIf(isLong)(
  "the bundle runs on a machine with nothing and without a network (long run)",
  async () => {
    const file = join(work, "doorstep.tar.gz");
    execFileSync(process.execPath, [join(ROOT, "tooling/launcher/bundle.mjs"), file], { stdio: "ignore" });
    execFileSync("tar", ["-xzf", file, "-C", work]);
    const home = join(work, "doorstep");
    const data = join(work, "data");
    // nothing but the system's own programs; where it may be, no network either
    const alone = spawnSync("unshare", ["--net", "true"]).status === 0 ? ["unshare", "--net"] : [];
    if (alone.length === 0) notHere("the right to take the network away");
    const script = 'ip link set lo up 2>/dev/null; exec "$0" serve';
    const [program = "sh", ...args] = [...alone, "sh", "-c", script, join(home, "doorstep")];
    const child = spawn(program, args, {
      env: { PATH, DOORSTEP_DATA_DIR: data, DOORSTEP_DEMO: "0", PORT: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    await expect.poll(() => said, { timeout: 120_000 }).toMatch(/Doorstep .* is ready[\s\S]*\/setup#/);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    const verbs = execFileSync(join(home, "doorstep"), ["--help"], {
      encoding: "utf8",
      env: { PATH },
    });
    expect(verbs).toContain("backup");
  },
  900_000,
);
