import { describe, expect, it } from "vitest";
import { createLimiter } from "./limits.ts";

describe("createLimiter", () => {
  it("lets a burst through, then as many as the minute holds, and says how long to wait", () => {
    let at = 0;
    const limiter = createLimiter({ burst: 3, perMinute: 6, now: () => new Date(at) });
    expect([1, 2, 3].map(() => limiter.take("a"))).toEqual([0, 0, 0]);
    expect(limiter.take("a")).toBe(10);
    expect(limiter.take("b")).toBe(0);
    at = 9_999;
    expect(limiter.take("a")).toBeGreaterThan(0);
    at = 10_001;
    expect(limiter.take("a")).toBe(0);
    expect(limiter.take("a")).toBeGreaterThan(0);
    at = 3_600_000;
    expect([1, 2, 3, 4].map(() => limiter.take("a") > 0)).toEqual([false, false, false, true]);
  });

  it("stays fast and bounded under very many askers", () => {
    const limiter = createLimiter({ burst: 1, perMinute: 1, now: () => new Date(0) });
    const since = performance.now();
    for (let i = 0; i < 150_000; i += 1) limiter.take(`asker-${i}`);
    expect(performance.now() - since).toBeLessThan(5_000);
    expect(limiter.take("asker-149999")).toBeGreaterThan(0);
    // The first ones were pushed out, so that nobody can fill the memory.
    expect(limiter.take("asker-0")).toBe(0);
  });
});
