/** What must not compile. Checked by the type checker: an unused `@ts-expect-error` is an error. */
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { z } from "zod";
import { definePlugin, extensionPoint } from "./index.ts";
import { channel, pluginRpc, pluginSchema, pluginServer, report } from "./server.ts";
import { usePlugin } from "./ui.ts";

const title = { "zh-CN": "箱", en: "Box" };
const box = definePlugin({
  id: "box",
  title,
  purpose: title,
  sdk: "^1.0.0",
  capabilities: ["db", "units.read", "cases.read"],
  permissions: { open: { title, grants: ["officer"] } },
  settings: z.object({ days: z.number().default(7), anonymous: z.boolean().default(true) }),
});
const bare = definePlugin({ id: "bare", title, purpose: title, sdk: "^1.0.0" });

const keeper = definePlugin({
  id: "keeper",
  title,
  purpose: title,
  sdk: "^1.0.0",
  http: ["https://example.org/"],
  news: { due: title },
  procedures: { talk: { title, runs: "mediation" } },
  caseData: z.object({ visits: z.number() }),
});

// @ts-expect-error comes with `http`, never alone
definePlugin({ id: "x", title, purpose: title, sdk: "^1.0.0", capabilities: ["http"] });
// @ts-expect-error a text has both languages
definePlugin({ id: "x", title: { "zh-CN": "箱" }, purpose: title, sdk: "^1.0.0" });
// @ts-expect-error no such capability
definePlugin({ id: "x", title, purpose: title, sdk: "^1.0.0", capabilities: ["people.everything"] });
// @ts-expect-error no such role
definePlugin({ id: "x", title, purpose: title, sdk: "^1.0.0", permissions: { p: { title, grants: ["leader"] } } });

const { router, procedure } = pluginRpc(box);

procedure("public");
procedure("open");
// @ts-expect-error unknown permission
procedure("close");

const letters = pluginSchema(box).table("letters", {});
procedure("open").query(({ ctx }) => ctx.db.select().from(letters));
procedure("open").query(({ ctx }) => ctx.units.byCode(ctx.unit.code));
procedure("open").query(({ ctx }): number => ctx.settings.days);
procedure("open").query(({ ctx }): string => ctx.now);
procedure("open").query(({ ctx }): boolean => ctx.can("open"));
// @ts-expect-error unknown permission
procedure("open").query(({ ctx }) => ctx.can("close"));
// @ts-expect-error settings are typed
procedure("open").query(({ ctx }): string => ctx.settings.days);
// @ts-expect-error an instant is a string
procedure("open").query(({ ctx }) => ctx.now.getTime());
// @ts-expect-error `intake.file` was not declared
procedure("open").mutation(({ ctx }) => ctx.intake.file({}));
// @ts-expect-error `files` was not declared
procedure("open").mutation(({ ctx }) => ctx.files.get("x"));
// @ts-expect-error a plugin cannot write to a petition
procedure("open").mutation(({ ctx }) => ctx.cases.register("x"));
// @ts-expect-error nothing tells who wrote a petition
procedure("open").query(async ({ ctx }) => (await ctx.cases.get("x"))?.petitioner);
// @ts-expect-error nobody may be signed in
procedure("public").query(({ ctx }) => ctx.user.id);
const { procedure: keeps } = pluginRpc(keeper);
keeps().query(async ({ ctx }): Promise<number | undefined> => (await ctx.caseData.get("x"))?.visits);
keeps().mutation(({ ctx }) => ctx.caseData.set("x", { visits: 1 }));
keeps().mutation(async ({ ctx }): Promise<string> => (await ctx.fetch("https://example.org/")).text());
// @ts-expect-error as the definition says
keeps().mutation(({ ctx }) => ctx.caseData.set("x", { visits: "1" }));
keeps().mutation(({ ctx }) => ctx.notify.tell({ to: "handler", news: "due", params: { count: 1 }, key: "x" }));
// @ts-expect-error no such news
keeps().mutation(({ ctx }) => ctx.notify.tell({ to: "handler", news: "other", key: "x" }));
keeps().mutation(({ ctx }) => ctx.procedures.close("x", "talk", { because: "noAgreement", note: "x" }));
// @ts-expect-error no such procedure
keeps().mutation(({ ctx }) => ctx.procedures.runs("x", "hearing"));
// @ts-expect-error it conducts none
procedure("open").query(({ ctx }) => ctx.procedures);
// @ts-expect-error nothing is kept at petitions
procedure("open").query(({ ctx }) => ctx.caseData);
// @ts-expect-error no address is listed
procedure("open").query(({ ctx }) => ctx.fetch("https://example.org/"));
const { procedure: bareProcedure } = pluginRpc(bare);
// @ts-expect-error `db` was not declared
bareProcedure().query(({ ctx }) => ctx.db);

