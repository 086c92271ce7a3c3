import type { EventType } from "@doorstep/contracts";

/** What the outbox tells: ids and codes, never text or names; whoever needs more asks the kernel under its own rights. */
export interface OutboxEvent {
  /** the key under which a consumer recognises a repeat */
  readonly id: string;
  readonly epoch: number;
  readonly xid: string;
  readonly at: Date;
  readonly caseId: string;
  readonly seq: number;
  readonly unitId: string;
  readonly type: EventType;
  readonly payload: Readonly<Record<string, unknown>>;
}

interface Named {
  /** `search`, `notify`, `rollup`, `live`, `plugin:<id>` */
  readonly name: string;
  /** Where a consumer that was never there before begins. @defaultValue "start" */
  readonly from?: "start" | "now";
  /** The kinds of event it is handed; it passes the others by without being asked. @defaultValue all */
  readonly hears?: readonly string[];
}

/** Takes events one by one: those of one case in their order, up to eight cases at a time. */
export interface EachConsumer extends Named {
  handle(event: OutboxEvent): Promise<void>;
}

/** Takes many at once, each case's in their order; asked with fewer when it has failed. */
export interface ManyConsumer extends Named {
  handleMany(events: readonly OutboxEvent[]): Promise<void>;
}

/** At least once, ordered per case. A failed event is tried again later, and those of its case wait behind it. */
export type Consumer = EachConsumer | ManyConsumer;
