import { eventFacts, isCaseEventType } from "@doorstep/contracts";
import { loadActor, prove, type RequestContext, runWorkersOnce, verifyLedger } from "@doorstep/kernel";
import type { TestServer } from "@doorstep/server/testing";
import type { Calls } from "@doorstep/tooling-fixtures";
import { beforeAll, expect, test } from "vitest";
import { type SeededDemo, theDemo } from "./the-demo.ts";

let server: TestServer;
let demo: SeededDemo;
beforeAll(() => {
  ({ server, demo } = theDemo());
});

async function callsOf(username?: string): Promise<Calls> {
  const { kernel, router } = server.platform;
  const { rows } = await kernel.pool.query<{ id: string }>("select id from kernel.people where username = $1", [
    username ?? null,
  ]);
  const actor = rows[0] && (await loadActor(kernel, rows[0].id, kernel.now()));
  const context: RequestContext = {
    kernel,
    actor,
    codeCaseId: undefined,
    requestId: "test",
    origin: "test",
    setCodeCase: () => undefined,
  };
  return router.createCaller(context) as unknown as Calls;
}

test("the petitions stand where this storey can carry them", async () => {
  const { rows } = await server.platform.kernel.pool.query<{ status: string; n: number }>(
    // what came in a package becomes a petition by itself, as soon as the house serves
    "select status, count(*)::int as n from kernel.cases where channel_key is distinct from 'referral/incoming' group by status",
  );
  expect(Object.fromEntries(rows.map((row) => [row.status, row.n]))).toEqual({
    // the report of what came of P12, two letters to a leader, and one by mail
    received: 4,
    registered: 2,
    accepted: 2,
    routed: 2,
    diverted: 1,
    guided: 1,
    merged: 1,
    inHandling: 8,
    replied: 2,
    review: 1,
    final: 1,
  });
  expect(await verifyLedger(server.platform.kernel)).toMatchObject({ ok: true, faults: [] });
});

test("every event that modules may hear of says what was agreed, and no word of a petition", async () => {
  const { rows } = await server.platform.kernel.pool.query<{ type: string; payload: unknown }>(
    "select distinct type, payload from kernel.outbox",
  );
  const heard = rows.flatMap(({ type, payload }) => (isCaseEventType(type) ? [{ type, payload }] : []));
  expect(heard.length).toBeGreaterThan(30);
  for (const { type, payload } of heard) expect(() => eventFacts(type, payload), type).not.toThrow();
});

test("only what the demo wants to be late is late, was urged by the next day, and nothing is stuck", async () => {
  const { kernel } = server.platform;
  const { rows } = await kernel.pool.query(
    `select c.title, i.kind, i.code, i.step, i.opened_at - k.due_at < interval '1 day' as "inTime"
       from kernel.supervision_items i join kernel.clocks k on k.id = i.clock_id join kernel.cases c on c.id = i.case_id`,
  );
  expect(rows).toEqual([{ title: "3号楼两个冬天没有热水", kind: "urge", code: "K4", step: 3, inTime: true }]);
  expect(await prove(kernel)).toMatchObject({ counts: {} });
});

test("a matter was split off, one joined, a refusal contested, a case opened in need, a view shared", async () => {
  const { pool } = server.platform.kernel;
  const count = async (sql: string) => (await pool.query<{ n: number }>(`select count(*)::int as n ${sql}`)).rows[0]?.n;
  expect(await count("from kernel.case_links where kind = 'splitFrom'")).toBe(1);
  expect(await count("from kernel.case_links where kind = 'mergedInto'")).toBe(1);
  expect(await count("from kernel.cases where 'contested' = any (flags)")).toBe(1);
  const opened = await (await callsOf("officer-battalion2")).cases.list({ view: "all" });
  expect(opened.items.map((item) => item.title)).toContain("3号楼两个冬天没有热水");
  expect((await (await callsOf("clerk")).views.list({})).map((view) => view.name)).toEqual(["三日内到期的求决事项"]);
});

