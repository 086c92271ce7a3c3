import { join } from "node:path";
import type { Id } from "@doorstep/sdk";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import server from "../server.ts";
import { otherOf } from "./movements.ts";

let host: TestHost<typeof server>;
const MONTH = "2026-03";

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, "../.."), now: "2026-03-28T02:00:00.000Z" });
  await host.advance({ minutes: 1 });
  // what is told here is of petitions that nobody has filed
  await host.kernelSql("update kernel.plugin_job set due_at = '2099-01-01' where job = 'forget'");
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());

type Said = readonly [at: string, type: string, facts: object];
/** What the ledger has told of a petition, as it is kept here. */
async function told(...said: readonly Said[]): Promise<void> {
  const caseId = crypto.randomUUID();
  for (const [seq, [at, type, facts]] of said.entries())
    await host.sql("insert into p_indicators.entries (case_id, seq, at, type, facts) values ($1, $2, $3, $4, $5)", [
      ...[caseId, seq + 1, at.includes("T") ? at : `${at}T02:00:00Z`, type, JSON.stringify(facts)],
    ]);
}
const moved = (at: string, fromUnit: Id, unit: Id, act = "transfer"): Said => [
  ...([at, act === "return" ? "case.returned" : "case.routed"] as const),
  { act, fromUnit, unit },
];

/** What was released of a dataset, by unit: how many, and how they fall into values. */
async function releasedOf(dataset: string) {
  const rows = await host.kernelSql(
    `select u.code, w.total, w.figures from kernel.figure_rows w join kernel.figure_releases r on r.id = w.release_id
       join kernel.units u on u.id = w.unit_id where r.dataset = $1 and r.month = $2 and not w.own order by u.code`,
    [`indicators/${dataset}`, MONTH],
  );
  return new Map(rows.map((row) => [String(row.code).toLowerCase(), row]));
}

test("the other unit stands above, below, beside or elsewhere", () => {
  const [brigade, first, second, company] = [["b"], ["1", "b"], ["2", "b"], ["c", "1", "b"]];
  expect(otherOf(first, brigade)).toBe("above");
  expect(otherOf(brigade, company)).toBe("below");
  expect(otherOf(first, second)).toBe("beside");
  expect(otherOf(company, second)).toBe("elsewhere");
  expect(otherOf(["x"], ["y"])).toBe("elsewhere");
});

test("what is handed on, and what comes back from there, is released at both ends, each petition once a month", async () => {
  const { brigade, first, second } = host.units;
  const back = [moved("2026-02-20", first.id, second.id), moved("2026-03-02", second.id, first.id, "return")] as const;
  for (let n = 0; n < 6; n += 1)
    await told(...back, moved("2026-03-05", first.id, second.id), moved("2026-03-09", second.id, first.id));
  // on to a third, handed over with all the unit had, and in another month: none of these came back in March
  for (let n = 0; n < 6; n += 1) await told(back[0], moved("2026-03-02", second.id, brigade.id));
  await told(back[0], moved("2026-03-02", second.id, first.id, "handOver"));
  await told(back[0], moved("2026-03-31T16:30:00Z", second.id, first.id));
  // assigned; sent on twice in the month; decided between two units, which is nobody's to send
  for (let n = 0; n < 8; n += 1) await told(moved("2026-03-04", brigade.id, first.id, "assignUnit"));
  for (let n = 0; n < 7; n += 1)
    await told(moved("2026-03-05", brigade.id, second.id), moved("2026-03-07", second.id, first.id));
  for (let n = 0; n < 6; n += 1) await told(moved("2026-03-05", first.id, brigade.id, "designate"));
  // reviewed: decided in the month, at the unit that had replied
  for (let n = 0; n < 12; n += 1)
    await told(
      ["2025-12-01", "case.replied", { unit: second.id }],
      ["2026-03-10", "case.reviewDecided", { unit: brigade.id, outcome: n < 6 ? "quashed" : "upheld" }],
    );
  await host.advance({ days: 15 });

  const came = await releasedOf("cameBack");
  expect(came.get("first")).toMatchObject({ total: 6, figures: { other: { beside: 6, above: 0, elsewhere: 0 } } });
  expect(came.get("second")).toMatchObject({ total: 0 });
  const sent = await releasedOf("sentBack");
  expect(sent.get("second")).toMatchObject({ total: 6, figures: { other: { beside: 6 } } });
  expect(sent.get("first")).toMatchObject({ total: 0 });
  const sentOut = await releasedOf("forwarding");
  expect(sentOut.get("brigade")).toMatchObject({
    ...{ total: 27, figures: { kind: { assign: 8, transfer: 19 }, other: { below: 15, beside: 6, above: 6 } } },
  });
  for (const unit of ["first", "second"]) expect(sentOut.get(unit)).toMatchObject({ total: 6 });
  const decided = await releasedOf("decision");
  expect(decided.get("second")).toMatchObject({ total: 12, figures: { "+changed": { yes: 6, no: 6 } } });
  expect(decided.get("brigade")).toMatchObject({ total: 12 });
});

test("petitions of several people are counted among those registered", async () => {
  const { first } = host.units;
  for (let n = 0; n < 12; n += 1) {
    const caseId = crypto.randomUUID();
    await host.sql(
      `insert into p_indicators.entries (case_id, seq, at, type, facts) values ($1, 1, '2026-04-02', 'case.received', $2)`,
      [caseId, JSON.stringify({ headcount: n < 5 ? 3 : 1 })],
    );
    await host.sql(
      `insert into p_indicators.counted (case_id, no, thing, unit_id, path, day, category, channel, marks)
       values ($1, 0, 'registration', $2, array[$2]::uuid[], '2026-04-02', 'claim', 'letter', '{}')`,
      [caseId, first.id],
    );
  }
  await host.advance({ days: 30 });
  const [row] = await host.kernelSql(
    `select w.total, w.figures from kernel.figure_rows w join kernel.figure_releases r on r.id = w.release_id
      where r.dataset = 'indicators/together' and r.month = '2026-04' and w.unit_id = $1 and not w.own`,
    [first.id],
  );
  expect(row).toMatchObject({ total: 12, figures: { "+joint": { yes: 5, no: 7 } } });
});
