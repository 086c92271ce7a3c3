import { Hono } from "hono";
import type { HttpEnv } from "../http/http-env.ts";

/** A clock that runs from a given instant and can be moved on, never back. */
export interface TestClock {
  readonly now: () => Date;
  advance(by: string | number): void;
  /** Stands still until it is let go on, where a test must not depend on how fast the machine is. */
  hold(): () => void;
}

const SPAN = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Milliseconds of a number or of an ISO 8601 span such as `P15D` or `PT2H30M`. */
export function spanMs(by: string | number): number {
  if (typeof by === "number" && Number.isFinite(by) && by >= 0) return by;
  const parts = typeof by === "string" && by.length > 1 ? SPAN.exec(by) : null;
  if (!parts) throw new RangeError("give milliseconds, or a span such as P15D or PT2H30M");
  const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1_000;
}

export function testClock(start: Date): TestClock {
  const begun = performance.now();
  let moved = 0;
  let heldAt: number | undefined;
  return {
    now: () => new Date(start.getTime() + ((heldAt ?? performance.now()) - begun) + moved),
    advance: (by) => {
      moved += spanMs(by);
    },
    hold: () => {
      const at = performance.now();
      heldAt = at;
      return () => {
        moved -= performance.now() - at;
        heldAt = undefined;
      };
    },
  };
}

/** `POST /test/clock {advance}` moves the clock, lets the workers do what is due then, and answers with the new instant. */
export function clockRoutes(clock: TestClock, moved: () => Promise<void>): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();
  routes.post("/", async (c) => {
    const { advance } = (await c.req.json().catch(() => ({}))) as { advance?: string | number };
    try {
      clock.advance(advance ?? "");
    } catch (error) {
      return c.json({ message: error instanceof Error ? error.message : "" }, 400);
    }
    await moved();
    return c.json({ now: clock.now().toISOString() });
  });
  return routes;
}
