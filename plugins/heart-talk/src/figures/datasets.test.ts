import { join } from "node:path";
import { createTestHost } from "@doorstep/sdk/test";
import { expect, test } from "vitest";
import server from "../server.ts";

test("promises and talks due in a month are released without anybody in them, also when the talks are forgotten", {
  timeout: 60_000,
}, async () => {
  await using host = await createTestHost(server, {
    ...{ root: join(import.meta.dirname, "../.."), now: "2026-03-02T02:00:00.000Z" },
  });
  const { first } = host.units;
  await host.enable("brigade", { keepMonths: 1 });
  const talked = async (times: number, state: string, promise?: "open" | "done" | "kept") => {
    for (let n = 0; n < times; n++) {
      const id = crypto.randomUUID();
      await host.sql(
        `insert into p_heart_talk.talks (id, unit_id, person_id, talker_id, occasion, asked_by_person, state, due_on, held_on, changed_at)
         values ($1, $2, gen_random_uuid(), gen_random_uuid(), 'regular', false, $3, '2026-03-03', $4, '2026-03-03')`,
        [id, first.id, state, state === "settled" ? "2026-03-03" : null],
      );
      if (promise)
        await host.sql(
          `insert into p_heart_talk.promises (id, talk_id, no, words, due_on, state)
           values (gen_random_uuid(), $1, 0, '换床', '2026-03-04', $2)`,
          [id, promise],
        );
    }
  };
  await talked(6, "settled", "kept");
  await talked(5, "settled", "done");
  await talked(5, "settled");
  await talked(6, "fixed");
  await talked(9, "declined");

  await host.advance({ days: 33 });
  expect(await host.sql("select count(*)::int as n from p_heart_talk.talks")).toEqual([{ n: 0 }]);
  await host.advance({ days: 8 });
  const released = await host.kernelSql(
    `select r.dataset, w.total, w.figures from kernel.figure_rows w join kernel.figure_releases r on r.id = w.release_id
      where r.month = '2026-03' and w.unit_id = $1 and not w.own order by r.dataset`,
    [first.id],
  );
  expect(released).toMatchObject([
    { dataset: "heart-talk/promise", total: 11, figures: { "+kept": { yes: 6, no: 5 } } },
    { dataset: "heart-talk/talk", total: 22, figures: { "+held": { yes: 16, no: 6 } } },
  ]);
  const [kept] = await host.sql("select rows from p_heart_talk.counted_months where dataset = 'promise'");
  expect(kept?.rows).toEqual([{ unitId: first.id, count: 11, values: {}, measures: { kept: 6 } }]);
});
