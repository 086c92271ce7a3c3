import { readFile, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { UsageError, type Verb } from "../verb.ts";
import { only, parsed, said, tell } from "./arguments.ts";
import { BuildError } from "./build-error.ts";

/** The key to sign with: a file's, or with `--here` the one of this platform. */
async function signingKey(file: string | undefined, here: boolean): Promise<string | undefined> {
  if (file !== undefined && here) throw new UsageError("Either --key or --here.");
  if (file !== undefined) return await readFile(file, "utf8");
  if (!here) return undefined;
  const { ownKeyOfHere } = await import("./own-key.ts").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new UsageError("--here is for the folder of a platform; give --key <file>.");
  });
  return await ownKeyOfHere();
}

/** Makes the archive of a module. */
export const build: Verb = {
  summary: "make the archive of a module from its folder",
  usage: [
    "doorstep build <folder> [--out <folder>] [--key <file> | --here]",
    "  --key   signs with that Ed25519 key (doorstep sign --new makes one)",
    "  --here  signs with this platform's own key: its server takes it as built here",
  ].join("\n"),
  async run(args, output) {
    const { values, positionals } = parsed(args, {
      out: { type: "string" },
      key: { type: "string" },
      here: { type: "boolean" },
    });
    const folder = resolve(only(positionals, "folder"));
    const { buildPlugin } = await import("./build-plugin.ts");
    try {
      const built = await buildPlugin(folder, await signingKey(said(values.key), values.here === true));
      const file = join(resolve(said(values.out) ?? "."), built.fileName);
      await writeFile(file, built.archive);
      tell(output, { file, id: built.manifest.id, version: built.manifest.version }, `Written to ${file}.`);
      return 0;
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      output.err(`The module cannot be built: ${error.message}`);
      return 1;
    }
  },
};

/** Signs an archive, or makes the key to sign with. */
export const sign: Verb = {
  summary: "sign the archive of a module, or make a key to sign with",
  usage: [
    "doorstep sign <archive> --key <file> | --here      writes the signature into the archive",
    "doorstep sign --new <file>                         makes a key; <file>.pub is for those who are to trust it",
  ].join("\n"),
  async run(args, output) {
    const { values, positionals } = parsed(args, {
      key: { type: "string" },
      here: { type: "boolean" },
      new: { type: "string" },
    });
    const made = said(values.new);
    if (made !== undefined) {
      const host = await import("@doorstep/plugin-host");
      const { privateKey, publicKey } = host.createSigningKey();
      await writeFile(made, privateKey, { mode: 0o600, flag: "wx" });
      await writeFile(`${made}.pub`, publicKey, { flag: "wx" });
      const keyId = host.keyIdOf(host.readPublicKey(publicKey));
      tell(output, { file: made, keyId }, `The key ${keyId} is in ${made}; keep it. ${made}.pub is for others.`);
      return 0;
    }
    const file = only(positionals, "archive");
    const key = await signingKey(said(values.key), values.here === true);
    if (key === undefined) throw new UsageError("Say with which key: --key <file> or --here.");
    const { signArchive } = await import("./sign-archive.ts");
    try {
      const { archive, keyId } = await signArchive(await readFile(file), key);
      await writeFile(file, archive);
      tell(output, { file, keyId }, `Signed by ${keyId}.`);
      return 0;
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      output.err(error.message);
      return 1;
    }
  },
};

/** Looks into an archive without a platform. */
export const verify: Verb = {
  summary: "check the archive of a module: format, files, signature",
  usage: [
    "doorstep verify <archive> [--trust <public key file>]...",
    "  without --trust a signature is checked only as far as its key is named in the answer",
  ].join("\n"),
  async run(args, output) {
    const { values, positionals } = parsed(args, { trust: { type: "string", multiple: true } });
    const file = only(positionals, "archive");
    const host = await import("@doorstep/plugin-host");
    const trusted = await Promise.all(
      (Array.isArray(values.trust) ? values.trust : []).map(async (name) => {
        const publicKey = await readFile(String(name), "utf8");
        return { keyId: host.keyIdOf(host.readPublicKey(publicKey)), name: basename(String(name)), publicKey };
      }),
    );
    const checked = await host.checkArchive(await readFile(file), trusted, trusted.length === 0);
    if (!checked.ok) {
      if (output.json) output.out(JSON.stringify({ ok: false, problems: checked.problems }));
      else for (const one of checked.problems) output.err(`${one.message.en}\n  ${one.fix?.en ?? ""}`);
      return 1;
    }
    const { manifest, publisher, digest } = checked.archive;
    const facts = { id: manifest.id, version: manifest.version, digest, publisher: publisher?.keyId ?? null };
    tell(
      output,
      { ...facts, capabilities: manifest.capabilities },
      `${manifest.id} ${manifest.version}: ${Object.keys(manifest.files).length} files are as they were built, ${publisher ? `signed by ${publisher.name}` : "signature not judged"}. Asks for: ${manifest.capabilities.join(", ") || "nothing"}.`,
    );
    return 0;
  },
};