test("one was settled by agreement, one passed on to the company, one has somebody who speaks and words that are covered", async () => {
  const { pool } = server.platform.kernel;
  const stateOf = async (code: string) =>
    (await pool.query<{ state: string }>("select state from kernel.notices where code = $1", [code])).rows[0]?.state;
  expect(await stateOf("D18")).toBe("delivered");
  const { rows } = await pool.query(
    `select u.code, l.kind, l.no from kernel.legs l join kernel.units u on u.id = l.to_unit_id join kernel.cases c on c.id = l.case_id
      where c.title like '连队热水器%' order by l.no`,
  );
  expect(rows.map((row) => row.code)).toEqual(["DEMO-1", "DEMO-11"]);

  const matter = "训练受伤住院，护理费和营养费没有着落";
  const read = async (username: string) => {
    const calls = await callsOf(username);
    const found = (await calls.cases.list({ view: "all" })).items.find((item) => item.title === matter);
    return JSON.stringify(await calls.cases.get({ caseId: found?.caseId ?? "" }));
  };
  expect(await read("handler")).toContain("罗小曼");
  const outside = await read("officer-battalion2");
  expect([outside.includes("罗小曼"), outside.includes("×××")]).toEqual([false, true]);
  const spoken = demo.codes.filter((one) => one.petition === "P18");
  expect(spoken).toHaveLength(2);
  const wife = await (await callsOf()).intake.track({ code: spoken[1]?.returnCode ?? "" });
  expect(wife.caseId).toMatch(/^[0-9a-f-]{36}$/);
});

test("modules have something to show to those who use them", async () => {
  const { rows } = await server.database.pool.query("select state from p_heart_talk.talks order by changed_at");
  expect(rows.map((row) => row.state)).toEqual(["settled", "offered"]);
  const talkers = await server.database.pool.query("select words from p_heart_talk.introductions order by words");
  expect(talkers.rows.map((row) => row.words)).toEqual(["一排排长，女干部", "一连指导员"]);
  const mediated = await server.database.pool.query(
    `select m.state, m.other_answer as other, (select count(*)::int from p_mediation.talks t where t.mediation_id = m.id) as talks,
        (select array_agg(kept order by due_on) from p_mediation.visits v where v.mediation_id = m.id) as visits
       from p_mediation.mediations m order by m.offered_at`,
  );
  expect(mediated.rows).toEqual([
    { state: "settled", other: "yes", talks: 2, visits: [true, null, null] },
    { state: "offered", other: "asked", talks: 0, visits: null },
  ]);
  const counter = await server.database.pool.query(
    `select (select count(*)::int from p_letter_desk.letters where filed_at is null) as letters,
        (select array_agg(no order by urgent desc, no) from p_visit_desk.visits where state = 'waiting') as waiting,
        (select count(*)::int from p_hotline.calls where outcome = 'answered') as calls`,
  );
  expect(counter.rows).toEqual([{ letters: 2, waiting: [3, 1, 2], calls: 1 }]);
  const supervised = await server.database.pool.query(
    `select m.state, m.rung, m.channel, t.code, n.state as letter from p_supervision.matters m
       join p_supervision.triggers t on t.matter_id = m.id left join p_supervision.listings l on l.matter_id = m.id
       left join kernel.notices n on n.id = l.notice_id order by t.code`,
  );
  expect(supervised.rows).toEqual([
    { state: "asked", rung: "listed", channel: null, code: "noResult", letter: "draft" },
    { state: "asked", rung: "urging", channel: null, code: "shifting", letter: null },
    { state: "asked", rung: "reminder", channel: "online", code: "silentChannel", letter: null },
  ]);
  const followed = await server.database.pool.query(
    `select (select count(*)::int from p_supervision.promised) as promised,
        (select count(*)::int from p_supervision.circular_readers where read_at is not null) as read,
        (select array_agg(outcome order by outcome) from p_supervision.recommendations) as outcomes,
        (select array_agg(closed_at is not null order by opened_at) from p_supervision.inspections) as closed,
        (select count(distinct record_id)::int from kernel.organ_records) as kept`,
  );
  expect(followed.rows).toEqual([{ promised: 1, read: 1, outcomes: ["partly", null], closed: [true, false], kept: 3 }]);
  const between = await server.database.pool.query(
    `select template, state, count(received_at)::int as received, count(*)::int as letters from kernel.unit_letters
      group by template, state order by template, state`,
  );
  expect(between.rows).toEqual([
    { template: "circular", state: "issued", received: 2, letters: 2 },
    { template: "interview", state: "issued", received: 1, letters: 1 },
    { template: "recommendation", state: "issued", received: 1, letters: 1 },
    { template: "recommendation", state: "toSign", received: 0, letters: 1 },
    { template: "urging", state: "issued", received: 2, letters: 2 },
    { template: "urging", state: "toSign", received: 0, letters: 1 },
  ]);
  const helped = await server.database.pool.query(
    `select kind, state, round, (select t.state from kernel.tasks t where t.id = s.task_id) as task
       from p_assistance.supports s order by kind`,
  );
  expect(helped.rows).toEqual([
    { kind: "goods", state: "open", round: 2, task: "open" },
    { kind: "medical", state: "open", round: 1, task: "open" },
  ]);
  const box = await server.database.pool.query("select state, supports from p_suggestion_box.suggestions order by at");
  expect(box.rows).toEqual([
    { state: "shown", supports: 1 },
    { state: "new", supports: 0 },
  ]);
  const liaised = await server.database.pool.query(
    `select a.state, l.state as letter, (select count(*)::int from p_liaison.words) as told
       from p_liaison.affairs a join p_liaison.letters l on l.affair_id = a.id`,
  );
  expect(liaised.rows).toEqual([{ state: "open", letter: "waiting", told: 1 }]);
  const mailbox = await server.database.pool.query(
    "select read_at is not null as read from p_leader_mailbox.letters order by delivered_at",
  );
  expect(mailbox.rows).toEqual([{ read: true }, { read: false }]);
  const mailed = await server.database.pool.query<{ became: string; reason: string | null; n: number }>(
    "select became, reason, count(*)::int as n from p_mail_in.mails group by 1, 2 order by 1, 2",
  );
  expect(mailed.rows.map(({ became, reason, n }) => [reason ?? became, n])).toEqual([
    ...[
      ["autoReply", 1],
      ["bounce", 1],
      ["advertising", 1],
      ["duplicate", 1],
      ["petition", 1],
    ],
    ...[
      ["encrypted", 1],
      ["otherSender", 1],
      ["reply", 1],
      ["thread", 1],
      ["waiting", 2],
    ],
  ]);
  const hearings = await server.database.pool.query(
    `select h.state, h.open, (select count(*)::int from p_hearing.seats) as seats, n.state as notice
       from p_hearing.hearings h join kernel.notices n on n.id = h.notice_id`,
  );
  expect(hearings.rows).toEqual([{ state: "called", open: false, seats: 3, notice: "draft" }]);
  const days = await server.database.pool.query(
    "select late, (select count(*)::int from p_reception_day.bookings b where b.session_id = s.id and b.state = 'heard') as heard from p_reception_day.sessions s order by starts_at",
  );
  expect(days.rows).toEqual([
    { late: false, heard: 1 },
    { late: false, heard: 0 },
  ]);
  const referred = await server.database.pool.query(
    `select p.code, p.sign_key is not null as keys, r.direction, r.reason,
            case when r.state in ('waiting', 'filed') then 'taken' else r.state end as state
       from p_referral.partners p full join p_referral.referrals r on r.partner_id = p.id order by p.code, r.direction, r.reason`,
  );
  expect(referred.rows).toEqual([
    { code: "ARMY-77", keys: true, direction: "in", state: "taken", reason: null },
    { code: "ARMY-77", keys: true, direction: "out", state: "sent", reason: null },
    { code: "CITY-XF", keys: false, direction: null, state: null, reason: null },
    { code: null, keys: false, direction: "in", state: "quarantine", reason: "signature" },
    { code: null, keys: false, direction: "in", state: "quarantine", reason: "unknownSender" },
  ]);
  const waiting = await (await callsOf("officer")).cases.list({ view: "toDeliver" });
  expect(waiting.items.map((item) => item.title).toSorted()).toEqual([
    "建议合并会议和报表",
    "退伍时的被装费少结了一笔",
  ]);
});

