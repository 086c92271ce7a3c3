import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appointAdministrator, foundHouse, inChange } from "@doorstep/kernel";
import { pino } from "pino";
import { expect, test } from "vitest";
import { readEnv } from "../env.ts";
import { startServer } from "../start-server.ts";
import type { SeedDemo } from "./demo.ts";

const name = { "zh-CN": "某旅", en: "Demo Brigade" };
const house: SeedDemo = async ({ kernel }) => {
  await inChange(kernel, "system", async (change) => {
    await foundHouse(change, {
      organisation: { code: "DEMO", name },
      timeZone: "Asia/Shanghai",
      calendarRegion: "cn",
    });
    await appointAdministrator(change, { name: "丁立新", username: "admin", kind: "officer" });
  });
  return [{ username: "admin", password: "-", role: "platformAdmin", unit: "DEMO" }];
};

test("a demo that was cut off half way is thrown away and made anew", { timeout: 90_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "doorstep-demo-"));
  const start = (seedDemo: SeedDemo) =>
    startServer({
      env: readEnv({ PORT: "0", DOORSTEP_DATA_DIR: dataDir }),
      log: pino({ enabled: false }),
      print: () => undefined,
      now: () => new Date("2026-03-02T02:00:00Z"),
      plugins: [],
      seedDemo,
    });
  try {
    const cutOff = start(async (platform) => {
      await house(platform);
      throw new Error("cut off");
    });
    await expect(cutOff).rejects.toThrow("cut off");
    expect(existsSync(join(dataDir, "demo-accounts.json"))).toBe(false);

    const again = await start(house);
    const { rows } = await again.platform.kernel.pool.query("select count(*)::int as people from kernel.people");
    await again.stop();
    expect(rows).toEqual([{ people: 1 }]);
    expect(existsSync(join(dataDir, "demo-accounts.json"))).toBe(true);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
