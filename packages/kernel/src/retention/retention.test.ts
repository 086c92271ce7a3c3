import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { writeMessage } from "../cases/thread.ts";
import { folderBlobs, forgetUnclaimed } from "../files/index.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { correctOwn } from "../own-data/acts.ts";
import { execute } from "../pipeline/execute.ts";
import { prove } from "../proof/prove.ts";
import { declareKin, endKin, ownKin } from "../recusal/declare-kin.ts";
import { caller, refusalOf as codeOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, inHandling, refusalOf, reply, rows, type Staff, staffOf } from "../testing/story.ts";
import { openIdentity } from "../vault/open-identity.ts";
import { retentionHandlers } from "./handlers.ts";
import { hold, liftHold } from "./hold.ts";
import { carryOut, findDue, keepTerms } from "./runs.ts";

const petitioner = { name: "林小满", kind: "nco", contact: "13800000000", filingFor: "self" } as const;
const TOLD = ["林小满", "津贴", "予以补发", "财务股", "核对工资表", "补充一句"];

interface House {
  readonly s: Staff;
  readonly admin: Actor;
  readonly other: Actor;
}

async function houseOf(t: TestKernel): Promise<House> {
  // the months into which the terms of two, ten and eleven years lead, and none between
  for (const year of [2028, 2036, 2037])
    await t.database.pool.query("select kernel.ensure_partitions($1, $2)", [`${year}-01-01`, `${year}-05-31`]);
  const platform = [{ role: "platformAdmin", unit: "brigade", subtree: true }] as const;
  return {
    s: await staffOf(t),
    admin: await t.person("管理甲", "brigade", platform),
    other: await t.person("管理乙", "brigade", platform),
  };
}

/** Answered and put away; the archive itself is the business of another test. */
async function archived(t: TestKernel, s: Staff): Promise<string> {
  const id = await inHandling(t, s, { anonymity: "named", petitioner });
  await execute(t.kernel, writeMessage, byPetitioner(t, id), {
    text: "补充一句",
    visibility: "petitioner",
    fileIds: [],
  });
  await execute(t.kernel, correctOwn, byPetitioner(t, id), { contact: "13912340000" });
  await reply(t, s, id);
  await rows(t, "update kernel.cases set status = 'archived' where id = $1", [id]);
  await rows(t, "update kernel.case_audience set status = 'archived' where case_id = $1", [id]);
  return id;
}
const ask = (t: TestKernel, actor: Actor) => caller(t.kernel, { retention: retentionHandlers })(actor).retention;
const years = (n: number) => ({ days: Math.ceil(n * 365.25) + 1 });
const waiting = async (t: TestKernel, kind: string): Promise<string> =>
  (
    await rows<{ id: string }>(t, "select id from kernel.retention_runs where class = $1 and state = 'waiting'", [kind])
  )[0]?.id ?? "";

