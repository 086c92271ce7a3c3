import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { run } from "./run.mjs";

/** A launcher that runs a program, in a folder with blanks and Han characters; both say when they are up. */
async function launcherOf(program: string): Promise<{ launcher: ChildProcess; output: () => string }> {
  const folder = mkdtempSync(join(tmpdir(), "连心桥 run "));
  const file = join(folder, "程序 one.mjs");
  writeFileSync(file, `${program}\nconsole.log("program=" + process.pid);`);
  const module = JSON.stringify(join(import.meta.dirname, "run.mjs"));
  const code = `const { run } = await import(${module}); const r = await run(process.execPath, [${JSON.stringify(file)}]); console.log("ended", r.code, r.signal);`;
  const launcher = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  launcher.stdout?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  onTestFinished(() => {
    launcher.kill("SIGKILL");
    const pid = Number(/program=(\d+)/.exec(output)?.[1]);
    if (pid && isAlive(pid)) process.kill(pid, "SIGKILL");
  });
  await expect.poll(() => output, { timeout: 10_000 }).toMatch(/program=\d+[\s\S]*up|up[\s\S]*program=\d+/);
  return { launcher, output: () => output };
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s reaches the program once, and its tidy end is waited for",
  async (signal) => {
    const { launcher, output } = await launcherOf(`
    let times = 0;
    process.on(${JSON.stringify(signal)}, () => { times += 1; setTimeout(() => { console.log("tidy", times); process.exit(0); }, 200); });
    setInterval(() => {}, 1000);
    console.log("up");`);

    launcher.kill(signal);
    await once(launcher, "close");

    expect(output()).toContain("tidy 1");
    expect(output()).toContain(`ended 0 ${signal}`);
  },
);

test("what the program leaves behind is ended with it", async () => {
  const { launcher, output } = await launcherOf(`
    import { spawn } from "node:child_process";
    const left = spawn(process.execPath, ["-e", "process.on('SIGINT', () => {}); setInterval(() => {}, 1000)"], { stdio: "ignore" });
    console.log("left=" + left.pid);
    process.on("SIGINT", () => process.exit(0));
    setTimeout(() => console.log("up"), 300);`);
  const left = Number(/left=(\d+)/.exec(output())?.[1]);
  expect(isAlive(left)).toBe(true);

  launcher.kill("SIGINT");
  await once(launcher, "close");

  await expect.poll(() => isAlive(left), { timeout: 5_000 }).toBe(false);
});

// The time limit is below the grace that a single Ctrl-C gives.
test("a second Ctrl-C ends a program that does not listen", { timeout: 10_000 }, async () => {
  const { launcher, output } = await launcherOf(`
    process.on("SIGINT", () => console.log("ignored"));
    setInterval(() => {}, 1000);
    console.log("up");`);

  launcher.kill("SIGINT");
  await expect.poll(output, { timeout: 5_000 }).toContain("ignored");
  launcher.kill("SIGINT");
  await once(launcher, "close");

  expect(output()).toContain("ended 1 SIGINT");
});

test("when the npm that started us is killed, the program is told to end", async () => {
  const folder = mkdtempSync(join(tmpdir(), "doorstep-orphan-"));
  const file = join(folder, "program.mjs");
  const said = join(folder, "said");
  writeFileSync(
    file,
    `import { writeFileSync } from "node:fs";
    process.on("SIGTERM", () => { writeFileSync(${JSON.stringify(said)}, "tidy"); process.exit(0); });
    setTimeout(() => process.exit(1), 20_000);
    console.log("up");`,
  );
  const module = JSON.stringify(join(import.meta.dirname, "run.mjs"));
  const code = `const { run } = await import(${module}); await run(process.execPath, [${JSON.stringify(file)}]);`;
  // A shell that waits, as npm puts one between itself and the script.
  const npm = spawn("sh", ["-c", '"$0" --input-type=module -e "$1"; true', process.execPath, code], {
    env: { ...process.env, npm_lifecycle_event: "start" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(npm.stdout, "data");

  npm.kill("SIGKILL");

  await expect.poll(() => existsSync(said), { timeout: 10_000 }).toBe(true);
});

test("our own programs come first, telemetry is off, output can be captured, input given", async () => {
  const code =
    "process.stdin.on('data', (d) => console.log(String(d), process.env.TURBO_TELEMETRY_DISABLED, process.env.PATH.split(':')[0]))";

  const { output, code: exit } = await run(process.execPath, ["-e", code], { capture: true, input: "given" });

  expect(exit).toBe(0);
  expect(output).toMatch(/^given 1 .*node_modules\/\.bin$/m);
});
