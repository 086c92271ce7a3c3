import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import server from "../server.ts";
import { countsCauses, text } from "../testing/counts-causes.ts";
import { release } from "../testing/release.ts";

let host: TestHost<typeof server>;
beforeAll(async () => {
  const root = join(import.meta.dirname, "../..");
  host = await createTestHost(server, { root, now: "2026-04-20T02:00:00.000Z", beside: [countsCauses] });
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());

const released = (month: string, kind: Readonly<Record<string, number | null>>) =>
  release(host.kernelSql, "root-cause/petitions", month, [
    { unitId: host.units.brigade.id, parentId: null, total: null, figures: { kind } },
    { unitId: host.units.brigade.id, own: true, parentId: null, total: null, figures: { kind: { money: 500 } } },
  ]);
const causes = () => host.as("officer").causes.query();

test("what lies behind petitions stands the most frequent first, of twelve released months, with how much it makes up to there", async () => {
  expect(await causes()).toEqual({ from: null, to: null, hasHidden: false, causes: [] });
  // longer ago than twelve months
  await released("2025-03", { money: 90, shifting: 0, other: 0 });
  await released("2025-04", { money: 6, shifting: 9, other: null });
  await released("2026-03", { money: 6, shifting: 9, other: 0 });
  expect(await causes()).toEqual({
    ...{ from: "2025-04", to: "2026-03", hasHidden: true },
    causes: [
      { kind: "shifting", name: text("shifting"), count: 18, upTo: 0.6 },
      { kind: "money", name: text("money"), count: 12, upTo: 1 },
    ],
  });
});

test("where nobody counts causes there is nothing to show, and who has no work of that kind is refused", async () => {
  await expect(host.as("mediator").causes.query()).rejects.toMatchObject({ data: { code: "forbidden" } });
  await host.kernelSql("update kernel.plugin_effective set enabled = false where plugin_id = 'root-cause'");
  expect(await causes()).toBeNull();
});
