let now = false;
const listeners = new Set<() => void>();

/** Whether the device is at work for a petition that waits to be sent. */
export const working = {
  get: (): boolean => now,
  set(value: boolean): void {
    now = value;
    for (const tell of listeners) tell();
  },
  subscribe(tell: () => void): () => void {
    listeners.add(tell);
    return () => listeners.delete(tell);
  },
};
