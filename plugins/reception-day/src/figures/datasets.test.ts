import { join } from "node:path";
import { createTestHost } from "@doorstep/sdk/test";
import { expect, test } from "vitest";
import server from "../server.ts";

test("days and visitors of a month are released, and stay as counted when they are forgotten", {
  timeout: 60_000,
}, async () => {
  await using host = await createTestHost(server, {
    ...{ root: join(import.meta.dirname, "../.."), now: "2026-03-02T02:00:00.000Z" },
  });
  const { first } = host.units;
  await host.enable("brigade", { keepMonths: 1 });
  const published = async (
    times: number,
    on: string,
    more: { readonly state?: string; readonly reason?: string } = {},
  ) => {
    const ids: string[] = [];
    for (let n = 0; n < times; n++) {
      const id = crypto.randomUUID();
      ids.push(id);
      await host.sql(
        `insert into p_reception_day.sessions (id, unit_id, kind, leader_id, leader, post, place, time_zone, starts_at, ends_at,
                                               slot_minutes, state, late, reason, published_by, published_at)
         values ($1, $2, 'reception', gen_random_uuid(), '王', '营长', '接访室', 'Asia/Shanghai', $3::timestamptz,
                 $3::timestamptz + interval '3 hours', 30, $4, false, $5, gen_random_uuid(), '2026-03-01')`,
        [id, first.id, `${on}T01:00:00Z`, more.state ?? "published", more.reason ?? ""],
      );
    }
    return ids;
  };
  const booked = (sessionId: string, slot: number, state: string, promise?: string | null) => {
    const id = crypto.randomUUID();
    const values = [id, sessionId, slot, state];
    const made = host.sql(
      `insert into p_reception_day.bookings (id, session_id, slot_no, key, code_hash, state, changed_at)
       values ($1::uuid, $2, $3, $1::uuid, sha256($1::text::bytea), $4, now())`,
      values,
    );
    if (promise === undefined) return made;
    return made.then(() =>
      host.sql(
        `insert into p_reception_day.promises (id, booking_id, no, words, owner_id, due_on, kept_at)
         values (gen_random_uuid(), $1, 0, '修灯', gen_random_uuid(), '2026-03-30', $2)`,
        [id, promise],
      ),
    );
  };
  const held = await published(10, "2026-03-09");
  const unnoted = await published(5, "2026-03-10");
  await published(5, "2026-03-11", { state: "cancelled", reason: "有任务" });
  await published(5, "2026-03-12", { reason: "换人" });
  await published(7, "2026-04-01");
  for (const id of unnoted) await booked(id, 0, "booked");
  for (const [n, id] of held.entries()) {
    await booked(id, 0, "heard");
    await booked(id, 1, "heard", n < 5 ? "2026-03-09T03:00:00Z" : null);
    await booked(id, 2, "absent");
  }
  const released = () =>
    host.kernelSql(
      `select r.dataset, r.number, w.total, w.figures from kernel.figure_rows w join kernel.figure_releases r on r.id = w.release_id
        where r.month = '2026-03' and w.unit_id = $1 and not w.own order by r.dataset, r.number`,
      [first.id],
    );

  // the days of March are forgotten before the month is released
  await host.advance({ days: 38, hours: 4 });
  await host.advance({ days: 3 });

  expect(
    await host.sql("select count(*)::int as n from p_reception_day.sessions where starts_at < '2026-03-10'"),
  ).toEqual([{ n: 0 }]);
  const march = [
    { dataset: "reception-day/session", number: 1, total: 25, figures: { "+held": { yes: 10, no: 15 } } },
    { dataset: "reception-day/visit", number: 1, total: 20, figures: { "+onTheSpot": { yes: 15, no: 5 } } },
  ];
  expect(await released()).toMatchObject(march);
  await host.advance({ days: 35 });
  expect(await released()).toMatchObject(march);
});
