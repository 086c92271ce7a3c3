import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { retentionHandlers } from "../retention/handlers.ts";
import { carryOut, findDue } from "../retention/runs.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { rows } from "../testing/story.ts";
import { keepOrganRecord, organRecordsOf, organsOf } from "./organ-records.ts";
import { organTermsHandlers } from "./organ-terms.ts";

const pluginId = "supervision";
const TEN_YEARS = { days: 3653 };

async function world(t: TestKernel) {
  for (const year of [2036, 2046])
    await t.database.pool.query("select kernel.ensure_partitions($1, $2)", [`${year}-01-01`, `${year}-12-31`]);
  const [member, fellow, elsewhere, officer, admin] = await Promise.all([
    t.person("纪检甲", "brigade", [{ role: "discipline", unit: "brigade" }]),
    t.person("纪检乙", "brigade", [{ role: "discipline", unit: "brigade" }]),
    t.person("营纪检", "first", [{ role: "discipline", unit: "first" }]),
    t.person("干事", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]),
    t.person("平台管理", "brigade", [{ role: "platformAdmin", unit: "brigade", subtree: true }]),
  ]);
  const organId = (await organsOf(t.kernel, member))[0]?.organId ?? "";
  const keep = (recordId: string, version: number, data: object, by: Actor = member) =>
    keepOrganRecord(t.kernel, by, { organId, pluginId }, { recordId, version, data });
  const kept = async () =>
    (await organRecordsOf(t.kernel, member, { organId, pluginId })).map((one) => one.recordId).toSorted();
  return { member, fellow, elsewhere, officer, admin, organId, keep, kept };
}

const terms = (t: TestKernel, actor: Actor) => caller(t.kernel, { organTerms: organTermsHandlers })(actor).organTerms;
const rounds = (t: TestKernel, actor: Actor) => caller(t.kernel, { retention: retentionHandlers })(actor).retention;
const rowsOf = (t: TestKernel) => rows(t, "select id from kernel.organ_records");

test("what is over its time goes with every version when two members of the organ let it go, and stays before", async () => {
  await using t = await openTestKernel();
  const { member, fellow, organId, keep, kept } = await world(t);
  const [old, goesOn, fresh] = [t.kernel.newId(), t.kernel.newId(), t.kernel.newId()].toSorted();
  for (const recordId of [old, goesOn] as string[]) {
    await keep(recordId, 0, { measure: "诫勉" });
    await keep(recordId, 1, { measure: "批评" });
  }
  t.clock.advance({ days: 400 });
  await keep(goesOn as string, 2, { measure: "撤销" });
  await keep(fresh as string, 0, { measure: "通报" });
  t.clock.advance({ days: 3653 - 400 });
  const [askingId, second] = [t.kernel.newId(), t.kernel.newId()];
  await terms(t, member).ask({ organId, askingId });
  // the same press again, and somebody else's, ask nothing new
  await terms(t, member).ask({ organId, askingId });
  const [asked] = await terms(t, fellow).list({});
  expect(await terms(t, fellow).ask({ organId, askingId: second })).toEqual(asked);
  expect(asked).toMatchObject({ months: 120, asked: { askingId, by: "纪检甲", own: false }, done: [] });
  expect(await kept()).toEqual([old, goesOn, fresh]);

  expect(await refusalOf(terms(t, member).confirm({ organId, askingId }))).toBe("proposal.samePerson");
  expect(await refusalOf(terms(t, fellow).confirm({ organId, askingId: second }))).toBe("proposal.notFound");
  expect(await kept()).toEqual([old, goesOn, fresh]);
  const done = await terms(t, fellow).confirm({ organId, askingId });
  expect(done).toMatchObject({ asked: null, done: [{ askedBy: "纪检甲", confirmedBy: "纪检乙" }] });
  expect(await kept()).toEqual([goesOn, fresh]);
  expect(await rows(t, "select id from kernel.organ_records where record_id = $1", [old])).toEqual([]);
  expect(await rows(t, "select id from kernel.organ_records where record_id = $1", [goesOn])).toHaveLength(3);
  expect(await terms(t, fellow).confirm({ organId, askingId })).toEqual(done);

  // the minute itself is one of the organ's records, and goes like one
  t.clock.advance(TEN_YEARS);
  await terms(t, fellow).ask({ organId, askingId: second });
  expect((await terms(t, member).confirm({ organId, askingId: second })).done).toHaveLength(1);
  expect(await rowsOf(t)).toHaveLength(2);
}, 30_000);

test("a term that grows between asking and confirming holds, as does a record that was written to; what is dropped leaves nothing", async () => {
  await using t = await openTestKernel();
  const { member, fellow, admin, organId, keep, kept } = await world(t);
  const [still, moved] = [t.kernel.newId(), t.kernel.newId()].toSorted() as [string, string];
  await keep(still, 0, { measure: "诫勉" });
  await keep(moved, 0, { measure: "诫勉" });
  t.clock.advance(TEN_YEARS);
  const askingId = t.kernel.newId();
  await terms(t, member).ask({ organId, askingId });
  await keep(moved, 1, { measure: "批评" }, fellow);
  await rounds(t, admin).setRule({ class: "organRecords", unitId: t.units.brigade, months: 240, reason: "按规定延长" });
  await terms(t, fellow).confirm({ organId, askingId });
  expect(await kept()).toEqual([still, moved]);
  await t.database.pool.query("delete from kernel.retention_rules");

  const before = await rowsOf(t);
  const next = t.kernel.newId();
  await terms(t, member).ask({ organId, askingId: next });
  await terms(t, fellow).drop({ organId, askingId: next });
  expect(await rowsOf(t)).toEqual(before);
  expect(await refusalOf(terms(t, fellow).confirm({ organId, askingId: next }))).toBe("proposal.notFound");

  const last = t.kernel.newId();
  await terms(t, member).ask({ organId, askingId: last });
  await terms(t, fellow).confirm({ organId, askingId: last });
  expect(await kept()).toEqual([moved]);
}, 30_000);