test("one other system is connected, and one that would read petitions waits for a second administrator", async () => {
  const systems = await (await callsOf("admin")).systems.list({});
  expect(systems.map(({ scopes, state }) => [scopes, state])).toEqual([
    [["units.read", "modules.read"], "active"],
    [["cases.read"], "waiting"],
  ]);
});

test("every view of the desk shows something to somebody of the demo", async () => {
  const seen = new Map<string, number>();
  for (const username of ["officer", "handler", "discipline", "signer-finance"]) {
    const counts = await (await callsOf(username)).cases.counts({});
    for (const [view, n] of Object.entries(counts)) seen.set(view, Math.max(seen.get(view) ?? 0, n));
  }
  expect([...seen].filter(([, n]) => n === 0)).toEqual([]);
});

test("what is old is backlog to its unit, and whoever was asked to assist finds it by his own view", async () => {
  const inView = async (username: string, view: "assisting" | "backlog") =>
    (await (await callsOf(username)).cases.list({ view })).items.map((item) => item.title);
  const title = "3号楼两个冬天没有热水";
  expect(await inView("officer-logistics", "backlog")).toEqual([title]);
  expect(await inView("officer-logistics", "assisting")).toEqual([]);
  expect(await inView("officer-finance", "assisting")).toEqual([title]);
  expect(await inView("officer-battalion1", "backlog")).toEqual([]);
});

