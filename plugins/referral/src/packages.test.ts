import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Manifest } from "./package/manifest.ts";
import { makeKeys, seal, signedText } from "./package/seal.ts";
import { sha256 } from "./referral-ctx.ts";
import server from "./server.ts";

const root = join(import.meta.dirname, "..");
let host: TestHost<typeof server>;
let caseId: string;
const refused = (reason: string) => ({ data: { code: "module.refused", params: { reason } } });
const officer = (at: "first" | "second") => host.as("officer", at);
const head = (at: "first" | "second") => host.as("officeHead", at);
const partners: Record<string, string> = {};
const take = () => host.advance({ minutes: 2 });
const inAt = (at: "first" | "second") => officer(at).list.query({ direction: "in" });

/** A house of which nobody here is part. */
const outside = makeKeys();
const OUTSIDE = { code: "ARMY-77", name: "上级信访处" } as const;
const outsideText = JSON.stringify({ code: OUTSIDE.code, signKey: outside.signKey, boxKey: outside.boxKey });
let boxOfSecond = "";

function content(more: Partial<Manifest> = {}): Manifest {
  return {
    ...{ kind: "referral", from: OUTSIDE, to: host.units.second.code, number: "上信2026-11", version: 1 },
    ...{ sentAt: "2026-03-09T01:00:00.000Z", reportBy: "2026-05-01", ground: "信访工作条例第二十二条", files: [] },
    card: {
      ...{
        purpose: "solve",
        title: "补发津贴",
        body: "三月调动后津贴少发一档，财务一直让等。",
        desiredOutcome: "补发",
      },
      ...{ urgentSafety: false, anonymity: "named", locale: "zh-CN" },
      petitioner: { name: "高远", kind: "officer", contact: "010-7777" },
    },
    ...more,
  };
}
const sealed = (said: unknown, by = outside) => {
  const { file } = seal(said, { code: host.units.second.code, boxKey: boxOfSecond }, by.secret);
  return Buffer.from(file).toString("base64");
};
/** A minute after what came before, so that the list's order is certain. */
const bring = async (data: string) => {
  await host.advance({ minutes: 1 });
  return (await officer("second").bring.mutate({ data })).outcome;
};

const input = (referralId: string, more: object = {}) => ({
  ...{ referralId, caseId, partnerId: partners.second ?? "", title: "三号楼热水", body: "三号楼两个冬天没有热水。" },
  ...{ ground: "由房屋管理单位办理", reportBy: null, withName: false, urgent: false, files: [] },
  ...more,
});

