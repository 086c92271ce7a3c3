import { join } from "node:path";
import { createTestHost } from "@doorstep/sdk/test";
import { expect, test } from "vitest";
import server from "../server.ts";

test("visits by leaders are released in the month in which they were written down", async () => {
  await using host = await createTestHost(server, {
    ...{ root: join(import.meta.dirname, "../.."), now: "2026-03-02T02:00:00.000Z" },
  });
  const { brigade, first } = host.units;
  await host.events.emit("case.received");
  await host.sql(
    `insert into p_leader_desk.charges (id, case_id, path, taken_at)
     select '00000000-0000-7000-8000-000000000001', $1, $2, '2026-02-01'`,
    [(await host.kernelSql("select id from kernel.cases"))[0]?.id, [first.id, brigade.id]],
  );
  const visited = (times: number, on: string, written: string, met: boolean) =>
    host.sql(
      `insert into p_leader_desk.visits (id, charge_id, visited_on, met, words, written_by, written_at)
       select gen_random_uuid(), '00000000-0000-7000-8000-000000000001', $2, $4, '看了看', gen_random_uuid(), $3
         from generate_series(1, $1)`,
      [times, on, written, met],
    );
  await visited(6, "2026-03-10", "2026-03-10T02:00:00Z", true);
  await visited(5, "2026-03-11", "2026-03-31T15:00:00Z", false);
  await visited(7, "2026-03-12", "2026-03-31T17:00:00Z", true);

  await host.advance({ days: 41 });

  const released = await host.kernelSql(
    `select w.total, w.figures from kernel.figure_rows w join kernel.figure_releases r on r.id = w.release_id
      where r.dataset = 'leader-desk/visit' and r.month = '2026-03' and w.unit_id = $1 and not w.own`,
    [first.id],
  );
  expect(released).toMatchObject([{ total: 11, figures: { "+met": { yes: 6, no: 5 } } }]);
});
