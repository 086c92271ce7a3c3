import { hash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { deflateSync } from "node:zlib";
import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askAccess } from "../access/ask-access.ts";
import type { Actor } from "../actor.ts";
import { askAssist } from "../cases/assists.ts";
import { casesHandlers } from "../cases/handlers.ts";
import { writeMessage } from "../cases/thread.ts";
import { folderBlobs, keepFile } from "../files/index.ts";
import { rootByPath } from "../ledger/merkle.ts";
import { sealLedger } from "../ledger/seal-ledger.ts";
import { noticesHandlers } from "../notices/handlers.ts";
import { loadActor } from "../people/load-actor.ts";
import { execute } from "../pipeline/execute.ts";
import { declareRecusal } from "../recusal/recusal.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, file, inHandling, reply, rows, type Staff, staffOf } from "../testing/story.ts";
import { ledgerProofOf } from "./ledger-proof.ts";
import { verifyArchiveFile } from "./verify-archive.ts";

const folder = mkdtempSync(join(tmpdir(), "doorstep-archive-"));
let t: TestKernel;
let s: Staff;
let calls: ReturnType<typeof callsOf>;
const blobs = folderBlobs(folder);
const callsOf = (of: TestKernel) => caller({ ...of.kernel, blobs }, { cases: casesHandlers, notices: noticesHandlers });

/** One point: grey, or with whatever stands for its packed pixels. */
const png = (colour = 0, packed = deflateSync(Buffer.from([0, 128]))): Buffer => {
  const crc = (bytes: Buffer): number => {
    let c = 0xff_ff_ff_ff;
    for (const byte of bytes) {
      c ^= byte;
      for (let k = 0; k < 8; k++) c = c & 1 ? 0xed_b8_83_20 ^ (c >>> 1) : c >>> 1;
    }
    return (c ^ 0xff_ff_ff_ff) >>> 0;
  };
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, colour, 0, 0, 0]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([...[signature, chunk("IHDR", head), chunk("IDAT", packed)], chunk("IEND", Buffer.alloc(0))]);
};

