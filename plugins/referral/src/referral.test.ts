import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import server from "./server.ts";

const root = join(import.meta.dirname, "..");
let host: TestHost<typeof server>;
let partnerId: string;
let key: string;
const CITY = { code: "CITY-XF", name: "某市信访局", kind: "civil" } as const;
const head = () => host.as("officeHead", "first");
const refused = (reason: string) => ({ data: { code: "module.refused", params: { reason } } });

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const post = (fields: Readonly<Record<string, string>>, format = "json", language = "en") =>
  host.visit(`open311/requests.${format}`, {
    ...{ method: "POST", at: "first", headers: { ...FORM, "accept-language": language } },
    body: new URLSearchParams(fields),
  });
const get = (path: string, by = key) => host.visit(`open311/${path}`, { at: "first", headers: { "x-api-key": by } });
const take = () => host.advance({ minutes: 2 });
const WORDS = "家属楼三号楼两个冬天没有热水，物业说归部队管。";
const asked = (more: Readonly<Record<string, string>> = {}) => ({
  ...{ api_key: key, service_code: "solve", description: WORDS, first_name: "建国", last_name: "沈", phone: "010-1" },
  ...more,
});
const caseOf = async (id: string) =>
  (
    await host.kernelSql(
      `select c.* from kernel.cases c join p_referral.referrals r on r.case_id = c.id where r.id = $1`,
      [id],
    )
  )[0];

