import { join } from "node:path";
import type { FeedFact } from "@doorstep/sdk";
import { pluginServer } from "@doorstep/sdk/server";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JobCtx } from "../indicators-ctx.ts";
import { plugin } from "../plugin.ts";
import { datasets } from "./datasets.ts";
import { readFeed } from "./read-feed.ts";

const ledger: FeedFact[] = [];
const reading = (ctx: JobCtx): JobCtx =>
  Object.assign(Object.create(ctx), {
    feed: { read: (next: string | null) => Promise.resolve({ facts: next === null ? ledger : [], next: "1" }) },
  });
const server = pluginServer(plugin, {
  jobs: { read: { every: "1m", scope: "platform", run: (ctx) => readFeed(reading(ctx)) } },
  datasets,
});

let host: TestHost<typeof server>;
beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, "../.."), now: "2026-04-02T02:00:00.000Z" });
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());

/** Assigned to the first battalion with a report by the tenth of March, which came in time; some after a dispute that named the second. */
function assigned(isDesignated: boolean): void {
  const { brigade, first, second } = host.units;
  const said: readonly (readonly [string, FeedFact["type"], object])[] = [
    ["2026-01-05", "case.received", { unit: brigade.id }],
    [
      "2026-01-06",
      "case.routed",
      { act: "assignUnit", fromUnit: brigade.id, unit: first.id, due: { K5: "2026-03-10" } },
    ],
    ...(isDesignated
      ? [["2026-01-10", "case.routed", { act: "designate", fromUnit: first.id, unit: second.id }] as const]
      : []),
    ["2026-03-09", "assignment.reported", { unit: isDesignated ? second.id : first.id }],
  ];
  const caseId = crypto.randomUUID();
  for (const [n, [day, type, facts]] of said.entries())
    ledger.push({
      ...{ caseId, seq: n + 1, at: `${day}T02:00:00.000Z`, type, by: "person" as const },
      facts: { channel: "letter", category: "claim", ...facts },
    });
}

const releases = async () =>
  await host.kernelSql(
    `select r.number, w.total from kernel.figure_releases r join kernel.figure_rows w on w.release_id = r.id
      where r.dataset = 'indicators/assignment' and r.month = '2026-03' and w.unit_id = $1 and w.own order by 1`,
    [host.units.brigade.id],
  );

test("what is counted otherwise since formulas changed makes a month that was released a correction, never another number in silence", async () => {
  for (let n = 0; n < 30; n += 1) assigned(n < 12);
  await host.advance({ minutes: 1 });
  // formulas of before ended an assignment with the decision of a dispute
  for (const table of ["counted", "cells"])
    await host.sql(
      table === "cells"
        ? "update p_indicators.cells set count = count - 12 where thing = 'assignment'"
        : `delete from p_indicators.counted where thing = 'assignment' and case_id in
             (select case_id from p_indicators.entries where facts ->> 'act' = 'designate')`,
    );
  await host.advance({ days: 12 });
  expect(await releases()).toEqual([{ number: 1, total: 18 }]);

  await host.sql("update p_indicators.progress set formulas = 5");
  await host.advance({ days: 1 });
  expect(await host.sql("select count(*)::int as n from p_indicators.counted where thing = 'assignment'")).toEqual([
    { n: 30 },
  ]);
  // as it was released, until the next month is
  expect(await releases()).toEqual([{ number: 1, total: 18 }]);
  await host.advance({ days: 30 });
  expect(await releases()).toEqual([
    { number: 1, total: 18 },
    { number: 2, total: 30 },
  ]);
});
