import type { ClientBase, Pool } from "pg";

const waiting = new WeakMap<object, Set<() => void>>();

/** Says that this process has just committed events; whoever pumps them looks at once instead of at the next poll. */
export function wake(pool: Pool | ClientBase): void {
  for (const listener of waiting.get(pool) ?? []) listener();
}

/** @returns a function that stops listening. */
export function onWake(pool: Pool, listener: () => void): () => void {
  const listeners = waiting.get(pool) ?? new Set();
  waiting.set(pool, listeners);
  listeners.add(listener);
  return () => listeners.delete(listener);
}
