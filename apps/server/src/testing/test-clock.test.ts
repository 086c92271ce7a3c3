import { expect, it, vi } from "vitest";
import { openBrowser, startTestServer } from "./index.ts";
import { type TestClock, testClock } from "./test-clock.ts";

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

it("stands still while it is held, and goes on from there without a leap", () => {
  const passed = vi.spyOn(performance, "now").mockReturnValue(0);
  const start = new Date("2026-03-01T00:00:00Z");
  const since = (clock: TestClock) => clock.now().getTime() - start.getTime();
  const clock = testClock(start);
  passed.mockReturnValue(5);
  const goOn = clock.hold();
  passed.mockReturnValue(40);
  expect(since(clock)).toBe(5);
  clock.advance(1_000);
  goOn();
  passed.mockReturnValue(47);
  expect(since(clock)).toBe(1_012);
  passed.mockRestore();
});
