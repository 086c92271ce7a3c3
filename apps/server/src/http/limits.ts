/** Counts per asker in memory: the first fence against floods; nothing of it is kept anywhere. */
export interface Limiter {
  /** Seconds until the asker may come again; 0 = now, and this time counts. */
  take(key: string, cost?: number): number;
}

export interface LimiterOptions {
  /** how many may come at once */
  readonly burst: number;
  /** how many a minute in the long run */
  readonly perMinute: number;
  readonly now: () => Date;
}

interface Bucket {
  tokens: number;
  at: number;
}

const MINUTE_MS = 60_000;
const MOST_KEYS = 100_000;

/**
 * A token bucket per key. Keys live in two generations: one that nobody asked for while a bucket fills up is full and
 * may be forgotten, and an attack from very many addresses pushes the oldest out at no cost.
 */
export function createLimiter(options: LimiterOptions): Limiter {
  const perMs = options.perMinute / MINUTE_MS;
  const fillMs = options.burst / perMs;
  let young = new Map<string, Bucket>();
  let old = new Map<string, Bucket>();
  let turned = 0;

  const turn = (at: number): void => {
    old = young;
    young = new Map();
    turned = at;
  };

  return {
    take(key, cost = 1) {
      const at = options.now().getTime();
      if (at - turned > fillMs || young.size >= MOST_KEYS / 2) turn(at);
      const bucket = young.get(key) ?? old.get(key) ?? { tokens: options.burst, at };
      bucket.tokens = Math.min(options.burst, bucket.tokens + Math.max(0, at - bucket.at) * perMs);
      bucket.at = at;
      young.set(key, bucket);
      if (bucket.tokens < cost) return Math.max(1, Math.ceil((cost - bucket.tokens) / perMs / 1_000));
      bucket.tokens -= cost;
      return 0;
    },
  };
}
