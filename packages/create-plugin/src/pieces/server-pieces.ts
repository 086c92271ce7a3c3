import { both } from "../draft.ts";
import { pascal, snake } from "../names.ts";
import type { Piece } from "./piece.ts";

const use = {
  title: { "zh-CN": "使用本模块", en: "Use this module" },
  roles: ["clerk", "officer", "unitAdmin"],
} as const;

export const channel: Piece = {
  summary: "a way in: a form whose answers become a petition",
  key: "letters",
  add: (draft, key) =>
    draft.server((file) => {
      file.import("zod", "z");
      file.import("@doorstep/sdk/server", "channel", "pluginServer");
      file.add(
        "pluginServer",
        ["channels"],
        key,
        `channel(plugin, {
  title: ${both({ "zh-CN": "网上来信", en: "Write online" })},
  form: z.object({
    title: z.string().min(2).max(80),
    body: z.string().min(5).max(5_000),
  }),
  toCase: (_ctx, form) => form,
})`,
      );
    }),
};

export const router: Piece = {
  summary: "a procedure of its own, called by its pages",
  key: "hello",
  add: (draft, key) => draft.procedure(key, `procedure().query(({ ctx }) => ({ unit: ctx.unit.name, at: ctx.now }))`),
};

const tableTest = (key: string): string => `test("what one unit keeps is seen there and nowhere else", async () => {
  await using host = await createTestHost(server, { root });
  const [kept] = await host.as("officer", "first").${key}.add.mutate({ note: "门口的灯坏了" });

  expect(await host.as("officer", "first").${key}.list.query()).toEqual([kept]);
  expect(await host.as("officer", "second").${key}.list.query()).toEqual([]);
});
`;

export const table: Piece = {
  summary: "a table of its own, with procedures that read it and add to it",
  key: "notes",
  add: (draft, key, id) => {
    draft.definition((file) => file.list("definePlugin", "capabilities", `"db"`));
    draft.permission("use", use.title, use.roles);
    draft.append(
      "src/schema.ts",
      `import { pluginSchema } from "@doorstep/sdk/server";
import { text, timestamp, uuid } from "drizzle-orm/pg-core";
import { plugin } from "./plugin.ts";

const schema = pluginSchema(plugin);
`,
      `export const ${key} = schema.table("${snake(key)}", {
  id: uuid().primaryKey(),
  unitId: uuid("unit_id").notNull(),
  note: text().notNull(),
  at: timestamp({ withTimezone: true, mode: "string" }).notNull(),
});
`,
    );
    draft.migration(
      snake(key).replaceAll("_", "-"),
      `create table ${snake(key)} (
  id uuid primary key,
  unit_id uuid not null,
  note text not null,
  at timestamptz not null
);
create index ${snake(key)}_unit on ${snake(key)} (unit_id);
`,
    );
    draft.server((file) => {
      file.import("drizzle-orm", "eq");
      file.import("zod", "z");
      file.import("./schema.ts", key);
    });
    draft.procedure(
      key,
      `router({
  list: procedure("use").query(({ ctx }) => ctx.db.select().from(${key}).where(eq(${key}.unitId, ctx.unit.id))),
  add: procedure("use")
    .input(z.object({ note: z.string().min(1).max(200) }))
    .mutation(({ ctx, input }) =>
      ctx.db
        .insert(${key})
        .values({ id: ctx.newId(), unitId: ctx.unit.id, note: input.note, at: ctx.now })
        .returning(),
    ),
})`,
    );
    draft.test(id, ["createTestHost"], tableTest(key));
  },
};

export const settings: Piece = {
  summary: "a setting that units below may only tighten",
  key: "remindAfterDays",
  add: (draft, key) =>
    draft.definition((file) => {
      file.import("zod", "z");
      file.add(
        "definePlugin",
        [["settings", "z.object"]],
        key,
        `z.number().int().min(1).max(30).default(7).meta({ title: "几天后提醒", "x-labels": { en: "Remind after days" }, cascade: "atMost" })`,
      );
    }),
};

export const report: Piece = {
  summary: "a table that somebody at the desk asks for",
  key: "overview",
  add: (draft, key) => {
    draft.permission("use", use.title, use.roles);
    draft.server((file) => {
      file.import("zod", "z");
      file.import("@doorstep/sdk/server", "pluginServer", "report");
      file.add(
        "pluginServer",
        ["reports"],
        key,
        `report(plugin, {
  title: ${both({ "zh-CN": "本单位概况", en: "The unit at a glance" })},
  needs: "use",
  params: z.object({
    withCode: z.boolean().default(true).meta({ title: "显示单位代码", "x-labels": { en: "Show the unit's code" } }),
  }),
  run: (ctx, { withCode }) => ({
    columns: [
      { key: "unit", title: ${both({ "zh-CN": "单位", en: "Unit" })} },
      { key: "code", title: ${both({ "zh-CN": "代码", en: "Code" })} },
    ],
    rows: [{ unit: ctx.unit.name["zh-CN"], code: withCode ? ctx.unit.code : null }],
  }),
})`,
      );
    });
  },
};

export const job: Piece = {
  summary: "work that comes again and again at each unit",
  key: "remind",
  add: (draft, key) =>
    draft.server((file) =>
      file.add(
        "pluginServer",
        ["jobs"],
        key,
        `{
  every: "1d",
  scope: "unit",
  run: (ctx) => ctx.log.info("${key}", { unit: ctx.unit.code }),
}`,
      ),
    ),
};

export const event: Piece = {
  summary: "hears what happens to petitions",
  key: "received",
  add: (draft, key) =>
    draft.server((file) =>
      file.add("pluginServer", ["on"], `"case.${key}"`, `(ctx, event) => ctx.log.info("heard", { type: event.type })`),
    ),
};

export const caseData: Piece = {
  summary: "a field of its own at petitions",
  key: "mark",
  add: (draft, key) => {
    draft.permission("use", use.title, use.roles);
    draft.definition((file) => {
      file.import("zod", "z");
      file.add("definePlugin", [["caseData", "z.object"]], key, `z.string().max(40).optional()`);
    });
    draft.server((file) => file.import("zod", "z"));
    draft.procedure(
      `set${pascal(key)}`,
      `procedure("use")
  .input(z.object({ caseId: z.uuid(), ${key}: z.string().max(40) }))
  .mutation(async ({ ctx, input }) => {
    const kept = await ctx.caseData.get(input.caseId);
    await ctx.caseData.set(input.caseId, { ...kept, ${key}: input.${key} });
  })`,
    );
  },
};
