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

/** A token bucket per key; full buckets are forgotten, so that memory stays bounded. */
export function createLimiter(options: LimiterOptions): Limiter {
  const buckets = new Map<string, Bucket>();
  const perMs = options.perMinute / MINUTE_MS;
  let swept = 0;

  const sweep = (at: number): void => {
    swept = at;
    for (const [key, bucket] of buckets) {
      if (bucket.tokens + (at - bucket.at) * perMs >= options.burst) buckets.delete(key);
    }
    // An attack from very many addresses: forget the oldest rather than grow.
    for (const key of buckets.keys()) {
      if (buckets.size <= MOST_KEYS) break;
      buckets.delete(key);
    }
  };

  return {
    take(key, cost = 1) {
      const at = options.now().getTime();
      if (at - swept > MINUTE_MS || buckets.size > MOST_KEYS) sweep(at);
      const bucket = buckets.get(key) ?? { tokens: options.burst, at };
      bucket.tokens = Math.min(options.burst, bucket.tokens + Math.max(0, at - bucket.at) * perMs);
      bucket.at = at;
      buckets.set(key, bucket);
      if (bucket.tokens < cost) return Math.max(1, Math.ceil((cost - bucket.tokens) / perMs / 1_000));
      bucket.tokens -= cost;
      return 0;
    },
  };
}
