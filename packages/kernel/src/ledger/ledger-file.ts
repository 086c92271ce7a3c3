import { z } from "zod";
import type { Kernel } from "../kernel.ts";
import { LedgerCheck, type Proof } from "./ledger-check.ts";
import { type LedgerItem, ledgerInOrder } from "./ledger-in-order.ts";
import { sealKeys } from "./verify-ledger.ts";

const FORMAT = "doorstep-ledger/1";
const MOST_FAULTS = 10;

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0);
const xid = z.string().regex(/^\d{1,20}$/);

/** A line of the file: what each item of the ledger looks like outside the house. */
const line = z.discriminatedUnion("k", [
  z.object({
    k: z.literal("ledger"),
    format: z.literal(FORMAT),
    at: z.string(),
    keys: z.array(z.object({ id: z.string(), ed25519: hex64 })),
  }),
  z.object({ k: z.literal("entry"), e: count, x: xid, p: hex64, h: hex64, b: z.string() }),
  z.object({
    k: z.literal("seal"),
    no: count,
    at: z.string(),
    epoch: count,
    xidFrom: xid,
    xidTo: xid,
    entries: count,
    root: hex64,
    prev: hex64,
    keyId: z.string(),
    hash: hex64,
    signature: z.string().regex(/^[0-9a-f]{128}$/),
  }),
  z.object({ k: z.literal("head"), stream: z.string(), seq: count, hash: hex64 }),
  z.object({ k: z.literal("end"), entries: count, seals: count }),
]);
type Line = z.output<typeof line>;

function lineOf(item: LedgerItem): Line {
  if (item.kind === "seal") return { k: "seal", ...item.seal };
  if (item.kind === "head") return { k: "head", ...item.head };
  const { epoch, xid: x, prev, hash, body } = item.entry;
  return { k: "entry", e: epoch, x, p: prev, h: hash, b: body };
}

/** The ledger as lines of JSON, for somebody who has neither the database nor a reason to trust it. */
export async function* exportLedger(k: Pick<Kernel, "pool" | "keys" | "now">): AsyncGenerator<string> {
  const write = (l: Line): string => `${JSON.stringify(l)}\n`;
  const keys = [...sealKeys(k)].map(([id, ed25519]) => ({ id, ed25519 }));
  yield write({ k: "ledger", format: FORMAT, at: k.now().toISOString(), keys });
  let [entries, seals] = [0, 0];
  for await (const item of ledgerInOrder(k.pool)) {
    if (item.kind === "entry") entries += 1;
    if (item.kind === "seal") seals += 1;
    yield write(lineOf(item));
  }
  yield write({ k: "end", entries, seals });
}

/** Splits a stream of text into lines; `readline` needs twice the time. */
async function* linesOf(chunks: AsyncIterable<string | Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    rest += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    let from = 0;
    for (let to = rest.indexOf("\n"); to >= 0; to = rest.indexOf("\n", from)) {
      yield rest.slice(from, to);
      from = to + 1;
    }
    rest = rest.slice(from);
  }
  if (rest !== "") yield rest;
}

const read = (text: string): Line | null => {
  try {
    return line.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};

/**
 * Proves a ledger file by itself. Keys that were kept outside replace those in the file, which whoever made the file
 * could have put there.
 */
export async function verifyLedgerFile(
  chunks: AsyncIterable<string | Buffer>,
  trusted?: ReadonlyMap<string, string>,
): Promise<Proof> {
  let check: LedgerCheck | undefined;
  const extra: Proof["faults"] = [];
  let at = 0;
  let whole = false;
  for await (const text of linesOf(chunks)) {
    at += 1;
    const l = whole ? null : read(text);
    if (l?.k === "ledger" && !check)
      check = new LedgerCheck(trusted ?? new Map(l.keys.map((key) => [key.id, key.ed25519])));
    else if (check && l && l.k !== "ledger") whole = take(check, l);
    else extra.push({ stream: "file", seq: at, fault: "line" });
    if (!check) break;
  }
  // a file cut at its end would else pass for a shorter ledger
  if (!whole) extra.push({ stream: "file", seq: at, fault: "cut" });
  const proof = (check ?? new LedgerCheck(new Map())).finish();
  return { ...proof, ok: proof.ok && extra.length === 0, faults: [...proof.faults, ...extra].slice(0, MOST_FAULTS) };
}

/** @returns whether this was the last line. */
function take(check: LedgerCheck, l: Exclude<Line, { k: "ledger" }>): boolean {
  if (l.k === "entry") check.entry({ prev: l.p, hash: l.h, body: l.b });
  if (l.k === "seal") check.seal(l);
  if (l.k === "head") check.head(l);
  return l.k === "end";
}
