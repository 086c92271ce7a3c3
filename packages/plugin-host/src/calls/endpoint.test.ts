import { DoorstepError, definePlugin, extensionPoint } from "@doorstep/sdk";
import { channel, pluginRpc, pluginServer } from "@doorstep/sdk/server";
import { expect, test } from "vitest";
import { z } from "zod";
import { openTestHost, pluginFolder, post, sourceOf } from "../testing/index.ts";
import { createLimiter, LIMITS } from "./limits.ts";

const title = { "zh-CN": "箱", en: "Box" };
const ideas = extensionPoint<{ words: string }, { shout(i: { words: string }): Promise<string> }>("box/idea@1");
const box = definePlugin({
  id: "box",
  title,
  purpose: title,
  sdk: "^1.0.0",
  capabilities: ["units.read", "files", "intake.file"],
  permissions: { open: { title, grants: ["officer"] } },
  settings: z.object({ days: z.number().default(7) }),
});
const { router, procedure } = pluginRpc(box);
const ran: string[] = [];
const server = pluginServer(box, {
  router: router({
    whoAmI: procedure().query(({ ctx }) => ({
      user: ctx.user?.name,
      unit: ctx.unit.code,
      may: ctx.can("open"),
      days: ctx.settings.days,
      now: ctx.now,
    })),
    open: procedure("open")
      .input(z.object({ n: z.number().max(5) }))
      .mutation(({ input }) => {
        ran.push("open");
        return input.n;
      }),
    anybody: procedure("public").query(({ ctx }) => ctx.user),
    refuses: procedure("public").mutation(() => {
      throw new DoorstepError("import.unknownUnit", { unit: "X" });
    }),
    breaks: procedure("public").mutation(() => {
      throw new Error("a secret of the inside");
    }),
    hangs: procedure("public").mutation(
      ({ ctx }) =>
        new Promise((_, reject) => {
          ctx.signal.addEventListener("abort", () => {
            ran.push("aborted");
            reject(new Error("stopped"));
          });
        }),
    ),
    sticks: procedure("public").mutation(() => new Promise(() => undefined)),
    keys: procedure("public").query(({ ctx }) => Object.keys(ctx).sort()),
    unit: procedure("public").query(({ ctx }) => ctx.units.byCode("company")),
    keep: procedure("public").mutation(async ({ ctx }) => {
      const id = await ctx.files.put(new Uint8Array([1, 2, 3]));
      const kept = await ctx.files.get(id);
      await ctx.files.remove(id);
      return { kept: [...(kept ?? [])], after: await ctx.files.get(id) };
    }),
    ideas: procedure("public").query(async ({ ctx }) => {
      const found = await ctx.contributions(ideas);
      return await Promise.all(found.map(async (one) => [one.key, one.data.words, await one.call.shout(one.data)]));
    }),
    shares: procedure("public").mutation(({ ctx }) => ctx.intake.file({ channel: "other/x" } as never)),
  }),
  channels: {
    good: channel(box, {
      title,
      form: z.object({ words: z.string().min(2) }),
      toCase: (_ctx, form) => ({ title: form.words, body: `body of ${form.words}` }),
    }),
    broken: channel(box, {
      title,
      form: z.object({ words: z.string() }),
      anonymous: () => {
        throw new Error("cannot say");
      },
      toCase: () => {
        ran.push("toCase");
        throw new Error("cannot");
      },
    }),
    slow: channel(box, { title, form: z.object({ words: z.string() }), toCase: () => new Promise(() => undefined) }),
  },
});
const friend = pluginServer(
  definePlugin({ id: "friend", title, purpose: title, sdk: "^1.0.0", requires: { box: "*" } }),
  {
    extend: [ideas.add("one", { words: "hi" }, { shout: async (i) => i.words.toUpperCase() })],
  },
);