test("what fails in its midst has destroyed and confirmed nothing, and can be confirmed again", async () => {
  await using t = await openTestKernel();
  const { member, fellow, organId, keep, kept } = await world(t);
  const records = [t.kernel.newId(), t.kernel.newId(), t.kernel.newId()].toSorted();
  for (const recordId of records) await keep(recordId, 0, { measure: "诫勉" });
  t.clock.advance(TEN_YEARS);
  const askingId = t.kernel.newId();
  const asked = await terms(t, member).ask({ organId, askingId });
  const before = await rowsOf(t);
  // the last of the three cannot be deleted: by then the minute is written and two are gone
  await t.database.pool.query(`
    create function public.broken_off() returns trigger language plpgsql as $$ begin
      if old.record_id = '${records[2]}' then raise exception 'broken off'; end if; return old; end $$;
    create trigger broken_off before delete on kernel.organ_records for each row execute function public.broken_off()`);
  await expect(terms(t, fellow).confirm({ organId, askingId })).rejects.toThrow("broken off");
  expect(await rowsOf(t)).toEqual(before);
  expect((await terms(t, member).list({}))[0]).toEqual(asked);
  expect(await kept()).toEqual(records);

  await t.database.pool.query("drop trigger broken_off on kernel.organ_records");
  expect((await terms(t, fellow).confirm({ organId, askingId })).done).toHaveLength(1);
  expect(await kept()).toEqual([]);
}, 30_000);

test("of two members who confirm at once one does, and the other is told that it was done", async () => {
  await using t = await openTestKernel();
  const { member, fellow, organId, keep, kept } = await world(t);
  const third = await t.person("纪检丙", "brigade", [{ role: "discipline", unit: "brigade" }]);
  await keep(t.kernel.newId(), 0, { measure: "诫勉" });
  t.clock.advance(TEN_YEARS);
  const askingId = t.kernel.newId();
  await terms(t, member).ask({ organId, askingId });

  const both = await Promise.all([fellow, third].map((one) => refusalOf(terms(t, one).confirm({ organId, askingId }))));
  const refused = both.map((one) => (typeof one === "string" ? one : "done"));
  expect(refused.toSorted()).toEqual(["done", "proposal.notFound"]);
  expect(await kept()).toEqual([]);
  const [{ done } = { done: [] }] = await terms(t, member).list({});
  expect(done.map((one) => one.confirmedBy)).toEqual([refused[0] === "done" ? "纪检乙" : "纪检丙"]);
}, 30_000);

test("nobody outside learns that there is anything: no round, no count, and entries that are always the same", async () => {
  await using t = await openTestKernel();
  const { member, fellow, elsewhere, officer, admin, organId, keep } = await world(t);
  const confirmed = async () => {
    const askingId = t.kernel.newId();
    await terms(t, member).ask({ organId, askingId });
    await terms(t, fellow).confirm({ organId, askingId });
  };
  const said = async () =>
    (
      await rows<{ type: string; facts: object }>(
        t,
        "select type, body::jsonb -> 'facts' as facts from kernel.ledger order by at, seq",
      )
    ).filter(({ facts }) => (facts as { module?: string }).module !== undefined);
  await confirmed();
  const ofNothing = await said();
  expect(ofNothing[0]).toEqual({
    type: "access.contentRead",
    facts: { organ: organId, module: "kernel.terms", level: 3 },
  });
  await keep(t.kernel.newId(), 0, { measure: "诫勉" });
  t.clock.advance(TEN_YEARS);
  expect(await findDue(t.kernel)).toBe(0);
  expect(await carryOut(t.kernel)).toBe(0);
  const state = await rounds(t, admin).state({});
  expect(state.classes.map((one) => one.class)).not.toContain("organRecords");
  expect(state.rules).toContainEqual({ class: "organRecords", unit: null, months: 120 });
  expect(JSON.stringify(state.runs)).toBe("[]");

  await confirmed();
  expect(await said()).toEqual([...ofNothing, ...ofNothing]);
  expect(await rows(t, "select 1 from kernel.organ_records where plugin_id = $1", [pluginId])).toEqual([]);
  for (const other of [elsewhere, officer]) {
    const at = { organId, askingId: t.kernel.newId() };
    expect(await refusalOf(terms(t, other).ask(at))).toBe("forbidden");
    expect(await refusalOf(terms(t, other).confirm(at))).toBe("forbidden");
    expect(await refusalOf(terms(t, other).drop(at))).toBe("forbidden");
  }
  expect((await terms(t, elsewhere).list({})).map((one) => one.organ.id)).not.toContain(organId);
  expect(await terms(t, officer).list({})).toEqual([]);
}, 30_000);

test("what the organ's key does not open stays, whatever its age", async () => {
  await using t = await openTestKernel();
  const { member, fellow, organId, keep } = await world(t);
  const recordId = t.kernel.newId();
  await keep(recordId, 0, { measure: "诫勉" });
  await keep(recordId, 1, { measure: "批评" });
  await rows(t, "update kernel.organ_records set data = 'c3:1:AAAA' where version = 1");
  t.clock.advance(TEN_YEARS);
  const askingId = t.kernel.newId();
  await terms(t, member).ask({ organId, askingId });
  await terms(t, fellow).confirm({ organId, askingId });
  expect(
    await rows(t, "select version from kernel.organ_records where record_id = $1 order by version", [recordId]),
  ).toEqual([{ version: 1 }, { version: 2 }]);
}, 30_000);