/** Everything the database says about the case, in whatever table, ledger and counts included; not the words that themes are known by. */
async function dumpOf(t: TestKernel): Promise<string> {
  const tables = await rows<{ name: string }>(
    t,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('kernel', 'vault') and tablename not in ('people', 'units', 'offices', 'policy_packs', 'proposals', 'command_log', 'theme_words')`,
  );
  const all: string[] = [];
  for (const { name } of tables)
    all.push(...(await rows<{ row: string }>(t, `select to_jsonb(x)::text as row from ${name} x`)).map((r) => r.row));
  return all.join("\n");
}

test("nothing goes before its time; then a person is asked, and only what he approves is destroyed", async () => {
  await using t = await openTestKernel();
  const { s, admin } = await houseOf(t);
  const id = await archived(t, s);
  t.clock.advance({ days: 365 * 2 - 5 });
  expect(await findDue(t.kernel)).toBe(0);
  t.clock.advance({ days: 10 });
  const before = await ask(t, admin).state({});
  expect(before.classes.find((c) => c.class === "identity")).toMatchObject({ due: 1, held: 0, approvedBy: null });
  expect(before.classes.find((c) => c.class === "caseFile")).toMatchObject({ due: 0 });

  await keepTerms(t.kernel);
  expect(await carryOut(t.kernel)).toBe(0);
  expect(await rows(t, "select 1 from vault.persons")).toHaveLength(1);
  await ask(t, admin).decide({ runId: await waiting(t, "identity"), approve: true, reason: "两年期满" });
  expect(await carryOut(t.kernel)).toBe(1);
  expect(
    await rows(
      t,
      "select 1 from vault.persons union all select 1 from vault.tags union all select 1 from vault.corrections",
    ),
  ).toEqual([]);
  expect(await rows(t, "select 1 from kernel.party_links")).toEqual([]);
  expect(await rows(t, "select title from kernel.cases where id = $1", [id])).toEqual([{ title: "津贴少发一档" }]);
  const custodian = await t.person("保管", "first", [{ role: "custodian", unit: "first" }]);
  expect(await codeOf(openIdentity(t.kernel, byPerson(t, id, custodian), "核实身份"))).toBe("vault.cut");
  expect((await ask(t, admin).state({})).runs[0]).toMatchObject({
    class: "identity",
    state: "done",
    destroyed: 1,
    decidedBy: "管理甲",
    reason: "两年期满",
  });
});

test("a file that is destroyed leaves no word, keeps its proof, and its petitioner is told the truth", async () => {
  await using t = await openTestKernel();
  const { s, admin } = await houseOf(t);
  const id = await archived(t, s);
  await rows(
    t,
    `insert into kernel.files (id, case_id, name, type, size, sha256, storage_key, kek, dek, uploaded_at)
     values (gen_random_uuid(), $1, '津贴.pdf', 'application/pdf', 1, '', '', 'k1', '\\x01', now())`,
    [id],
  );
  const folder = mkdtempSync(join(tmpdir(), "doorstep-retention-"));
  try {
    const blobs = folderBlobs(folder);
    async function* content() {
      yield Buffer.from("locked");
    }
    const key = await blobs.write(t.kernel.newId(), content());
    await rows(t, "update kernel.files set storage_key = $2 where case_id = $1", [id, key]);
    const [letters] = await rows<{ n: string }>(
      t,
      "select string_agg(encode(hash, 'hex'), ',' order by id) as n from kernel.notices",
    );
    t.clock.advance(years(10));
    const proof = await prove(t.kernel);
    await keepTerms(t.kernel);
    for (const kind of ["identity", "caseFile"])
      await ask(t, admin).decide({ runId: await waiting(t, kind), approve: true, reason: "保管期满" });
    expect(await carryOut(t.kernel)).toBe(2);

    const left = await dumpOf(t);
    for (const word of TOLD) expect([word, left.includes(word)]).toEqual([word, false]);
    expect(await rows(t, "select case_id, dek from kernel.files")).toEqual([{ case_id: null, dek: Buffer.alloc(0) }]);
    expect(await forgetUnclaimed(t.kernel, blobs)).toBe(1);
    expect(await rows(t, "select string_agg(encode(hash, 'hex'), ',' order by id) as n from kernel.notices")).toEqual([
      letters,
    ]);
    expect(await verifyLedger(t.kernel)).toMatchObject({ ok: true, faults: [] });
    expect((await prove(t.kernel))?.counts).toEqual(proof?.counts);
    expect(await codeOf(readPetitionerCase(t.kernel, id))).toBe("case.destroyed");
    expect(await rows(t, "select 1 from kernel.case_audience where case_id = $1", [id])).toEqual([]);
    expect(await rows(t, "select class from kernel.destructions where case_id = $1 order by class", [id])).toEqual([
      { class: "caseFile" },
      { class: "identity" },
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a legal hold is asked by one and set by another; what is held outlives its time, also when the hold came last", async () => {
  await using t = await openTestKernel();
  const { s, admin } = await houseOf(t);
  const [held, late, free] = [await archived(t, s), await archived(t, s), await archived(t, s)];
  const second = await t.person("干事乙", "first", [{ role: "officer", unit: "first" }]);
  const set = async (act: typeof hold, id: string) => {
    await execute(t.kernel, act.propose, byPerson(t, id, s.officer), { reason: "诉讼未结" });
    const [p] = await rows<{ id: string }>(t, "select id from kernel.proposals where case_id = $1 and state = 'open'", [
      id,
    ]);
    return { proposalId: p?.id ?? "", reason: "" };
  };
  const on = await set(hold, held);
  expect(await refusalOf(execute(t.kernel, hold.confirm, byPerson(t, held, s.officer), on))).toEqual([
    "proposal.samePerson",
  ]);
  expect(await rows(t, "select flags from kernel.cases where id = $1", [held])).toEqual([{ flags: [] }]);
  await execute(t.kernel, hold.confirm, byPerson(t, held, second), on);
  expect(
    await refusalOf(execute(t.kernel, hold.propose, byPerson(t, held, s.officer), { reason: "再次" })),
  ).not.toEqual([]);

  t.clock.advance(years(10));
  await keepTerms(t.kernel);
  expect((await ask(t, admin).state({})).classes.find((c) => c.class === "caseFile")).toMatchObject({
    due: 2,
    held: 1,
  });
  await ask(t, admin).decide({ runId: await waiting(t, "caseFile"), approve: true, reason: "保管期满" });
  // a hold that comes between the approval and the round
  await execute(t.kernel, hold.confirm, byPerson(t, late, second), await set(hold, late));
  expect(await carryOut(t.kernel)).toBe(1);
  const kept = await rows<{ id: string }>(t, "select id from kernel.cases where destroyed_on is null");
  expect(kept.map((row) => row.id).toSorted()).toEqual([held, late].toSorted());
  expect(await rows(t, "select body from kernel.cases where id = $1", [free])).toEqual([{ body: "" }]);

  await execute(t.kernel, liftHold.confirm, byPerson(t, held, second), await set(liftHold, held));
  t.clock.advance({ days: 1 });
  await keepTerms(t.kernel);
  // the first approval stands for later rounds
  expect(
    (await rows(t, "select id from kernel.cases where destroyed_on is null")).map((r) => (r as { id: string }).id),
  ).toEqual([late]);
});

test("a rule goes one way only, takes the approval away, and whoever changed it does not approve", async () => {
  await using t = await openTestKernel();
  const { s, admin, other } = await houseOf(t);
  await archived(t, s);
  const rule = (kind: "caseFile" | "identity", months: number, unitId: string | null = null) =>
    ask(t, admin).setRule({ class: kind, unitId, months, reason: "按本单位规定" });
  expect(await codeOf(rule("caseFile", 119))).toBe("retention.bounds");
  expect(await codeOf(rule("identity", 25))).toBe("retention.bounds");
  expect(await codeOf(rule("identity", 12, t.kernel.newId()))).toBe("unit.notFound");
  // the second battalion has none of these cases, so its shorter time changes nothing for them
  await rule("identity", 6, t.units.second);
  t.clock.advance(years(1));
  expect(await findDue(t.kernel)).toBe(0);
  await rule("identity", 12, t.units.first);
  expect(await findDue(t.kernel)).toBe(1);
  const runId = await waiting(t, "identity");
  expect(await codeOf(ask(t, admin).decide({ runId, approve: true, reason: "期满" }))).toBe("retention.samePerson");
  await ask(t, other).decide({ runId, approve: true, reason: "期满" });
  expect(await codeOf(ask(t, other).decide({ runId, approve: true, reason: "期满" }))).toBe("retention.notWaiting");
  await rule("identity", 24, t.units.first);
  expect(await carryOut(t.kernel)).toBe(0);
  expect((await ask(t, admin).state({})).classes.find((c) => c.class === "identity")?.approvedBy).toBeNull();
});

test("why an identity was opened is forgotten after its time, that it was opened is not", async () => {
  await using t = await openTestKernel();
  const { s, admin } = await houseOf(t);
  const id = await archived(t, s);
  await openIdentity(t.kernel, byPerson(t, id, s.officer), "电话核实林小满").catch(() => undefined);
  await rows(
    t,
    "insert into vault.openings (id, case_id, at, by_person, purpose) values (gen_random_uuid(), $1, $2, $3, '核实')",
    [id, t.clock.now, s.officer.personId],
  );
  t.clock.advance(years(10));
  await keepTerms(t.kernel);
  await ask(t, admin).decide({ runId: await waiting(t, "openings"), approve: true, reason: "期满" });
  await carryOut(t.kernel);
  const left = await rows<{ purpose: string }>(t, "select purpose from vault.openings");
  expect(left.length).toBeGreaterThan(0);
  expect(new Set(left.map((row) => row.purpose))).toEqual(new Set([""]));
});

test("a kinship that ended goes a year later by itself; what was typed to open a number of nothing goes with the openings", async () => {
  await using t = await openTestKernel();
  const { s, admin } = await houseOf(t);
  await declareKin(t.kernel, s.officer, s.handler.personId);
  await declareKin(t.kernel, s.officer, s.signer.personId);
  const [first] = await ownKin(t.kernel, s.officer);
  await endKin(t.kernel, s.officer, first?.id ?? "");
  await rows(
    t,
    `insert into kernel.accesses (id, person_id, case_no, reason, hours, asked_at, state)
       values (gen_random_uuid(), $1, '2026-AAAAAA-A', '听说有这件事', 1, $2, 'declined')`,
    [s.officer.personId, t.clock.now],
  );
  const kin = () => rows<{ n: number }>(t, "select count(*)::int as n from kernel.kinships");
  t.clock.advance({ days: 360 });
  await keepTerms(t.kernel);
  expect(await kin()).toEqual([{ n: 2 }]);
  t.clock.advance({ days: 10 });
  await keepTerms(t.kernel);
  await keepTerms(t.kernel);
  // the one that holds stays
  expect(await kin()).toEqual([{ n: 1 }]);
  expect(await ownKin(t.kernel, s.officer)).toHaveLength(1);
  expect(
    await rows(t, "select body::jsonb -> 'facts' as facts from kernel.ledger where type = 'retention.done'"),
  ).toEqual([{ facts: { class: "kinships", count: 1 } }]);
  expect(await rows(t, "select reason from kernel.accesses")).toEqual([{ reason: "听说有这件事" }]);

  t.clock.advance(years(10));
  await keepTerms(t.kernel);
  await ask(t, admin).decide({ runId: await waiting(t, "openings"), approve: true, reason: "期满" });
  await carryOut(t.kernel);
  expect(await rows(t, "select reason, state from kernel.accesses")).toEqual([{ reason: "", state: "declined" }]);
});

test("none but the platform's administrators see or decide it", async () => {
  await using t = await openTestKernel();
  const { s } = await houseOf(t);
  for (const asked of [
    () => ask(t, s.officer).state({}),
    () => ask(t, s.officer).look({}),
    () => ask(t, s.officer).setRule({ class: "identity", unitId: null, months: 12, reason: "按规定" }),
    () => ask(t, s.officer).decide({ runId: t.kernel.newId(), approve: true, reason: "期满" }),
  ])
    expect(await codeOf(asked())).toBe("forbidden");
});
