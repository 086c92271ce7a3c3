import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import server from "../server.ts";

let host: TestHost<typeof server>;
beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, "..", ".."), now: "2026-03-02T02:00:00.000Z" });
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());

const refused = (reason: string) => ({ data: { code: "module.refused", params: { reason } } });
const CSV =
  "case,activity,time,org:resource\n1,a,2026-03-02,Zhang San\n1,b,2026-03-04,Li Si\n2,a,2026-03-02,Zhang San\n";

async function bring(parts: readonly string[] = [CSV], name = "对照日志") {
  const office = host.as("officeHead");
  const { logId } = await office.begin.mutate({ name });
  for (const [no, text] of parts.entries()) await office.piece.mutate({ logId, no, text });
  return { logId, came: await office.finish.mutate({ logId, pieces: parts.length }) };
}

test("a log comes in pieces, keeps steps and times alone, and is shown as a map to whoever may look", async () => {
  const { logId, came } = await bring([CSV.slice(0, 50), CSV.slice(50)]);
  expect(came).toEqual({ kept: true });

  const { logs, mayChange } = await host.as("officer").logs.query();
  expect([logs, mayChange]).toEqual([
    [expect.objectContaining({ logId, name: "对照日志", cases: 2, events: 3 })],
    false,
  ]);
  const { map, mayRemove } = await host.as("officeHead").logMap.query({ logId });
  expect([map.cases, map.variantCount, mayRemove]).toEqual([2, 2, true]);
  expect(map.passages).toEqual([{ from: "a", to: "b", count: 1, medianHours: 48, slowHours: 48 }]);
  const kept = JSON.stringify(await host.sql("select * from p_process.traces"));
  expect(kept).not.toMatch(/Zhang|Li Si/);
  expect(await host.sql("select * from p_process.pieces")).toEqual([]);
  // said twice it is kept once
  expect(await host.as("officeHead").finish.mutate({ logId, pieces: 2 })).toEqual({ kept: true });
  expect(await host.sql("select * from p_process.traces")).toHaveLength(2);
  await expect(host.as("officeHead").piece.mutate({ logId, no: 2, text: "x" })).rejects.toMatchObject(
    refused("pieces"),
  );

  await host.as("officeHead").remove.mutate({ logId });
  expect((await host.as("officer").logs.query()).logs).toEqual([]);
  expect(await host.sql("select * from p_process.traces")).toEqual([]);
  await expect(host.as("officer").logMap.query({ logId })).rejects.toMatchObject(refused("notFound"));
});

test("what cannot be read is told with its line, and nothing of it stays", async () => {
  const { logId, came } = await bring([`${CSV}3,,2026-03-05,Wang Wu\n`]);

  expect(came).toEqual({ kept: false, flaw: "activity", place: 5 });
  expect(await host.sql("select * from p_process.logs")).toEqual([]);
  expect(await host.sql("select * from p_process.pieces")).toEqual([]);
  await expect(host.as("officeHead").finish.mutate({ logId, pieces: 1 })).rejects.toMatchObject(refused("notFound"));
});

test("where a piece is missing nothing is read; what was never finished is gone a day later", async () => {
  const office = host.as("officeHead");
  const { logId } = await office.begin.mutate({ name: "对照日志" });
  await office.piece.mutate({ logId, no: 1, text: CSV });
  // sent again it is taken once
  await office.piece.mutate({ logId, no: 1, text: "other" });

  await expect(office.finish.mutate({ logId, pieces: 2 })).rejects.toMatchObject(refused("pieces"));
  await expect(office.finish.mutate({ logId, pieces: 1 })).rejects.toMatchObject(refused("pieces"));
  expect((await office.logs.query()).logs).toEqual([]);
  await expect(office.logMap.query({ logId })).rejects.toMatchObject(refused("notFound"));
  const { logId: kept } = await bring();
  await host.advance({ days: 2 });
  expect(await host.sql("select id from p_process.logs")).toEqual([{ id: kept }]);
  await office.remove.mutate({ logId: kept });
});

test("a log belongs to its unit: another neither sees nor takes it away", async () => {
  const { logId } = await bring();
  const other = host.as("officeHead", "second");

  expect((await other.logs.query()).logs).toEqual([]);
  await expect(other.logMap.query({ logId })).rejects.toMatchObject(refused("notFound"));
  await expect(other.remove.mutate({ logId })).rejects.toMatchObject(refused("notFound"));
  await expect(other.piece.mutate({ logId, no: 0, text: "x" })).rejects.toMatchObject(refused("notFound"));
  await expect(other.finish.mutate({ logId, pieces: 1 })).rejects.toMatchObject(refused("notFound"));
  expect((await host.as("officer").logs.query()).logs).toHaveLength(1);
  await host.as("supervisor").remove.mutate({ logId });
});

test("who only looks brings and removes nothing, and who does neither sees no log", async () => {
  const officer = host.as("officer");
  const logId = crypto.randomUUID();
  for (const call of [
    () => officer.begin.mutate({ name: "对照日志" }),
    () => officer.piece.mutate({ logId, no: 0, text: "x" }),
    () => officer.finish.mutate({ logId, pieces: 1 }),
    () => officer.remove.mutate({ logId }),
    () => host.as("mediator").logs.query(),
    () => host.as("mediator").logMap.query({ logId }),
  ])
    await expect(call()).rejects.toMatchObject({ data: { code: "forbidden" } });
});

test("a unit keeps twenty logs", async () => {
  await host.sql(
    `insert into p_process.logs (id, unit_id, name, kept_at, cases, events, begun_at)
     select gen_random_uuid(), $1, 'log', now(), 1, 1, now() from generate_series(1, 20)`,
    [host.units.brigade.id],
  );

  await expect(host.as("officeHead").begin.mutate({ name: "多一份" })).rejects.toMatchObject(refused("tooMany"));
});