test("the brigade's letters have its own words, font and hand", async () => {
  const { rows } = await server.platform.kernel.pool.query<{ code: string; id: string; case_id: string; facts: Facts }>(
    "select code, id, case_id, facts from kernel.notices where code in ('D8', 'D14') and sealed_at is not null and not facts ? '$sealed'",
  );
  interface Facts {
    readonly wording?: object;
    readonly font?: string;
    readonly signer?: { readonly name: string };
  }
  expect(rows.filter((row) => row.code === "D8").every((row) => row.facts.wording && row.facts.font)).toBe(true);
  const signed = rows.filter((row) => row.code === "D14" && row.facts.signer);
  expect(signed.length).toBeGreaterThan(0);
  const officer = await callsOf("officer");
  const { pdf } = await officer.notices.pdf({
    caseId: signed[0]?.case_id ?? "",
    noticeId: signed[0]?.id ?? "",
    locale: "zh-CN",
  });
  expect(Buffer.from(pdf, "base64").toString("latin1")).toContain("NotoSerifSC-SemiBold");
  expect(await (await callsOf()).texts.privacy({ unitCode: "DEMO-11" })).toMatchObject({ unit: { "zh-CN": "某旅" } });
});

test("the accusations are seen by the organ above alone", async () => {
  const states = async (username: string) =>
    (await (await callsOf(username)).cases.list({ view: "all" })).items.map((item) => item.confidentiality);
  expect(await states("discipline")).toEqual([3, 3, 3]);
  expect(await states("discipline-brigade")).toEqual([]);
  expect((await states("officer")).filter((level) => level === 3)).toEqual([]);
});

test("each account signs in with its password and owes nothing first", { timeout: 60_000 }, async () => {
  expect(demo.accounts.length).toBeGreaterThan(20);
  for (const { username, password } of demo.accounts.filter((one) =>
    ["admin", "clerk", "soldier"].includes(one.username),
  )) {
    const signedIn = await fetch(`${server.url}/api/auth/sign-in/username`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.url },
      body: JSON.stringify({ username, password }),
    });
    expect([username, signedIn.status]).toEqual([username, 200]);
    const cookie = signedIn.headers
      .getSetCookie()
      .map((one) => one.split(";", 1)[0])
      .join("; ");
    const me = await fetch(`${server.url}/rpc/session.me`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.url, cookie },
      body: "{}",
    });
    expect((await me.json()).result.data).toMatchObject({
      username,
      mustChangePassword: false,
      mustEnrolSecondFactor: false,
    });
  }
});

test("the code of the anonymous accusation opens it", async () => {
  const code = demo.codes.find((one) => one.petition === "P04")?.returnCode ?? "";
  const { caseId } = await (await callsOf()).intake.track({ code });
  expect(caseId).toMatch(/^[0-9a-f-]{36}$/);
});

/** Each module's rows as one digest per table, so that a lost or changed one is named. */
async function rowsOfModules(): Promise<ReadonlyMap<string, string>> {
  const { pool } = server.database;
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname like 'p\\_%' and tablename <> 'migrations' order by 1`,
  );
  const digests = new Map<string, string>();
  for (const { name } of tables) {
    const { rows } = await pool.query<{ digest: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(r::text, '|' order by r::text)), '') as digest from ${name} r`,
    );
    digests.set(name, rows[0]?.digest ?? "");
  }
  return digests;
}

/** The petitions that these may see, and how they stand. */
async function seenByAll(): Promise<ReadonlyMap<string, string>> {
  const seen = new Map<string, string>();
  for (const username of ["clerk", "officer", "handler", "officer-battalion2", "discipline"]) {
    const { items } = await (await callsOf(username)).cases.list({ view: "all" });
    seen.set(
      username,
      JSON.stringify(items.map(({ caseId, state, confidentiality }) => [caseId, state, confidentiality])),
    );
  }
  return seen;
}

test("each module is switched off amid running petitions and on again: nothing is lost, hidden or changed", {
  timeout: 120_000,
}, async () => {
  const admin = await callsOf("admin");
  // what modules do of themselves is done before it is looked at
  await server.platform.host.jobs.runDue();
  const [rows, seen] = [await rowsOfModules(), await seenByAll()];
  expect(rows.size).toBeGreaterThan(10);
  expect([...seen.values()].every((one) => one.length > 2)).toBe(true);
  const { rows: on } = await server.database.pool.query<{ unit_id: string; plugin_id: string }>(
    "select unit_id, plugin_id from kernel.plugin_choice where choice = 'on' order by plugin_id, unit_id",
  );
  const choose = async (choice: "on" | "off"): Promise<void> => {
    const { revision } = await admin.modules.matrix({});
    const changes = on.map((one) => ({
      unitId: one.unit_id,
      pluginId: one.plugin_id,
      choice,
      lock: false,
      why: "演练",
    }));
    await admin.modules.choose({ revision, changes });
  };

  await choose("off");
  expect(await seenByAll()).toEqual(seen);
  await runWorkersOnce(server.platform.kernel);
  await choose("on");

  expect(await rowsOfModules()).toEqual(rows);
  expect(await seenByAll()).toEqual(seen);
  expect(await prove(server.platform.kernel)).toMatchObject({ counts: {} });
});

