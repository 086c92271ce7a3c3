import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPlugin } from "@doorstep/create-plugin";
import { createAdministrator, ownKeyOf } from "@doorstep/server";
import { startTestServer } from "@doorstep/server/testing";
import { afterAll, expect, test, vi } from "vitest";
import { runCli } from "../../run-cli.ts";
import { serveApp } from "./serve-app.ts";
import { serveModule } from "./serve-module.ts";

const made = mkdtempSync(join(tmpdir(), "doorstep-dev-"));
afterAll(() => rmSync(made, { recursive: true, force: true }));
const folder = join(made, "live");
const none = { dependencies: {}, devDependencies: {}, optionalDependencies: {}, overrides: {}, allowBuilds: [] };

test("a module in a running platform follows its sources; what does not build leaves what ran", {
  timeout: 120_000,
}, async () => {
  createPlugin({ folder, id: "live", title: { "zh-CN": "现", en: "Live" }, with: ["router", "page"], sources: none });
  const SAMPLE = join(import.meta.dirname, "../../../../../tooling/fixtures/show-box/node_modules");
  symlinkSync(SAMPLE, join(folder, "node_modules"));
  const file = join(folder, "src/server.ts");
  const code = readFileSync(file, "utf8").replace("procedure()", `procedure("public")`);
  writeFileSync(file, code);
  await using server = await startTestServer();
  const { platform, env } = server;
  const organisation = { code: "BRIGADE", name: { "zh-CN": "示范旅", en: "Model brigade" } };
  const house = { organisation, timeZone: "Asia/Shanghai", calendarRegion: "cn" };
  await createAdministrator(platform, { username: "zhou.zheng", name: "周正", kind: "officer" }, house);
  const said: string[] = [];
  const print = (line: string): void => void said.push(line);
  const ask = async (url = server.url): Promise<unknown> => {
    const answer = await fetch(`${url}/rpc/p/live/hello`, {
      method: "POST",
      headers: { origin: url, "content-type": "application/json" },
      body: "{}",
    });
    const { result, error } = (await answer.json()) as { result?: { data: unknown }; error?: unknown };
    return result?.data ?? error;
  };

  const end = await serveModule({ platform, folder, key: await ownKeyOf(env), print });
  try {
    expect(said).toEqual([expect.stringContaining("live 0.1.0 runs")]);
    expect(await ask()).toMatchObject({ unit: { "zh-CN": expect.any(String) } });

    writeFileSync(file, code.replace("at: ctx.now", `at: "changed"`));
    await vi.waitFor(() => expect(said).toHaveLength(2), { timeout: 30_000 });
    expect(await ask()).toMatchObject({ at: "changed" });

    writeFileSync(file, "export default (");
    await vi.waitFor(() => expect(said).toHaveLength(3), { timeout: 30_000 });
    expect(said[2]).toContain("cannot be built, what ran before goes on");
    expect(await ask()).toMatchObject({ at: "changed" });

    writeFileSync(file, `import "./not-there.ts";\n${code}`.replace('"public"', '"nobody"'));
    await vi.waitFor(() => expect(said).toHaveLength(4), { timeout: 30_000 });
    expect(await ask()).toMatchObject({ at: "changed" });

    const portal = await serveApp("portal", { folder, server: server.url });
    try {
      const at = portal.url.replace(/\/$/, "");
      const source = await fetch(`${at}/@fs${folder}/src/ui/home-page.tsx`);
      expect([source.status, await source.text()]).toEqual([200, expect.stringContaining("HomePage")]);
      expect(await ask(at)).toMatchObject({ at: "changed" });
    } finally {
      portal.stop();
    }
  } finally {
    await end();
  }
});

test("a folder without a module is refused before anything is started", async () => {
  const err: string[] = [];

  expect(await runCli(["dev", made], { out: () => {}, err: (line) => void err.push(line) })).toBe(2);

  expect(err.join()).toContain("There is no module in");
});
