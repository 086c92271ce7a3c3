import { expect, it } from "vitest";
import { openBrowser, startTestServer } from "./index.ts";

it("moves the clock and has done what is due then before it answers", async () => {
  await using server = await startTestServer({ now: "2026-03-02T02:00:00Z" });
  const browser = openBrowser(server.url);
  const moved = await browser.post("/test/clock", { advance: "P200D" });

  expect(moved.status).toBe(200);
  expect(moved.body.now).toMatch(/^2026-09-18T02:00/);
  const { rows } = await server.database.pool.query(
    "select to_regclass('kernel.ledger_2026_12') is not null as months, (select count(*)::int from kernel.consumers where name = 'search') as consumers",
  );
  expect(rows).toEqual([{ months: true, consumers: 1 }]);
});
