import { afterAll, beforeAll, expect, test } from "vitest";
import {
  openBrowser,
  petition,
  seedPeople,
  startTestServer,
  TEST_PASSWORD,
  type TestServer,
} from "../testing/index.ts";
import { thisMachine } from "./this-machine.ts";
import { type Machine, watchMachine } from "./watch-machine.ts";

const MB = 1_024 * 1_024;
const MINUTE = 60_000;

/** A machine whose disk and clocks a test sets. */
function fakeMachine() {
  const state = { free: (10_000 * MB) as number | null, wall: Date.now(), steady: 1_000 };
  const machine: Machine = {
    freeBytes: async () => state.free,
    wall: () => state.wall,
    steady: () => state.steady,
  };
  const pass = (ms: number): void => {
    state.wall += ms;
    state.steady += ms;
  };
  return { state, machine, pass };
}

test("a disk with little room halts, and not before there is some more again does work go on", async () => {
  const { state, machine } = fakeMachine();
  const watch = watchMachine(machine, null);
  const at = async (free: number | null) => {
    state.free = free;
    await watch.look();
    return watch.halted();
  };
  expect(await at(256 * MB)).toBeNull();
  expect(await at(256 * MB - 1)).toBe("service.full");
  expect(await at(300 * MB)).toBe("service.full");
  expect(await at(320 * MB)).toBeNull();
  expect(await at(300 * MB)).toBeNull();
  // a database elsewhere: nobody here can tell
  expect(await at(null)).toBeNull();
});

test.each([
  ["ahead", 6 * MINUTE],
  ["back", -6 * MINUTE],
  ["a year ahead", 365 * 24 * 60 * MINUTE],
])("a clock that jumps %s halts until it is right again; one that is corrected by seconds does not", (_name, by) => {
  const { state, machine, pass } = fakeMachine();
  const watch = watchMachine(machine, null);
  pass(30 * 24 * 60 * MINUTE);
  state.wall += 4 * MINUTE;
  expect(watch.halted()).toBeNull();
  state.wall += by - 4 * MINUTE;
  expect(watch.halted()).toBe("service.clock");
  state.wall -= by;
  expect(watch.halted()).toBeNull();
});

test("a start before what stands in the ledger halts until the clock has come there", () => {
  const { state, machine, pass } = fakeMachine();
  const watch = watchMachine(machine, state.wall + 20 * MINUTE);
  expect(watch.halted()).toBe("service.clock");
  pass(16 * MINUTE);
  expect(watch.halted()).toBeNull();
});

test("this machine tells of its own disk and clocks, and of a folder that is not there nothing", async () => {
  expect(await thisMachine(import.meta.dirname).freeBytes()).toBeGreaterThan(0);
  expect(await thisMachine("/nowhere/at/all").freeBytes()).toBeNull();
  const { wall, steady } = thisMachine("/");
  expect(Math.abs(wall() - Date.now())).toBeLessThan(MINUTE);
  expect(steady()).toBeLessThanOrEqual(steady());
});

const fake = fakeMachine();
let server: TestServer;
let unitId: string | undefined;
beforeAll(async () => {
  server = await startTestServer({ machine: fake.machine });
  const { units } = await seedPeople(
    server,
    [{ code: "root" }],
    [{ username: "clerk", unit: "root", roles: [{ role: "clerk" }] }],
  );
  unitId = units.get("root");
}, 60_000);
afterAll(() => server.stop());

test("with a full disk nothing is taken in and everybody is told so; what was sent before is read, by code too", async () => {
  const browser = openBrowser(server.url);
  const nameless = (key: string) => petition(key, unitId, { anonymity: "anonymous", petitioner: undefined });
  const filed = (await browser.post("/rpc/intake.file", nameless("before-the-disk-is-full"))).body.result.data;
  const clerk = openBrowser(server.url);
  await clerk.post("/api/auth/sign-in/username", { username: "clerk", password: TEST_PASSWORD });

  fake.state.free = 1;
  await server.platform.watch?.look();
  const refused = await browser.post("/rpc/intake.file", nameless("while-the-disk-is-full"));
  expect([refused.status, refused.code]).toEqual([503, "service.full"]);
  expect((await browser.post("/rpc/p/online-petition/channel.file", { channel: "online", form: {} })).code).not.toBe(
    undefined,
  );
  const upload = await fetch(`${server.url}/rpc/files.put`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream", origin: server.url },
    body: "text",
  });
  expect(upload.status).toBe(503);
  expect((await clerk.post("/rpc/cases.list", { view: "toRegister" })).body.result.data.items).toHaveLength(1);
  expect((await browser.post("/rpc/intake.track", { code: filed.returnCode })).status).toBe(200);
  expect((await browser.post("/rpc/intake.case", {})).body.result.data.caseNo).toBe(filed.caseNo);
  expect((await browser.get("/healthz")).status).toBe(200);
  expect((await browser.get("/metrics")).text).toContain('doorstep_halted{reason="service.full"} 1');

  fake.state.free = 10_000 * MB;
  await server.platform.watch?.look();
  // the same key: pressed again, it is taken once
  expect((await browser.post("/rpc/intake.file", nameless("while-the-disk-is-full"))).status).toBe(200);

  fake.state.wall += 3_600_000;
  expect((await browser.post("/rpc/intake.file", nameless("while-the-clock-is-wrong"))).code).toBe("service.clock");
  fake.state.wall -= 3_600_000;
});