test("a year of released figures is public, of months that had been released before it was published", async () => {
  const { rows } = await server.database.pool.query<{ dataset: string; months: number; early: number }>(
    `select p.dataset, count(distinct r.month)::int as months,
            (count(*) filter (where r.released_at > p.published_at))::int as early
       from p_open_data.publications p
       join kernel.figure_releases r on r.dataset = p.dataset and r.month between p.from_month and p.to_month
      where p.version = 1 and p.content is not null group by p.dataset order by p.dataset`,
  );
  expect(rows).toEqual([
    { dataset: "indicators/conclusion", months: 13, early: 0 },
    { dataset: "indicators/registration", months: 13, early: 0 },
  ]);
});

test("two years of figures are released, and the newest month gives the barometer something to warn of", async () => {
  const { host } = server.platform;
  await host.jobs.runDue();
  const { rows } = await server.database.pool.query<{ rule: string; about: string; subject: string }>(
    `select w.rule, u.code as about, coalesce(s.code, w.subject) as subject from p_barometer.warnings w
       join kernel.units u on u.id = w.about_id left join kernel.units s on s.id::text = w.subject
       join kernel.units at on at.id = w.unit_id and at.code = 'DEMO' order by w.rule, about`,
  );
  expect(rows).toEqual([
    { rule: "bouncePair", about: "DEMO-2", subject: "DEMO-3" },
    { rule: "spike", about: "DEMO", subject: "claim" },
    { rule: "themeSpike", about: "DEMO", subject: "housing" },
    { rule: "unsatisfied", about: "DEMO", subject: "" },
  ]);
  // no more petitions than ever at the second battalion: their words alone tell it
  const below = await server.database.pool.query<{ rule: string; subject: string }>(
    `select w.rule, w.subject from p_barometer.warnings w join kernel.units u on u.id = w.about_id and u.code = 'DEMO-2'
      where w.rule like '%pike%'`,
  );
  expect(below.rows).toEqual([{ rule: "themeSpike", subject: "heating" }]);
  const trend = await server.database.pool.query<{ n: number }>(
    `select count(distinct month)::int as n from kernel.figure_releases where dataset = 'indicators/registration' and month <= '2026-10'`,
  );
  expect(trend.rows[0]?.n).toBe(25);
  // what lies behind petitions has several bars, none of them hidden
  const causes = await server.database.pool.query<{ kind: string; n: string }>(
    `select k.key as kind, k.value as n from kernel.figure_releases r join kernel.figure_rows w on w.release_id = r.id and not w.own
       join kernel.units u on u.id = w.unit_id and u.code = 'DEMO', jsonb_each_text(w.figures->'kind') k
      where r.dataset = 'root-cause/petitions' and r.month = '2026-10' and k.value::int > 0 order by k.value::int desc, k.key`,
  );
  expect(causes.rows.map((one) => `${one.kind} ${one.n}`)).toEqual([
    ...["facilities 21", "shifting 11"],
    ...["money 5", "notExplained 5"],
  ]);
});

test("the history stands when the demo's own few petitions are released in the months after", async () => {
  const released = async () => {
    const { rows } = await server.database.pool.query<{ month: string; number: number; total: number; taken: boolean }>(
      `select r.month, r.number, w.total, r.taken_over as taken from kernel.figure_releases r
         join kernel.figure_rows w on w.release_id = r.id and not w.own
         join kernel.units u on u.id = w.unit_id and u.code = 'DEMO'
        where r.dataset = 'indicators/registration' order by r.month, r.number`,
    );
    return { history: rows.filter((one) => one.taken), own: rows.filter((one) => !one.taken) };
  };
  const before = await released();
  expect(before.history).toHaveLength(25);
  for (const month of ["2026-11", "2026-12"]) {
    server.clock.advance("P31D");
    await server.platform.host.jobs.runDue();
    const now = await released();
    expect(now.history).toEqual(before.history);
    // nothing of the two years was counted anew from what the demo has
    expect(now.own.filter((one) => before.history.some((past) => past.month === one.month))).toEqual([]);
    expect(now.own.map((one) => one.month)).toContain(month);
  }
});
