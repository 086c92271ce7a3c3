import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import iconv from "iconv-lite";
import { createTransport } from "nodemailer";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sentenceOf, whyNotSent } from "./answer/why-not-sent.ts";
import { readMail } from "./reading/read-mail.ts";
import server from "./server.ts";
import { opensslHere, ownCertificate } from "./testing/certificate.ts";
import { openImap, openSmtp } from "./testing/mail-servers.ts";

const root = join(import.meta.dirname, "..");
let host: TestHost<typeof server>;
let imap: Awaited<ReturnType<typeof openImap>>;
let smtp: Awaited<ReturnType<typeof openSmtp>>;

let serial = 0;
/** A message; its number is new unless it is given. */
function message(more: Readonly<Record<string, string>>, body: string | Uint8Array = "津贴三个月没有发。"): Buffer {
  serial += 1;
  const heads = {
    From: "Shen <shen@example.org>",
    To: "doorstep@example.org",
    Subject: "Petition",
    "Message-ID": `<m${serial}@example.org>`,
    Date: "Mon, 09 Mar 2026 08:00:00 +0800",
    "Content-Type": "text/plain; charset=utf-8",
    ...more,
  };
  const lines = Object.entries(heads).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${lines.join("")}\r\n`), Buffer.from(body)]);
}

const attached = (name: string, content: string): string =>
  `--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\n${content}\r\n`;

/** A text with a document, and with something that is kept in the original alone. */
const parts = (text: string, name: string): string =>
  [
    `--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`,
    attached(`${name}.pdf`, "%PDF-1.4\r\n%%EOF"),
    attached("b.zip", "PK no picture"),
    "--b--\r\n",
  ].join("");

const settings = (more: object = {}) => ({
  ...{ mailboxOf: host.units.first.code, imapServer: "127.0.0.1", imapPort: imap.port, imapSecurity: "none" },
  ...{ user: "testuser", password: "testpass", from: "doorstep@example.org" },
  ...{ smtpServer: "127.0.0.1", smtpPort: smtp.port, smtpSecurity: "none" },
  ...more,
});

beforeAll(async () => {
  [imap, smtp] = await Promise.all([openImap([]), openSmtp()]);
  host = await createTestHost(server, { root, now: "2026-03-09T02:00:00.000Z" });
  for (const [unit, name] of Object.entries(host.units))
    await host.kernelSql(
      "insert into kernel.offices (id, unit_id, kind, name_zh, name_en, phone, valid_from) select gen_random_uuid(), $1, k, $2, $2, '010-1000', '2020-01-01' from unnest(array['petitionOffice', 'disciplineOrgan']) as k",
      [name.id, unit],
    );
  await host.enable("brigade", settings());
}, 60_000);
afterAll(async () => {
  await host[Symbol.asyncDispose]();
  await Promise.all([imap.close(), smtp.close()]);
});

type Rpc = ReturnType<TestHost<typeof server>["as"]>;
const clerk = (): Rpc => host.as("clerk", "first");
const codeOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return "done";
  } catch (error) {
    return (error as { data?: { code?: unknown } }).data?.code ?? error;
  }
};
const read = () => host.advance({ minutes: 5 });
const countsOf = async (): Promise<Record<string, number>> =>
  Object.fromEntries((await clerk().list.query()).counts.map((one) => [one.became, one.count]));

interface Row {
  readonly id: string;
  readonly became: string;
  readonly reason: string | null;
}

/** Puts messages into the mailbox and has them read. */
async function allArrived(messages: readonly Uint8Array[]): Promise<readonly Row[]> {
  for (const one of messages) imap.add(one);
  await read();
  const newest = await host.sql(
    "select m.id, became, reason from mails m join mailboxes b using (unit_id, uid_validity) order by uid desc limit $1",
    [messages.length],
  );
  return newest.toReversed() as unknown as readonly Row[];
}

async function arrived(bytes: Uint8Array): Promise<Row> {
  const [found] = await allArrived([bytes]);
  if (!found) throw new Error("nothing arrived");
  return found;
}

const taken = (more: object = {}) => ({
  unitId: host.units.first.id,
  purpose: "solve" as const,
  title: "津贴少发",
  body: "津贴三个月没有发。",
  anonymity: "named" as const,
  petitioner: { name: "沈大川", kind: "officer" as const, contact: "shen@example.org" },
  readBack: false,
  ...more,
});

test("a message becomes one petition with its original and attachments, acknowledged once however often it is pressed", async () => {
  const mail = message({ "Content-Type": 'multipart/mixed; boundary="b"' }, parts("津贴三个月没有发。", "a"));
  const { id: mailId, became } = await arrived(mail);
  expect(became).toBe("waiting");
  expect((await clerk().list.query()).waiting).toMatchObject([
    { mailId, subject: "Petition", from: "Shen shen@example.org", attachments: 2 },
  ]);
  expect(await clerk().get.query({ mailId })).toMatchObject({
    address: "shen@example.org",
    text: "津贴三个月没有发。",
    files: [{ name: "a.pdf" }, { name: "b.zip" }],
  });
  const piece = await clerk().attachment.query({ mailId, no: 0, part: 0 });
  expect({ ...piece, data: Buffer.from(piece.data, "base64").toString() }).toEqual({
    parts: 1,
    data: "%PDF-1.4\r\n%%EOF",
  });
  for (const none of [
    { no: 2, part: 0 },
    { no: 0, part: 1 },
  ])
    expect(await codeOf(clerk().attachment.query({ mailId, ...none }))).toBe("file.notFound");
  const filed = await clerk().file.mutate({ mailId, taken: taken() });
  const again = await clerk().file.mutate({ mailId, taken: taken() });
  expect(again).toMatchObject({ caseNo: filed.caseNo, returnCode: filed.returnCode });
  expect(await codeOf(clerk().file.mutate({ mailId, taken: taken({ title: "另一个标题" }) }))).toBe("record.state");
  const [petition] = await host.kernelSql("select id, channel, channel_key from kernel.cases where case_no = $1", [
    filed.caseNo,
  ]);
  expect(petition).toMatchObject({ channel: "mail", channel_key: "mail-in/mail" });
  expect(
    await host.kernelSql("select name, type, size::int from kernel.files where case_id = $1 order by type", [
      petition?.id,
    ]),
  ).toMatchObject([{ name: "a.pdf" }, { name: "邮件原文.eml", type: "message/rfc822", size: mail.byteLength }]);

  expect(smtp.received.map((one) => [one.from, one.to])).toEqual([["", ["shen@example.org"]]]);
  const sent = await readMail(smtp.received[0]?.raw ?? Buffer.alloc(0));
  expect(sent.header("auto-submitted")).toBe("auto-replied");
  expect(sent.text).toContain(filed.caseNo);
  expect(sent.text).not.toContain("津贴");
  expect(sent.text).not.toContain(filed.returnCode);
  // nothing of who wrote stays here, and no working file
  expect(await host.kernelSql("select 1 from kernel.plugin_file")).toEqual([]);
  expect(JSON.stringify(await host.sql("select * from mails"))).not.toMatch(/shen|沈/i);
  expect((await clerk().list.query()).filed).toMatchObject([{ caseNo: filed.caseNo }]);
  await host.kernelSql("delete from kernel.case_audience where case_id = $1", [filed.caseId]);
  expect((await clerk().list.query()).filed).toEqual([]);
});

test("an answer from the same address goes into its petition's file; one from another address is held for somebody", async () => {
  const { id } = await arrived(message({ From: "wang@example.org" }));
  const filed = await clerk().file.mutate({ mailId: id, taken: taken() });
  const sent = await readMail(smtp.received.at(-1)?.raw ?? Buffer.alloc(0));
  const { messageId = "", subject } = sent;
  const reply = { From: "WANG@example.org", "In-Reply-To": messageId ?? "" };
  const mark = /DS-[0-9a-f]{16}/.exec(subject)?.[0] ?? "none";
  const came = await allArrived([
    message({ ...reply, "Content-Type": 'multipart/mixed; boundary="b"' }, parts("补充：还有一张单据。", "bill")),
    message({ From: "evil@example.org", "In-Reply-To": messageId ?? "" }, "我是他"),
    message({ From: "wang@example.org", Subject: `Re: ${mark}` }, "再补充"),
    message({ From: "wang@example.org", Subject: "Re: DS-0123456789abcdef" }, "不认识的编号"),
  ]);
  expect(came.map((one) => one.reason ?? one.became)).toEqual(["reply", "otherSender", "reply", "waiting"]);
  const [answer, , bySubject] = came;
  if (!answer || !bySubject) throw new Error("nothing arrived");
  expect((await clerk().get.query({ mailId: answer.id })).petition).toMatchObject({ caseNo: filed.caseNo });

  await clerk().lay.mutate({ mailId: answer.id });
  expect(await codeOf(clerk().lay.mutate({ mailId: answer.id }))).toBe("record.state");
  const said = await host.kernelSql(
    "select author, visibility, taken_by is not null as taken, received_on::text, channel_label_en from kernel.messages where case_id = $1",
    [filed.caseId],
  );
  const his = { author: "petitioner", visibility: "petitioner", taken: true };
  expect(said).toEqual([{ ...his, received_on: "2026-03-09", channel_label_en: "E-mail" }]);
  expect(
    await host.kernelSql("select name, message_id is not null as said from kernel.files where case_id = $1", [
      filed.caseId,
    ]),
  ).toEqual([
    { name: "邮件原文.eml", said: false },
    { name: "邮件原文.eml", said: true },
    { name: "bill.pdf", said: true },
  ]);
  // who may not see the petition cannot lay anything into it, and the message waits on
  await host.kernelSql("delete from kernel.case_audience where case_id = $1", [filed.caseId]);
  expect(await codeOf(clerk().lay.mutate({ mailId: bySubject.id }))).toBe("case.notFound");
  expect((await clerk().get.query({ mailId: bySubject.id })).petition).toBeNull();
});

test("bounces, automatic replies, lists and our own mail are told apart and never answered", async () => {
  const before = smtp.received.length;
  const cases: readonly (readonly [Readonly<Record<string, string>>, string, (string | null)?])[] = [
    [{ "Content-Type": 'multipart/report; report-type=delivery-status; boundary="b"' }, "bounce"],
    [{ "Return-Path": "<>" }, "bounce"],
    [{ From: "MAILER-DAEMON@example.org" }, "bounce"],
    [{ "Auto-Submitted": "auto-replied" }, "autoReply"],
    [{ "Auto-Submitted": "no" }, "waiting"],
    [{ Precedence: "auto_reply" }, "autoReply"],
    [{ "Content-Type": 'multipart/report; report-type=disposition-notification; boundary="b"' }, "autoReply"],
    [{ From: "doorstep@example.org" }, "autoReply"],
    [{ Precedence: "bulk" }, "quarantine", "machine"],
    [{ "List-Id": "<all.example.org>" }, "quarantine", "machine"],
    [{ "X-Auto-Response-Suppress": "All" }, "quarantine", "machine"],
    [{ From: "nobody" }, "quarantine", "noSender"],
    [{ "Content-Type": 'multipart/encrypted; boundary="b"' }, "quarantine", "encrypted"],
  ];
  const came = await allArrived([...cases.map(([heads]) => message(heads)), message({}, "")]);
  expect(came.map(({ became, reason }) => [became, reason])).toEqual([
    ...cases.map(([, became, reason = null]) => [became, reason]),
    ["quarantine", "empty"],
  ]);
  const [list] = await host.sql("select id from mails where reason = 'machine' limit 1");
  await clerk().file.mutate({ mailId: String(list?.id), taken: taken() });
  expect(smtp.received).toHaveLength(before);

  // a rule may be wrong: somebody puts the message back
  const [bounce] = await host.sql("select id from mails where became = 'bounce' limit 1");
  const mailId = String(bounce?.id);
  await clerk().bringBack.mutate({ mailId });
  expect(await clerk().get.query({ mailId })).toMatchObject({ became: "quarantine", reason: "broughtBack" });
  expect(await codeOf(clerk().bringBack.mutate({ mailId }))).toBe("record.state");
  await clerk().discard.mutate({ mailId, reason: "noPetition" });
  expect(await codeOf(clerk().discard.mutate({ mailId, reason: "noPetition" }))).toBe("record.state");
  expect(await codeOf(clerk().get.query({ mailId }))).toBe("record.state");
  expect(await codeOf(clerk().file.mutate({ mailId, taken: taken() }))).toBe("record.state");
});

test("neither an outage nor new numbers on the server lose or double a message", async () => {
  const one = message({}, "只来一次");
  expect((await allArrived([one, one])).map((each) => each.became)).toEqual(["waiting", "duplicate"]);
  // the same number with other words is no duplicate: nobody can keep another's message out
  const number = { "Message-ID": `<m${serial}@example.org>` };
  expect((await arrived(message(number, "另一封"))).became).toBe("waiting");

  const before = await countsOf();
  await read();
  expect(await countsOf()).toEqual(before);

  await host.enable("brigade", settings({ imapPort: 1 }));
  imap.add(message({}, "停机时来的"));
  await read();
  expect(await countsOf()).toEqual(before);
  await host.enable("brigade", settings());
  await read();
  const after = await countsOf();
  expect(after.waiting).toBe((before.waiting ?? 0) + 1);

  // another mailbox has numbers of its own, and the first one is gone on with where it was left
  const other = await openImap([message({}, "另一个邮箱的第一封")]);
  await host.enable("brigade", settings({ imapPort: other.port }));
  await read();
  await host.enable("brigade", settings());
  await read();
  await other.close();
  after.waiting = (after.waiting ?? 0) + 1;
  expect(await countsOf()).toEqual(after);

  imap.numberAnew();
  await read();
  const { duplicate: doubled = 0, ...rest } = await countsOf();
  const { duplicate = 0, ...others } = after;
  expect(rest).toEqual(others);
  expect(doubled - duplicate).toBe(Object.values(after).reduce((sum, count) => sum + count, 0) - 1);
  const list = await clerk().list.query();
  const [all] = await host.sql("select count(*)::int as count from mails");
  expect(list.counts.reduce((sum, found) => sum + found.count, 0)).toBe(all?.count);
});

test("an accusation by mail goes to the organ; nothing here leads to it, and after a day it looks like any other", async () => {
  const { id: mailId } = await arrived(message({ From: "brave@example.org" }, "采购的人收了礼。"));
  const before = smtp.received.length;
  const filed = await clerk().file.mutate({
    mailId,
    taken: taken({ purpose: "accuse", anonymity: "anonymous", petitioner: undefined, title: "采购收礼" }),
  });
  expect(filed.caseId).toBeNull();
  const [petition] = await host.kernelSql(
    "select organ_id is not null as sealed, confidentiality from kernel.cases where case_no = $1",
    [filed.caseNo],
  );
  expect(petition).toEqual({ sealed: true, confidentiality: 3 });
  expect(smtp.received).toHaveLength(before + 1);
  const sent = await readMail(smtp.received.at(-1)?.raw ?? Buffer.alloc(0));
  expect(`${sent.subject}${sent.text}`).not.toContain(filed.caseNo);
  expect(`${sent.subject}${sent.messageId}`).not.toMatch(/DS-/);
  const [kept] = await host.sql(
    "select case_id, case_no, token, sender_proof, file_id, card_id from mails where id = $1",
    [mailId],
  );
  expect(Object.values(kept ?? { none: 1 })).toEqual([null, null, null, null, null, null]);
  expect(JSON.stringify(await clerk().list.query())).not.toContain(mailId);
  await host.advance({ days: 2 });
  expect(await host.sql("select became, decided_at, attachment_ids from mails where id = $1", [mailId])).toEqual([
    { became: "gone", decided_at: null, attachment_ids: [] },
  ]);
});

test("a busy mail server is tried again, and a message is acknowledged once", async () => {
  const { id: mailId } = await arrived(message({ From: "late@example.org" }));
  const before = smtp.received.length;
  smtp.state.busy = true;
  await clerk().file.mutate({ mailId, taken: taken() });
  expect(smtp.received).toHaveLength(before);
  smtp.state.busy = false;
  await host.advance({ minutes: 10 });
  await host.advance({ minutes: 10 });
  expect(smtp.received.slice(before).map((one) => one.to)).toEqual([["late@example.org"]]);
  expect(await host.sql("select answer, file_id from mails where id = $1", [mailId])).toEqual([
    { answer: "sent", file_id: null },
  ]);
});

/** As the module's own sending fails. */
const failing = async (more: object): Promise<unknown> => {
  const mailer = createTransport({ host: "localhost", ...more });
  try {
    return await mailer.sendMail({ from: "a@example.org", to: "b@example.org", text: "x" });
  } catch (error) {
    return whyNotSent(error);
  } finally {
    mailer.close();
  }
};

test.skipIf(!opensslHere()).each([
  { smtpSecurity: "tls", implicit: true },
  { smtpSecurity: "startTls", implicit: false },
])(
  "an acknowledgement goes by $smtpSecurity to a server whose certificate holds, and waits where it does not (skipped: no openssl)",
  async ({ smtpSecurity, implicit }) => {
    const trusted = getCACertificates("default");
    const own = ownCertificate();
    const secured = await openSmtp({ ...own, implicit });
    const sending = (more: object = {}) =>
      host.enable("brigade", settings({ smtpServer: "localhost", smtpPort: secured.port, smtpSecurity, ...more }));
    const way = { port: secured.port, secure: implicit, requireTLS: !implicit };
    const { id } = await arrived(message({ From: `${smtpSecurity}@example.org` }));
    const answer = async () => (await host.sql("select answer from mails where id = $1", [id]))[0]?.answer;
    try {
      await sending();
      await clerk().file.mutate({ mailId: id, taken: taken() });
      expect(await answer()).toBe("due");
      expect(await failing(way)).toBe("certificate");

      setDefaultCACertificates([...trusted, own.cert]);
      // the certificate is for another name
      await sending({ smtpServer: "127.0.0.1" });
      await host.advance({ minutes: 10 });
      expect(await answer()).toBe("due");
      expect(await failing({ ...way, host: "127.0.0.1" })).toBe("certificate");
      // no server that offers no encryption gets it in the clear, and it is not given up
      await sending({ smtpPort: smtp.port, smtpSecurity: "startTls" });
      await host.advance({ minutes: 10 });
      expect(await answer()).toBe("due");
      expect(await failing({ port: smtp.port, requireTLS: true })).toBe("noTls");
      expect(await failing({ port: 1 })).toBe("away");
      for (const why of ["certificate", "noTls", "password", "away", "message"] as const)
        expect(sentenceOf(why)).toMatch(/^outgoing mail: [ -~]{10,104}$/);
      expect(secured.received).toEqual([]);

      await sending();
      await host.advance({ minutes: 10 });
      expect(await answer()).toBe("sent");
      expect(secured.received.map((one) => one.to)).toEqual([[`${smtpSecurity.toLowerCase()}@example.org`]]);
    } finally {
      setDefaultCACertificates(trusted);
      await host.enable("brigade", settings());
      await secured.close();
    }
  },
);

test("a message too large waits without its content; a mailbox is its own unit's alone, and its clerks'", async () => {
  await host.enable("brigade", settings({ maxMegabytes: 1 }));
  const large = await arrived(message({}, "x".repeat(1_100_000)));
  expect(large).toMatchObject({ became: "quarantine", reason: "tooLarge" });
  expect(await clerk().get.query({ mailId: large.id })).toMatchObject({ text: null, files: [] });
  await clerk().file.mutate({ mailId: large.id, taken: taken() });
  await host.enable("brigade", settings());

  const { id: mailId } = await arrived(message({}));
  const units = await host.sql("select distinct unit_id from mails");
  expect(units).toEqual([{ unit_id: host.units.first.id }]);
  const other = host.as("clerk", "second");
  expect((await other.list.query()).waiting).toEqual([]);
  expect(await codeOf(other.get.query({ mailId }))).toBe("record.notFound");
  expect(await codeOf(other.file.mutate({ mailId, taken: taken() }))).toBe("record.notFound");
  expect(await codeOf(other.discard.mutate({ mailId, reason: "noPetition" }))).toBe("record.notFound");
  expect(await codeOf(other.lay.mutate({ mailId }))).toBe("record.notFound");
  expect(await codeOf(other.attachment.query({ mailId, no: 0, part: 0 }))).toBe("record.notFound");
  expect(await codeOf(other.bringBack.mutate({ mailId }))).toBe("record.notFound");
  for (const role of ["handler", null] as const)
    expect(await codeOf(host.as(role, "first").get.query({ mailId }))).toMatch(/forbidden|unauthorized/);
});

test("old Chinese encodings are read, also where they are named wrongly or not at all", async () => {
  const words = "艰苦边远津贴三个月没有发，请核实。";
  const gbk = iconv.encode(words, "gbk");
  const big5 = iconv.encode("請核實津貼的發放時間與標準", "big5");
  const type = (charset: string) => ({ "Content-Type": `text/plain; charset=${charset}` });
  const b64 = { "Content-Transfer-Encoding": "base64" };
  const inBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  const texts = await Promise.all(
    [
      message(type("gb2312"), gbk),
      message(type("GBK"), gbk),
      message(type("gb18030"), iconv.encode(`${words}㐂𠀋`, "gb18030")),
      message(type("gb2312"), iconv.encode(`${words}㐂𠀋`, "gb18030")),
      message(type("big5"), big5),
      message({ ...type("gb2312"), ...b64 }, inBase64(gbk)),
      message({ "Content-Type": "text/plain" }, gbk),
      message({ "Content-Type": "text/plain", ...b64 }, inBase64(gbk)),
      message(type("us-ascii"), gbk),
      message(type("utf-8"), gbk),
      message(type("gb2312"), Buffer.from(words)),
      message({ "Content-Type": "text/html; charset=gb2312" }, iconv.encode(`<p>${words}</p>`, "gbk")),
    ].map(async (bytes) => (await readMail(bytes)).text),
  );
  const traditional = "請核實津貼的發放時間與標準";
  const rare = `${words}㐂𠀋`;
  expect(texts).toEqual([
    ...[words, words, rare, rare, traditional, words],
    ...[words, words, words, words, words, words],
  ]);
  const raw = Buffer.concat([Buffer.from("From: a@example.org\r\nSubject: "), gbk, Buffer.from("\r\n\r\nx\r\n")]);
  expect((await readMail(raw)).subject).toBe(words);
  const named = `=?gb2312?B?${inBase64(iconv.encode("㐂津贴", "gb18030"))}?=`;
  expect((await readMail(message({ Subject: named }))).subject).toBe("㐂津贴");
});

test("a message from a mailbox in another network is brought as a file: taken in as every other, once, whatever was read meanwhile", async () => {
  const bring = (bytes: Uint8Array) => clerk().bring.mutate({ data: Buffer.from(bytes).toString("base64") });
  const from = { From: "zhou@example.org", Subject: "Brought" };
  const brought = message(from);
  const { mailId, became } = await bring(brought);
  expect([became, (await bring(brought)).became]).toEqual(["waiting", "duplicate"]);
  expect((await arrived(brought)).became).toBe("duplicate");
  const bounce = message({ "Return-Path": "<>" });
  expect((await bring(bounce)).became).toBe("bounce");
  await expect(bring(Buffer.from("%PDF-1.4\r\n%%EOF"))).rejects.toMatchObject({
    data: { params: { reason: "noMessage" } },
  });
  expect(await host.sql("select 1 from mailboxes where uid_validity = 0")).toEqual([]);

  // no mail server is reached from here: whoever answers needs the mark, and what comes back is known by it
  await host.enable("brigade", settings({ smtpServer: "", imapServer: "" }));
  const { caseNo } = await clerk().file.mutate({ mailId, taken: taken() });
  const filed = (await clerk().list.query()).filed.find((one) => one.caseNo === caseNo);
  expect(filed?.mark).toMatch(/^DS-[0-9a-f]{16}$/);
  const back = await bring(message({ ...from, Subject: `Re: ${filed?.mark}` }, "补充一张单据。"));
  expect(back.became).toBe("reply");
  await host.enable("brigade", settings());
});

const shared = new URL("../../../../shared/data/mail/", import.meta.url);
const isThere = existsSync(shared);

test.skipIf(!isThere)(
  "every message of a real collection ends as one kind, and the figures add up (skipped: ../shared/data/mail is absent)",
  { timeout: 60_000 },
  async () => {
    const raw = readdirSync(shared, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile() && !one.name.includes("LICENSE"))
      .map((one) => readFileSync(join(one.parentPath, one.name)));
    const other = await openImap(raw);
    await host.enable("brigade", settings({ imapPort: other.port }));
    const before = await countsOf();
    await read();
    const after = await countsOf();
    await host.enable("brigade", settings());
    await other.close();
    const grown = Object.entries(after).map(([became, count]) => [became, count - (before[became] ?? 0)] as const);
    expect(grown.reduce((sum, [, count]) => sum + count, 0)).toBe(raw.length);
    for (const kind of ["waiting", "bounce", "quarantine", "duplicate"])
      expect(new Map(grown).get(kind), kind).toBeGreaterThan(0);
    expect(await host.sql("select 1 from mails where became = 'quarantine' and reason = 'unreadable'")).toEqual([]);
  },
);
