import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { askServer } from "./answers.ts";
import { startThrowAway } from "./throw-away.ts";

const folderOf = (url: string) => new URL(url).searchParams.get("host") ?? "";

test("a throw-away server leaves nothing when it is stopped", async () => {
  const server = await startThrowAway();
  expect(await askServer(server.url)).toBe("up");

  await server.stop();

  expect(await askServer(server.url)).toBe("down");
  expect(existsSync(folderOf(server.url))).toBe(false);
});

test("a throw-away server goes with its parent, even after kill -9", async () => {
  const module = JSON.stringify(join(import.meta.dirname, "throw-away.ts"));
  const code = `const { startThrowAway } = await import(${module}); console.log((await startThrowAway()).url);`;
  const parent = spawn(process.execPath, ["--conditions=@doorstep/source", "--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output] = (await once(parent.stdout, "data")) as [Buffer];
  const url = output.toString().trim();
  expect(await askServer(url)).toBe("up");

  parent.kill("SIGKILL");

  await expect.poll(() => askServer(url), { timeout: 5_000 }).toBe("down");
  await expect.poll(() => existsSync(folderOf(url)), { timeout: 5_000 }).toBe(false);
});
