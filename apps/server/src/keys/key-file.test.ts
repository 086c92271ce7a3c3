import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { printedKey, readMasterKey } from "./key-file.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "doorstep-key-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const read = (more: { readonly keyFile?: string; readonly keyCommand?: string } = {}) =>
  readMasterKey({ dataDir, keyFile: more.keyFile, keyCommand: more.keyCommand });

describe("the key", () => {
  it("is made once, for nobody else to read, and stays the same", async () => {
    const first = await read();
    expect(first.key).toHaveLength(32);
    expect(statSync(join(dataDir, "doorstep.key")).mode & 0o777).toBe(0o600);
    expect((await read()).key).toEqual(first.key);
    expect(readdirSync(dataDir)).toEqual(["doorstep.key"]);
  });

  it("is one for all who start at once", async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => read()));
    expect(new Set(keys.map(printedKey)).size).toBe(1);
  });

  it("can be written back from paper as it was printed", async () => {
    const first = await read();
    const file = join(dataDir, "restored");
    writeFileSync(file, `${printedKey(first)}\n`);
    expect((await read({ keyFile: file })).key).toEqual(first.key);
  });

  it("is printed with its number once it was changed, and read back with it", async () => {
    const file = join(dataDir, "restored");
    const second = { key: Buffer.alloc(32, 9), version: 2, path: undefined };
    writeFileSync(file, `${printedKey(second)}\n`);
    expect(await read({ keyFile: file })).toMatchObject({ key: second.key, version: 2 });
  });

  it("comes from a command, and then from no file", async () => {
    const master = await read({ keyCommand: `echo ${Buffer.alloc(32, 7).toString("base64")}` });
    expect([master.key, master.path]).toEqual([Buffer.alloc(32, 7), undefined]);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it("is never made anew where one was named: all data would be locked away", async () => {
    await expect(read({ keyFile: join(dataDir, "missing") })).rejects.toThrow(/DOORSTEP_KEY_FILE/);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it.each([
    ["short", Buffer.alloc(16).toString("base64")],
    ["empty", ""],
    ["no JSON", "{"],
    ["of another form", JSON.stringify({ version: 0, key: "x" })],
  ])("that is %s is refused without being shown, and left as it is", async (_name, content) => {
    const file = join(dataDir, "doorstep.key");
    writeFileSync(file, content);
    await expect(read()).rejects.toThrow(/gives no key/);
    expect(readFileSync(file, "utf8")).toBe(content);
  });

  it("of a command that fails says so without what it printed", async () => {
    const failure = await read({ keyCommand: "echo secret-of-the-house >&2; exit 3" }).catch(
      (error: Error) => error.message,
    );
    expect(failure).toMatch(/DOORSTEP_KEY_COMMAND failed \(3\)/);
    expect(failure).not.toContain("secret");
  });
});
