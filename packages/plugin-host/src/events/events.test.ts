import { pumpOnce } from "@doorstep/kernel";
import { fileForTest } from "@doorstep/kernel/testing";
import { definePlugin } from "@doorstep/sdk";
import { type CaseEvent, type EventHandlers, pluginServer } from "@doorstep/sdk/server";
import { expect, test } from "vitest";
import { createLimiter, LIMITS } from "../calls/limits.ts";
import { openTestHost, pluginFolder, sourceOf, type TestHostOptions } from "../testing/index.ts";

const text = { "zh-CN": "耳", en: "Ear" };
// biome-ignore lint/suspicious/noExplicitAny: handlers of any plugin.
const hearing = (id: string, on: EventHandlers<any>, onByDefault = true) =>
  pluginServer(definePlugin({ id, title: text, purpose: text, sdk: "^1.0.0", onByDefault }), { on });

async function open(plugins: readonly ReturnType<typeof hearing>[], more: Partial<TestHostOptions> = {}) {
  const folder = pluginFolder("1.0.0");
  const at = await openTestHost({ sources: plugins.map((one) => sourceOf(one, folder.root)), ...more });
  const { units } = at.test;
  const admin = await at.test.person("admin", "brigade", [{ role: "platformAdmin", unit: "brigade", subtree: true }]);
  const pump = () => pumpOnce(at.kernel, at.host.consumers());
  // a plugin hears from the moment on at which it was first there
  await pump();
  return {
    at,
    units,
    admin,
    pump,
    file: (unit: keyof typeof units, more: object = {}) => fileForTest(at.test, { unitId: units[unit], ...more }),
    choose: async (pluginId: string, unit: keyof typeof units, choice: "on" | "off") => {
      const { revision } = await at.as(admin).modules.matrix({});
      await at.as(admin).modules.choose({ revision, changes: [{ unitId: units[unit], pluginId, choice, why: "x" }] });
    },
    [Symbol.asyncDispose]: async () => {
      await at[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

test("a module hears of petitions held where it is on: ids and codes, and of no accusation", async () => {
  const heard: unknown[] = [];
  const ear = hearing("ear", { "case.received": (ctx, event) => void heard.push([ctx.unit.code, event]) }, false);
  await using o = await open([ear]);
  await o.choose("ear", "first", "on");

  const caseId = await o.file("first");
  await o.file("second");
  await o.file("first", { purpose: "accuse" });
  await o.pump();

  const at = "2026-03-02T02:00:00.000Z";
  const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
  const event = { id, type: "case.received", at, caseId, from: null, to: "received", act: "file" };
  expect(heard).toEqual([["FIRST", event]]);

  await o.choose("ear", "first", "off");
  await o.file("first");
  await o.pump();
  expect(heard).toHaveLength(1);
});

test("that a petition was destroyed is heard where the module is off, too", async () => {
  const heard: string[] = [];
  const note = (_ctx: unknown, event: CaseEvent): void => void heard.push(event.type);
  await using o = await open([hearing("ear", { "retention.destroyed": note, "case.received": note }, false)]);
  const caseId = await o.file("first");
  await o.pump();
  const { kernel } = o.at;
  const [ear] = o.at.host.consumers();
  await ear?.handle({
    ...{ id: kernel.newId(), caseId, unitId: o.units.first, epoch: 1, xid: "1", at: kernel.now(), seq: 1 },
    ...{ type: "retention.destroyed", payload: { class: "caseFile" } },
  });
  expect(heard).toEqual(["retention.destroyed"]);
});

test("a petition that has become an accusation is not heard of any more", async () => {
  let heard = 0;
  let broken = true;
  const received = (): void => {
    if (broken) throw new Error("boom");
    heard += 1;
  };
  await using o = await open([hearing("ear", { "case.received": received })]);
  const caseId = await o.file("first");
  await o.pump();
  await o.at.test.database.pool.query("update kernel.cases set confidentiality = 3 where id = $1", [caseId]);
  broken = false;
  o.at.test.clock.advance({ minutes: 1 });
  await o.pump();

  expect(heard).toBe(0);
  expect((await o.at.test.database.pool.query("select 1 from kernel.parked")).rows).toEqual([]);
});

test("one that fails or hangs is told again and holds up no other; given up, an administrator has it tried again", async () => {
  let broken = true;
  let attempts = 0;
  const heard: string[] = [];
  const fails = hearing("fails", {
    "case.received": (_ctx, event: CaseEvent) => {
      attempts += 1;
      if (broken) throw new Error(`about ${event.caseId}`);
      heard.push(event.caseId);
    },
  });
  const hangs = hearing("hangs", {
    "case.received": () => (broken ? new Promise<void>(() => undefined) : undefined),
  });
  let well = 0;
  const works = hearing("works", {
    "case.received": () => {
      well += 1;
    },
  });
  const limiter = createLimiter({ ...LIMITS, event: { ...LIMITS.event, deadlineMs: 50, concurrency: 20 } });
  await using o = await open([fails, hangs, works], { limiter });

  const caseId = await o.file("first");
  for (let n = 0; n < 10; n++) {
    await o.pump();
    o.at.test.clock.advance({ hours: 1 });
  }
  expect([attempts, well]).toEqual([8, 1]);
  const parked = await o.at.as(o.admin).modules.parked({});
  const one = { title: text, givenUp: 1, waiting: 1, types: ["case.received"], since: "2026-03-02T02:00:00.000Z" };
  expect(parked).toEqual([
    { ...one, pluginId: "fails", error: "Error" },
    { ...one, pluginId: "hangs", error: "DeadlinePassed" },
  ]);
  expect(JSON.stringify(parked)).not.toContain(caseId);
  expect(o.at.host.snapshot().stateOf("fails")).toBe("degraded");

  broken = false;
  const officer = await o.at.test.person("officer", "first", [{ role: "officer", unit: "first" }]);
  await expect(o.at.as(officer).modules.retryParked({ pluginId: "fails" })).rejects.toThrow("forbidden");
  expect(await o.at.as(o.admin).modules.retryParked({ pluginId: "fails" })).toEqual({ count: 1 });
  await o.pump();
  expect(heard).toEqual([caseId]);
  expect((await o.at.as(o.admin).modules.parked({})).map((left) => left.pluginId)).toEqual(["hangs"]);
});

test("a module that does not run keeps its place and hears of everything later", async () => {
  const heard: string[] = [];
  const ear = hearing("ear", { "case.received": (_ctx, event) => void heard.push(event.caseId) });
  await using o = await open([ear]);
  await using without = await open([], { on: o.at.test });
  const missed = await o.file("first");
  await without.pump();
  expect(heard).toEqual([]);

  await using again = await open([ear], { on: o.at.test });
  const next = await o.file("first");
  await again.pump();
  expect(heard).toEqual([missed, next]);
});
