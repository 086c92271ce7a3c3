import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import server from "../server.ts";
import { PART } from "./letter-ctx.ts";

const root = join(import.meta.dirname, "..", "..");
let host: TestHost<typeof server>;
beforeAll(async () => {
  host = await createTestHost(server, { root, now: "2026-03-09T02:00:00.000Z" });
  for (const [unit, name] of Object.entries(host.units))
    await host.kernelSql(
      "insert into kernel.offices (id, unit_id, kind, name_zh, name_en, phone, valid_from) select gen_random_uuid(), $1, k, $2, $2, '010-1000', '2020-01-01' from unnest(array['petitionOffice', 'disciplineOrgan']) as k",
      [name.id, unit],
    );
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());

type Rpc = ReturnType<TestHost<typeof server>["as"]>;
const clerk = (): Rpc => host.as("clerk", "first");
const officer = (): Rpc => host.as("officer", "first");

const codeOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return "done";
  } catch (error) {
    return (error as { data?: { code?: unknown } }).data?.code ?? error;
  }
};

const pdf = (words: string, size = 0): Buffer => {
  const head = Buffer.from(`%PDF-1.4\n% ${words}\n`);
  return Buffer.concat([head, Buffer.alloc(Math.max(0, size - head.length), "x"), Buffer.from("\n%%EOF\n")]);
};

interface Scan {
  readonly contents: readonly Buffer[];
  readonly receivedOn?: string;
  readonly by?: Rpc;
}

/** Scans a letter as the page does: announced, then piece by piece. */
async function scanned({ contents, receivedOn = "2026-03-06", by = clerk() }: Scan) {
  const letterId = crypto.randomUUID();
  const pages = contents.map((content, no) => ({
    pageId: crypto.randomUUID(),
    kind: no === 0 ? ("envelope" as const) : ("letter" as const),
    type: "application/pdf" as const,
    size: content.byteLength,
  }));
  await by.add.mutate({ letterId, receivedOn, pages });
  for (const [no, content] of contents.entries())
    for (let part = 0; part * PART < content.byteLength; part += 1) {
      const data = content.subarray(part * PART, (part + 1) * PART).toString("base64");
      await by.part.mutate({ letterId, pageId: pages[no]?.pageId ?? "", part, data });
    }
  return { letterId, pages };
}

const taken = (more: object = {}) => ({
  unitId: host.units.first.id,
  purpose: "solve" as const,
  title: "调动后津贴少发一档",
  body: "三月调动后艰苦边远津贴少发一档，财务一直让等。",
  anonymity: "named" as const,
  petitioner: { name: "沈大川", kind: "officer" as const, contact: "某市某路一号 邮编000000" },
  readBack: false,
  ...more,
});

