import { join } from "node:path";
import { createTestHost } from "@doorstep/sdk/test";
import { expect, test } from "vitest";
import server from "../server.ts";

test("how often a unit was urged, and whether it answered in time, is released once its month is over", async () => {
  await using host = await createTestHost(server, {
    ...{ root: join(import.meta.dirname, "../.."), now: "2026-03-02T02:00:00.000Z" },
  });
  const { brigade, first } = host.units;
  await host.events.emit("case.received");
  const [petition] = await host.kernelSql("select id from kernel.cases");
  const urged = async (times: number, givenAt: string, answeredAt: string | null) => {
    for (let n = 0; n < times; n++) {
      const matterId = crypto.randomUUID();
      await host.sql(
        `insert into p_supervision.matters (id, case_id, unit_id, path, state, rung, opened_at, ended_at)
         values ($1, $2, $3, $4, 'closed', 'urging', $5, $5)`,
        [matterId, petition?.id, first.id, [first.id, brigade.id], givenAt],
      );
      await host.sql(
        `insert into p_supervision.steps (id, matter_id, no, rung, words, given_at, due_on, answer, answered_at)
         values (gen_random_uuid(), $1, 1, 'urging', '请说明', $2, '2026-03-15', $3, $4)`,
        [matterId, givenAt, answeredAt && "已经办结", answeredAt],
      );
    }
  };
  await urged(6, "2026-03-05T02:00:00Z", "2026-03-10T02:00:00Z");
  await urged(5, "2026-03-05T02:00:00Z", "2026-03-20T02:00:00Z");
  // the last minute of the month where the house stands, and the first of the next
  await urged(7, "2026-03-31T15:59:00Z", null);
  await urged(5, "2026-03-31T16:01:00Z", null);

  await host.advance({ days: 41 });
  const [released] = await host.kernelSql(
    `select w.total, w.figures from kernel.figure_rows w join kernel.figure_releases r on r.id = w.release_id
      where r.dataset = 'supervision/urging' and r.month = '2026-03' and w.unit_id = $1 and not w.own`,
    [first.id],
  );
  expect(released).toMatchObject({
    total: 18,
    figures: { rung: { urging: 18, circular: 0 }, "+answered": { yes: 11, no: 7 }, "+inTime": { yes: 6, no: 12 } },
  });
});
