import { definePlugin } from "@doorstep/sdk";
import { channel, pluginRpc, pluginServer, refusal, template } from "@doorstep/sdk/server";
import { z } from "zod";

const title = { "zh-CN": "询问", en: "Asking" };

/** Has every capability that is asked of the host, and hands on whatever a test asks for. */
const asking = definePlugin({
  id: "asking",
  title,
  purpose: title,
  sdk: "^1.0.0",
  onByDefault: true,
  capabilities: [
    "cases.read",
    "cases.own",
    "cases.propose",
    "thread",
    "thread.petitioner",
    "tasks",
    "intake.file",
    "intake.identity",
    "intake.own",
    "intake.joint",
    "people.identity",
    "people.names",
    "feed",
    "appointments",
    "consents",
    "notices",
    "letters",
    "organs",
    "datasets.read",
  ],
  permissions: { choose: { title, grants: ["talkOfficer"] } },
  http: ["http://127.0.0.1:1/"],
  news: {
    due: { "zh-CN": "{{on}}前还需走访{{count}}户。", en: "{{count}} visits are due by {{on}}." },
    left: { "zh-CN": "{{unit}}还有未走访的家庭。", en: "{{unit}} has visits left." },
  },
  procedures: { talk: { title, runs: "mediation" }, board: { title, runs: "hearing" } },
  clocks: {
    visit: {
      title: { "zh-CN": "七日回访", en: "Visit after seven days" },
      why: { "zh-CN": "协议履行后回访双方。", en: "Both sides are visited after the agreement." },
      amount: 7,
      unit: "day",
      atEnd: { to: "handler", words: { "zh-CN": "该回访了。", en: "A visit is due." } },
    },
  },
  caseData: z.object({
    visits: z
      .number()
      .int()
      .max(9)
      .meta({ title: "走访次数", "x-labels": { en: "Visits" } }),
    next: z.iso.date().nullable().default(null),
    remark: z.string().max(20_000).default(""),
  }),
});
const { router, procedure } = pluginRpc(asking);

type Functions = Readonly<Record<string, Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>>>;

export const askingServer = pluginServer(asking, {
  channels: {
    desk: channel(asking, {
      title,
      via: "phone",
      form: z.object({ words: z.string() }),
      toCase: (_ctx, form) => ({ title: form.words, body: form.words }),
    }),
    hidden: channel(asking, {
      title,
      listed: false,
      form: z.object({ words: z.string() }),
      toCase: (_ctx, form) => ({ title: form.words, body: form.words }),
    }),
    counter: channel(asking, { title, via: "letter" }),
  },
  jobs: {
    daily: {
      every: "1d",
      scope: "unit",
      run: async (ctx) => {
        const { facts } = await ctx.feed.read(null);
        const heard = new Set(facts.map((one) => one.type)).size;
        const params = { count: heard, on: "2026-03-09" };
        const to = { role: "clerk" } as const;
        await ctx.tasks.give({ text: "开箱", to, dueOn: "2026-03-09", key: "daily" }).catch(() => undefined);
        const gone = await ctx.tasks.give({ text: "收箱", to, dueOn: "2026-03-09", key: "gone" }).catch(() => null);
        for (const done of gone === null ? [] : [true, false])
          await ctx.tasks.end(gone as never, { done, result: "不必了" }).catch(() => undefined);
        for (const { caseId } of facts.filter((one) => one.type === "case.received"))
          for (const text of ["已送达", " "])
            await ctx.thread.write(caseId, { text, to: "petitioner" }).catch(() => undefined);
        await ctx.notify.tell({ to: ["officer"], news: "due", params, key: `daily-${ctx.unit.code}` });
      },
    },
  },
  templates: {
    invite: template(asking, {
      title: { "zh-CN": "邀请函", en: "Invitation" },
      data: z.object({ on: z.iso.date(), empty: z.boolean().default(false) }),
      render: ({ on, empty }) => {
        const one = (text: string) => ({
          blocks: empty ? [] : [{ kind: "paragraph" as const, text }],
          plain: { decided: text, why: text, can: text, until: text },
        });
        return { "zh-CN": one(`请于${on}参加。`), en: one(`Please come on ${on}.`) };
      },
    }),
  },
  router: router({
    ask: procedure("public")
      .input(z.object({ name: z.string(), args: z.array(z.unknown()).default([]) }))
      .mutation(async ({ ctx, input }) => {
        const [group = "", name = ""] = input.name.split(".");
        const found = await (ctx as unknown as Functions)[group]?.[name]?.(...input.args);
        return found ?? null;
      }),
    refuse: procedure("public").mutation(() => {
      throw refusal("tooLate", { "zh-CN": "已过预约时间，请另选一个时间。", en: "That time is over. Choose another." });
    }),
    attach: procedure("public")
      .input(z.object({ name: z.string(), data: z.base64(), to: z.enum(["intake", "thread"]).default("intake") }))
      .mutation(({ ctx, input }) =>
        ctx[input.to].attach({ name: input.name, bytes: new Uint8Array(Buffer.from(input.data, "base64")) }),
      ),
    fetch: procedure("public")
      .input(z.object({ url: z.string(), method: z.string().optional(), body: z.string().optional() }))
      .mutation(async ({ ctx, input: { url, method, body } }) => {
        try {
          const answer = await ctx.fetch(url, {
            ...(method !== undefined && { method }),
            ...(body !== undefined && { body, headers: { "content-type": "text/plain", host: "elsewhere" } }),
          });
          return { status: answer.status, type: answer.headers.get("content-type"), text: await answer.text() };
        } catch (error) {
          return { failed: error instanceof Error ? error.message : String(error) };
        }
      }),
  }),
});
