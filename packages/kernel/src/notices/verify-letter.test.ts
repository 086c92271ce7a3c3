import { expect, test } from "vitest";
import { loadCase } from "../pipeline/load-case.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { draft, inHandling, latestLetter, reply, rows, staffOf } from "../testing/story.ts";
import { letterPdf } from "./handlers.ts";
import { verifyLetter } from "./verify-letter.ts";

const now = "2026-03-02T02:00:00Z";

async function fileOf(t: TestKernel, caseId: string, code: string, locale: "zh-CN" | "en" = "zh-CN"): Promise<Buffer> {
  const loaded = await loadCase(t.kernel.pool, caseId, "", "");
  if (!loaded) throw new Error("no case");
  const { pdf } = await letterPdf(t.kernel, loaded, await latestLetter(t, caseId, code), locale);
  return Buffer.from(pdf, "base64");
}

test("every letter of a case proves itself in both languages, with the number that stands on it and nothing more", async () => {
  await using t = await openTestKernel({ now });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  await reply(t, s, id);
  for (const code of ["D1", "D2", "D8", "D14"] as const) {
    const [{ number } = { number: "" }] = await rows<{ number: string }>(
      t,
      "select number from kernel.notices where case_id = $1 and code = $2",
      [id, code],
    );
    for (const locale of ["zh-CN", "en"] as const)
      expect(await verifyLetter(t.kernel, await fileOf(t, id, code, locale))).toEqual({
        state: "genuine",
        letter: { code, number, sealedAt: new Date(now).toISOString(), timeZone: "Asia/Shanghai", locale },
      });
  }
});

test("a changed byte, something put behind, another's mark and a signature of another house are all told", async () => {
  await using t = await openTestKernel({ now });
  await using foreign = await openTestKernel({ now });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const file = await fileOf(t, id, "D8");
  const other = await fileOf(t, id, "D1");
  const mark = (pdf: Buffer) => pdf.subarray(pdf.lastIndexOf("%doorstep.letter.1"));
  const body = (pdf: Buffer) => pdf.subarray(0, pdf.lastIndexOf("%doorstep.letter.1"));
  const altered = Buffer.from(file);
  altered[1_000] = (altered[1_000] ?? 0) ^ 1;
  const relabelled = file.toString("latin1").replace(/ zh-CN (\S+ \S+\s*)$/, " en $1");
  const cases: Readonly<Record<string, Buffer>> = {
    "one bit": altered,
    "an update behind the end": Buffer.concat([file, Buffer.from("1 0 obj\nendobj\n%%EOF\n")]),
    "the mark of another letter": Buffer.concat([body(file), mark(other)]),
    "another language": Buffer.from(relabelled, "latin1"),
    "half a mark": file.subarray(0, -20),
  };
  for (const [name, pdf] of Object.entries(cases))
    expect(await verifyLetter(t.kernel, pdf), name).toEqual({ state: "changed", letter: null });
  expect(await verifyLetter(t.kernel, body(file))).toEqual({ state: "unmarked", letter: null });
  expect(await verifyLetter(t.kernel, Buffer.from("hello"))).toEqual({ state: "unmarked", letter: null });
  expect(await verifyLetter(foreign.kernel, file)).toEqual({ state: "changed", letter: null });
  // the same key, but a database that has never held this letter
  const bare = { pool: foreign.kernel.pool, keys: t.kernel.keys };
  expect(await verifyLetter(bare, file)).toEqual({ state: "unrecorded", letter: null });
});

test("a letter whose hash the ledger does not hold is not called genuine; a draft bears no mark", async () => {
  await using t = await openTestKernel({ now });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  await draft(t, s, id, "予以补发");
  expect(await verifyLetter(t.kernel, await fileOf(t, id, "D14"))).toEqual({ state: "unmarked", letter: null });
  const noticeId = await latestLetter(t, id, "D8");
  await rows(t, "update kernel.notices set hash = decode(repeat('ab', 32), 'hex') where id = $1", [noticeId]);
  const planted = await fileOf(t, id, "D8");
  expect(await verifyLetter(t.kernel, planted)).toMatchObject({ state: "unrecorded", letter: { code: "D8" } });
});
