import { setImmediate } from "node:timers/promises";

/** At a stretch; others who wait for this process notice no more than that. */
const MOST_MS = 20;

/** Lets others have their turn wherever it is asked, once it has been long enough. */
export function pausing(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < MOST_MS) return;
    await setImmediate();
    since = performance.now();
  };
}
