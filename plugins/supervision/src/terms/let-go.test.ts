import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "../server.ts";

let host: TestHost<typeof server>;
let brigade: ReturnType<TestHost<typeof server>["as"]>;
const OVER = "2016-03-01T02:00:00Z";
const NOT_YET = "2016-03-10T02:00:00Z";

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, "../.."), now: "2026-03-02T02:00:00.000Z" });
  brigade = host.as("supervisor");
  await Promise.all([brigade.list.query({}), host.as("officer", "first").toAnswer.query()]);
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const table of ["matters", "recommendations", "inspections"])
    await host.sql(`delete from p_supervision.${table}`);
  await host.kernelSql("delete from kernel.unit_letters");
});

const recommended = async (answeredAt: string | null, sentAt = OVER): Promise<string> => {
  const recommendationId = randomUUID();
  await brigade.recommend.mutate({
    ...{ recommendationId, toUnit: host.units.first.id, kind: "improveWork" },
    ...{ words: "报修当天指定责任人", evidence: "半年里九件报修互相推" },
  } as never);
  await host.sql(
    `update p_supervision.recommendations set sent_at = $2, answered_at = $3,
       outcome = case when $3::timestamptz is not null then 'adopted' end, answered_on = $3::timestamptz::date where id = $1`,
    [recommendationId, sentAt, answeredAt],
  );
  return recommendationId;
};
/** Its words are destroyed by a round of the platform. */
const letterGone = (id: string) => host.kernelSql("update kernel.unit_letters set facts = '{}' where id = $1", [id]);
const left = async (table: string): Promise<readonly unknown[]> =>
  (await host.sql(`select id from p_supervision.${table} order by id`)).map((row) => row.id);

test("a recommendation goes ten years after its answer, or after it was sent, and never before its letter", async () => {
  const [answered, silent, fresh, held] = [
    await recommended(OVER),
    await recommended(null),
    await recommended(NOT_YET),
    await recommended(OVER),
  ];
  await host.advance({ days: 1 });
  expect(await left("recommendations")).toEqual([answered, silent, fresh, held].toSorted());
  for (const id of [answered, silent, fresh]) await letterGone(id);
  await host.advance({ days: 1 });
  expect(await left("recommendations")).toEqual([fresh, held].toSorted());
  await host.advance({ days: 8 });
  expect(await left("recommendations")).toEqual([held]);
  await letterGone(held);
  await host.advance({ days: 1 });
  expect(await left("recommendations")).toEqual([]);
});

test("a way in that went quiet goes with its steps once it has ended, and one of a petition with its petition alone", async () => {
  const warning = {
    warningId: randomUUID(),
    aboutUnit: host.units.first.id,
    channel: "leaderMailbox",
    why: "没有来信",
  };
  const { matterId } = await brigade.raiseSilent.mutate(warning);
  await brigade.ask.mutate({ matterId, rung: "urging", words: "说明信箱由谁开启" });
  await host.sql("update p_supervision.matters set opened_at = $1", [OVER]);
  await host.kernelSql("update kernel.unit_letters set facts = '{}'");
  await host.advance({ days: 1 });
  // what is open has no term
  expect(await left("matters")).toEqual([matterId]);
  await host.sql("update p_supervision.matters set state = 'closed', ended_at = $1", [OVER]);
  const ofPetition = randomUUID();
  await host.sql(
    `insert into p_supervision.matters select (jsonb_populate_record(m, jsonb_build_object('id', $1::uuid, 'case_id', $2::uuid, 'channel', null))).*
       from p_supervision.matters m`,
    [ofPetition, randomUUID()],
  );
  const [step] = await host.sql("select id from p_supervision.steps");
  await host.kernelSql(`update kernel.unit_letters set facts = '{"title": {}}' where id = $1`, [step?.id]);
  await host.advance({ days: 1 });
  expect(await left("matters")).toContain(matterId);
  await letterGone(String(step?.id));
  await host.advance({ days: 1 });
  expect(await left("matters")).not.toContain(matterId);
  expect(await left("steps")).toEqual([]);
});

test("an inspection goes with its term, or with the last petition of its sample where that is later", async () => {
  const add = async (closedAt: string): Promise<string> => {
    const id = randomUUID();
    await host.sql(
      `insert into p_supervision.inspections (id, unit_id, path, about_unit, title, pool, opened_by, opened_at, result, closed_by, closed_at)
       values ($1, $2, array[$2::uuid], $3, '报修办理质量', '{}', $4, $5, '合规', $4, $5)`,
      [id, host.units.brigade.id, host.units.first.id, randomUUID(), closedAt],
    );
    return id;
  };
  const [over, sampled, fresh] = [await add(OVER), await add(OVER), await add("2025-03-01T02:00:00Z")];
  // of a unit that is not there any more: the nearest one above does its work
  await host.sql("update p_supervision.inspections set unit_id = $2, path = array[$2::uuid] || path where id = $1", [
    over,
    randomUUID(),
  ]);
  const petition = randomUUID();
  await host.sql("insert into p_supervision.inspected (inspection_id, case_id, no) values ($1, $2, 1)", [
    sampled,
    petition,
  ]);
  await host.advance({ days: 1 });
  expect(await left("inspections")).toEqual([sampled, fresh].toSorted());
  await host.sql("delete from p_supervision.inspected where case_id = $1", [petition]);
  await host.advance({ days: 1 });
  expect(await left("inspections")).toEqual([fresh]);
});
