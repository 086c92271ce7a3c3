import { crc32, deflateSync } from "node:zlib";
import type { LetterDoc } from "@doorstep/contracts";
import { getDocumentProxy } from "unpdf";
import { expect, test } from "vitest";
import { sealReply } from "../cases/reply.ts";
import { noticesHandlers } from "../notices/handlers.ts";
import { execute } from "../pipeline/execute.ts";
import { sessionHandlers } from "../session/handlers.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel } from "../testing/index.ts";
import { byPerson, draft, inHandling, latestLetter, rows, staffOf } from "../testing/story.ts";
import { checkedPng } from "./check-png.ts";

const now = "2026-03-02T02:00:00Z";
const MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

interface Made {
  readonly width?: number;
  readonly height?: number;
  readonly depth?: number;
  readonly colour?: number;
  readonly interlaced?: number;
  readonly lines?: number;
  readonly filter?: number;
  readonly more?: Buffer;
}

/** A stroke on a ground without colour. */
function png({
  width = 60,
  height = 20,
  depth = 8,
  colour = 6,
  interlaced = 0,
  lines = height,
  filter = 0,
  more,
}: Made = {}) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([depth, colour, 0, 0, interlaced], 8);
  const line = Buffer.alloc(1 + width * 4, 0);
  line[0] = filter;
  if (width > 0) line.writeUInt32BE(0x000000ff, 1);
  const pixels = Buffer.concat(Array.from({ length: lines }, () => line));
  const parts = [
    chunk("IHDR", head),
    more ?? Buffer.alloc(0),
    chunk("IDAT", deflateSync(pixels)),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return Buffer.concat([MAGIC, ...parts]);
}

const most = { width: 1_200, height: 600 };

test("a picture is read to its last pixel, and kept without what else its file tells", () => {
  const told = png({ more: chunk("tEXt", Buffer.from("Author\0somebody")) });
  expect(checkedPng(told, most)).toEqual({ width: 60, height: 20, bytes: png() });
  const cut = png();
  const flipped = png();
  flipped[60] = (flipped[60] ?? 0) ^ 1;
  for (const wrong of [
    Buffer.alloc(0),
    Buffer.from("GIF89a"),
    cut.subarray(0, cut.length - 20),
    flipped,
    png({ width: 1_201 }),
    png({ height: 601 }),
    png({ width: 0 }),
    png({ depth: 16 }),
    png({ colour: 3 }),
    png({ colour: 5 }),
    png({ interlaced: 1 }),
    png({ lines: 19 }),
    png({ lines: 21 }),
    png({ filter: 5 }),
  ])
    expect(() => checkedPng(wrong, most)).toThrow(expect.objectContaining({ code: "signature.picture" }));
});

/** How many pictures a PDF shows on its pages. */
async function picturesIn(pdf: string): Promise<number> {
  const proxy = await getDocumentProxy(new Uint8Array(Buffer.from(pdf, "base64")));
  let shown = 0;
  for (let i = 1; i <= proxy.numPages; i++) {
    const { fnArray } = await (await proxy.getPage(i)).getOperatorList();
    // paintImageXObject
    shown += fnArray.filter((fn) => fn === 85).length;
  }
  return shown;
}

test("a letter bears the hand of whoever sealed it, and keeps it when he takes another or none", async () => {
  await using t = await openTestKernel({ now });
  const s = await staffOf(t);
  const as = caller(t.kernel, { session: sessionHandlers, notices: noticesHandlers });
  const sealed = async () => {
    const id = await inHandling(t, s);
    await draft(t, s, id, "予以补发");
    const noticeId = await latestLetter(t, id, "D14");
    await execute(t.kernel, sealReply, byPerson(t, id, s.signer), { noticeId });
    const draw = async () => (await as(s.officer).notices.pdf({ caseId: id, noticeId, locale: "zh-CN" })).pdf;
    return { id, noticeId, draw };
  };
  const signerIn = (noticeId: string) =>
    rows<{ signer: object | null }>(t, "select facts->'signer' as signer from kernel.notices where id = $1", [
      noticeId,
    ]).then(([row]) => row?.signer);

  // the handler's own picture is nothing to a letter the commander seals
  await as(s.handler).session.setSignature({ png: png({ width: 50 }).toString("base64") });
  const before = await sealed();
  expect(await signerIn(before.noticeId)).toBeNull();
  expect(await picturesIn(await before.draw())).toBe(0);

  const own = await as(s.signer).session.setSignature({ png: png().toString("base64") });
  expect(own).toEqual({ png: png().toString("base64"), since: t.clock.now.toISOString() });
  const signed = await sealed();
  expect(await signerIn(signed.noticeId)).toEqual({ name: "营长", picture: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const drawn = await signed.draw();
  expect(await picturesIn(drawn)).toBe(1);
  const { doc } = await as(s.officer).notices.preview({ caseId: signed.id, noticeId: signed.noticeId });
  expect((doc as LetterDoc).signature.signer).toMatchObject({ label: "签发人", name: "营长" });

  await as(s.signer).session.setSignature({ png: png({ width: 80 }).toString("base64") });
  await as(s.signer).session.setSignature({ png: null });
  expect(await as(s.signer).session.signature({})).toBeNull();
  expect(await signed.draw()).toBe(drawn);
  expect(await picturesIn(await (await sealed()).draw())).toBe(0);
});

test("one's signature is one's own: nobody reads or sets another's, the ledger holds that it changed, the record shows it", async () => {
  await using t = await openTestKernel({ now });
  const s = await staffOf(t);
  const as = caller(t.kernel, { session: sessionHandlers });
  await as(s.signer).session.setSignature({ png: png().toString("base64") });
  expect(await as(s.officer).session.signature({})).toBeNull();
  expect(await refusalOf(as(undefined).session.signature({}))).toBe("unauthorized");
  expect(await refusalOf(as(undefined).session.setSignature({ png: null }))).toBe("unauthorized");
  expect(await refusalOf(as(s.officer).session.setSignature({ png: Buffer.from("GIF89a").toString("base64") }))).toBe(
    "signature.picture",
  );
  expect((await as(s.signer).session.record({})).signature).toMatchObject({ png: png().toString("base64") });
  expect((await as(s.officer).session.record({})).signature).toBeNull();
  const [entry] = await rows<{ body: string }>(
    t,
    "select body from kernel.ledger where type = 'person.changed' and body like '%signatureSet%'",
  );
  expect(entry?.body).toContain(s.signer.personId);
  expect(entry?.body).not.toContain(s.signer.name);
});
