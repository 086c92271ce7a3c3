import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { createLimiter, LIMITS } from "../calls/limits.ts";
import { archiveStore } from "../installed/archive-store.ts";
import { openTestHost, post } from "../testing/index.ts";
import { LINE, rawArchive, testPublisher } from "../testing/raw-archive.ts";
import { tidyIncidents } from "./incident-book.ts";

const data = mkdtempSync(join(tmpdir(), "doorstep-health-"));
afterAll(() => rmSync(data, { recursive: true, force: true }));

const own = testPublisher("built here");
const stranger = testPublisher("stranger");
const by = { by: "system", why: "test" } as const;

const SICK = `${LINE}
  hear((m) => { if (m.type === "begin") return post(ready); if (m.type !== "call") return;
    if (m.asked.kind === "send") return post({ type: "done", call: m.call, value: "odd" });
    const { words } = JSON.parse(m.asked.body);
    if (words === "end") process.exit(1);
    if (words === "hang") return;
    if (words === "odd") return post({ type: "done", call: m.call, value: { status: "x" } });
    if (words === "throw") return post({ type: "failed", call: m.call, error: { kind: "defect", line: "what 李四 wrote" } });
    answer(m.call, "well"); });`;

async function open() {
  const at = await openTestHost({
    sources: [],
    limiter: createLimiter({ ...LIMITS, rpc: { ...LIMITS.rpc, deadlineMs: 300 } }),
    archives: {
      store: archiveStore(join(data, randomUUID()), randomUUID),
      own: own.publisher,
      drainMs: 0,
      patience: { loadMs: 5_000, graceMs: 5_000, restartMs: [0], crashes: 3, windowMs: 600_000 },
    },
  });
  const { archives } = at.host;
  if (!archives) throw new Error("nothing can be installed");
  await archives.trust({ name: "stranger", publicKey: stranger.publisher.publicKey }, by);
  const road = { point: "kernel/transport@1", key: "sick/road", title: { "zh-CN": "路", en: "Road" } } as const;
  const sick = {
    id: "sick",
    server: SICK,
    privateKey: own.privateKey,
    manifest: { contributions: [road], capabilities: ["addresses"] as const },
  };
  await archives.install(await rawArchive(sick), ["addresses"], by);
  await archives.install(await rawArchive({ id: "far", server: SICK, privateKey: stranger.privateKey }), [], by);
  const { test: kernel } = at;
  const admin = (unit: "brigade" | "first" | "second") =>
    kernel.person(`admin of ${unit}`, unit, [{ role: "unitAdmin", unit, subtree: true }]);
  const health = async (actor: Awaited<ReturnType<typeof admin>>, id = "sick") => {
    const found = (await at.as(actor).modules.health({})).find((one) => one.id === id);
    if (!found) throw new Error(`${id} is not on the card`);
    return found;
  };
  const go = (words: string, unit: "first" | "second" = "first", id = "sick") =>
    post(at, id, "go", { words }, { unitId: kernel.units[unit] });
  return { at, archives, admin, health, go };
}

test("what goes wrong is counted by kind, unit and way, without a word of it, and each reads those of his units", async () => {
  const { at, admin, health, go } = await open();
  await using _ = at;
  const [all, one] = [await admin("brigade"), await admin("second")];

  for (const words of ["throw", "throw", "odd"]) await go(words);
  await go("well");
  await Promise.all([go("hang", "second"), go("throw", "second")]);

  const seen = (await health(all)).incidents.map(({ code, count, unit, version }) => [
    code,
    count,
    unit?.code,
    version,
  ]);
  expect(seen.toSorted()).toEqual(
    [
      ["deadline", 1, "SECOND", "1.0.0"],
      ["threw", 1, "SECOND", "1.0.0"],
      ["threw", 2, "FIRST", "1.0.0"],
      ["answer", 1, "FIRST", "1.0.0"],
    ].toSorted(),
  );
  expect((await health(one)).incidents.map(({ unit }) => unit?.code)).toEqual(["SECOND", "SECOND"]);
  const { rows } = await at.test.database.pool.query("select * from kernel.plugin_incident");
  expect(JSON.stringify(rows)).not.toContain("李四");
  const nobody = await at.test.person("officer", "first", [{ role: "officer", unit: "first" }]);
  await expect(at.as(nobody).modules.health({})).rejects.toMatchObject({ cause: { code: "forbidden" } });
});

test("the card tells where it runs, what it holds, how often it was started again and what is paused", async () => {
  const { at, archives, admin, health, go } = await open();
  await using _ = at;
  const reader = await admin("brigade");
  expect(await health(reader)).toMatchObject({ state: "active", where: "thread", restarts: 0, paused: [] });
  expect((await health(reader, "far")).where).toBe("process");
  expect((await health(reader, "far")).memoryBytes).toBeGreaterThan(1_000_000);

  await go("end", "first", "far");
  await vi.waitFor(async () => expect((await go("well", "first", "far")).data).toBe("well"));
  expect(await health(reader, "far")).toMatchObject({ restarts: 1, state: "active" });
  expect((await health(reader, "far")).incidents.map(({ code, kind }) => [code, kind.en])).toEqual(
    expect.arrayContaining([["ended", "The module's process"]]),
  );

  for (let n = 0; n < 5; n += 1) await go("throw");
  expect(await health(reader)).toMatchObject({
    state: "degraded",
    problems: [{ code: "plugin.paused" }],
    paused: [
      { kind: { en: "Requests of its pages" }, until: new Date(at.kernel.now().getTime() + 30_000).toISOString() },
    ],
  });
  expect((await go("well")).error?.code).toBe("module.paused");

  const two = await rawArchive({ id: "sick", version: "2.0.0", server: SICK, privateKey: own.privateKey });
  await archives.install(two, [], by);
  expect((await go("well")).data, "another version is not paused for what the one before did").toBe("well");
});

test("while a transport is paused its messages wait; none is handed to it", async () => {
  const { at, admin, health } = await open();
  await using _ = at;
  const message = { to: { mail: "x@unit.example" } } as never;
  const hand = () => at.host.hand(at.test.units.first, message);

  for (let n = 0; n < 5; n += 1) await expect(hand()).rejects.toThrow();

  expect(await hand()).toEqual({ state: "later", until: "2026-03-02T02:00:30.000Z" });
  expect((await health(await admin("first"))).incidents).toMatchObject([{ code: "answer", count: 5 }]);
});

test("incidents of many units do not fill the table, and are forgotten after ninety days", async () => {
  const { at, health, admin } = await open();
  await using _ = at;
  const { incidents } = at.host.serving;
  for (let n = 0; n < 300; n += 1) {
    incidents.failed("sick", "decide", randomUUID(), new Error("x"));
    await at.host.serving.health.book.settled();
  }

  const count = async () =>
    (
      await at.test.database.pool.query(
        "select count(*)::int as rows, sum(count)::int as all from kernel.plugin_incident",
      )
    ).rows[0];
  expect(await count()).toEqual({ rows: 201, all: 300 });
  await tidyIncidents(at.kernel);
  expect(await count()).toMatchObject({ all: 300 });
  expect((await health(await admin("brigade"))).incidents, "units nobody reads").toHaveLength(1);
  at.test.clock.advance({ days: 91 });
  await tidyIncidents(at.kernel);
  expect(await count()).toEqual({ rows: 0, all: null });
});
