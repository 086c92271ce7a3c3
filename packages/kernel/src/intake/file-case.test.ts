import { expect, test } from "vitest";
import { readCase } from "../cases/read-case.ts";
import { transferCase } from "../cases/route.ts";
import { execute } from "../pipeline/execute.ts";
import { listCases } from "../queue/list-cases.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, refusalOf, register } from "../testing/story.ts";
import { parseReturnCode } from "../vault/return-code.ts";
import { type Filing, fileCase } from "./file-case.ts";

const filing = (t: TestKernel, more: Partial<Filing> = {}): Filing => ({
  key: t.key(),
  unitId: t.units.company,
  via: "online",
  channelKey: "online-petition/online",
  channelLabel: { "zh-CN": "网上信访", en: "Online petition" },
  purpose: "solve",
  title: "公寓房窗户漏雨",
  body: "家属20日来队，公寓房窗户漏雨，两次报修均无人回复。",
  alreadyTried: "",
  desiredOutcome: "修好窗户",
  concernsLeader: false,
  urgentSafety: false,
  anonymity: "anonymous",
  headcount: 1,
  fileIds: [],
  locale: "zh-CN",
  ...more,
});
const anonymous = { actor: "anonymous", petitionerId: null } as const;
const count = async (t: TestKernel, table: string): Promise<number> =>
  (await t.database.pool.query(`select count(*)::int as n from ${table}`)).rows[0].n;

test("a petition gets a number, a code that checks, and its statutory dates", async () => {
  await using t = await openTestKernel({ now: "2026-02-10T02:00:00Z" });

  const result = await fileCase(t.kernel, filing(t), anonymous);

  expect(result.caseNo).toMatch(/^2026-[0-9A-Z]{6}-[0-9A-Z]$/);
  expect(parseReturnCode(result.returnCode)).toBe(result.returnCode.replaceAll("-", ""));
  expect(result.next.map((n) => [n.code, n.dueOn])).toEqual([
    ["K2", "2026-02-25"],
    ["K4", "2026-04-27"],
  ]);
});

test("the same key pressed sixteen times at once files one petition and gives one code", async () => {
  await using t = await openTestKernel();
  const same = filing(t);

  const results = await Promise.all(Array.from({ length: 16 }, () => fileCase(t.kernel, same, anonymous)));

  expect(new Set(results.map((r) => `${r.caseNo} ${r.returnCode}`)).size).toBe(1);
  expect(await count(t, "kernel.cases")).toBe(1);
  expect(await count(t, "kernel.ledger")).toBe(1);
});

test("the same key with another text is refused", async () => {
  await using t = await openTestKernel();
  const first = filing(t);
  await fileCase(t.kernel, first, anonymous);

  await expect(fileCase(t.kernel, { ...first, body: "另一件事情，内容不同" }, anonymous)).rejects.toMatchObject({
    code: "key.reused",
  });
});

test("an anonymous petition leaves no person, no tag and no link", async () => {
  await using t = await openTestKernel();

  await fileCase(t.kernel, filing(t), anonymous);

  expect(await count(t, "vault.persons")).toBe(0);
  expect(await count(t, "vault.tags")).toBe(0);
  expect(await count(t, "kernel.party_links")).toBe(0);
});

test("a name stands only in the vault, encrypted", async () => {
  await using t = await openTestKernel();

  await fileCase(
    t.kernel,
    filing(t, {
      anonymity: "named",
      petitioner: { name: "赵明远", kind: "nco", contact: "13800000000", filingFor: "self" },
    }),
    anonymous,
  );

  expect(await count(t, "vault.persons")).toBe(1);
  const tables = (
    await t.database.pool.query(
      "select schemaname || '.' || tablename as name from pg_tables where schemaname in ('kernel', 'vault')",
    )
  ).rows;
  for (const { name } of tables) {
    const { rows } = await t.database.pool.query(`select t::text as line from ${name} t`);
    expect(
      rows.filter((r) => /赵明远|13800000000/.test(r.line)),
      name,
    ).toEqual([]);
  }
});

