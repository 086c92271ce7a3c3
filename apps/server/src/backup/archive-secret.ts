import { createHash, hkdfSync, randomBytes, scryptSync } from "node:crypto";
import { DoorstepError } from "@doorstep/contracts";
import { z } from "zod";

/** What an archive is locked with: the house's key file, or a passphrase somebody keeps. */
export type ArchiveSecret =
  | { readonly kind: "keyFile"; readonly key: Buffer }
  | { readonly kind: "passphrase"; readonly text: string };

const KEY_BYTES = 32;
/** Half a second and 128 MB a guess. */
const SCRYPT = { N: 131_072, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const;

/** The first line of an archive, readable by everybody; a changed line gives another key. */
export const archiveHeader = z.object({
  format: z.literal("doorstep-backup/1"),
  lock: z.enum(["keyFile", "passphrase"]),
  /** names the key file, without telling anything of it */
  key: z.string().max(16).nullable(),
  salt: z.base64(),
});
export type ArchiveHeader = z.output<typeof archiveHeader>;

const derived = (key: Buffer, salt: string | Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync("sha256", key, salt, purpose, KEY_BYTES));

/** Eight digits by which people tell key files apart. */
export const keyMark = (key: Buffer): string => derived(key, "doorstep.1", "key mark").subarray(0, 4).toString("hex");

export function newHeader(secret: ArchiveSecret): ArchiveHeader {
  return {
    format: "doorstep-backup/1",
    lock: secret.kind,
    key: secret.kind === "keyFile" ? keyMark(secret.key) : null,
    salt: randomBytes(KEY_BYTES).toString("base64"),
  };
}

export const headerLine = (header: ArchiveHeader): string => `${JSON.stringify(header)}\n`;

/** The key of this one archive. */
export function archiveKey(header: ArchiveHeader, secret: ArchiveSecret): Buffer {
  if (header.lock !== secret.kind) {
    if (header.lock === "passphrase") throw new DoorstepError("backup.passphrase");
    throw new DoorstepError("backup.noKey");
  }
  const salt = Buffer.from(header.salt, "base64");
  if (secret.kind === "keyFile" && header.key !== keyMark(secret.key))
    throw new DoorstepError("backup.wrongKey", { archive: header.key ?? "–", here: keyMark(secret.key) });
  const ground =
    secret.kind === "keyFile" ? secret.key : scryptSync(secret.text.normalize("NFKC"), salt, KEY_BYTES, SCRYPT);
  return derived(ground, salt, `backup ${createHash("sha256").update(headerLine(header)).digest("hex")}`);
}
