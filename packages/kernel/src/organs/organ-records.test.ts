import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { rows } from "../testing/story.ts";
import { handToOrganOf, keepOrganRecord, organRecordsOf, organsOf } from "./organ-records.ts";

const pluginId = "supervision";
const organOf = async (t: TestKernel, actor: Actor): Promise<string> =>
  (await organsOf(t.kernel, actor))[0]?.organId ?? "";

async function world(t: TestKernel) {
  const member = await t.person("纪检甲", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const fellow = await t.person("纪检乙", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const elsewhere = await t.person("营纪检", "first", [{ role: "discipline", unit: "first" }]);
  const others = await Promise.all(
    (["signer", "officer", "supervisor", "chargeLeader", "auditor", "unitAdmin", "platformAdmin"] as const).map(
      (role) => t.person(role, "brigade", [{ role, unit: "brigade", subtree: true }]),
    ),
  );
  return { member, fellow, others: [elsewhere, ...others], organId: await organOf(t, member) };
}

test("a record is sealed, read by members of its organ alone, and every version stays", async () => {
  await using t = await openTestKernel();
  const { member, fellow, others, organId } = await world(t);
  const at = { organId, pluginId };
  const recordId = t.kernel.newId();
  const keep = (version: number, measure: string, by = member) =>
    keepOrganRecord(t.kernel, by, at, { recordId, version, data: { measure } });
  expect(await keep(0, "诫勉")).toBe(1);
  expect(await keep(0, "诫勉")).toBe(1);
  expect(await keep(0, "批评", fellow)).toBeNull();
  expect(await keep(1, "批评", fellow)).toBe(2);
  expect(await organRecordsOf(t.kernel, fellow, at)).toEqual([
    { recordId, version: 2, data: { measure: "批评" }, at: t.clock.now.toISOString(), by: fellow.personId },
  ]);
  expect(await organRecordsOf(t.kernel, member, { organId, pluginId: "other" })).toEqual([]);

  const stored = await rows<{ data: string }>(t, "select data from kernel.organ_records");
  expect(stored).toHaveLength(2);
  expect(stored.every(({ data }) => data.startsWith("c3:1:"))).toBe(true);
  expect(JSON.stringify(await rows(t, "select * from kernel.organ_records"))).not.toMatch(/诫勉|批评/);
  for (const other of others) {
    expect([other.name, await refusalOf(organRecordsOf(t.kernel, other, at))]).toEqual([other.name, "forbidden"]);
    expect(await refusalOf(organRecordsOf(t.kernel, other, { organId: t.kernel.newId(), pluginId }))).toBe("forbidden");
    expect([other.name, await refusalOf(keep(2, "撤销", other))]).toEqual([other.name, "forbidden"]);
  }
}, 30_000);

test("each look stands in the ledger, the same whether there was anything or not", async () => {
  await using t = await openTestKernel();
  const { member, organId } = await world(t);
  await organRecordsOf(t.kernel, member, { organId, pluginId });
  await keepOrganRecord(t.kernel, member, { organId, pluginId }, { recordId: t.kernel.newId(), version: 0, data: {} });
  await organRecordsOf(t.kernel, member, { organId, pluginId });
  const looked = await rows<{ actor: string; facts: unknown }>(
    t,
    "select actor, body::jsonb->'facts' as facts from kernel.ledger where type = 'access.contentRead' order by seq",
  );
  expect(looked.map((one) => one.facts)).toEqual([
    { organ: organId, module: pluginId, level: 3 },
    { organ: organId, module: pluginId, level: 3 },
  ]);
  expect(looked[0]?.actor).toContain(member.personId);
}, 30_000);

test("what is handed over comes to the nearest organ above once, and whoever handed it over reads nothing", async () => {
  await using t = await openTestKernel();
  const { member, organId } = await world(t);
  const supervisor = await t.person("督查员", "brigade", [{ role: "supervisor", unit: "brigade" }]);
  const [recordId, at] = [t.kernel.newId(), { unitId: t.units.brigade, pluginId }];
  for (const measure of ["诫勉", "改过的"])
    expect(await handToOrganOf(t.kernel, supervisor, at, { recordId, data: { measure } })).toBe(true);
  expect(await organsOf(t.kernel, supervisor)).toEqual([]);
  expect(await organRecordsOf(t.kernel, member, { organId, pluginId })).toMatchObject([
    { recordId, version: 1, data: { measure: "诫勉" }, by: supervisor.personId },
  ]);
}, 30_000);

test("an organ that has taken the place of another reads what was kept for it", async () => {
  await using t = await openTestKernel();
  const { member, organId } = await world(t);
  await keepOrganRecord(
    t.kernel,
    member,
    { organId, pluginId },
    { recordId: t.kernel.newId(), version: 0, data: { a: 1 } },
  );
  await t.database.pool.query("update kernel.offices set valid_until = current_date where id = $1", [organId]);
  const next = t.kernel.newId();
  await t.database.pool.query(
    `insert into kernel.offices (id, unit_id, kind, name_zh, name_en, valid_from)
     values ($1, $2, 'disciplineOrgan', '新纪检', 'New organ', '2020-01-01')`,
    [next, t.units.brigade],
  );
  const now = await t.person("新纪检员", "brigade", [{ role: "discipline", unit: "brigade" }]);
  expect(await organOf(t, now)).toBe(next);
  expect(await organRecordsOf(t.kernel, now, { organId: next, pluginId })).toMatchObject([{ data: { a: 1 } }]);
}, 30_000);
