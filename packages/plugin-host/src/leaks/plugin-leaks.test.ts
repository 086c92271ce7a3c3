import process from "node:process";
import { keepOrganRecord, kernelHandlers } from "@doorstep/kernel";
import {
  absent,
  type LeakCase,
  type LeakWorld,
  openLeakWorld,
  openTestKernel,
  type Relation,
  readsCovered,
  relations,
  seesAtDesk,
  type TestKernel,
  tells,
} from "@doorstep/kernel/testing";
import { definePlugin } from "@doorstep/sdk";
import { channel, pluginRpc, pluginServer, template } from "@doorstep/sdk/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { openTestHost, pluginFolder, post, sourceOf, type TestPluginHost } from "../testing/index.ts";

/** Asks for everything that the capabilities let a module read, in the name of whoever uses it. */
const title = { "zh-CN": "窥探", en: "Spy" };
const spy = definePlugin({
  id: "spy",
  title,
  purpose: title,
  sdk: "^1.0.0",
  onByDefault: true,
  capabilities: [
    "cases.read",
    "cases.propose",
    "thread",
    "thread.petitioner",
    "intake.identity",
    "tasks",
    "appointments",
    "people.identity",
    "letters",
    "units.read",
    "files",
    "organs",
  ],
  news: { due: title },
  caseData: z.object({ word: z.string(), covered: z.string() }),
});
const { router, procedure } = pluginRpc(spy);
const one = z.object({ id: z.string() });
const server = pluginServer(spy, {
  channels: { paper: channel(spy, { title, via: "letter" }) },
  templates: {
    word: template(spy, {
      title,
      data: z.object({}),
      render: () => {
        const text = {
          blocks: [{ kind: "paragraph" as const, text: "x" }],
          plain: { decided: "x", why: "x", can: "x", until: "x" },
        };
        return { "zh-CN": text, en: text } as const;
      },
    }),
  },
  router: router({
    get: procedure("public")
      .input(one)
      .query(({ ctx, input }) => ctx.cases.get(input.id)),
    kept: procedure("public")
      .input(one)
      .query(({ ctx, input }) => ctx.caseData.get(input.id)),
    thread: procedure("public")
      .input(one)
      .query(({ ctx, input }) => ctx.thread.list(input.id)),
    keep: procedure("public")
      .input(one)
      .mutation(({ ctx, input }) =>
        ctx.caseData.get(input.id).then((kept) => ctx.caseData.set(input.id, kept ?? { word: "", covered: "" })),
      ),
    write: procedure("public")
      .input(one)
      .mutation(({ ctx, input }) => ctx.thread.write(input.id, { text: "x", to: "inside" })),
    lay: procedure("public")
      .input(one)
      .mutation(({ ctx, input }) =>
        ctx.thread.fromPetitioner(input.id, { text: "x", channel: "spy/paper", receivedOn: "2026-01-01", key: "x" }),
      ),
    letters: procedure("public")
      .input(one)
      .query(({ ctx, input }) => ctx.letters.list([input.id])),
    post: procedure("public")
      .input(one)
      .mutation(async ({ ctx, input }) => {
        const [toUnit] = await ctx.units.above(ctx.unit.id);
        const letter = { letterId: ctx.newId(), template: "word", data: {}, caseId: input.id };
        await ctx.letters.toUnit({ ...letter, toUnit: toUnit?.id ?? ctx.unit.id });
        return "done";
      }),
    propose: procedure("public")
      .input(one)
      .mutation(({ ctx, input }) => ctx.cases.propose(input.id, "T14", "x")),
    tasks: procedure("public")
      .input(one)
      .query(({ ctx, input }) => ctx.tasks.list(input.id)),
    give: procedure("public")
      .input(one)
      .mutation(({ ctx, input }) =>
        ctx.tasks
          .give({ caseId: input.id, text: "x", to: "handler", dueOn: "2099-01-01", key: "x" })
          .then(() => "done"),
      ),
    who: procedure("public")
      .input(one)
      .mutation(({ ctx, input }) => ctx.people.get(input.id, "just looking")),
    meetings: procedure("public")
      .input(one)
      .query(({ ctx, input }) => ctx.appointments.list(input.id)),
    book: procedure("public")
      .input(one)
      .mutation(({ ctx, input }) =>
        ctx.appointments
          .book({
            ...{ caseId: input.id, place: "x", people: [ctx.newId()], key: ctx.newId() },
            ...{ startsAt: "2099-01-01T00:00:00Z", endsAt: "2099-01-01T01:00:00Z" },
          })
          .then(() => "done"),
      ),
    tell: procedure("public")
      .input(one)
      .mutation(({ ctx, input }) => ctx.notify.tell({ caseId: input.id, to: "handler", news: "due", key: "x" })),
    original: procedure("public")
      .input(one)
      .query(({ ctx, input }) => ctx.cases.original(input.id)),
    part: procedure("public")
      .input(one)
      .query(({ ctx, input }) => ctx.cases.tookPart([input.id], ctx.user ? [ctx.user.id] : [])),
    file: procedure("public")
      .input(one)
      .query(async ({ ctx, input }) => [...((await ctx.files.get(input.id)) ?? [])]),
    unit: procedure("public")
      .input(one)
      .query(({ ctx, input }) => ctx.units.get(input.id)),
    organs: procedure("public").query(async ({ ctx }) => (await ctx.organs.mine()).map((one) => one.organId)),
    keptForOrgan: procedure("public")
      .input(one)
      .query(({ ctx, input }) => ctx.organs.list(input.id)),
    keepForOrgan: procedure("public")
      .input(one)
      .mutation(({ ctx, input }) =>
        ctx.organs.keep(input.id, { recordId: ctx.newId(), version: 0, data: { word: "x" } }),
      ),
    find: procedure("public").query(({ ctx }) => ctx.cases.find({ limit: 100 })),
  }),
});

