import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

/** The one secret everything else derives from, with the number of its rotation. */
export interface MasterKey {
  readonly key: Buffer;
  readonly version: number;
  /** the file it stands in; a key that a command gives is kept elsewhere */
  readonly path: string | undefined;
}

/** The key as it is printed for the safe; a key file may hold exactly this line. */
export const printedKey = (master: MasterKey): string =>
  `${master.version === 1 ? "" : `${master.version}:`}${master.key.toString("base64")}`;

const KEY_BYTES = 32;
const fileForm = z.object({
  version: z.number().int().min(1),
  key: z.string().transform((text) => Buffer.from(text, "base64")),
});

/** Where the key comes from: a command that prints it wins over a file, a named file over that of the data folder. */
export interface KeySource {
  readonly dataDir: string;
  readonly keyFile: string | undefined;
  readonly keyCommand: string | undefined;
}

/**
 * Reads the master key; makes the key file of the data folder when there is none.
 *
 * @throws Error that says which file or command gave no key, never its content.
 */
export async function readMasterKey(source: KeySource): Promise<MasterKey> {
  if (source.keyCommand !== undefined)
    return { ...parseKeyFile(await printed(source.keyCommand), "DOORSTEP_KEY_COMMAND"), path: undefined };
  const path = source.keyFile ?? join(source.dataDir, "doorstep.key");
  // A named file that is missing is a mistake (a mount that failed): a new key would lock all data away.
  return { ...parseKeyFile(source.keyFile === undefined ? readOrMake(path) : readNamed(path), path), path };
}

function readNamed(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new Error(`The key file ${path} (DOORSTEP_KEY_FILE) cannot be read. Restore it, or name the right one.`, {
      cause,
    });
  }
}

function readOrMake(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ENOENT") throw error;
  }
  makeKeyFile(path, 1);
  return readFileSync(path, "utf8");
}

/** Puts a new key into a file that nobody else may read; one that is there by now stays. */
export function makeKeyFile(path: string, version: number): void {
  mkdirSync(dirname(path), { recursive: true });
  const content = `${JSON.stringify({ version, key: randomBytes(KEY_BYTES).toString("base64") })}\n`;
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, content, { mode: 0o600, flush: true });
  try {
    // A link fails when the file is there by now, so that two first starts agree on one key.
    linkSync(unfinished, path);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "EEXIST") throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

async function printed(command: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("sh", ["-c", command], { timeout: 30_000, maxBuffer: 64 * 1_024 });
    return stdout;
  } catch (error) {
    const { code } = error as { code?: unknown };
    throw new Error(`DOORSTEP_KEY_COMMAND failed (${String(code ?? "no exit code")}). Run it by hand to see why.`);
  }
}

/** Reads the content of a key file, or its one printed line. */
export function parseKeyFile(content: string, where: string): Omit<MasterKey, "path"> {
  const text = content.trim();
  const [, version = "1", key = text] = /^([1-9]\d{0,5}):(.+)$/s.exec(text) ?? [];
  const parsed = fileForm.safeParse(text.startsWith("{") ? json(text) : { version: Number(version), key });
  if (!parsed.success || parsed.data.key.length < KEY_BYTES) {
    throw new Error(`${where} gives no key of at least ${KEY_BYTES} bytes in base64. Restore it from its safe place.`);
  }
  return parsed.data;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
