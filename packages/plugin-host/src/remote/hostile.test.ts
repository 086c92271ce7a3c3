import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLimiter, LIMITS } from "../calls/limits.ts";
import { archiveStore } from "../installed/archive-store.ts";
import { openTestHost, post, type TestPluginHost } from "../testing/index.ts";
import { LINE, rawArchive, testPublisher } from "../testing/raw-archive.ts";

const data = mkdtempSync(join(tmpdir(), "doorstep-hostile-"));
const secret = join(data, "key");
writeFileSync(secret, "the platform's key");
afterAll(() => rmSync(data, { recursive: true, force: true }));

const own = testPublisher("built here");
const stranger = testPublisher("stranger");
const by = { by: "system", why: "test" } as const;

interface House {
  readonly at: TestPluginHost;
  /** @returns the id under which it was installed */
  install(server: string, key: string): Promise<string>;
}

/** One house for all of them, as in life: whatever one module has done, the next finds the platform well. */
async function open(): Promise<House> {
  const at = await openTestHost({
    sources: [],
    limiter: createLimiter({ ...LIMITS, rpc: { ...LIMITS.rpc, deadlineMs: 400 } }),
    archives: {
      store: archiveStore(join(data, randomUUID()), randomUUID),
      own: own.publisher,
      drainMs: 0,
      patience: { loadMs: 3_000, graceMs: 100, restartMs: [0, 0], crashes: 3, windowMs: 600_000 },
    },
  });
  await at.host.archives?.trust({ name: "stranger", publicKey: stranger.publisher.publicKey }, by);
  let count = 0;
  const install: House["install"] = async (server, privateKey) => {
    count += 1;
    const id = `module-${count}`;
    const archive = await rawArchive({ id, server: `${LINE}${server}`, privateKey });
    await at.host.archives?.install(archive, [], by);
    return id;
  };
  return { at, install };
}

const WELL = 'hear((m) => (m.type === "begin" ? post(ready) : m.type === "call" && answer(m.call, "well")));';
const calling = (body: string): string =>
  `hear((m) => { if (m.type === "begin") return post(ready); if (m.type !== "call") return; ${body} });`;

const go = (at: TestPluginHost, id: string) => post(at, id, "go", {});

