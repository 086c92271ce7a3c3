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
    // all of these were settled in February
    { dataset: "mediation/concluded", total: 0 },
    { dataset: "mediation/visit", total: 20, figures: { "+done": { yes: 9, no: 11 } } },
  ]);
});

test("how many came to an agreement, and how many of them close to home, is what one finds by counting them again", async () => {
  await using host = await createTestHost(server, {
    ...{ root: join(import.meta.dirname, "../.."), now: "2026-04-12T02:00:00.000Z" },
  });
  const { brigade, first } = host.units;
  await host.events.emit("case.received");
  const [petition] = await host.kernelSql("select id from kernel.cases");
  const write = (one: Written) =>
    host.sql(
      `insert into p_mediation.mediations (id, case_id, path, tier, dispute, mediator_id, mediator_name, code_hash, state,
                                           offered_by, offered_at, until_on, settled_on, ended_on)
       select id, $1, $2, $3, '邻里噪音', gen_random_uuid(), '调解员', sha256(id::text::bytea), $4,
              gen_random_uuid(), '2026-02-20', $5, $6, $7 from gen_random_uuid() id`,
      [petition?.id, [first.id, brigade.id], one.tier, one.state, one.untilOn, one.settledOn, one.endedOn],
    );
  const all = Array.from({ length: 160 }, (_, n) => written(n));
  for (const one of all) await write(one);
  const ofMonth = async (month: string) =>
    await host.kernelSql(
      `select w.total, w.figures from kernel.figure_rows w join kernel.figure_releases r on r.id = w.release_id
        where r.dataset = 'mediation/concluded' and r.month = $1 and w.unit_id = $2 and not w.own`,
      [month, first.id],
    );

  await host.advance({ days: 1 });
  for (const month of ["2026-02", "2026-03"]) {
    const concluded = all.filter((one) => one.untilOn && (one.settledOn ?? one.endedOn)?.startsWith(month));
    const agreed = concluded.filter((one) => one.settledOn);
    const near = agreed.filter((one) => one.tier < 3);
    const rest = [concluded.length - agreed.length, concluded.length - near.length];
    // nothing of it has to be hidden
    expect(Math.min(agreed.length, near.length, ...rest)).toBeGreaterThanOrEqual(5);
    expect(await ofMonth(month)).toMatchObject([
      {
        total: concluded.length,
        figures: { "+agreed": { yes: agreed.length, no: rest[0] }, "+agreedNear": { yes: near.length, no: rest[1] } },
      },
    ]);
  }
});

test("a month in which one may have ended on a day that an older version did not keep is not counted", async () => {
  await using host = await createTestHost(server, {
    ...{ root: join(import.meta.dirname, "../.."), now: "2026-04-12T02:00:00.000Z" },
  });
  await host.events.emit("case.received");
  await host.sql(
    `insert into p_mediation.mediations (id, case_id, path, tier, dispute, mediator_id, mediator_name, code_hash, state,
                                         offered_by, offered_at, until_on)
     select gen_random_uuid(), $1, $2, 3, '邻里噪音', gen_random_uuid(), '调解员', '1', 'ended',
            gen_random_uuid(), '2026-02-20', '2026-03-20'`,
    [(await host.kernelSql("select id from kernel.cases"))[0]?.id, [host.units.first.id, host.units.brigade.id]],
  );
  await host.advance({ days: 1 });
  const released = await host.kernelSql(
    `select dataset, max(month) as newest, count(*) filter (where month in ('2026-02', '2026-03'))::int as late
       from kernel.figure_releases where dataset in ('mediation/concluded', 'mediation/visit') group by dataset order by dataset`,
  );
  expect(released).toEqual([
    { dataset: "mediation/concluded", newest: "2026-01", late: 0 },
    { dataset: "mediation/visit", newest: "2026-03", late: 2 },
  ]);
});

interface Written {
  readonly tier: number;
  readonly state: string;
  /** absent: it never began */
  readonly untilOn: string | null;
  readonly settledOn: string | null;
  readonly endedOn: string | null;
}

/** All that a mediation can be like, mixed so that no two of its sides go together. */
function written(n: number): Written {
  const state = n === 3 ? "running" : (["settled", "ended", "kept", "ended", "broken", "ended", "ended"][n % 7] ?? "");
  const on = ["2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"][n % 4] ?? "";
  const isSettled = ["settled", "kept", "broken"].includes(state);
  return {
    ...{ tier: 1 + (Math.floor(n / 4) % 4), state },
    untilOn: state === "ended" && n % 3 === 0 ? null : "2026-04-20",
    settledOn: isSettled ? on : null,
    endedOn: state === "ended" ? on : null,
  };
}
