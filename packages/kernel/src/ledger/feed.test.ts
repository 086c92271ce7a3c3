import type { ImportInput } from "@doorstep/contracts";
import { expect, test } from "vitest";
import { registerCase } from "../cases/register.ts";
import { importCases } from "../intake/import-cases.ts";
import { execute } from "../pipeline/execute.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, claim, file, inHandling, staffOf } from "../testing/story.ts";
import { type FeedFact, readFeed } from "./feed.ts";

/** Page by page from the start on, as a module reads it. */
async function all(t: TestKernel, limit: number): Promise<readonly FeedFact[]> {
  const facts: FeedFact[] = [];
  for (let after: string | null = null; ; ) {
    const page = await readFeed(t.kernel, after, limit);
    facts.push(...page.facts);
    if (page.next === after) return facts;
    after = page.next;
  }
}

test("everything that happened comes once and in order, with codes and units, and with nobody in it", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);

  const facts = await all(t, 3);

  expect(facts.map((one) => one.type)).toEqual([
    "case.received",
    "case.registered",
    "case.accepted",
    "case.handlingStarted",
    "case.heard",
  ]);
  expect(facts.map((one) => [one.caseId, one.seq])).toEqual([1, 2, 3, 4, 5].map((seq) => [id, seq]));
  expect(facts.map((one) => one.by)).toEqual(["anonymous", "person", "person", "person", "person"]);
  expect(facts[1]?.facts).toMatchObject({ category: "claim", track: "ordinary", unit: t.units.first });
  const { rows } = await t.database.pool.query<{ id: string }>("select id from kernel.people");
  for (const person of rows) expect(JSON.stringify(facts)).not.toContain(person.id);
  expect(await all(t, 1_000)).toEqual(facts);
});

test("people are left out wherever they stand in an entry", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await file(t);
  const { personId } = s.officer;
  const facts = {
    unit: t.units.first,
    of: [personId, t.units.first],
    each: { [personId]: 1, n: { who: personId, n: 2 } },
  };
  await t.database.pool.query(
    `insert into kernel.ledger (stream, seq, at, type, actor, body, prev, hash)
     select stream, 2, at, 'case.accepted', $2, $3, prev, hash from kernel.ledger where stream = $1`,
    [id, `person:${personId}`, JSON.stringify({ facts })],
  );

  expect((await all(t, 10)).at(-1)).toMatchObject({
    by: "person",
    facts: { unit: t.units.first, of: [t.units.first], each: { n: { n: 2 } } },
  });
  expect(JSON.stringify(await all(t, 10))).not.toContain(personId);
});

test("what another transaction has not ended yet holds the feed back, so that nothing is ever missed", async () => {
  await using t = await openTestKernel();
  await file(t);
  const before = await readFeed(t.kernel, null, 100);
  const open = await t.database.pool.connect();
  await open.query("begin");
  await open.query("select pg_current_xact_id()");

  await file(t);
  expect(await readFeed(t.kernel, before.next, 100)).toEqual({ facts: [], next: before.next });
  await open.query("commit");
  open.release();

  expect((await readFeed(t.kernel, before.next, 100)).facts).toHaveLength(1);
});

test("of accusations, of who stood out or was opened, nothing is told; a wrong position is refused", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await file(t);
  const accusation = { ...claim, category: "accusation", track: "accusation", subRoute: null, confidentiality: 3 };
  await execute(t.kernel, registerCase, byPerson(t, id, s.clerk), accusation as never);

  expect(await all(t, 2)).toEqual([]);
  for (const wrong of ["", "x", Buffer.from("[1,2]").toString("base64url")])
    await expect(readFeed(t.kernel, wrong, 10)).rejects.toMatchObject({ code: "request.unknown" });
});

const written = (sourceKey: string, more: Partial<ImportInput> = {}): Omit<ImportInput, "unitId"> => ({
  ...{
    source: "登记簿",
    sourceKey,
    title: "食堂",
    body: "饭菜凉了。",
    category: null,
    via: "imported",
    topicCode: null,
  },
  ...{ petitionerAlias: null, receivedAt: "2019-03-01T17:00:00Z", reply: null, repliedAt: null, closedAt: null },
  ...{ original: {}, ...more },
});

test("of an old register's record its own days and topic are told, and which one the same petitioner brought first", async () => {
  await using t = await openTestKernel();
  await staffOf(t);
  const importer = await t.person("接收", "first", [{ role: "officer", unit: "first" }]);
  const records = [
    written("1", { petitionerAlias: "石头", closedAt: "2019-03-04T17:00:00Z", topicCode: "伙食" }),
    written("2", { petitionerAlias: "石头" }),
    written("3", { petitionerAlias: "木头" }),
    written("4"),
    written("1", { source: "另一本", petitionerAlias: "石头" }),
  ];
  await importCases(
    t.kernel,
    importer,
    records.map((one) => ({ ...one, unitId: t.units.first })),
  );

  const facts = await all(t, 2);

  const { rows } = await t.database.pool.query<{ id: string }>(
    "select case_id as id from kernel.case_imports order by source = '登记簿' desc, source_key",
  );
  const [one = "", two = "", three = "", , other = ""] = rows.map((row) => row.id);
  const first = [one, two].toSorted()[0];
  const told = new Map(
    facts.map(({ caseId, facts: { statedClosedOn, statedTopic, statedFirst } }) => [
      caseId,
      [statedClosedOn, statedTopic, statedFirst],
    ]),
  );
  expect(told.get(one)).toEqual(["2019-03-05", "伙食", first]);
  expect(told.get(two)).toEqual([undefined, undefined, first]);
  expect([told.get(three)?.[2], told.get(other)?.[2]]).toEqual([three, other]);
  expect([...told.values()].filter(([, , of]) => of === undefined)).toHaveLength(1);
  expect(JSON.stringify(facts)).not.toContain("石头");
  expect(facts[0]?.facts).toMatchObject({
    statedReceivedOn: "2019-03-02",
    statedReceivedAt: "2019-03-01T17:00:00.000Z",
  });
});
