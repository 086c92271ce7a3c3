import { createHash } from "node:crypto";
import type { ArchiveManifest } from "@doorstep/sdk";
import { z } from "zod";
import { lineOf, problem } from "../boot/problems.ts";
import type { Problem } from "../registry.ts";
import { archiveManifest, asManifest } from "./manifest-schema.ts";
import { readFiles } from "./read-files.ts";
import { isSignedBy, type Publisher, type Signature } from "./signature.ts";

export const MANIFEST = "plugin.json";
export const SIGNATURE = "plugin.sig";
export const SERVER = "server.mjs";

/** An archive that was looked into; nothing of it has run. */
export interface CheckedArchive {
  readonly manifest: ArchiveManifest;
  /** all but the signature */
  readonly files: ReadonlyMap<string, Buffer>;
  /** SHA-256 of `plugin.json`, which holds the hashes of all other files: it names the content */
  readonly digest: string;
  /** `null` where it is not signed by a key that is trusted here */
  readonly publisher: Publisher | null;
}

export type ArchiveCheck =
  | { readonly ok: true; readonly archive: CheckedArchive }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export const sha384 = (bytes: Uint8Array): string => createHash("sha384").update(bytes).digest("hex");

const signatureFile = z.object({ keyId: z.string().regex(/^[0-9a-f]{32}$/), signature: z.base64().max(200) });

function parsed<T>(bytes: Buffer, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(bytes.toString("utf8"))).data;
  } catch {
    return undefined;
  }
}

/** Whether every file is there as it was when the manifest was written, and nothing besides. */
function fileProblems(manifest: ArchiveManifest, files: ReadonlyMap<string, Buffer>): Problem[] {
  const named = Object.keys(manifest.files);
  const loose = [...files.keys()].filter((name) => name !== MANIFEST && !Object.hasOwn(manifest.files, name));
  const changed = named.filter((name) => {
    const bytes = files.get(name);
    return bytes === undefined || sha384(bytes) !== manifest.files[name];
  });
  const needed = [SERVER, ...Object.values(manifest.ui).flatMap(({ entry, css }) => [entry, ...css])];
  const missing = needed.filter((name) => !Object.hasOwn(manifest.files, name));
  return [...missing, ...changed, ...loose].map((file) => problem("plugin.archiveFile", { file }));
}

function signer(
  manifest: Buffer,
  signature: Signature | undefined,
  publishers: readonly Publisher[],
): Publisher | Problem | null {
  if (!signature) return null;
  const publisher = publishers.find((one) => one.keyId === signature.keyId);
  if (!publisher) return problem("plugin.publisherUnknown", { key: signature.keyId });
  return isSignedBy(manifest, signature, publisher.publicKey) ? publisher : problem("plugin.signatureWrong");
}

/**
 * Looks into an archive without running anything of it: format, every file against its hash, and whose signature it
 * bears.
 *
 * @param unsigned - whether archives without a signature are taken, as in development
 */
export async function checkArchive(
  archive: Uint8Array,
  publishers: readonly Publisher[],
  unsigned: boolean,
): Promise<ArchiveCheck> {
  const refused = (...problems: readonly Problem[]): ArchiveCheck => ({ ok: false, problems });
  let files: ReadonlyMap<string, Buffer>;
  try {
    files = await readFiles(archive);
  } catch (error) {
    return refused(problem("plugin.archiveUnreadable", { error: lineOf(error) }));
  }
  const bytes = files.get(MANIFEST);
  const read = bytes && parsed(bytes, archiveManifest);
  if (!bytes || !read) return refused(problem("plugin.archiveManifest"));
  const manifest = asManifest(read);
  const sealed = files.get(SIGNATURE);
  const signature = sealed && parsed(sealed, signatureFile);
  if (sealed && !signature) return refused(problem("plugin.signatureWrong"));
  const content = new Map([...files].filter(([name]) => name !== SIGNATURE));
  const wrong = fileProblems(manifest, content);
  if (wrong.length > 0) return refused(...wrong);
  const publisher = signer(bytes, signature, publishers);
  if (publisher && "fix" in publisher) return refused(publisher);
  if (!publisher && !unsigned) return refused(problem("plugin.unsigned"));
  const digest = createHash("sha256").update(bytes).digest("hex");
  return { ok: true, archive: { manifest, files: content, digest, publisher } };
}