test("a letter is scanned, shown beside the form, and becomes one petition with all its pages, however often it is pressed", async () => {
  const big = pdf("second page", PART + 500_000);
  const { letterId, pages } = await scanned({ contents: [pdf("envelope"), big] });

  const list = await clerk().list.query();
  expect(list.waiting).toMatchObject([{ letterId, no: "2026-0001", pages: 2, whole: true, postedOn: null }]);
  const shown = await clerk().get.query({ letterId });
  expect(shown.pages.map((page) => page.kind)).toEqual(["envelope", "letter"]);
  const halves = await Promise.all(
    [0, 1].map((part) => clerk().page.query({ letterId, pageId: pages[1]?.pageId ?? "", part })),
  );
  expect(Buffer.concat(halves.map((half) => Buffer.from(half.data, "base64"))).equals(big)).toBe(true);

  const filed = await clerk().file.mutate({ letterId, postedOn: "2026-03-02", taken: taken() });
  const again = await clerk().file.mutate({ letterId, postedOn: "2026-03-02", taken: taken() });

  expect(again).toMatchObject({ caseNo: filed.caseNo, returnCode: filed.returnCode });
  const [petition] = await host.kernelSql(
    "select id, channel, channel_key, received_at from kernel.cases where case_no = $1",
    [filed.caseNo],
  );
  expect(petition).toMatchObject({ id: filed.caseId, channel: "letter", channel_key: "letter-desk/letter" });
  expect(
    await host.kernelSql("select name, size::int from kernel.files where case_id = $1 order by name", [petition?.id]),
  ).toEqual([
    { name: "信封-01.pdf", size: pdf("envelope").byteLength },
    { name: "来信-02.pdf", size: big.byteLength },
  ]);
  expect(await host.kernelSql("select 1 from kernel.plugin_file")).toEqual([]);
  expect(JSON.stringify(await host.sql("select * from letters l join pages p on p.letter_id = l.id"))).not.toContain(
    "沈大川",
  );
  expect(await clerk().list.query()).toMatchObject({
    waiting: [],
    filed: [{ no: "2026-0001", caseNo: filed.caseNo, postedOn: "2026-03-02" }],
  });
  // as soon as the unit may not see the petition, the list shows no trace of it
  await host.kernelSql("delete from kernel.case_audience where case_id = $1", [filed.caseId]);
  expect((await clerk().list.query()).filed).toEqual([]);
  // another wording, or another clerk, is no second petition
  expect(
    await codeOf(clerk().file.mutate({ letterId, postedOn: "2026-03-02", taken: taken({ title: "另一个标题" }) })),
  ).toBe("record.state");
  expect(await codeOf(officer().file.mutate({ letterId, postedOn: "2026-03-02", taken: taken() }))).toBe(
    "record.state",
  );
  expect(await codeOf(clerk().get.query({ letterId }))).toBe("record.state");
  expect(await codeOf(clerk().discard.mutate({ letterId }))).toBe("record.state");
});

test("days and sizes are checked, a page that is missing keeps the letter waiting", async () => {
  const page = { pageId: crypto.randomUUID(), kind: "letter", type: "image/jpeg", size: 10 } as const;
  const letter = { letterId: crypto.randomUUID(), receivedOn: "2026-03-06", pages: [page] };
  const rpc = clerk();
  expect(await codeOf(rpc.add.mutate({ ...letter, receivedOn: "2026-03-10" }))).toBe("intake.receivedLater");
  expect(await codeOf(rpc.add.mutate({ ...letter, pages: [{ ...page, size: 11 * 1_024 * 1_024 }] }))).toBe(
    "file.tooLarge",
  );
  await rpc.add.mutate(letter);
  await rpc.add.mutate(letter);
  const { letterId } = letter;
  const part = { letterId, pageId: page.pageId, part: 0 };
  expect(await codeOf(rpc.part.mutate({ ...part, data: Buffer.from("too short").toString("base64") }))).toBe(
    "input.invalid",
  );
  expect(await codeOf(rpc.part.mutate({ ...part, part: 1, data: Buffer.alloc(10).toString("base64") }))).toBe(
    "input.invalid",
  );
  expect(await codeOf(rpc.page.query(part))).toBe("file.notFound");
  expect(await codeOf(rpc.file.mutate({ letterId, postedOn: "2026-03-02", taken: taken() }))).toBe("record.state");
  // A page that cannot be read is refused while the paper still lies on the scanner, not when the letter is registered.
  expect(await codeOf(rpc.part.mutate({ ...part, data: Buffer.from("no picture").toString("base64") }))).toBe(
    "file.type",
  );
  const picture = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0]).toString("base64");
  await rpc.part.mutate({ ...part, data: picture });
  await rpc.part.mutate({ ...part, data: picture });
  expect(await codeOf(rpc.file.mutate({ letterId, postedOn: "2026-03-07", taken: taken() }))).toBe("report.dates");
  await rpc.discard.mutate({ letterId });
  expect(await codeOf(rpc.get.query({ letterId }))).toBe("record.notFound");
});