/** A way in by an id, and up to which level it shows the case to whoever sees it at the desk. */
const ways = [
  { path: "get", shows: 3, of: (c: LeakCase) => c.id },
  // an accusation is closed to modules, whoever uses them
  { path: "kept", shows: 2, of: (c: LeakCase) => c.id },
  { path: "thread", shows: 2, of: (c: LeakCase) => c.id },
  { path: "tasks", shows: 2, of: (c: LeakCase) => c.id },
  { path: "meetings", shows: 2, of: (c: LeakCase) => c.id },
  // none of these was taken over from an old register
  { path: "original", shows: 0, of: (c: LeakCase) => c.id },
  { path: "file", shows: 0, of: (c: LeakCase) => c.fileId },
  { path: "unit", shows: 0, of: (c: LeakCase) => c.id },
  // last: they change the case for those who may
  ...["part", "who", "book", "letters", "post", "write", "lay", "propose", "tell", "give", "keep"].map((path) => ({
    path,
    shows: "acts" as const,
    of: (c: LeakCase) => c.id,
  })),
] as const;

let t: TestKernel;
let w: LeakWorld;
let at: TestPluginHost;
const folder = pluginFolder("0.1.0");
beforeAll(async () => {
  t = await openTestKernel();
  w = await openLeakWorld(t, "inHandling");
  const person = w.people.officerOfHolder?.personId;
  for (const { id, word, covered } of w.cases) {
    const [said, make] = [`${word} ${covered}`, t.kernel.newId];
    const { pool } = t.database;
    await pool.query(
      `insert into kernel.case_data (id, case_id, plugin_id, title_zh, title_en, labels, data, at, by_person)
       values ($1, $2, 'spy', '', '', '{}', $3, $4, $5)`,
      [make(), id, JSON.stringify({ word, covered }), t.clock.now, person],
    );
    await pool.query(
      `insert into kernel.tasks (id, case_id, unit_id, plugin_id, title_zh, title_en, text, person_id, due_on, made_at)
       values ($1, $2, $3, 'spy', '', '', $4, $5, '2099-01-01', $6)`,
      [make(), id, t.units.first, said, person, t.clock.now],
    );
    await pool.query("update kernel.unit_letters set plugin_id = 'spy', template = $2 where id = $1", [id, said]);
    await pool.query(
      `insert into kernel.appointments (id, case_id, unit_id, plugin_id, title_zh, title_en, place, people, starts_at, ends_at, made_at)
       values ($1, $2, $3, 'spy', '', '', $4, $5, '2099-01-01', '2099-01-02', $6)`,
      [make(), id, t.units.first, said, [person], t.clock.now],
    );
  }
  at = await openTestHost({ sources: [sourceOf(server, folder.root)], handlers: kernelHandlers as never, on: t });
}, 120_000);
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await t[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

type Cell = readonly [relation: Relation, way: string, level: number, wrong: string];
interface Answer {
  readonly said: string;
  readonly failed: boolean;
}

async function ask(relation: Relation, path: string, input: object, unitId: string): Promise<Answer> {
  const actor = w.people[relation];
  const answer = await post(at, "spy", path, input, { unitId, ...(actor && { actor }) });
  return { said: JSON.stringify(answer.data ?? answer.error?.code), failed: answer.status >= 500 };
}

/** Words that are covered are read by nobody through a module who stands outside of the circle. */
const uncovers = (relation: Relation, said: string, c: LeakCase): string | false =>
  !readsCovered(relation) && said.includes(c.covered) && `uncovers: ${said.slice(0, 160)}`;
const shown = (relation: Relation, said: string, c: LeakCase): string | false =>
  tells(said, c) ? uncovers(relation, said, c) : "should see it";

async function direct(relation: Relation, { path, shows, of }: (typeof ways)[number], c: LeakCase) {
  if (shows === "acts" && seesAtDesk(relation, c)) return false;
  const found = await ask(relation, path, { id: of(c) }, t.units.first);
  const none = await ask(relation, path, { id: of(absent(c)) }, t.units.first);
  if (found.failed || none.failed) return "fails";
  if (shows !== "acts" && shows >= c.level && seesAtDesk(relation, c)) return shown(relation, found.said, c);
  return found.said !== none.said && `tells hidden from absent: ${found.said} / ${none.said}`;
}

async function find(relation: Relation, unitId: string, c: LeakCase) {
  const { said, failed } = await ask(relation, "find", {}, unitId);
  if (failed) return "fails";
  if (seesAtDesk(relation, c)) return uncovers(relation, said, c);
  return tells(said, c) && `leaks: ${said.slice(0, 160)}`;
}

/** Every relation, every way, every level; lists at every unit. */
async function matrix(who: readonly Relation[]): Promise<{ readonly cells: number; readonly wrong: readonly Cell[] }> {
  const cells: (readonly [relation: Relation, way: string, level: number, wrong: string | false])[] = [];
  for (const relation of who)
    for (const c of w.cases) {
      for (const way of ways) cells.push([relation, way.path, c.level, await direct(relation, way, c)]);
      for (const [name, unitId] of Object.entries(t.units))
        cells.push([relation, `find at ${name}`, c.level, await find(relation, unitId, c)]);
    }
  return { cells: cells.length, wrong: cells.filter((cell): cell is Cell => cell[3] !== false) };
}

test("a module learns of a case what whoever uses it may see, and nothing else", async () => {
  const { cells, wrong } = await matrix(relations);
  process.stderr.write(`leak matrix of a module: ${cells} cells, ${wrong.length} wrong\n`);
  expect(wrong).toEqual([]);
  expect(cells).toBe(relations.length * w.cases.length * (ways.length + 4));
}, 240_000);

const memberOf = (relation: Relation): string | undefined =>
  ({ organInCharge: t.units.first, otherOrgan: t.units.brigade })[relation as string];
const WORD = "drosselruf";

/** What one relation gets of one organ, each beside what it should be. */
async function organCell(relation: Relation, organ: { readonly id: string; readonly unit: string }) {
  const isMember = memberOf(relation) === organ.unit;
  const refused = w.people[relation] ? '"forbidden"' : '"unauthorized"';
  const of = (path: string, input: object) => ask(relation, path, input, t.units.first).then((answer) => answer.said);
  const list = await of("keptForOrgan", { id: organ.id });
  return [
    [(await of("organs", {})).includes(organ.id), isMember],
    [isMember ? list.includes(WORD) : list, isMember || refused],
    [await of("keepForOrgan", { id: organ.id }), isMember ? "1" : refused],
  ];
}

test("what a module keeps for an organ is read and written by its members alone; nobody else learns that there is one", async () => {
  const { rows: organs } = await t.database.pool.query<{ id: string; unit: string }>(
    "select id, unit_id as unit from kernel.offices where kind = 'disciplineOrgan' and valid_until is null",
  );
  for (const relation of ["organInCharge", "otherOrgan"] as const) {
    const organId = organs.find((one) => one.unit === memberOf(relation))?.id ?? "";
    const record = { recordId: t.kernel.newId(), version: 0, data: { word: WORD } };
    const member = w.people[relation];
    if (member) await keepOrganRecord(t.kernel, member, { organId, pluginId: "spy" }, record);
  }
  const wrong: unknown[] = [];
  for (const relation of relations)
    for (const organ of [...organs, { id: t.kernel.newId(), unit: "none" }]) {
      const cell = await organCell(relation, organ);
      if (cell.some(([found, wanted]) => found !== wanted)) wrong.push([relation, organ.unit, cell]);
    }
  expect(wrong).toEqual([]);
}, 120_000);

test("a recusal that is overlooked turns it red", async () => {
  await t.database.pool.query("update kernel.recusals set state = 'refused' where person_id = $1", [
    w.people.respondentPerson?.personId,
  ]);
  const { wrong } = await matrix(["officerOfHolder", "respondentPerson"]);
  expect(new Set(wrong.map(([relation, way]) => `${relation} ${way}`))).toEqual(
    new Set([
      "respondentPerson get",
      "respondentPerson kept",
      "respondentPerson thread",
      "respondentPerson tasks",
      "respondentPerson meetings",
      ...["who", "book", "letters", "post", "write", "lay", "propose", "tell", "give", "keep"].map(
        (path) => `respondentPerson ${path}`,
      ),
      "respondentPerson find at brigade",
      "respondentPerson find at first",
    ]),
  );
});