test("an accusation goes to the organ above the unit complained of, and its text is unreadable in the tables", async () => {
  await using t = await openTestKernel();

  const { caseId } = await fileCase(
    t.kernel,
    filing(t, { unitId: t.units.first, purpose: "accuse", title: "采购送礼" }),
    anonymous,
  );

  const { rows } = await t.database.pool.query(
    "select c.confidentiality, c.title, c.body, o.unit_id, array_agg(a.key) as keys from kernel.cases c join kernel.offices o on o.id = c.organ_id join kernel.case_audience a on a.case_id = c.id where c.id = $1 group by 1, 2, 3, 4",
    [caseId],
  );
  expect(rows[0]).toMatchObject({ confidentiality: 3, unit_id: t.units.brigade });
  expect(rows[0].keys).toHaveLength(1);
  expect(rows[0].keys).not.toContain(t.units.brigade);
  expect(rows[0].title + rows[0].body).not.toMatch(/采购|窗户/);
});

test("when the leader is concerned, the level above takes it in and the unit does not see it", async () => {
  await using t = await openTestKernel();

  const { caseId, unit } = await fileCase(t.kernel, filing(t, { concernsLeader: true }), anonymous);

  expect(unit.code).toBe("FIRST");
  const { rows } = await t.database.pool.query("select key from kernel.case_audience where case_id = $1", [caseId]);
  expect(rows.map((r) => r.key)).not.toContain(t.units.company);
});

test("what passes a unit by is never passed back down to it, and nobody of it sees it, whatever his duties", async () => {
  await using t = await openTestKernel();
  const at = (unit: "company" | "first", role: string) => [{ role, unit }];
  const [leader, officerOfTheCompany, lentToTheBattalion, officer] = [
    await t.person("连长", "company", at("company", "signer")),
    await t.person("连队干事", "company", at("company", "officer")),
    await t.person("借调干事", "company", at("first", "officer")),
    await t.person("营干事", "first", at("first", "officer")),
  ];
  const { caseId } = await fileCase(t.kernel, filing(t, { concernsLeader: true }), anonymous);
  const readers = async () => {
    const seen: string[] = [];
    for (const [name, who] of Object.entries({ leader, officerOfTheCompany, lentToTheBattalion, officer })) {
      const { items } = await listCases(t.kernel, who, { view: "all", limit: 50 } as never);
      const read = (await refusalOf(readCase(t.kernel, who, caseId))).length === 0;
      expect(items.length > 0).toBe(read);
      if (read) seen.push(name);
    }
    return seen;
  };
  expect(await readers()).toEqual(["officer"]);

  await register(t, { clerk: officer }, caseId);
  const down = { kind: "transfer", toUnitId: t.units.company, reason: "由连队处理", legalGround: "" } as const;
  expect(await refusalOf(execute(t.kernel, transferCase, byPerson(t, caseId, officer), down))).toEqual([
    "unit.notRespondent",
  ]);
  expect(await readers()).toEqual(["officer"]);
});

test("at the top nobody stands above: it is taken in there all the same, and can be worked on", async () => {
  await using t = await openTestKernel();
  const { rows } = await t.database.pool.query<{ id: string }>("select id from kernel.units where parent_id is null");
  const [root] = rows;
  if (!root) throw new Error("no unit");
  const { unit } = await fileCase(t.kernel, filing(t, { unitId: root.id, concernsLeader: true }), anonymous);
  expect(unit.id).toBe(root.id);
  expect(await count(t, "kernel.respondents")).toBe(0);
});

test("a file that is not there refuses the whole petition", async () => {
  await using t = await openTestKernel();

  await expect(fileCase(t.kernel, filing(t, { fileIds: [t.kernel.newId()] }), anonymous)).rejects.toMatchObject({
    code: "file.notFound",
  });
  expect(await count(t, "kernel.cases")).toBe(0);
});

test("an unknown unit is refused", async () => {
  await using t = await openTestKernel();

  await expect(fileCase(t.kernel, filing(t, { unitId: t.kernel.newId() }), anonymous)).rejects.toMatchObject({
    code: "unit.notFound",
  });
});
