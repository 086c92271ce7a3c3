import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { registerCase } from "../cases/register.ts";
import { writeMessage } from "../cases/thread.ts";
import { execute } from "../pipeline/execute.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, claim, file, staffOf } from "../testing/story.ts";
import { open } from "../vault/seal.ts";
import { type Blobs, folderBlobs } from "./blobs.ts";
import { shelterFiles } from "./file-keys.ts";
import { keepFile } from "./keep-file.ts";
import { type FileRow, mayReadFile } from "./may-read-file.ts";
import { readContent } from "./read-file.ts";

const WORDS = "%PDF-1.4\n% the account book of the quartermaster\n%%EOF\n";

async function setUp() {
  const t = await openTestKernel();
  const folder = await mkdtemp(join(tmpdir(), "doorstep-files-"));
  const blobs = folderBlobs(folder);
  const keep = async (): Promise<string> => {
    const content = (async function* () {
      yield Buffer.from(WORDS);
    })();
    return (await keepFile(t.kernel, blobs, { name: "账.pdf", content })).id;
  };
  return {
    t,
    blobs,
    keep,
    [Symbol.asyncDispose]: async () => {
      await t[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

async function stored(t: TestKernel, caseId: string, fileId: string): Promise<FileRow> {
  const row = await mayReadFile(t.kernel, { actor: undefined, codeCaseId: caseId }, fileId);
  if (!row) throw new Error("not there");
  return row;
}

async function textOf(t: TestKernel, blobs: Blobs, row: FileRow): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of readContent(t.kernel, blobs, row)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString();
}

/** The general key opens nothing of it, the organ's opens it, another organ's does not. */
async function expectSheltered(t: TestKernel, blobs: Blobs, caseId: string, fileId: string): Promise<void> {
  const row = await stored(t, caseId, fileId);
  const by = (key: Buffer) => () => open(key, row.dek, `file:${fileId}`);
  expect(row.organId).not.toBeNull();
  expect(by(t.kernel.keys.kek.key)).toThrow();
  expect(by(t.kernel.keys.organ(t.units.second).key)).toThrow();
  expect(by(t.kernel.keys.organ(row.organId ?? "").key)()).toHaveLength(32);
  expect(await textOf(t, blobs, row)).toBe(WORDS);
}

test("what comes with an accusation, or later into its thread, lies under the key of its organ alone", async () => {
  await using s = await setUp();
  const { t, blobs, keep } = s;
  const [first, second] = [await keep(), await keep()];
  const caseId = await file(t, { purpose: "accuse", fileIds: [first] });
  await execute(t.kernel, writeMessage, byPetitioner(t, caseId), {
    text: "补充材料",
    visibility: "petitioner",
    fileIds: [second],
  });

  await expectSheltered(t, blobs, caseId, first);
  await expectSheltered(t, blobs, caseId, second);
});

test("an ordinary petition's file lies under the general key, and moves under the organ's when it turns out to be an accusation", async () => {
  await using s = await setUp();
  const { t, blobs, keep } = s;
  const { clerk } = await staffOf(t);
  const fileId = await keep();
  const caseId = await file(t, { fileIds: [fileId] });
  const before = await stored(t, caseId, fileId);
  expect(open(t.kernel.keys.kek.key, before.dek, `file:${fileId}`)).toHaveLength(32);

  const accusation = { ...claim, category: "accusation", track: "accusation", confidentiality: 3, subRoute: null };
  await execute(t.kernel, registerCase, byPerson(t, caseId, clerk), accusation as never);

  await expectSheltered(t, blobs, caseId, fileId);
});

test("a file that an earlier version left under the general key is put under the organ's", async () => {
  await using s = await setUp();
  const { t, blobs, keep } = s;
  const [fileId, other] = [await keep(), await keep()];
  const caseId = await file(t, { purpose: "accuse" });
  const plain = await file(t, { fileIds: [other] });
  await t.database.pool.query("update kernel.files set case_id = $2 where id = $1", [fileId, caseId]);

  expect(await shelterFiles(t.kernel)).toBe(1);

  await expectSheltered(t, blobs, caseId, fileId);
  expect(await textOf(t, blobs, await stored(t, plain, other))).toBe(WORDS);
  expect(await shelterFiles(t.kernel)).toBe(0);
});