async function open() {
  const folder = pluginFolder("1.0.0");
  const filed: Record<string, unknown>[] = [];
  const at = await openTestHost({
    sources: [sourceOf(server, folder.root), sourceOf(friend, folder.root)],
    limiter: createLimiter({
      ...LIMITS,
      rpc: { deadlineMs: 150, concurrency: 2, onFailure: "error" },
      decide: { deadlineMs: 200, concurrency: 8, onFailure: "kernelDefault" },
      toCase: { deadlineMs: 100, concurrency: 8, onFailure: "kernelDefault" },
      transport: { deadlineMs: 100, concurrency: 1, onFailure: "retry" },
    }),
    handlers: {
      intake: {
        file: async (_ctx: unknown, input: Record<string, unknown>) => {
          filed.push(input);
          return {
            caseNo: "2026-7K3M9Q-X",
            returnCode: "code",
            proof: "proof",
            delayed: false,
            receivedAt: "2026-03-02T02:00:00Z",
            unit: { id: String(input.unitId), code: "FIRST", name: title, path: title },
            timeZone: "Asia/Shanghai",
            next: [],
          };
        },
      },
    },
  });
  const { units } = at.test;
  const admin = await at.test.person("admin", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const officer = await at.test.person("officer", "first", [{ role: "officer", unit: "first", subtree: true }]);
  const choose = async (pluginId: string, choice: "on" | "off") => {
    const { revision } = await at.as(admin).modules.matrix({});
    await at.as(admin).modules.choose({ revision, changes: [{ unitId: units.first, pluginId, choice, why: "x" }] });
  };
  await choose("box", "on");
  ran.length = 0;
  return {
    at,
    units,
    admin,
    officer,
    filed,
    choose,
    call: (path: string, input: unknown, by: Parameters<typeof post>[4] = { unitId: units.first }) =>
      post(at, "box", path, input, by),
    [Symbol.asyncDispose]: async () => {
      await at[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

test("a procedure knows who asks, where, and what he may", async () => {
  await using o = await open();

  const first = await o.call("whoAmI", {}, { actor: o.officer });
  expect(first.data).toEqual({ user: "officer", unit: "FIRST", may: true, days: 7, now: "2026-03-02T02:00:00.000Z" });
  const company = await o.call("whoAmI", {}, { actor: o.admin, unitId: o.units.company });
  expect(company.data).toMatchObject({ unit: "COMPANY", may: false });
});

test("permission, switch and unit are checked before the plugin's code runs", async () => {
  await using o = await open();

  expect(await o.call("open", { n: 1 })).toMatchObject({ status: 401, error: { code: "unauthorized" } });
  expect(await o.call("whoAmI", {})).toMatchObject({ status: 401 });
  expect(await o.call("open", { n: 1 }, { actor: o.admin, unitId: o.units.first })).toMatchObject({
    status: 403,
    error: { code: "forbidden" },
  });
  const off = await o.call("open", { n: 1 }, { actor: o.admin, unitId: o.units.second });
  expect(off).toMatchObject({ status: 404, error: { code: "module.notFound", params: { explanation: "default" } } });
  const nowhere = await o.call("anybody", {}, { unitId: "00000000-0000-4000-8000-000000000000" });
  expect(nowhere).toMatchObject({ status: 404, error: { code: "unit.notFound" } });
  expect(await o.call("nothing", {})).toMatchObject({ status: 400, error: { code: "request.unknown" } });
  expect((await post(o.at, "none", "x", {})).error).toMatchObject({ code: "module.notFound" });
  expect(await o.call("open,anybody", {}, { actor: o.admin, unitId: o.units.first })).toMatchObject({ status: 403 });
  expect(ran).toEqual([]);

  expect(await o.call("open", { n: 1 }, { actor: o.officer })).toMatchObject({ status: 200, data: 1 });
  await o.choose("box", "off");
  expect(await o.call("open", { n: 1 }, { actor: o.officer })).toMatchObject({
    status: 404,
    error: { params: { explanation: "own" } },
  });
  expect(ran).toEqual(["open"]);
});

test("only POST is answered", async () => {
  await using o = await open();

  const response = await o.at.host.handle("box", new Request("http://localhost/rpc/p/box/anybody"), {
    context: o.at.request(),
    unitId: o.units.first,
  });

  expect(response.status).toBe(400);
});

test("a batch is answered call by call", async () => {
  await using o = await open();
  const request = new Request("http://localhost/rpc/p/box/keep,refuses?batch=1", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });

  const response = await o.at.host.handle("box", request, { context: o.at.request(), unitId: o.units.first });

  expect(await response.json()).toMatchObject([
    { result: { data: { after: null } } },
    { error: { data: { code: "import.unknownUnit" } } },
  ]);
});

test("a refusal keeps its code, a defect shows nothing of the inside, wrong input names its field", async () => {
  await using o = await open();

  expect(await o.call("refuses", {})).toMatchObject({
    status: 400,
    error: { code: "import.unknownUnit", params: { unit: "X" } },
  });
  const broken = await o.call("breaks", {});
  expect(broken).toMatchObject({ status: 500, error: { code: "unexpected", params: { requestId: "r-test" } } });
  expect(JSON.stringify(broken)).not.toContain("secret");
  const wrong = await o.call("open", { n: 9 }, { actor: o.officer });
  expect(wrong.error).toMatchObject({ code: "input.invalid", fields: { n: "too_big" } });
});

test("a call that hangs is answered when its time is up, and its neighbours are served meanwhile", async () => {
  await using o = await open();

  const [hanging, other] = await Promise.all([o.call("hangs", {}), o.call("anybody", {})]);

  expect(hanging).toMatchObject({ status: 409, error: { code: "module.failed" } });
  expect(other.status).toBe(200);
  expect(ran).toEqual(["aborted"]);
});

test("whoever found no place in time is told to press again, and nothing of his call was begun", async () => {
  await using o = await open();

  // what never returns keeps its place, though whoever asked was answered
  const [stuck] = await Promise.all([o.call("sticks", {}), o.call("sticks", {})]);
  const late = await o.call("open", { n: 1 }, { actor: o.officer });

  expect(stuck).toMatchObject({ status: 409, error: { code: "module.failed" } });
  expect(late).toMatchObject({ status: 429, error: { code: "module.busy" } });
  expect(ran).toEqual([]);
});

test("a plugin that keeps failing is paused and shown as degraded; the first call after the pause shows that it works", async () => {
  await using o = await open();

  for (let n = 0; n < 5; n += 1) await o.call("breaks", {});
  const [sick] = await o.at.as(o.admin).modules.list({});
  expect(sick).toMatchObject({ id: "box", state: "degraded", problems: [{ code: "plugin.paused" }] });
  expect((await o.call("anybody", {})).error).toMatchObject({ code: "module.paused", params: { seconds: 30 } });
  o.at.test.clock.advance({ minutes: 1 });
  expect((await o.call("anybody", {})).status).toBe(200);
  const [well] = await o.at.as(o.admin).modules.list({});

  expect(well).toMatchObject({ id: "box", state: "active", problems: [] });
});

test("the context holds what was declared and nothing else", async () => {
  await using o = await open();

  expect((await o.call("keys", {})).data).toEqual(
    [
      "can",
      "contributions",
      "events",
      "files",
      "intake",
      "log",
      "newId",
      "now",
      "settings",
      "signal",
      "unit",
      "units",
      "user",
    ].sort(),
  );
  expect((await o.call("unit", {})).data).toMatchObject({ code: "COMPANY", timeZone: "Asia/Shanghai" });
  expect((await o.call("keep", {})).data).toEqual({ kept: [1, 2, 3], after: null });
  expect((await o.call("shares", {})).error).toMatchObject({ code: "intake.channelClosed" });
});

test("another plugin's contribution is there only where that plugin is on", async () => {
  await using o = await open();

  expect((await o.call("ideas", {})).data).toEqual([]);
  await o.choose("friend", "on");
  expect((await o.call("ideas", {})).data).toEqual([["friend/one", "hi", "HI"]]);
});

const filing = (channelKey: string, form: object) => ({
  key: "0123456789abcdef",
  channel: channelKey,
  form,
  purpose: "suggest",
  anonymity: "anonymous",
});

test("a form becomes a petition by the plugin's words", async () => {
  await using o = await open();

  const done = await o.call("channel.file", filing("good", { words: "lamps" }));

  expect(done).toMatchObject({ status: 200, data: { caseNo: "2026-7K3M9Q-X" } });
  expect(o.filed[0]).toMatchObject({
    title: "lamps",
    body: "body of lamps",
    channel: "box/good",
    unitId: o.units.first,
    via: "online",
    anonymity: "anonymous",
  });
  expect(await o.call("channel.file", filing("good", { words: "x" }))).toMatchObject({
    status: 400,
    error: { code: "input.invalid", fields: { words: "too_small" } },
  });
  expect((await o.call("channel.file", filing("none", {}))).error).toMatchObject({ code: "intake.channelClosed" });
  expect(o.filed).toHaveLength(1);
});

test.each(["broken", "slow"])(
  "nothing is lost where the plugin's step is %s: the answers are filed as they are, marked",
  async (key) => {
    await using o = await open();

    const done = await o.call("channel.file", filing(key, { words: "the lamp is out" }));

    expect(done.status).toBe(200);
    expect(o.filed[0]).toMatchObject({ title: "箱 / Box", body: expect.stringContaining("words: the lamp is out") });
    expect(o.filed[0]?.body).toContain("系统提示");
  },
);

test("while its step is paused a form is filed as it is at once, and the channel stays open", async () => {
  await using o = await open();
  for (let n = 0; n < 6; n += 1) await o.call("channel.file", filing("broken", { words: `lamp ${n}` }));
  expect(ran).toEqual(Array.from({ length: 5 }, () => "toCase"));

  const done = await o.call("channel.file", filing("broken", { words: "the lamp is out" }));

  expect(done.status).toBe(200);
  expect(o.filed.at(-1)?.body).toContain("words: the lamp is out");
  expect(ran).toHaveLength(5);
  expect(await o.at.host.channels.at(o.units.first, "box/broken")).toMatchObject({ anonymousAllowed: true });
});

test("a plugin that cannot say whether a name is needed does not forbid to come without one", async () => {
  await using o = await open();

  expect(await o.at.host.channels.at(o.units.first, "box/broken")).toMatchObject({ anonymousAllowed: true });
});
