import { join } from "node:path";
import { createTestHost } from "@doorstep/sdk/test";
import { expect, test } from "vitest";
import server from "../server.ts";

test("what was in the backlog in a month is released with what was struck off in it", async () => {
  await using host = await createTestHost(server, {
    ...{ root: join(import.meta.dirname, "../.."), now: "2026-03-02T02:00:00.000Z" },
  });
  await host.events.emit("case.received");
  const [petition] = await host.kernelSql("select id from kernel.cases");
  const { brigade, first } = host.units;
  // one petition stands for many
  await host.kernelSql("drop index p_backlog.items_open");
  const inIt = async (
    times: number,
    entered: string,
    state: string,
    more: { readonly struck?: string; readonly left?: string } = {},
  ) => {
    for (let n = 0; n < times; n++)
      await host.sql(
        `insert into p_backlog.items (id, case_id, path, handled, entered_at, state, look_on, left_at)
         values (gen_random_uuid(), $1, $2, '{}', $3, $4, $5::date + 90, $6)`,
        [petition?.id, [first.id, brigade.id], `${entered}T02:00:00Z`, state, more.struck ?? null, more.left ?? null],
      );
  };
  await inIt(6, "2026-01-10", "open");
  await inIt(7, "2026-02-10", "struck", { struck: "2026-03-20", left: "2026-03-20T02:00:00Z" });
  await inIt(5, "2026-03-10", "open", { left: "2026-03-12T02:00:00Z" });
  // before, and after
  await inIt(8, "2026-01-10", "closed", { struck: "2026-02-20", left: "2026-02-20T02:00:00Z" });
  await inIt(9, "2026-01-10", "open", { left: "2026-02-12T02:00:00Z" });
  await inIt(5, "2026-04-02", "open");

  await host.advance({ days: 41 });

  const released = await host.kernelSql(
    `select w.total, w.figures from kernel.figure_rows w join kernel.figure_releases r on r.id = w.release_id
      where r.dataset = 'backlog/month' and r.month = '2026-03' and w.unit_id = $1 and not w.own`,
    [first.id],
  );
  expect(released).toMatchObject([{ total: 18, figures: { "+struck": { yes: 7, no: 11 } } }]);
});