describe.each([
  ["in a thread", own.privateKey],
  ["in a process", stranger.privateKey],
] as const)("%s", (_, key) => {
  let house: House;
  let neighbour: string;
  beforeAll(async () => {
    house = await open();
    neighbour = await house.install(WELL, key);
  });
  afterAll(() => house.at[Symbol.asyncDispose]());
  const neighbourIsWell = async (): Promise<void> => expect((await go(house.at, neighbour)).data).toBe("well");

  test.each([
    ["throws while it is loaded", "throw new Error('boom');"],
    ["never says that it is ready", "hear(() => undefined);"],
    ["ends while it is loaded", "process.exit(0);"],
    ["loops while it is loaded", "for (;;) {}"],
  ])("a module that %s is refused, and nothing has changed", async (_name, server) => {
    const before = [...house.at.host.snapshot().ids];

    await expect(house.install(server, key)).rejects.toMatchObject({ code: "module.archive" });

    expect([...house.at.host.snapshot().ids]).toEqual(before);
    await neighbourIsWell();
  });

  test.each([
    ["never answers", "return;"],
    ["loops for ever", "for (;;) {}"],
    ["ends itself", "process.exit(3);"],
    ["throws out of every call", "setTimeout(() => { throw new Error('later'); }); return;"],
    ["takes all memory", "const all = []; for (;;) all.push(new Array(1e5).fill(0).map(() => ({ n: all.length })));"],
    ["says nothing that can be read", "return post(null);"],
    ["fails without saying how", "return post({ type: 'failed', call: m.call });"],
    ["answers what is no answer", "return post({ type: 'done', call: m.call, value: { status: 'x' } });"],
  ])("one that %s gives its asker a clear refusal and stays alone with it", async (_name, body) => {
    const id = await house.install(calling(body), key);

    const [answer] = await Promise.all([go(house.at, id), neighbourIsWell()]);

    expect(answer).toMatchObject({ error: { code: "module.failed" } });
    await neighbourIsWell();
  });

  test("one that keeps ending is quarantined; its asker is told, the neighbour goes on", async () => {
    const { at } = house;
    const id = await house.install(calling("process.exit(1);"), key);

    const codes: (string | undefined)[] = [];
    for (let n = 0; n < 100 && at.host.snapshot().stateOf(id) !== "quarantined"; n++)
      codes.push((await go(at, id)).error?.code);

    expect(at.host.snapshot().stateOf(id)).toBe("quarantined");
    expect(new Set(codes)).toEqual(new Set(["module.failed"]));
    expect((await go(at, id)).error?.code).toBe("module.notFound");
    await neighbourIsWell();
  });

  test("one that asks for what it was not given, or after its call is over, is told no", async () => {
    const asks = `let call = 0; const waiting = new Map(); let n = 0;
      const ask = (name, ...args) => new Promise((done) => { waiting.set(++n, done); post({ type: "ask", ask: n, call, name, args }); });
      hear(async (m) => {
        if (m.type === "begin") return post(ready);
        if (m.type === "answer" || m.type === "refuse") return waiting.get(m.ask)?.(m);
        if (m.type !== "call") return;
        const before = call === 0 ? null : await ask("units.byCode", "BRIGADE");
        call = m.call;
        const now = [await ask("units.byCode", "BRIGADE"), await ask("unit.constructor"), await ask("contribution", "x/y@1", "k", "constructor", 1)];
        answer(m.call, [before, ...now].map((one) => one && [one.type, one.value ?? null]));
      });`;
    const id = await house.install(asks, key);

    const no = ["refuse", null];
    expect((await go(house.at, id)).data).toEqual([null, no, no, no]);
    expect((await go(house.at, id)).data).toEqual([no, no, no, no]);
  });
});

test("a stranger's process reads no file but its own, starts nothing, and knows no variable of ours", async () => {
  const { at, install } = await open();
  await using _ = at;
  const tries = `import { readFileSync, writeFileSync, readdirSync } from "node:fs"; import { execSync } from "node:child_process"; import { Worker } from "node:worker_threads";
    const code = (f) => { try { f(); return "done"; } catch (e) { return e.code ?? e.name; } };
    hear((m) => {
      if (m.type === "begin") return post(ready);
      if (m.type !== "call") return;
      answer(m.call, [
        code(() => readFileSync(${JSON.stringify(secret)})), code(() => readFileSync("/etc/passwd")), code(() => readdirSync("/")),
        code(() => writeFileSync("here", "x")), code(() => execSync("id")), code(() => new Worker("x", { eval: true })),
        code(() => readFileSync("plugin.json")), Object.keys(process.env).length,
      ]);
    });`;
  const id = await install(tries, stranger.privateKey);

  const denied = "ERR_ACCESS_DENIED";
  expect((await go(at, id)).data).toEqual([denied, denied, denied, denied, denied, denied, "done", 0]);
});

test.each([
  ["what is no message", "[0, 0, 0, 4, 1, 2, 3, 4]"],
  ["a message without end", "[255, 255, 255, 255, 0]"],
  ["half a message", "[0, 0, 0, 9, 255, 15]"],
])("a stranger's process that writes %s on its line is ended, and nobody else notices", async (_name, bytes) => {
  const { at, install } = await open();
  await using _ = at;
  const neighbour = await install(WELL, stranger.privateKey);
  const broken = calling(`return writeSync(3, Buffer.from(${bytes}));`);
  const id = await install(`import { writeSync } from "node:fs";${broken}`, stranger.privateKey);

  expect((await go(at, id)).error?.code).toBe("module.failed");
  expect((await go(at, neighbour)).data).toBe("well");
});
