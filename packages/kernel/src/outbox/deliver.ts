import type { Consumer, OutboxEvent } from "./consumer.ts";

export interface Delivered {
  readonly done: readonly OutboxEvent[];
  /** the first event of its case that failed, with those of the case behind it */
  readonly failed: readonly {
    readonly event: OutboxEvent;
    readonly behind: readonly OutboxEvent[];
    readonly error: string;
  }[];
}

const CASES_AT_ONCE = 8;

/** What went wrong, as kept in the table: the kind and code, never a message, which may hold what somebody wrote. */
const kindOf = (error: unknown): string => {
  if (!(error instanceof Error)) return "unknown";
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" ? `${error.name} ${code}` : error.name;
};

/** Events by case, each case's in the order of its own chain. */
function byCase(events: readonly OutboxEvent[]): readonly (readonly OutboxEvent[])[] {
  const cases = new Map<string, OutboxEvent[]>();
  for (const e of events) {
    const of = cases.get(e.caseId) ?? [];
    of.push(e);
    cases.set(e.caseId, of);
  }
  return [...cases.values()].map((of) => of.toSorted((a, b) => a.seq - b.seq));
}

async function handOver(consumer: Consumer, event: OutboxEvent): Promise<void> {
  if ("handleMany" in consumer) await consumer.handleMany([event]);
  else await consumer.handle(event);
}

/** Hands events to the consumer; a case that fails stops there, the others go on. */
export async function deliver(consumer: Consumer, events: readonly OutboxEvent[]): Promise<Delivered> {
  const queues = byCase(events);
  if ("handleMany" in consumer) {
    try {
      await consumer.handleMany(queues.flat());
      return { done: events, failed: [] };
    } catch {
      // one of them: found below, case by case
    }
  }
  const done: OutboxEvent[] = [];
  const failed: Delivered["failed"][number][] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let queue = queues[next++]; queue; queue = queues[next++]) {
      for (const [at, event] of queue.entries()) {
        try {
          await handOver(consumer, event);
          done.push(event);
        } catch (error) {
          failed.push({ event, behind: queue.slice(at + 1), error: kindOf(error) });
          break;
        }
      }
    }
  };
  await Promise.all(Array.from({ length: CASES_AT_ONCE }, worker));
  return { done, failed };
}
