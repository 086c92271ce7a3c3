import { definePlugin } from "@doorstep/sdk";
import { type JobSpec, pluginServer } from "@doorstep/sdk/server";
import { expect, test } from "vitest";
import { createLimiter, LIMITS } from "../calls/limits.ts";
import { openTestHost, pluginFolder, sourceOf, type TestHostOptions } from "../testing/index.ts";

const text = { "zh-CN": "钟", en: "Clock" };

/** A plugin with jobs; on everywhere unless said otherwise. */
const withJobs = (id: string, jobs: Readonly<Record<string, JobSpec>>, onByDefault = true) =>
  pluginServer(definePlugin({ id, title: text, purpose: text, sdk: "^1.0.0", onByDefault }), { jobs } as never);

async function open(plugins: readonly ReturnType<typeof withJobs>[], more: Partial<TestHostOptions> = {}) {
  const folder = pluginFolder("1.0.0");
  const at = await openTestHost({ sources: plugins.map((one) => sourceOf(one, folder.root)), ...more });
  const admin = await at.test.person("admin", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  return {
    at,
    due: () => at.host.jobs.runDue(),
    choose: async (pluginId: string, unit: keyof typeof at.test.units, choice: "on" | "off") => {
      const { revision } = await at.as(admin).modules.matrix({});
      const change = { unitId: at.test.units[unit], pluginId, choice, why: "x" };
      await at.as(admin).modules.choose({ revision, changes: [change] });
    },
    rows: async (columns: string) =>
      (await at.test.database.pool.query(`select ${columns} from kernel.plugin_job order by plugin_id, unit_id`)).rows,
    [Symbol.asyncDispose]: async () => {
      await at[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

test("a job runs at every unit where its module is on, and again at its distance", async () => {
  const ran: string[] = [];
  const job: JobSpec = { every: "1d", scope: "unit", run: (ctx) => void ran.push(ctx.unit.code) };
  await using o = await open([withJobs("clock", { job }, false)]);

  await o.due();
  expect(ran).toEqual([]);
  await o.choose("clock", "first", "on");
  await o.due();
  expect(ran.toSorted()).toEqual(["COMPANY", "FIRST"]);
  await o.due();
  o.at.test.clock.advance({ hours: 23 });
  await o.due();
  expect(ran).toHaveLength(2);
  o.at.test.clock.advance({ hours: 1 });
  await o.due();
  expect(ran).toHaveLength(4);

  await o.choose("clock", "company", "off");
  o.at.test.clock.advance({ days: 3 });
  await o.due();
  expect(ran.slice(4)).toEqual(["FIRST"]);
  await o.choose("clock", "company", "on");
  await o.due();
  expect(ran.slice(5)).toEqual(["COMPANY"]);
});

test("work that lets go what its term is over runs where its module is off, too, and at no unit that is gone", async () => {
  const ran: string[] = [];
  const noted = (name: string) => (ctx: { readonly unit: { readonly code: string } }) =>
    void ran.push(`${name} ${ctx.unit.code}`);
  const go: JobSpec = { every: "1d", scope: "unit", alsoWhereOff: true, run: noted("go") };
  const tell: JobSpec = { every: "1d", scope: "unit", run: noted("tell") };
  await using o = await open([withJobs("clock", { go, tell }, false)]);

  await o.choose("clock", "first", "on");
  await o.choose("clock", "company", "off");
  await o.due();
  const everywhere = ran.filter((one) => one.startsWith("go"));
  expect(everywhere).toEqual(expect.arrayContaining(["go BRIGADE", "go COMPANY", "go FIRST"]));
  expect(ran.filter((one) => one.startsWith("tell"))).toEqual(["tell FIRST"]);
  await o.at.test.database.pool.query("update kernel.units set valid_until = now() where code = 'COMPANY'");
  o.at.test.clock.advance({ days: 1 });
  await o.due();
  expect(ran.filter((one) => one === "go COMPANY")).toHaveLength(1);
  expect(ran.filter((one) => one.startsWith("go"))).toHaveLength(2 * everywhere.length - 1);
});

test("a job of the whole platform runs once, at its top, while the module is on anywhere", async () => {
  const ran: string[] = [];
  const job: JobSpec = { every: "1h", scope: "platform", run: (ctx) => void ran.push(ctx.unit.code) };
  await using o = await open([withJobs("clock", { job }, false)]);

  await o.due();
  expect(ran).toEqual([]);
  await o.choose("clock", "company", "on");
  await o.due();
  await o.due();
  expect(ran).toEqual(["BRIGADE"]);
  await o.choose("clock", "company", "off");
  o.at.test.clock.advance({ hours: 2 });
  await o.due();
  expect(ran).toEqual(["BRIGADE"]);
});

test("a job that fails or takes too long comes again as planned, is on the record, and keeps nobody waiting", async () => {
  let attempts = 0;
  const fails: JobSpec = {
    every: "1h",
    scope: "platform",
    run: () => {
      attempts += 1;
      throw new Error("boom");
    },
  };
  const hangs: JobSpec = { every: "1h", scope: "platform", run: () => new Promise(() => undefined) };
  let well = 0;
  const works: JobSpec = {
    every: "1h",
    scope: "platform",
    run: () => {
      well += 1;
    },
  };
  const limiter = createLimiter({ ...LIMITS, job: { ...LIMITS.job, deadlineMs: 100, concurrency: 9 } });
  await using o = await open([withJobs("a", { fails }), withJobs("b", { hangs }), withJobs("c", { works })], {
    limiter,
  });

  for (let n = 0; n < 5; n++) {
    await o.due();
    o.at.test.clock.advance({ hours: 1 });
  }

  expect([attempts, well]).toEqual([5, 5]);
  expect(await o.rows("plugin_id, failures, claimed_until")).toEqual([
    { plugin_id: "a", failures: 5, claimed_until: null },
    { plugin_id: "b", failures: 5, claimed_until: null },
    { plugin_id: "c", failures: 0, claimed_until: null },
  ]);
  const states = ["a", "b", "c"].map((id) => o.at.host.snapshot().stateOf(id));
  expect(states).toEqual(["degraded", "degraded", "active"]);
});

test("turns that a pause of the module has kept from it stay due until the pause is over", async () => {
  let broken = true;
  const done: string[] = [];
  let failed = 0;
  const job: JobSpec = {
    every: "1d",
    scope: "unit",
    run: (ctx) => {
      if (!broken) return void done.push(ctx.unit.code);
      failed += 1;
      throw new Error("boom");
    },
  };
  await using o = await open([withJobs("clock", { job })]);

  await o.due();
  o.at.test.clock.advance({ days: 1 });
  await o.due();
  expect(failed).toBeLessThan(8);
  broken = false;
  await o.due();
  expect(done).toEqual([]);
  o.at.test.clock.advance({ minutes: 1 });
  await o.due();
  expect(done).toHaveLength(8 - failed);
});

test("one that is still at it is not begun again, and the others' turns come meanwhile", async () => {
  const gate = Promise.withResolvers<void>();
  let begun = 0;
  const slow: JobSpec = {
    every: "1m",
    scope: "platform",
    run: async () => {
      begun += 1;
      await gate.promise;
    },
  };
  let well = 0;
  const seen = Promise.withResolvers<void>();
  const quick: JobSpec = {
    every: "1m",
    scope: "platform",
    run: () => {
      well += 1;
      if (well === 2) seen.resolve();
    },
  };
  await using o = await open([withJobs("a", { slow }), withJobs("b", { quick })]);

  o.at.host.jobs.look();
  for (let n = 0; n < 500 && (begun === 0 || well === 0); n++) await new Promise((resolve) => setTimeout(resolve, 10));
  o.at.test.clock.advance({ minutes: 5 });
  for (let n = 0; n < 500 && well < 2; n++) {
    o.at.host.jobs.look();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await seen.promise;
  expect([begun, well]).toEqual([1, 2]);
  gate.resolve();
  await o.due();
});

test("what has become due while it or others were under way is done as well by whoever waits for all that is due", async () => {
  const gate = Promise.withResolvers<void>();
  const begun: string[] = [];
  const quick: JobSpec = { every: "1m", scope: "platform", run: () => void begun.push("quick") };
  const slow: JobSpec = {
    every: "1m",
    scope: "platform",
    run: async () => {
      begun.push("slow");
      await gate.promise;
    },
  };
  await using o = await open([withJobs("a", { quick, slow })]);

  o.at.host.jobs.look();
  await expect.poll(() => begun, { timeout: 20_000, interval: 10 }).toEqual(["quick", "slow"]);
  o.at.test.clock.advance({ minutes: 5 });
  const due = o.due();
  gate.resolve();
  await due;
  expect(begun).toEqual(["quick", "slow", "quick", "slow"]);
});

test("of all modules together four turns are at work, and every unit has its own", async () => {
  const [ran, most] = [[] as string[], [] as number[]];
  let inside = 0;
  const job: JobSpec = {
    every: "1d",
    scope: "unit",
    run: async (ctx) => {
      inside += 1;
      most.push(inside);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside -= 1;
      ran.push(ctx.unit.code);
    },
  };
  const ids = ["a", "b", "c", "d", "e"];
  await using o = await open(ids.map((id) => withJobs(id, { job })));

  await o.due();

  expect(Math.max(...most)).toBe(4);
  expect(ran.toSorted()).toEqual(["BRIGADE", "COMPANY", "FIRST", "SECOND"].flatMap((code) => ids.map(() => code)));
});

test("two server processes share the turns and do none of them twice", async () => {
  const ran: string[] = [];
  const job: JobSpec = {
    every: "1d",
    scope: "unit",
    run: async (ctx) => {
      ran.push(ctx.unit.code);
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
  const plugin = withJobs("clock", { job });
  await using o = await open([plugin]);
  await using other = await open([plugin], { on: o.at.test });

  for (let day = 0; day < 3; day++) {
    await Promise.all([o.due(), other.due()]);
    o.at.test.clock.advance({ days: 1 });
  }

  expect(ran.toSorted()).toEqual(["BRIGADE", "COMPANY", "FIRST", "SECOND"].flatMap((code) => [code, code, code]));
});

test("what was under way when a process ended is done by the next one", async () => {
  let begun = 0;
  const job: JobSpec = {
    every: "1d",
    scope: "platform",
    run: async () => {
      begun += 1;
      if (begun === 1) await new Promise(() => undefined);
    },
  };
  const plugin = withJobs("clock", { job });
  await using o = await open([plugin]);
  {
    await using stopping = await open([plugin], { on: o.at.test });
    stopping.at.host.jobs.look();
    await expect.poll(() => begun, { timeout: 20_000, interval: 10 }).toBe(1);
  }
  await o.due();
  expect(begun).toBe(2);

  // one that was killed has told nobody
  o.at.test.clock.advance({ days: 1 });
  const claim = (when: string) =>
    o.at.test.database.pool.query(`update kernel.plugin_job set claimed_until = now() ${when} interval '1 minute'`);
  await claim("+");
  await o.due();
  expect(begun).toBe(2);
  await claim("-");
  await o.due();
  expect(begun).toBe(3);
});

test("a job at a distance that is none is refused", async () => {
  await using o = await open([withJobs("clock", { job: { every: "0m", scope: "unit", run: () => undefined } })]);

  const { problems } = o.at.host.snapshot().plugins.get("clock") ?? { problems: [] };
  expect(problems.map((one) => one.code)).toEqual(["plugin.jobInterval"]);
});
