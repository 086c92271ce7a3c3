import { createHash } from "node:crypto";

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);
const sha256 = (...parts: readonly Buffer[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** A Merkle tree as RFC 6962 has it, fed leaf by leaf; it keeps one hash a level. */
export class MerkleTree {
  /** roots of the full subtrees so far, largest first */
  readonly #subtrees: { readonly size: number; readonly root: Buffer }[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(leaf: Buffer): void {
    this.#size += 1;
    let right = { size: 1, root: sha256(LEAF, leaf) };
    for (let left = this.#subtrees.at(-1); left?.size === right.size; left = this.#subtrees.at(-1)) {
      this.#subtrees.pop();
      right = { size: left.size * 2, root: sha256(NODE, left.root, right.root) };
    }
    this.#subtrees.push(right);
  }

  root(): Buffer {
    const [first, ...rest] = this.#subtrees.toReversed();
    if (!first) return sha256();
    return rest.reduce((right, left) => sha256(NODE, left.root, right), first.root);
  }
}