beforeAll(async () => {
  t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  s = await staffOf(t);
  calls = callsOf(t);
}, 60_000);
afterAll(async () => {
  await t[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const keep = async (name: string, bytes: Buffer): Promise<string> =>
  (await keepFile(t.kernel, blobs, { name, content: Readable.from([bytes]) })).id;
const take = (actor: Actor | undefined, caseId: string, more: object = {}) =>
  calls(actor).cases.wholeFile({ caseId, locale: "zh-CN", purpose: "filing", ...more });
const bytesOf = async (...asked: Parameters<typeof take>): Promise<Buffer> =>
  Buffer.from((await take(...asked)).pdf, "base64");
const textOf = async (pdf: Buffer): Promise<string> =>
  (await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })).text.replaceAll(/\s/g, "");
const MARK = /%doorstep\.archive\.1 [^\n]*\n/;
const check = (pdf: Buffer) => {
  const whole = pdf.toString("latin1");
  const [mark = ""] = MARK.exec(whole) ?? [];
  const hashed = hash("sha256", Buffer.from(whole.replace(MARK, ""), "latin1"), "hex");
  return calls(undefined).notices.verifyArchive({ mark, hash: hashed });
};
const checkFile = (pdf: Buffer) => verifyArchiveFile(t.kernel, pdf);
const exports = () =>
  rows<{ actor: string; facts: Record<string, unknown> }>(
    t,
    "select actor, body::jsonb->'facts' as facts from kernel.ledger where type = 'data.exported' order by seq",
  );

test("the whole file holds matter, story, letters, pictures and proof, as PDF/A-2b without script, and says who took it", async () => {
  const caseId = await inHandling(t, s);
  const fileIds = [
    await keep("窗户.png", png()),
    await keep("合同.pdf", Buffer.from("%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n")),
  ];
  await execute(t.kernel, writeMessage, byPetitioner(t, caseId), {
    text: "补一张照片𠮷",
    visibility: "petitioner",
    fileIds,
  });
  await reply(t, s, caseId);
  await sealLedger(t.kernel);

  const [view, taken] = [await calls(s.officer).cases.get({ caseId }), await take(s.officer, caseId)];
  const pdf = Buffer.from(taken.pdf, "base64");
  const text = await textOf(pdf);

  expect(taken.fileName).toBe(`${view.caseNo}.pdf`);
  expect(taken.beside).toEqual([{ id: fileIds[1], name: "合同.pdf", size: expect.any(Number) }]);
  const proof = await ledgerProofOf(t.kernel, caseId);
  for (const part of [
    ...[view.caseNo, view.title, view.body, "目录", "补一张照片〔U+20BB7〕", "窗户.png", "合同.pdf", "另附原文件"],
    ...view.notices.filter((one) => one.sealedAt).map((one) => one.number ?? ""),
    ...[proof.entries.at(-1)?.hash ?? "", proof.sealed?.seal.root ?? "", proof.sealed?.seal.signature ?? ""],
    hash("sha256", png(), "hex"),
  ])
    expect(text).toContain(part.replaceAll(/\s/g, ""));

  const source = pdf.toString("latin1");
  expect(source).toMatch(/^%PDF-1\.7\n/);
  expect(source).toMatch(/\/ID \[<[0-9a-f]{32}> <[0-9a-f]{32}>\]/);
  expect(source).toMatch(/startxref\n\d+\n%%EOF\n$/);
  expect(source).toContain("<pdfaid:part>2</pdfaid:part>");
  expect(source).toContain("<pdfaid:conformance>B</pdfaid:conformance>");
  expect(source).toMatch(/\/OutputIntents/);
  expect(source).toMatch(/\/S \/GTS_PDFA1/);
  expect(source.match(/\/FontFile2/g)?.length).toBe(source.match(/\/Type \/FontDescriptor/g)?.length);
  expect(source).not.toMatch(/\/(JavaScript|JS|Launch|EmbeddedFile|Encrypt|AA|OpenAction) /);
  expect(source.match(/\/Subtype \/Image/g)?.length).toBeGreaterThan(0);

  const [last] = (await exports()).slice(-1);
  expect(last).toEqual({
    actor: `person:${s.officer.personId}`,
    facts: {
      ...{ what: "caseFile", archive: expect.any(String), case: caseId, purpose: "filing" },
      ...{ count: proof.entries.length > 0 ? expect.any(Number) : 0, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    },
  });
  const inEnglish = await textOf(await bytesOf(s.officer, caseId, { locale: "en" }));
  for (const words of ["Proofoftheledger", "Purposeforthearchive"]) expect(inEnglish).toContain(words);
});

/** The start of a JPEG of one point, as far as a reader must look. */
const jpeg = (channels: number): Buffer =>
  Buffer.from([
    ...[0xff, 0xd8, 0xff, 0xc0, 0, 8 + 3 * channels, 8, 0, 1, 0, 1, channels],
    ...Array.from({ length: channels }, (_, n) => [n + 1, 0x11, 0]).flat(),
    ...[0xff, 0xda, 0, 6 + 2 * channels, channels],
    ...Array.from({ length: channels }, (_, n) => [n + 1, 0]).flat(),
    ...[0, 63, 0, 0, 0xff, 0xd9],
  ]);

test("pictures that cannot be drawn, or have print colours, stay beside the file and stop nothing", async () => {
  const caseId = await inHandling(t, s);
  const files = {
    "坏像素.png": png(6, Buffer.from("no pixels")),
    "缺行.png": png(6, deflateSync(Buffer.from([0]))),
    "印刷色.jpg": jpeg(4),
    "三色.jpg": jpeg(3),
  };
  const fileIds: string[] = [];
  for (const [name, bytes] of Object.entries(files)) fileIds.push(await keep(name, bytes));
  await execute(t.kernel, writeMessage, byPetitioner(t, caseId), { text: "照片", visibility: "petitioner", fileIds });
  const { beside, pdf } = await take(s.officer, caseId);
  expect(beside.map((one) => one.name).toSorted()).toEqual(["印刷色.jpg", "坏像素.png", "缺行.png"].toSorted());
  expect(Buffer.from(pdf, "base64").toString("latin1")).not.toContain("/DeviceCMYK");
});

test("the path in it leads from the last sealed entry to the root of the seal", async () => {
  const caseId = await inHandling(t, s);
  await file(t);
  await file(t);
  await sealLedger(t.kernel);
  await execute(t.kernel, writeMessage, byPetitioner(t, caseId), {
    text: "还没封存",
    visibility: "petitioner",
    fileIds: [],
  });
  const { entries, sealed } = await ledgerProofOf(t.kernel, caseId);
  if (!sealed) throw new Error("nothing is sealed");
  expect(sealed.seq).toBe(entries.length - 1);
  expect(sealed.path.length).toBeGreaterThan(0);
  expect(rootByPath(Buffer.from(sealed.hash, "hex"), sealed.path).toString("hex")).toBe(sealed.seal.root);
});

test("it proves itself: a changed byte, another mark, another house and a ledger that does not hold it are told", async () => {
  const caseId = await inHandling(t, s);
  const [pdf, other] = [await bytesOf(s.officer, caseId), await bytesOf(s.officer, caseId, { locale: "en" })];
  const { caseNo } = await calls(s.officer).cases.get({ caseId });
  expect(await check(pdf)).toEqual({
    state: "genuine",
    archive: { caseNo, madeAt: new Date("2026-03-02T02:00:00Z").toISOString(), timeZone: "Asia/Shanghai" },
  });
  const altered = Buffer.from(pdf);
  altered[1_000] = (altered[1_000] ?? 0) ^ 1;
  const [mark = ""] = MARK.exec(other.toString("latin1")) ?? [];
  const changed = { state: "changed", archive: null };
  expect(await check(altered)).toEqual(changed);
  expect([await checkFile(pdf), await checkFile(altered)]).toEqual([await check(pdf), changed]);
  expect(await checkFile(Buffer.from("%PDF-1.7\n%%EOF\n"))).toBeNull();
  expect(await check(Buffer.from(pdf.toString("latin1").replace(MARK, mark), "latin1"))).toEqual(changed);
  expect(await check(Buffer.from("no PDF at all"))).toEqual(changed);
  await using foreign = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const [, own] = [await check(pdf), calls];
  calls = callsOf(foreign);
  expect(await check(pdf)).toEqual(changed);
  calls = callsOf({ ...foreign, kernel: { ...foreign.kernel, keys: t.kernel.keys } } as TestKernel);
  expect(await check(pdf)).toEqual({ state: "unrecorded", archive: null });
  calls = own;
});

test("only who handles or leads takes it: nobody recused, elsewhere, let in, assisting or outside, and an accusation its organ alone", async () => {
  const caseId = await inHandling(t, s);
  const stranger = await t.person("二营干事", "second", [{ role: "officer", unit: "second" }]);
  expect(await refusalOf(take(stranger, caseId))).toEqual("case.notFound");
  expect(await refusalOf(take(undefined, caseId))).toEqual("unauthorized");

  const { caseNo } = await calls(s.officer).cases.get({ caseId });
  await askAccess(t.kernel, stranger, { caseNo, reason: "有人可能受到伤害，须立即了解" } as never);
  const letIn = await loadActor(t.kernel, stranger.personId, t.clock.now);
  expect((await calls(letIn ?? undefined).cases.get({ caseId })).caseNo).toBe(caseNo);
  expect(await refusalOf(take(letIn ?? undefined, caseId))).toEqual("forbidden");

  const helped = await inHandling(t, s);
  const question = { unitId: t.units.second, question: "请提供工资表", days: 5 };
  await execute(t.kernel, askAssist, byPerson(t, helped, s.officer), question as never);
  expect((await calls(stranger).cases.get({ caseId: helped })).caseId).toBe(helped);
  expect(await refusalOf(take(stranger, helped))).toEqual("forbidden");

  await declareRecusal(t.kernel, byPerson(t, caseId, s.officer), "来信人是我的亲属");
  expect(await refusalOf(take(s.officer, caseId))).toEqual("case.notFound");

  const accusation = await file(t, { unitId: t.units.company, purpose: "accuse" });
  const discipline = await t.person("纪检", "first", [{ role: "discipline", unit: "first" }]);
  expect(await refusalOf(take(s.officer, accusation))).toEqual("case.notFound");
  expect(await refusalOf(take(s.signer, accusation))).toEqual("case.notFound");
  const before = (await exports()).length;
  expect((await take(discipline, accusation)).fileName).toMatch(/\.pdf$/);
  expect((await exports()).length).toBe(before + 1);
});
