import { createPrivateKey, createPublicKey } from "node:crypto";
import { deriveKeys, type Keys } from "@doorstep/kernel";
import { keyIdOf, type Publisher } from "@doorstep/plugin-host";
import { readMasterKey } from "./key-file.ts";

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 [RFC 8410]. */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** The key with which this platform signs what is built here; it follows from the key file, so it lies nowhere. */
export function ownSigningKey(keys: Keys): { readonly privateKey: string; readonly publisher: Publisher } {
  const seed = keys.derive("plugins:signing");
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(key);
  return {
    privateKey: key.export({ type: "pkcs8", format: "pem" }).toString(),
    publisher: {
      keyId: keyIdOf(publicKey),
      name: "built here",
      publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
    },
  };
}

/** The same without a platform: the key file is enough. */
export async function ownKeyOf(env: Parameters<typeof readMasterKey>[0]): Promise<string> {
  const master = await readMasterKey(env);
  return ownSigningKey(deriveKeys(master.key, master.version)).privateKey;
}
