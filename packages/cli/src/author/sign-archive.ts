import { MANIFEST, readFiles, SIGNATURE, signManifest, writeArchive } from "@doorstep/plugin-host";
import { BuildError } from "./build-error.ts";

/**
 * Writes a signature into an archive, in the place of the one it had.
 *
 * @throws BuildError where there is no manifest to sign
 */
export async function signArchive(
  archive: Uint8Array,
  privateKey: string,
): Promise<{ readonly archive: Buffer; readonly keyId: string }> {
  const files = new Map<string, Uint8Array>(await readFiles(archive));
  const manifest = files.get(MANIFEST);
  if (!manifest) throw new BuildError("There is no plugin.json in that archive: make it with doorstep build.");
  const signature = signManifest(manifest, privateKey);
  files.set(SIGNATURE, Buffer.from(JSON.stringify(signature)));
  return { archive: await writeArchive(files), keyId: signature.keyId };
}