beforeAll(async () => {
  host = await createTestHost(server, { root, now: "2026-03-09T02:00:00.000Z" });
  for (const [unit, { id }] of Object.entries(host.units))
    await host.kernelSql(
      "insert into kernel.offices (id, unit_id, kind, name_zh, name_en, phone, valid_from) select gen_random_uuid(), $1, k, $2, $2, '010-1000', '2020-01-01' from unnest(array['petitionOffice', 'disciplineOrgan']) as k",
      [id, unit],
    );
  partnerId = crypto.randomUUID();
  await head().addPartner.mutate({ partnerId, ...CITY });
  ({ key } = await head().newKey.mutate({ partnerId }));
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());

test("a partner is added once, by whoever keeps them, and its key is kept by no one", async () => {
  await head().addPartner.mutate({ partnerId, ...CITY });
  await expect(head().addPartner.mutate({ partnerId: crypto.randomUUID(), ...CITY })).rejects.toMatchObject(
    refused("codeTaken"),
  );
  const [listed, ...others] = await head().partners.query();
  expect([listed, others]).toMatchObject([{ code: "CITY-XF", hasKey: true, mayPack: false, ended: false }, []]);
  expect(await host.as("officeHead", "second").partners.query()).toEqual([]);
  await expect(host.as("officeHead", "second").newKey.mutate({ partnerId })).rejects.toMatchObject(refused("notFound"));
  expect(JSON.stringify(await host.sql("select * from p_referral.partners"))).not.toContain(key);
});

test("what may be brought is told to partners alone, in JSON and XML", async () => {
  const services = await (await get("services.json")).json();
  expect(services.map((one: { service_code: string }) => one.service_code)).toEqual([
    ...["solve", "suggest", "ask", "help", "accuse"],
  ]);
  const xml = await (await get("services/solve.xml")).text();
  expect(xml).toMatch(
    /^<\?xml version="1.0" encoding="utf-8"\?>\n<service_definition><service_code>solve<\/service_code>/,
  );
  expect(xml).toContain("<values><value><key>no</key><name>No</name></value>");
  expect((await get("services/none.json")).status).toBe(404);

  const stranger = await get("services.xml", "rf_not-a-key-of-anybody");
  expect([stranger.status, await stranger.text()]).toEqual([
    403,
    '<?xml version="1.0" encoding="utf-8"?>\n<errors><error><code>403</code><description>The key is not valid or has ended. Ask the unit for one.</description></error></errors>\n',
  ]);
  await expect(host.visit("open311/requests.json", { at: "first" })).rejects.toMatchObject({ code: "address.key" });
  // the key counts at the unit that gave it
  expect((await host.visit("open311/services.json", { at: "second", headers: { "x-api-key": key } })).status).toBe(403);
});

test("a request becomes a petition of the unit, once however often it is sent", async () => {
  const first = await post(asked({ address_string: "三号楼", "attribute[desired]": "通热水" }));
  const [{ service_request_id: id }] = await first.json();
  const again = await post(asked({ address_string: "三号楼", "attribute[desired]": "通热水" }));
  expect([first.status, (await again.json())[0].service_request_id]).toEqual([201, id]);
  expect(await (await get(`requests/${id}.json`)).json()).toMatchObject([
    {
      service_request_id: id,
      status: "open",
      status_notes: "Received; it waits to be registered.",
      service_code: "solve",
    },
  ]);
  expect(await caseOf(id)).toBeUndefined();

  await take();
  await take();
  expect(await caseOf(id)).toMatchObject({ channel: "militaryLocal", status: "received", anonymity: "named" });
  expect(await host.kernelSql("select count(*)::int as n from kernel.cases")).toEqual([{ n: 1 }]);
  const [told] = await (await get(`requests/${id}.json`)).json();
  expect(told).toMatchObject({ status: "open", status_notes: "Received and being handled by the rules." });
  const kept = JSON.stringify([told, await host.sql("select * from p_referral.referrals")]);
  for (const secret of ["热水", "沈建国", "010-1"]) expect(kept).not.toContain(secret);
  expect(await host.as("officer", "first").list.query({ direction: "in" })).toMatchObject([
    { partner: CITY.name, way: "open311", state: "filed", caseNo: expect.stringMatching(/^2026-/) },
  ]);
});

test("a partner reads its own requests and nobody else's", async () => {
  const other = crypto.randomUUID();
  await head().addPartner.mutate({ ...{ partnerId: other, code: "COUNTY", name: "某县武装部" }, kind: "civil" });
  const { key: otherKey } = await head().newKey.mutate({ partnerId: other });
  const [mine] = await (await get("requests.json")).json();
  expect(mine.service_request_id).toBeTruthy();

  expect(await (await get("requests.json", otherKey)).json()).toEqual([]);
  expect((await get(`requests/${mine.service_request_id}.json`, otherKey)).status).toBe(404);
  expect(await (await get(`requests.json?service_request_id=${mine.service_request_id},x`)).json()).toHaveLength(1);
  for (const none of ["status=closed", "service_code=ask", "end_date=2026-01-01T00:00:00Z"])
    expect([none, await (await get(`requests.json?${none}`)).json()]).toEqual([none, []]);
  expect((await get("requests.json?start_date=yesterday")).status).toBe(400);
  expect((await get("requests/x.json")).status).toBe(404);
  expect((await get("requests.html")).status).toBe(404);
});

test("an accusation goes to the organ above, and nothing here tells it from what was handed on", async () => {
  const words = "食堂采购收受回扣，价格明显偏高。";
  const [{ service_request_id: id }] = await (
    await post(asked({ service_code: "accuse", description: words, first_name: "", last_name: "", phone: "" }))
  ).json();
  await take();

  const [filed] = await host.kernelSql("select holder_unit_id, track from kernel.cases where track = 'accusation'");
  expect(filed).toEqual({ holder_unit_id: host.units.brigade.id, track: "accusation" });
  const [row] = await host.sql(
    "select state, service, file_id, case_id, case_no from p_referral.referrals where id = $1",
    [id],
  );
  expect(row).toEqual({ state: "filed", service: null, file_id: null, case_id: null, case_no: null });
  expect(await (await get(`requests/${id}.json`)).json()).toMatchObject([
    { status: "open", service_code: "other", service_name: "Handed on" },
  ]);
  const [digest] = await host.sql("select digest from p_referral.referrals where id = $1", [id]);
  await host.advance({ days: 4 });
  expect(await host.sql("select digest from p_referral.referrals where id = $1", [id])).toEqual([{ digest: id }]);
  expect(digest?.digest).not.toBe(id);
});

test("danger pages somebody at once", async () => {
  await post(asked({ description: "孩子说熄灯后挨打，很害怕，请不要点名。", "attribute[danger]": "yes" }));
  await take();

  const pages = await host.kernelSql(
    "select c.severity from kernel.cases c join kernel.duty_pages p on p.case_id = c.id where c.urgent_safety",
  );
  expect(pages).toHaveLength(1);
});

test.each([
  ["description", { description: "热" }],
  ["service_code", { service_code: "potholes" }],
  ["attribute[danger]", { "attribute[danger]": "perhaps" }],
  ["first_name", { first_name: "长".repeat(31) }],
])("a request whose %s does not fit is refused in the standard's form", async (field, more) => {
  const answer = await post(asked(more), "xml");
  expect([answer.status, await answer.text()]).toEqual([
    400,
    expect.stringContaining(`<description>${field} is missing`),
  ]);
});

test("all that does not fit is named at once, and how long a description may be", async () => {
  const answer = await post(asked({ description: "热", service_code: "potholes" }), "xml");
  expect(await answer.text()).toContain(
    "service_code is missing or does not fit; description is missing or does not fit (5 to 4000 characters).",
  );
});

test("what cannot be filed waits for somebody, who tries again or takes it out with a reason", async () => {
  const clerk = host.as("clerk", "first");
  await post(asked({ description: "请问随军家属的就业政策。", service_code: "ask" }));
  await host.sql("update p_referral.referrals set file_id = null where state = 'waiting'");
  await take();
  const [stuck] = await clerk.list.query({ direction: "in" });
  expect(stuck).toMatchObject({ state: "quarantine", reason: "lost", caseNo: null });
  const { referralId } = stuck ?? { referralId: "" };

  await clerk.tryAgain.mutate({ referralId });
  await take();
  await clerk.discard.mutate({ referralId, why: "请对方重发" });
  await expect(clerk.discard.mutate({ referralId, why: "请对方重发" })).rejects.toMatchObject(refused("state"));
  await expect(host.as("clerk", "second").tryAgain.mutate({ referralId })).rejects.toMatchObject(refused("state"));
  expect(await (await get(`requests/${referralId}.json`)).json()).toMatchObject([{ status: "closed" }]);
});

test("a key that was replaced or a partner that was ended comes in no more", async () => {
  const old = key;
  ({ key } = await head().newKey.mutate({ partnerId }));
  expect((await get("services.json", old)).status).toBe(403);
  expect((await get("services.json")).status).toBe(200);
  await head().endPartner.mutate({ partnerId });
  expect((await get("services.json")).status).toBe(403);
  await expect(head().newKey.mutate({ partnerId })).rejects.toMatchObject(refused("notFound"));
});

const DATA = join(import.meta.dirname, "../../../../shared/data/open311");
type JsonSchema = z.core.JSONSchema.JSONSchema;
const schemaOf = (file: string): z.ZodType =>
  z.fromJSONSchema({ type: "object", ...(JSON.parse(readFileSync(join(DATA, file), "utf8")) as JsonSchema) });

test("answers hold to the standard's own schemas", async (t) => {
  if (!existsSync(DATA)) return t.skip("the schemas of Open311 are not here");
  const { key: again } = await (async () => {
    const id = crypto.randomUUID();
    await head().addPartner.mutate({ ...{ partnerId: id, code: "CITY-2", name: "某市民政局" }, kind: "civil" });
    return await head().newKey.mutate({ partnerId: id });
  })();
  for (const one of await (await get("services.json", again)).json()) schemaOf("service.json").parse(one);
  schemaOf("service-definition.json").parse(await (await get("services/help.json", again)).json());
  await post(asked({ api_key: again, service_code: "help" }));
  const list = await (await get("requests.json", again)).json();
  expect(list).toHaveLength(1);
  for (const one of list) schemaOf("request.json").parse(one);
});
