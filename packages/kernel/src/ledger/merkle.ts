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

/** One step from an entry up to the root: the hash beside it, and on which side that stands. */
export interface MerkleStep {
  readonly side: "left" | "right";
  readonly hash: Buffer;
}

const rootOf = (leaves: readonly Buffer[]): Buffer => {
  const tree = new MerkleTree();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
};

/** What proves one leaf of a tree to somebody who has only its root [RFC 6962, 2.1.1]; the lowest step first. */
export function merklePath(leaves: readonly Buffer[], at: number): readonly MerkleStep[] {
  if (leaves.length < 2) return [];
  const half = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  const [left, right] = [leaves.slice(0, half), leaves.slice(half)];
  return at < half
    ? [...merklePath(left, at), { side: "right", hash: rootOf(right) }]
    : [...merklePath(right, at - half), { side: "left", hash: rootOf(left) }];
}

/** The root to which a leaf and its path lead. */
export const rootByPath = (leaf: Buffer, path: readonly MerkleStep[]): Buffer =>
  path.reduce(
    (below, { side, hash }) => (side === "left" ? sha256(NODE, hash, below) : sha256(NODE, below, hash)),
    sha256(LEAF, leaf),
  );
