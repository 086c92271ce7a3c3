import { hash } from "node:crypto";
import { canonical } from "./canonical.ts";
import { isSignedBy, type SealKey } from "./seal-keys.ts";

/** What a seal states: the entries of this range, in commit order, are these and no others. */
export interface SealBody {
  readonly no: number;
  readonly at: string;
  readonly epoch: number;
  /** first transaction of the range */
  readonly xidFrom: string;
  /** first transaction after it */
  readonly xidTo: string;
  readonly entries: number;
  /** of the tree over the hashes of the entries */
  readonly root: string;
  /** hash of the seal before */
  readonly prev: string;
  readonly keyId: string;
}

export interface Seal extends SealBody {
  readonly hash: string;
  readonly signature: string;
}

const DOMAIN = "doorstep.seal.1\n";

const bodyOf = ({ no, at, epoch, xidFrom, xidTo, entries, root, prev, keyId }: SealBody): SealBody => ({
  no,
  at,
  epoch,
  xidFrom,
  xidTo,
  entries,
  root,
  prev,
  keyId,
});

export const sealHash = (body: SealBody): string => hash("sha256", DOMAIN + canonical(bodyOf(body)), "hex");

export function signed(body: SealBody, key: SealKey): Seal {
  const digest = sealHash(body);
  return { ...body, hash: digest, signature: key.sign(Buffer.from(digest, "hex")).toString("hex") };
}

/** Public keys by their name; those that signed before a change of keys belong here too. */
export type PublicKeys = ReadonlyMap<string, string>;

/** What is wrong with a seal by itself and after the one before. */
export function sealFault(before: Seal | undefined, s: Seal, genesis: string, keys: PublicKeys): string | null {
  if (s.no !== (before?.no ?? 0) + 1) return "sealGap";
  if (s.prev !== (before?.hash ?? genesis)) return "sealChain";
  if (sealHash(s) !== s.hash) return "sealAltered";
  // within an epoch ranges meet; a new epoch begins at its first transaction
  const meets = before === undefined || s.epoch > before.epoch ? s.xidFrom === "0" : s.xidFrom === before.xidTo;
  if (!meets || (before && s.epoch < before.epoch)) return "sealRange";
  const key = keys.get(s.keyId);
  if (key === undefined) return "sealKeyUnknown";
  const good = isSignedBy(key, Buffer.from(s.hash, "hex"), Buffer.from(s.signature, "hex"));
  return good ? null : "sealSignature";
}

/** Checks the entries of a seal's range against what it states. */
export const rangeFault = (s: Seal, entries: number, root: string): string | null => {
  if (entries !== s.entries) return "sealCount";
  return root === s.root ? null : "sealRoot";
};
