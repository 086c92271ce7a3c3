import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rememberInstall } from "./install.mjs";

/** A checkout with the launcher alone, installed, whose programs are scripts of the test. */
function checkout(programs: Readonly<Record<string, string>>): string {
  const root = join(mkdtempSync(join(tmpdir(), "doorstep-launch-")), "连心桥 main");
  const here = join(import.meta.dirname, "..");
  cpSync(here, join(root, "tooling", "launcher"), {
    recursive: true,
    filter: (source) => !/node_modules|\.test\.ts$/.test(source),
  });
  writeFileSync(join(root, "package.json"), '{"type":"module"}');
  const bin = join(root, "node_modules", ".bin");
  mkdirSync(bin, { recursive: true });
  for (const [name, script] of Object.entries({ pnpm: "", turbo: "", node: "", ...programs })) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  rememberInstall(root);
  return root;
}

async function launch(root: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(root, "tooling/launcher/launch.mjs"), ...args], {
    env: { ...process.env, PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const [code] = (await once(child, "close")) as [number];
  return { code, output };
}

test("start builds, then runs the server's source with the pinned Node, in a path with blanks and Han characters", async () => {
  const root = checkout({ turbo: 'echo "turbo $1 $2"', node: 'echo "node $*"' });

  const { code, output } = await launch(root, ["start"]);

  expect(code).toBe(0);
  expect(output).toMatch(
    /turbo run build[\s\S]*node --conditions=@doorstep\/source .*连心桥 main\/apps\/server\/src\/main\.ts/,
  );
});

test("a build that fails is said and starts nothing", async () => {
  const root = checkout({ turbo: "exit 3", node: 'echo "node started"' });

  const { code, output } = await launch(root, ["start"]);

  expect(code).toBe(1);
  expect(output).toContain("The build failed");
  expect(output).not.toContain("node started");
});

test("a taken port is said before anything is built, with its owner", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const root = checkout({ turbo: 'echo "turbo called"' });

  const { code, output } = await launch(root, ["start"], { PORT: String(port) });
  server.close();

  expect(code).toBe(1);
  expect(output).toContain(`Port ${port} is taken by process ${process.pid}`);
  expect(output).not.toContain("turbo called");
});

test("an install that fails is explained", async () => {
  const root = checkout({ pnpm: "echo 'ERR_PNPM_META_FETCH_FAIL'; exit 1" });
  writeFileSync(join(root, "pnpm-lock.yaml"), "changed");

  const { code, output } = await launch(root, ["start"]);

  expect(code).toBe(1);
  expect(output).toMatch(/ERR_PNPM_META_FETCH_FAIL[\s\S]*could not be installed[\s\S]*proxy/);
});

test("the exit code of the server is ours", async () => {
  expect((await launch(checkout({ node: "exit 7" }), ["start"])).code).toBe(7);
});

test.each([[[]], [["begin"]]])("the verbs %j are wrong use", async (args) => {
  const { code, output } = await launch(checkout({}), args);

  expect(code).toBe(2);
  expect(output).toContain("npm start | npm test");
});

test("PORT must be a port", async () => {
  const { code, output } = await launch(checkout({}), ["start"], { PORT: "http" });

  expect(code).toBe(1);
  expect(output).toContain('PORT is "http"');
});
