import { hash } from "node:crypto";
import type { EventType } from "@doorstep/contracts";
import { canonical } from "./canonical.ts";
import { requestNumber } from "./request-number.ts";

/** Codes, ids and counts: never text or names, so that destroying data breaks no chain. */
export type Facts = Readonly<Record<string, unknown>>;

/** `person:<id>`, `petitioner`, `anonymous`, `system` or `plugin:<id>`. */
export type LedgerActor = string;

export const GENESIS = "0".repeat(64);
const DOMAIN = "doorstep.ledger.1\n";

export const entryHash = (prevHex: string, body: string): string =>
  hash("sha256", `${DOMAIN}${prevHex}\n${body}`, "hex");

export interface Head {
  readonly seq: number;
  readonly hash: string;
}

export interface LedgerRow {
  readonly stream: string;
  readonly seq: number;
  readonly at: string;
  readonly type: EventType;
  readonly actor: LedgerActor;
  readonly body: string;
  readonly prev: string;
  readonly hash: string;
}

/** The next entry of a chain; `body` is kept as the text that was hashed. */
export function nextEntry(
  stream: string,
  head: Head,
  entry: { readonly at: string; readonly type: EventType; readonly actor: LedgerActor; readonly facts: Facts },
): { readonly row: LedgerRow; readonly head: Head } {
  const seq = head.seq + 1;
  const request = requestNumber();
  const body = canonical({ v: 1, stream, seq, ...entry, ...(request !== undefined && { request }) });
  const digest = entryHash(head.hash, body);
  return {
    row: {
      stream,
      seq,
      at: entry.at,
      type: entry.type,
      actor: entry.actor,
      body,
      prev: `\\x${head.hash}`,
      hash: `\\x${digest}`,
    },
    head: { seq, hash: digest },
  };
}
