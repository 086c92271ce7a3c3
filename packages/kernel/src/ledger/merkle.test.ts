import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MerkleTree } from "./merkle.ts";

const sha = (...parts: Buffer[]) => createHash("sha256").update(Buffer.concat(parts)).digest();

/** The definition of RFC 6962 §2.1, word by word. */
function mth(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha();
  if (leaves.length === 1) return sha(Buffer.of(0), leaves[0] as Buffer);
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha(Buffer.of(1), mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}

test("leaf by leaf gives the root that RFC 6962 defines, for any number of leaves", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 0, maxLength: 8 }), { maxLength: 70 }), (given) => {
      const leaves = given.map((g) => Buffer.from(g));
      const tree = new MerkleTree();
      for (const leaf of leaves) tree.add(leaf);
      expect(tree.root().toString("hex")).toBe(mth(leaves).toString("hex"));
      expect(tree.size).toBe(leaves.length);
    }),
  );
});

test("the roots of certificate transparency's own test vectors", () => {
  const leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
  const roots = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ];
  const tree = new MerkleTree();
  for (const [n, leaf] of leaves.entries()) {
    tree.add(Buffer.from(leaf, "hex"));
    expect(tree.root().toString("hex")).toBe(roots[n]);
  }
});
