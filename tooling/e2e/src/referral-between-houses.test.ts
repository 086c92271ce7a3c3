import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type House, openHouse, signIn } from "./house.ts";
import { petitionsOf } from "./petition-walk.ts";
import { choose } from "./show-box.ts";

/** Two houses on two ports with two databases: a battalion here sends, a headquarters there receives. */
let here: House;
let there: House;
const desk = [{ role: "officeHead" as const }, { role: "officer" as const }];
const cookies = new Map<string, string>();

async function as(house: House, username: string): Promise<string> {
  const key = `${house.url} ${username}`;
  const cookie = cookies.get(key) ?? (await signIn(house.url, username));
  cookies.set(key, cookie);
  return cookie;
}
const sender = async (path: string, input: object = {}) =>
  await call(here.url, await as(here, "head"), `p/referral/${path}`, input, here.units.get("FIRST"));
const receiver = async (path: string, input: object = {}) =>
  await call(there.url, await as(there, "north"), `p/referral/${path}`, input, there.units.get("NORTH"));

/** What the module does every minute. */
async function minuteLater({ server }: House): Promise<void> {
  await server.database.pool.query(
    "update kernel.plugin_job set due_at = due_at - interval '1 minute' where plugin_id = 'referral'",
  );
  await server.platform.host.jobs.runDue();
}

beforeAll(async () => {
  here = await openHouse({ people: [{ username: "head", unit: "FIRST", roles: desk }] });
  there = await openHouse({
    units: [{ code: "NORTH", parent: "BRIGADE" }],
    people: [
      { username: "north", unit: "NORTH", roles: desk },
      { username: "admin2", unit: "BRIGADE", roles: [{ role: "platformAdmin", subtree: true }] },
    ],
  });
  for (const house of [here, there]) await choose(house, "referral", "on");
}, 180_000);
afterAll(async () => {
  await here?.[Symbol.asyncDispose]();
  await there?.[Symbol.asyncDispose]();
});

/** Keys and partners of both, and the address; only the key for calls is still wrong. */
async function acquainted(): Promise<{ readonly toNorth: string }> {
  const [toNorth, toFirst] = [randomUUID(), randomUUID()];
  await sender("makeKeys");
  await receiver("makeKeys");
  await sender("addPartner", { partnerId: toNorth, code: "NORTH", name: "北部机关", kind: "superior" });
  await receiver("addPartner", { partnerId: toFirst, code: "FIRST", name: "一营", kind: "sister" });
  const theirs = await sender("setKeys", { partnerId: toNorth, text: (await receiver("keys")).text });
  expect(theirs.fingerprint).toBe((await receiver("keys")).fingerprint);
  await receiver("setKeys", { partnerId: toFirst, text: (await sender("keys")).text });
  await sender("setToken", { partnerId: toNorth, token: "dst_not-the-right-one" });
  const admin = await as(here, "admin");
  for (const [unit, values] of [
    ["BRIGADE", { inside: [`${there.url}/`] }],
    ["FIRST", { addresses: [`${there.url}/x/referral/NORTH/packages`] }],
  ] as const) {
    const { revision } = await call(here.url, admin, "modules.matrix", {});
    await call(here.url, admin, "modules.saveSettings", {
      ...{ unitId: here.units.get(unit), pluginId: "referral", revision, lock: [], why: "试点", values },
    });
  }
  return { toNorth };
}

/** The key that two administrators of the other house make for the battalion's house. */
async function keyForCalls(): Promise<string> {
  const admin = await as(there, "admin");
  const name = "一营信访系统";
  const input = { name, why: "转送信访事项", unitId: there.units.get("NORTH"), scopes: ["modules.call"] };
  const added: readonly { readonly id: string; readonly name: string; readonly state: string }[] = await call(
    ...([there.url, admin, "systems.add", input] as const),
  );
  const system = added.find((one) => one.name === name);
  expect(system?.state).toBe("waiting");
  await call(there.url, await as(there, "admin2"), "systems.confirm", { systemId: system?.id });
  const until = new Date(there.server.clock.now().getTime() + 30 * 86_400_000).toISOString().slice(0, 10);
  return (await call(there.url, admin, "systems.issueToken", { systemId: system?.id, until })).token;
}

test("a petition goes from one house to another by itself, becomes one petition there, and its receipt comes back", async () => {
  const petitions = petitionsOf(here);
  const who = { name: "沈大川", kind: "officer", contact: "0000-555 1101" };
  const { caseId, caseNo } = await petitions.paper("clerk", "FIRST", "转业档案缺登记表", {
    ...{ anonymity: "named", petitioner: who },
  });
  await petitions.register("clerk", caseId);
  const { toNorth } = await acquainted();
  const referralId = randomUUID();
  const pdf = Buffer.from("%PDF-1.4\n%%EOF").toString("base64");
  const package1 = {
    ...{ referralId, caseId, partnerId: toNorth, title: "转业档案缺登记表", body: "立功受奖登记表没有装进档案。" },
    ...{ ground: "由上级机关核对", reportBy: null, withName: true, urgent: false },
    files: [{ name: "说明.pdf", data: pdf }],
  };
  await sender("send", package1);
  const sent = async () => (await sender("sent", { caseId }))[0];
  const arrived = () => receiver("list", { direction: "in" });

  await minuteLater(here);
  expect(await sent()).toMatchObject({ state: "sent", reason: "token" });
  expect(await arrived()).toEqual([]);

  await sender("setToken", { partnerId: toNorth, token: await keyForCalls() });
  await sender("postAgain", { referralId });
  await minuteLater(here);
  expect(await sent()).toMatchObject({ state: "received", reason: null });
  expect(await arrived()).toMatchObject([{ partner: "一营", way: "package", state: "waiting" }]);

  await minuteLater(there);
  const { rows } = await there.server.database.pool.query(
    `select c.case_no, c.title, (select count(*)::int from kernel.files f where f.case_id = c.id) as files
       from kernel.cases c where c.channel_key = 'referral/incoming'`,
  );
  expect(rows).toMatchObject([{ title: "转业档案缺登记表", files: 1 }]);
  expect(await arrived()).toMatchObject([{ state: "filed", caseNo: rows[0].case_no }]);
  expect(rows[0].case_no).not.toBe(caseNo);

  // another version is laid into what is there, and nothing of it is a second petition
  await sender("send", {
    ...package1,
    referralId: randomUUID(),
    body: "登记表编号找到了。",
    withName: false,
    files: [],
  });
  await minuteLater(here);
  await minuteLater(there);
  expect(await sent()).toMatchObject({ state: "received", version: 2 });
  const { rows: after } = await there.server.database.pool.query(
    `select count(*)::int as petitions, (select count(*)::int from kernel.messages m where m.case_id = c.id) as notes
       from kernel.cases c where c.channel_key = 'referral/incoming' group by c.id`,
  );
  expect(after).toEqual([{ petitions: 1, notes: 1 }]);
}, 120_000);