test("two that are scanned at once get a number each, and a letter is its unit's alone", async () => {
  const both = await Promise.all([scanned({ contents: [pdf("a")] }), scanned({ contents: [pdf("b")] })]);
  const { waiting } = await clerk().list.query();
  expect(new Set(waiting.map((one) => one.no)).size).toBe(2);

  const other = host.as("clerk", "second");
  const [{ letterId }] = both;
  const [page] = both[0].pages;
  expect((await other.list.query()).waiting).toEqual([]);
  expect(await codeOf(other.get.query({ letterId }))).toBe("record.notFound");
  expect(await codeOf(other.page.query({ letterId, pageId: page?.pageId ?? "", part: 0 }))).toBe("record.notFound");
  expect(await codeOf(other.file.mutate({ letterId, postedOn: "2026-03-02", taken: taken() }))).toBe("record.notFound");
  expect(await codeOf(other.discard.mutate({ letterId }))).toBe("record.notFound");
  const stolen = { receivedOn: "2026-03-06" };
  expect(
    await codeOf(
      other.add.mutate({
        letterId,
        ...stolen,
        pages: [{ pageId: crypto.randomUUID(), kind: "letter", type: "image/png", size: 3 }],
      }),
    ),
  ).toBe("record.notFound");
  for (const one of both) await clerk().discard.mutate({ letterId: one.letterId });
});

test("an accusation by letter goes to the organ above; nothing here leads to it, and after a day not even its number is kept", async () => {
  const { letterId } = await scanned({ contents: [pdf("accusation")] });

  const filed = await clerk().file.mutate({
    letterId,
    postedOn: null,
    taken: taken({ purpose: "accuse", anonymity: "anonymous", petitioner: undefined, title: "采购收礼" }),
  });

  expect(filed.caseId).toBeNull();
  const [petition] = await host.kernelSql(
    "select organ_id is not null as sealed, confidentiality from kernel.cases where case_no = $1",
    [filed.caseNo],
  );
  expect(petition).toEqual({ sealed: true, confidentiality: 3 });
  const kept = JSON.stringify(await host.sql("select * from letters"));
  expect(kept).not.toContain(filed.caseNo);
  expect(JSON.stringify(await clerk().list.query())).not.toContain(letterId);
  await host.advance({ days: 2 });
  expect(await host.sql("select 1 from letters where id = $1", [letterId])).toEqual([]);
});

test("the answer goes by post: the label is read once by the rights of whoever asks, the slip's number is proof", async () => {
  const { letterId } = await scanned({ contents: [pdf("a letter")] });
  const { caseId: filedAs } = await clerk().file.mutate({ letterId, postedOn: "2026-03-02", taken: taken() });
  const caseId = filedAs ?? "";

  expect(await officer().label.mutate({ caseId })).toEqual({
    name: "沈大川",
    contact: "某市某路一号 邮编000000",
  });
  expect(await host.kernelSql("select purpose from vault.openings where case_id = $1", [caseId])).toEqual([
    { purpose: "来信登记：邮寄答复，打印地址签" },
  ]);
  const posting = { postingId: crypto.randomUUID(), caseId, postedOn: "2026-03-09", tracking: "XA 1234 5678 CN" };
  await officer().posted.mutate(posting);
  await officer().posted.mutate(posting);
  expect(await codeOf(officer().posted.mutate({ ...posting, postedOn: "2026-12-01" }))).toBe("report.dates");
  expect(await officer().ofCase.query({ caseId })).toMatchObject({
    letter: { pages: 1, receivedOn: "2026-03-06" },
    postings: [{ tracking: "XA 1234 5678 CN", postedOn: "2026-03-09" }],
  });

  expect(await codeOf(clerk().label.mutate({ caseId }))).toBe("forbidden");
  expect(await codeOf(clerk().posted.mutate(posting))).toBe("forbidden");
  const stranger = host.as("officer", "second");
  expect(await codeOf(stranger.label.mutate({ caseId }))).toBe("case.notFound");
  expect(await codeOf(stranger.posted.mutate(posting))).toBe("case.notFound");
  expect(await codeOf(stranger.ofCase.query({ caseId }))).toBe("case.notFound");
});