const server = pluginServer(box, {
  router: router({
    count: procedure("open").query(() => 1),
    letters: router({
      add: procedure("open")
        .input(z.object({ text: z.string() }))
        .mutation(({ input }) => ({ text: input.text })),
    }),
  }),
  channels: {
    box: channel(box, {
      title,
      form: z.object({ subject: z.string(), body: z.string() }),
      anonymous: (ctx) => ctx.settings.anonymous,
      toCase: (_ctx, form) => ({ title: form.subject, body: form.body }),
    }),
  },
});
export type Box = typeof server;

channel(box, {
  title,
  form: z.object({ subject: z.string() }),
  // @ts-expect-error the form is typed
  toCase: (_ctx, form) => ({ title: form.subject, body: form.body }),
});
// @ts-expect-error a point that this platform does not have
pluginServer(box, { deadlines: {} });

pluginServer(box, {
  on: {
    "case.registered": (ctx, event) => ctx.log.info(event.to, { days: ctx.settings.days, caseId: event.caseId }),
    "clock.breached": (ctx, event) => ctx.log.info(event.dueOn),
    // @ts-expect-error a warning is of a clock, not of a state
    "clock.warning": (ctx, event) => ctx.log.info(event.to),
  },
});
// @ts-expect-error no such event
pluginServer(box, { on: { "case.vanished": () => undefined } });
// @ts-expect-error who stands out of a petition is nothing for a plugin
pluginServer(box, { on: { "recusal.declared": () => undefined } });
pluginServer(box, { jobs: { tidy: { every: "6h", scope: "unit", run: (ctx) => ctx.log.info(ctx.now) } } });
// @ts-expect-error no such length of time
pluginServer(box, { jobs: { tidy: { every: "6 hours", scope: "unit", run: () => undefined } } });

const table = { columns: [{ key: "n", title }], rows: [{ n: 1 }] };
const params = z.object({ days: z.number().default(1) });
report(box, { title, needs: "open", params, run: (ctx, asked) => (ctx.can("open") && asked.days > 0 ? table : table) });
// @ts-expect-error unknown permission
report(box, { title, needs: "close", params, run: () => table });
// @ts-expect-error what is asked is typed
report(box, { title, needs: "open", params, run: (_ctx, asked) => (asked.weeks ? table : table) });
// @ts-expect-error a cell is no object
report(box, { title, needs: "open", params, run: () => ({ ...table, rows: [{ n: { deep: 1 } }] }) });
pluginServer(box, {
  routing: { near: { title, priority: 1, decide: async (ctx) => ({ toUnit: ctx.unit.id, because: "near" }) } },
});
// @ts-expect-error a proposal has its reason
pluginServer(box, { routing: { near: { title, priority: 1, decide: (ctx) => ({ toUnit: ctx.unit.id }) } } });

type Inputs = inferRouterInputs<typeof server.router>;
type Outputs = inferRouterOutputs<typeof server.router>;
export const input: Inputs["letters"]["add"] = { text: "x" };
// @ts-expect-error wrong input
export const wrongInput: Inputs["letters"]["add"] = { words: "x" };
export const output: Outputs["count"] = 1;
// @ts-expect-error wrong output: the router's types are not `any`
export const wrongOutput: Outputs["count"] = "1";

const methods = extensionPoint<{ topics: string[] }, { suggest(input: { subject: string }): Promise<string[]> }>(
  "box/method@1",
);
methods.add("talk", { topics: [] }, { suggest: async (i) => [i.subject] });
// @ts-expect-error the function is part of the point
methods.add("talk", { topics: [] });
// @ts-expect-error so is the data
methods.add("talk", { themes: [] }, { suggest: async () => [] });
// @ts-expect-error a point carries its major
extensionPoint("box/method");
procedure("open").query(async ({ ctx }) => {
  const [first] = await ctx.contributions(methods);
  const topics: string[] | undefined = first?.data.topics;
  // @ts-expect-error typed by the point
  await first?.call.suggest({ title: "x" });
  return topics;
});

export function Screen() {
  const { rpc, can, settings } = usePlugin<typeof server>(box);
  const days: number | undefined = settings.days;
  rpc.letters.add.mutationOptions();
  // @ts-expect-error no such procedure
  rpc.letters.remove.mutationOptions();
  // @ts-expect-error unknown permission
  can("close");
  // @ts-expect-error settings are typed
  const wrong: string | undefined = settings.days;
  return `${days}${wrong}`;
}
