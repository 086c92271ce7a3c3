import type { ledgerProof } from "@doorstep/contracts";
import type { z } from "zod";
import { canonical } from "./canonical.ts";
import { entryHash, GENESIS } from "./entry.ts";
import { MerkleTree } from "./merkle.ts";
import { type PublicKeys, rangeFault, type Seal, sealFault } from "./seal.ts";

export type Proof = z.output<typeof ledgerProof>;
type Fault = Proof["faults"][number];

export interface CheckedEntry {
  readonly prev: string;
  readonly hash: string;
  readonly body: string;
}

/** What the body says of itself; columns of the table repeat it. */
interface Body {
  readonly stream: string;
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  readonly actor: string;
}

interface Held extends CheckedEntry {
  readonly seq: number;
}
interface Chain {
  seq: number;
  hash: string;
  /** committed before those that come before them in the chain */
  readonly early: Map<number, Held>;
}

const MOST_FAULTS = 10;
const SEALS = "seals";

const bodyOf = (text: string): Body | null => {
  try {
    const parsed: unknown = JSON.parse(text);
    return canonical(parsed) === text ? (parsed as Body) : null;
  } catch {
    return null;
  }
};

/** Checks a ledger that is handed to it in commit order; it needs neither a database nor a secret. */
export class LedgerCheck {
  readonly #keys: PublicKeys;
  readonly #chains = new Map<string, Chain>();
  readonly #faults: Fault[] = [];
  #tree = new MerkleTree();
  #seal: Seal | undefined;
  #entries = 0;
  #until: string | null = null;

  constructor(keys: PublicKeys) {
    this.#keys = keys;
  }

  #fault(stream: string, seq: number, fault: string): void {
    this.#faults.push({ stream, seq, fault });
  }

  /** `columns`: what the table says beside the body, where there is a table. */
  entry(e: CheckedEntry, columns?: Body): void {
    this.#entries += 1;
    this.#tree.add(Buffer.from(e.hash, "hex"));
    const body = bodyOf(e.body);
    if (!body) {
      this.#fault(columns?.stream ?? "?", columns?.seq ?? this.#entries, "altered");
      return;
    }
    const { stream, seq } = columns ?? body;
    if (columns && !sameFields(body, columns)) this.#fault(stream, seq, "columns");
    if (this.#until === null || body.at > this.#until) this.#until = body.at;
    const chain = this.#chains.get(stream) ?? { seq: 0, hash: GENESIS, early: new Map<number, Held>() };
    this.#chains.set(stream, chain);
    if (seq <= chain.seq || chain.early.has(seq)) this.#fault(stream, seq, "double");
    else chain.early.set(seq, { seq, prev: e.prev, hash: e.hash, body: e.body });
    this.#follow(stream, chain);
  }

  /** Goes along the chain as far as it is known. */
  #follow(stream: string, chain: Chain): void {
    for (let next = chain.early.get(chain.seq + 1); next; next = chain.early.get(chain.seq + 1)) {
      chain.early.delete(next.seq);
      if (next.prev !== chain.hash) this.#fault(stream, next.seq, "broken");
      else if (entryHash(next.prev, next.body) !== next.hash) this.#fault(stream, next.seq, "altered");
      chain.seq = next.seq;
      chain.hash = next.hash;
    }
  }

  /** Comes after the last entry of its range. */
  seal(s: Seal): void {
    const own = sealFault(this.#seal, s, GENESIS, this.#keys);
    const range = rangeFault(s, this.#tree.size, this.#tree.root().toString("hex"));
    for (const fault of [own, range]) if (fault) this.#fault(SEALS, s.no, fault);
    this.#seal = s;
    this.#tree = new MerkleTree();
  }

  /** A chain cut at its end still verifies by itself: heads kept elsewhere show it. */
  head(h: { readonly stream: string; readonly seq: number; readonly hash: string }): void {
    const chain = this.#chains.get(h.stream);
    if (chain?.seq !== h.seq || chain.hash !== h.hash) this.#fault(h.stream, h.seq, "head");
  }

  /** @param most - faults named at most. */
  finish(most = MOST_FAULTS): Proof {
    for (const [stream, chain] of this.#chains) {
      const [gap] = [...chain.early.keys()].toSorted((a, b) => a - b);
      if (gap !== undefined) this.#fault(stream, gap, "gap");
    }
    return {
      ok: this.#faults.length === 0,
      entries: this.#entries,
      streams: this.#chains.size,
      seals: this.#seal?.no ?? 0,
      until: this.#until,
      faults: this.#faults.slice(0, most),
    };
  }
}

const sameFields = (body: Body, columns: Body): boolean =>
  body.stream === columns.stream &&
  body.seq === columns.seq &&
  body.type === columns.type &&
  body.actor === columns.actor &&
  body.at === columns.at;
