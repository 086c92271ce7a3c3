import { join } from "node:path";
import { createTestHost } from "@doorstep/sdk/test";
import { expect, test } from "vitest";
import server from "../server.ts";

test("agreements and follow-up visits are released in the month in which they were due", async () => {
  await using host = await createTestHost(server, {
    ...{ root: join(import.meta.dirname, "../.."), now: "2026-03-02T02:00:00.000Z" },
  });
  const { brigade, first } = host.units;
  await host.events.emit("case.received");
  const [petition] = await host.kernelSql("select id from kernel.cases");
  const agreed = async (times: number, state: "kept" | "broken", performOn: string, isAnswered: boolean) => {
    for (let n = 0; n < times; n++) {
      const id = crypto.randomUUID();
      await host.sql(
        `insert into p_mediation.mediations (id, case_id, path, tier, dispute, mediator_id, mediator_name, code_hash, state,
                                             offered_by, offered_at, terms, perform_on, settled_on)
         values ($1::uuid, $2, $3, 2, '邻里噪音', gen_random_uuid(), '调解员', sha256($1::text::bytea), $4,
                 gen_random_uuid(), '2026-01-10', '夜里不放音乐', $5, '2026-02-01')`,
        [id, petition?.id, [first.id, brigade.id], state, performOn],
      );
      await host.sql(
        `insert into p_mediation.visits (id, mediation_id, due_on, kept, words, answered_by, answered_at)
         values (gen_random_uuid(), $1, '2026-03-20', $2, $3, $4, $5)`,
        [id, ...(isAnswered ? [true, "履行了", brigade.id, "2026-03-20T02:00:00Z"] : [null, null, null, null])],
      );
    }
  };
  await agreed(9, "kept", "2026-03-31", true);
  await agreed(5, "broken", "2026-03-01", false);
  await agreed(6, "kept", "2026-04-01", false);

  await host.advance({ days: 41 });
  const released = await host.kernelSql(
    `select r.dataset, w.total, w.figures from kernel.figure_rows w join kernel.figure_releases r on r.id = w.release_id
      where r.month = '2026-03' and w.unit_id = $1 and not w.own order by r.dataset`,
    [first.id],
  );
  expect(released).toMatchObject([
    { dataset: "mediation/agreement", total: 14, figures: { tier: { "2": 14 }, "+kept": { yes: 9, no: 5 } } },
    { dataset: "mediation/visit", total: 20, figures: { "+done": { yes: 9, no: 11 } } },
  ]);
});