beforeAll(async () => {
  host = await createTestHost(server, { root, now: "2026-03-09T02:00:00.000Z" });
  for (const [unit, { id }] of Object.entries(host.units))
    await host.kernelSql(
      "insert into kernel.offices (id, unit_id, kind, name_zh, name_en, phone, valid_from) select gen_random_uuid(), $1, k, $2, $2, '010-1000', '2020-01-01' from unnest(array['petitionOffice', 'disciplineOrgan']) as k",
      [id, unit],
    );
  for (const at of ["first", "second"] as const) {
    await expect(officer(at).bring.mutate({ data: sealedForNobody() })).rejects.toMatchObject(refused("noKeys"));
    await head(at).makeKeys.mutate();
    await head(at).makeKeys.mutate();
  }
  for (const [at, other] of [
    ["first", "second"],
    ["second", "first"],
  ] as const) {
    const partnerId = crypto.randomUUID();
    partners[other] = partnerId;
    const { code, name } = host.units[other];
    await head(at).addPartner.mutate({ partnerId, code, name: name["zh-CN"], kind: "sister" });
    const theirs = await head(other).keys.query();
    const { fingerprint } = await head(at).setKeys.mutate({ partnerId, text: theirs?.text ?? "" });
    expect(fingerprint).toBe(theirs?.fingerprint);
    await expect(head(at).setKeys.mutate({ partnerId, text: outsideText })).rejects.toMatchObject(refused("notKeys"));
  }
  boxOfSecond = JSON.parse((await head("second").keys.query())?.text ?? "{}").boxKey;

  const city = crypto.randomUUID();
  await head("first").addPartner.mutate({ ...{ partnerId: city, code: "CITY", name: "某市信访局" }, kind: "civil" });
  const { key } = await head("first").newKey.mutate({ partnerId: city });
  const words = {
    api_key: key,
    service_code: "solve",
    description: "三号楼两个冬天没有热水。",
    last_name: "沈",
    phone: "1",
  };
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const body = new URLSearchParams(words);
  await host.visit("open311/requests.json", { method: "POST", at: "first", headers, body });
  await take();
  [{ case_id: caseId }] = (await host.sql("select case_id from p_referral.referrals")) as [{ case_id: string }];
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());

const sealedForNobody = (): string =>
  Buffer.from(seal({}, { code: "X", boxKey: outside.boxKey }, outside.secret).file).toString("base64");

test("a package goes from unit to unit, is taken in once, and its receipt comes back", async () => {
  const referralId = crypto.randomUUID();
  const pdf = Buffer.from("%PDF-1.4\n%%EOF").toString("base64");
  const files = [
    { name: "照片说明.pdf", data: pdf },
    { name: "a.exe", data: Buffer.from("MZ").toString("base64") },
  ];
  await officer("first").send.mutate(input(referralId, { files }));
  await officer("first").send.mutate(input(referralId, { files }));
  expect(await officer("first").sent.query({ caseId })).toMatchObject([{ referralId, state: "sent", version: 1 }]);
  const { fileName, data } = await officer("first").package.query({ referralId });
  expect(fileName).toMatch(/^referral-2026-.*-v1\.dsref$/);
  const found = Buffer.from(data, "base64").toString();
  for (const hidden of ["热水", host.units.first.code, "照片"]) expect(found).not.toContain(hidden);

  expect([await bring(data), await bring(data)]).toEqual(["taken", "same"]);
  await take();
  const [row] = await inAt("second");
  expect(row).toMatchObject({ partner: host.units.first.name["zh-CN"], state: "filed", caseNo: expect.any(String) });
  const cases = await host.kernelSql(
    "select title, channel, anonymity, holder_unit_id from kernel.cases where id <> $1",
    [caseId],
  );
  expect(cases).toMatchObject([
    { channel: "militaryLocal", anonymity: "anonymous", holder_unit_id: host.units.second.id },
  ]);
  expect(await host.kernelSql("select name from kernel.files where case_id is not null")).toHaveLength(1);

  const receipt = await officer("second").receipt.query({ referralId: row?.referralId ?? "" });
  expect(Buffer.from(receipt.data, "base64").toString()).not.toContain("热水");
  const back = await officer("first").bring.mutate({ data: receipt.data });
  await officer("first").bring.mutate({ data: receipt.data });
  expect(back).toEqual({ outcome: "receipt" });
  expect(await officer("first").sent.query({ caseId })).toMatchObject([{ state: "received" }]);
  await expect(officer("first").package.query({ referralId })).rejects.toMatchObject(refused("state"));
});

test("a receipt that somebody else signed, or of something else, is none", async () => {
  const said = {
    ...{ kind: "receipt", from: host.units.second.code, to: host.units.first.code, number: "2026-X", version: 1 },
    ...{ digest: "0".repeat(64), receivedAt: "2026-03-09T01:00:00.000Z", caseNo: null },
  };
  const data = Buffer.from(signedText(said, outside.secret)).toString("base64");
  await expect(officer("first").bring.mutate({ data })).rejects.toMatchObject(refused("receiptUnknown"));
});

test("what waits for its receipt too long is late", async () => {
  await officer("first").send.mutate(input(crypto.randomUUID()));
  expect((await officer("first").list.query({ direction: "out" }))[0]).toMatchObject({ state: "sent", late: false });
  await host.advance({ days: 16 });
  expect((await officer("first").list.query({ direction: "out" }))[0]).toMatchObject({ state: "sent", late: true });
});

test("a sender whom nobody knows waits in quarantine until somebody has found out who it is", async () => {
  const data = sealed(content());
  expect([await bring(data), await bring(data)]).toEqual(["quarantine", "same"]);
  const [doubted] = await inAt("second");
  expect(doubted).toMatchObject({ partner: null, state: "quarantine", reason: "unknownSender" });
  const referralId = doubted?.referralId ?? "";
  await expect(officer("second").tryAgain.mutate({ referralId })).rejects.toMatchObject(refused("unknownSender"));

  const partnerId = crypto.randomUUID();
  await head("second").addPartner.mutate({ partnerId, ...OUTSIDE, kind: "superior" });
  await head("second").setKeys.mutate({ partnerId, text: outsideText });
  await officer("second").tryAgain.mutate({ referralId });
  await take();
  expect((await inAt("second"))[0]).toMatchObject({ partner: OUTSIDE.name, state: "filed" });
  expect(await bring(data)).toBe("same");
  const cases = await host.kernelSql("select 1 from kernel.cases where channel = 'assignedFromAbove'");
  expect(cases).toHaveLength(1);
});

test("a signature that does not fit the known key waits, too", async () => {
  const forged = makeKeys();
  expect(await bring(sealed(content({ number: "上信2026-12" }), forged))).toBe("quarantine");
  const [doubted] = await inAt("second");
  expect(doubted).toMatchObject({ state: "quarantine", reason: "signature" });
  const referralId = doubted?.referralId ?? "";
  await expect(officer("second").tryAgain.mutate({ referralId })).rejects.toMatchObject(refused("signature"));
  await officer("second").discard.mutate({ referralId, why: "来源核实不符" });
});

test("a changed package under a known number is refused, a newer one is laid into the petition, an older one is not", async () => {
  const other = { ...content().card, body: "津贴其实没有少发，请不要再管。" };
  await expect(bring(sealed(content({ card: other })))).rejects.toMatchObject(refused("changed"));
  expect(await bring(sealed(content({ version: 3, card: other })))).toBe("added");
  expect(await bring(sealed(content({ version: 3, card: other })))).toBe("same");
  await take();
  const notes = await host.kernelSql("select 1 from kernel.messages");
  expect(notes).toHaveLength(1);
  await expect(bring(sealed(content({ version: 2 })))).rejects.toMatchObject(refused("older"));
  expect(await host.kernelSql("select 1 from kernel.cases where channel = 'assignedFromAbove'")).toHaveLength(1);
});

test("a connected system posts packages, once or twice, and gets the receipt", async () => {
  const post = async (data: string) => {
    const headers = { "content-type": "application/octet-stream" };
    const init = {
      method: "POST",
      headers,
      body: Buffer.from(data, "base64"),
      at: "second",
      system: "brigade",
    } as const;
    return await host.visit("packages", init);
  };
  const data = sealed(content({ number: "上信2026-20" }));
  const first = await post(data);
  const { outcome, receipt } = await first.json();
  expect([first.status, outcome]).toEqual([201, "taken"]);
  expect(JSON.parse(Buffer.from(receipt, "base64").toString())).toMatchObject({ signature: expect.any(String) });
  await take();
  const again = await post(data);
  expect([again.status, (await again.json()).outcome]).toEqual([200, "same"]);
  expect((await inAt("second"))[0]).toMatchObject({ state: "filed", way: "package" });

  const doubted = await post(sealed(content({ number: "上信2026-21" }), makeKeys()));
  expect([doubted.status, await doubted.json()]).toEqual([202, { outcome: "quarantine", receipt: null }]);
  await expect(post(sealedForNobody())).rejects.toMatchObject({
    code: "module.refused",
    params: { reason: "notForUs" },
  });
});

test("an accusation in a package goes to the organ, and its receipt names no petition", async () => {
  const card = { ...content().card, purpose: "accuse" as const, body: "食堂采购收受回扣。" };
  expect(await bring(sealed(content({ number: "上信2026-13", card })))).toBe("taken");
  await take();
  const [row] = await inAt("second");
  expect(row).toMatchObject({ state: "filed", caseNo: null });
  expect(await host.kernelSql("select holder_unit_id from kernel.cases where track = 'accusation'")).toEqual([
    { holder_unit_id: host.units.brigade.id },
  ]);
  const { data } = await officer("second").receipt.query({ referralId: row?.referralId ?? "" });
  const { signed } = JSON.parse(Buffer.from(data, "base64").toString());
  expect(JSON.parse(Buffer.from(signed, "base64").toString())).toMatchObject({ caseNo: null });
});

test.each<[string, () => string, string]>([
  ["is for somebody else", () => sealed(content({ to: "OTHER-1" })), "notForUs"],
  ["is sealed for somebody else", () => sealedForNobody(), "notForUs"],
  ["is no package", () => Buffer.from("PK\u0003\u0004").toString("base64"), "notForUs"],
  ["says nothing that could be read", () => sealed({ hello: "world" }), "damaged"],
  ["was changed on the way", () => flipped(sealed(content({ number: "x" }))), "notForUs"],
  [
    "carries a file of another content",
    () => sealed(content({ number: "x", files: [{ name: "a.pdf", data: "AAAA", sha256: sha256("b") }] })),
    "damaged",
  ],
])("a file that %s is refused", async (_what, make, reason) => {
  const before = (await inAt("second")).length;
  await expect(bring(make())).rejects.toMatchObject(refused(reason));
  expect(await inAt("second")).toHaveLength(before);
});

/** The same with one bit of the sealed part changed. */
function flipped(data: string): string {
  const whole = Buffer.from(data, "base64");
  const at = whole.indexOf("\n") + 40;
  whole[at] = (whole[at] ?? 0) ^ 1;
  return whole.toString("base64");
}

/** The second unit's addresses over real HTTP, for whoever has its key. */
async function openSecond() {
  const state = { status: 0, key: "dst_the-key-of-first", seen: 0 };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    state.seen += 1;
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const isKnown = request.headers.authorization === `Bearer ${state.key}`;
    if (state.status !== 0 || !isKnown) return void response.writeHead(state.status || 401).end();
    const [, , , code, ...rest] = (request.url ?? "").split("/");
    if (code !== host.units.second.code) return void response.writeHead(404).end();
    const headers = { "content-type": request.headers["content-type"] ?? "" };
    const init = { method: "POST", headers, body: Buffer.concat(parts), at: "second", system: "brigade" } as const;
    const given = await host.visit(rest.join("/"), init);
    response.writeHead(given.status, { "content-type": "application/json" }).end(await given.text());
  };
  const listening = createServer((request, response) => void answer(request, response)).listen(0, "127.0.0.1");
  await once(listening, "listening");
  const base = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/`;
  return { state, base, close: () => listening.close() };
}

const waitsFor = async (caseOf = caseId) => (await officer("first").sent.query({ caseId: caseOf }))[0];

test("where networks are connected a package is posted by itself, tried again while it fails, and its receipt taken", async () => {
  const other = await openSecond();
  try {
    const partnerId = partners.second ?? "";
    const address = `${other.base}x/referral/${host.units.second.code}/packages`;
    await host.enable("brigade", { inside: [other.base] });
    await host.enable("first", { addresses: [address] });
    const about = async () => (await head("first").partners.query()).find((one) => one.partnerId === partnerId);
    expect(await about()).toMatchObject({ address, hasToken: false });
    await host.advance({ minutes: 2 });
    expect([other.state.seen, await waitsFor()]).toMatchObject([0, { state: "sent", reason: null }]);

    await expect(officer("first").setToken.mutate({ partnerId, token: other.state.key })).rejects.toThrow("forbidden");
    await head("first").setToken.mutate({ partnerId, token: "dst_another-key" });
    expect(await about()).toMatchObject({ hasToken: true });
    await host.advance({ minutes: 2 });
    expect(await waitsFor()).toMatchObject({ state: "sent", reason: "token" });
    await head("first").setToken.mutate({ partnerId, token: other.state.key });
    other.state.status = 503;
    await host.advance({ minutes: 6 });
    expect(await waitsFor()).toMatchObject({ state: "sent", reason: "busy" });
    const [row] = await officer("first").list.query({ direction: "out" });
    expect(row).toMatchObject({ reason: "busy", attempts: 2 });

    other.state.status = 0;
    const seen = other.state.seen;
    await host.advance({ minutes: 2 });
    expect(other.state.seen).toBe(seen);
    await officer("first").postAgain.mutate({ referralId: row?.referralId ?? "" });
    await host.advance({ minutes: 2 });
    expect(await waitsFor()).toMatchObject({ state: "received", reason: null });
    await take();
    expect((await inAt("second"))[0]).toMatchObject({ state: "filed", partner: host.units.first.name["zh-CN"] });
    await expect(officer("first").postAgain.mutate({ referralId: row?.referralId ?? "" })).rejects.toMatchObject(
      refused("state"),
    );

    const urgentId = crypto.randomUUID();
    await officer("first").send.mutate(input(urgentId, { urgent: true, title: "有人受伤", withName: false }));
    await host.advance({ minutes: 3 });
    expect((await waitsFor())?.state).toBe("received");
    await host.advance({ minutes: 2 });
    expect((await inAt("second"))[0]).toMatchObject({ state: "filed" });
    const [paged] = await host.kernelSql(
      `select c.urgent_safety, count(p.*)::int as pages from kernel.cases c left join kernel.duty_pages p on p.case_id = c.id
        where c.title = '有人受伤' and c.holder_unit_id = $1 group by c.id`,
      [host.units.second.id],
    );
    expect(paged).toEqual({ urgent_safety: true, pages: 1 });
  } finally {
    other.close();
  }
});

test("a receiver that doubts the sender is asked again, and one that never answers waits for somebody after five days", async () => {
  const other = await openSecond();
  try {
    const address = `${other.base}x/referral/${host.units.second.code}/packages`;
    await host.enable("brigade", { inside: [other.base] });
    await host.enable("first", { addresses: [address] });
    other.state.status = 500;
    await officer("first").send.mutate(input(crypto.randomUUID()));
    for (let halfDays = 0; halfDays < 16; halfDays += 1) await host.advance({ hours: 12 });
    const { seen } = other.state;
    expect(seen).toBe(14);
    await host.advance({ days: 1 });
    expect(other.state.seen).toBe(seen);
    expect((await officer("first").list.query({ direction: "out" }))[0]).toMatchObject({
      reason: "busy",
      attempts: 14,
    });

    other.state.status = 0;
    const theirs = (await head("second").partners.query()).find((one) => one.code === host.units.first.code);
    await head("second").endPartner.mutate({ partnerId: theirs?.partnerId ?? "" });
    const [row] = await officer("first").list.query({ direction: "out" });
    await officer("first").postAgain.mutate({ referralId: row?.referralId ?? "" });
    await host.advance({ minutes: 2 });
    expect(await waitsFor()).toMatchObject({ state: "sent", reason: "doubted" });
    await head("first").setToken.mutate({ partnerId: partners.second ?? "", token: null });
  } finally {
    other.close();
  }
});

test("a package is little larger than what it carries, and more than fits is refused before it is made", async () => {
  const large = (bytes: number) => [{ name: "a.jpg", data: randomBytes(bytes).toString("base64") }];
  const { file } = seal({ files: large(1_200_000) }, { code: "X", boxKey: outside.boxKey }, outside.secret);
  expect(file.byteLength).toBeLessThan(1_240_000);
  const partnerId = crypto.randomUUID();
  await head("first").addPartner.mutate({ partnerId, ...OUTSIDE, kind: "superior" });
  await head("first").setKeys.mutate({ partnerId, text: outsideText });
  const send = officer("first").send.mutate(input(crypto.randomUUID(), { partnerId, files: large(1_200_001) }));
  await expect(send).rejects.toMatchObject(refused("tooMuch"));
});

test("nothing goes to the unit complained of, of a petition nobody may see, or to whom there are no keys", async () => {
  const send = (by: "first" | "second", more: object) => officer(by).send.mutate(input(crypto.randomUUID(), more));
  await expect(send("first", { partnerId: crypto.randomUUID() })).rejects.toMatchObject(refused("notFound"));
  await expect(send("first", { caseId: crypto.randomUUID() })).rejects.toMatchObject(refused("notFound"));
  await expect(send("second", { partnerId: partners.first })).rejects.toMatchObject(refused("notFound"));
  await expect(send("first", { reportBy: "2026-03-01" })).rejects.toMatchObject(refused("reportBy"));
  const city = (await head("first").partners.query()).find((one) => one.code === "CITY");
  await expect(send("first", { partnerId: city?.partnerId })).rejects.toMatchObject(refused("noPartnerKeys"));

  await host.kernelSql(
    "insert into kernel.respondents (id, case_id, kind, unit_id) values (gen_random_uuid(), $1, 'unit', $2)",
    [caseId, host.units.second.id],
  );
  await expect(send("first", {})).rejects.toMatchObject(refused("respondent"));
});

test("with the petition goes the package that still waits for its receipt", async () => {
  const [waiting] = await officer("first").sent.query({ caseId });
  expect(waiting).toMatchObject({ state: "sent" });
  await host.kernelSql("update kernel.cases set confidentiality = 3 where id = $1", [caseId]);
  await host.advance({ days: 1 });

  const rows = await host.sql("select state, file_id, case_id from p_referral.referrals where id = $1", [
    waiting?.referralId,
  ]);
  expect(rows).toEqual([{ state: "discarded", file_id: null, case_id: null }]);
});
