import { readFile, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { Problem, Publisher } from "@doorstep/plugin-host";
import type { Verb } from "../verb.ts";
import { only, parsed, tell } from "./arguments.ts";
import { BuildError } from "./build-error.ts";

async function publisherIn(file: string): Promise<Publisher> {
  const { keyIdOf, readPublicKey } = await import("@doorstep/plugin-host");
  const publicKey = await readFile(file, "utf8");
  return { keyId: keyIdOf(readPublicKey(publicKey)), name: basename(file), publicKey };
}

/** A folder is built first, in memory: what does not build is refused before anything else. */
async function archiveOf(path: string): Promise<Buffer | Problem> {
  if (!(await stat(path)).isDirectory()) return await readFile(path);
  const { buildPlugin } = await import("./build-plugin.ts");
  try {
    return (await buildPlugin(path)).archive;
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    const message = { "zh-CN": `模块无法构建：${error.message}`, en: `The module cannot be built: ${error.message}` };
    const fix = { "zh-CN": "更正后再构建一次。", en: "Correct it and build once more." };
    return { code: "plugin.build", message, fix };
  }
}

/** Says why a platform of this version would refuse a module. */
export const doctor: Verb = {
  summary: "say why a platform would refuse a module, and what to do",
  usage: [
    "doorstep doctor <archive or folder> [--trust <public key file>]...",
    "  --trust  whose signature the platform is to ask for; without it, it is not asked whose it is",
  ].join("\n"),
  async run(args, output) {
    const { values, positionals } = parsed(args, { trust: { type: "string", multiple: true } });
    const path = resolve(only(positionals, "archive or folder"));
    const given = Array.isArray(values.trust) ? values.trust.map(String) : [];
    const publishers = await Promise.all(given.map(publisherIn));
    const archive = await archiveOf(path);
    const { examineArchive } = await import("@doorstep/plugin-host");
    const problems = Buffer.isBuffer(archive) ? await examineArchive(archive, publishers) : [archive];
    if (problems.length === 0) {
      tell(output, { problems }, "Nothing speaks against it.");
      return 0;
    }
    if (output.json) output.out(JSON.stringify({ ok: false, problems }));
    else for (const one of problems) output.err(`${one.code}\n  ${one.message.en}\n  ${one.fix?.en ?? ""}`);
    return 1;
  },
};
