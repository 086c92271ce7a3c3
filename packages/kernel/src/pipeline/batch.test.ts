import { expect, test } from "vitest";
import { reassignHandler } from "../cases/handling.ts";
import { sendBackReply } from "../cases/reply.ts";
import { quashReview, requestReview } from "../cases/review.ts";
import { transferCase } from "../cases/route.ts";
import { writeMessage } from "../cases/thread.ts";
import { rateCase } from "../intake/rate.ts";
import type { Kernel } from "../kernel.ts";
import { decideRecusal, declareRecusal } from "../recusal/recusal.ts";
import { sweepClocks } from "../sweep/sweep-clocks.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import {
  byPerson,
  byPetitioner,
  draft,
  file,
  inHandling,
  latestLetter,
  register,
  reply,
  rows,
  staffOf,
} from "../testing/story.ts";
import { apply } from "./apply.ts";
import { armColumns, type Batch } from "./batch.ts";
import { execute } from "./execute.ts";

interface Column {
  readonly table: string;
  readonly name: string;
  readonly required: boolean;
  readonly given: boolean;
}

test("the columns a command writes are those of the migrated tables; what it leaves out has a default or may be empty", async () => {
  await using t = await openTestKernel();
  const columns = await rows<Column>(
    t,
    `select n.nspname || '.' || c.relname as table, a.attname as name, a.attnotnull as required, a.atthasdef as given
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('kernel', 'vault') and a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p')`,
  );
  const of = (table: string) => columns.filter((c) => c.table === table);
  const inserts = [
    ...Object.entries(armColumns.inserts).map(([table, c]) => [`kernel.${table}`, c] as const),
    ...Object.entries(armColumns.vaultInserts).map(([table, c]) => [`vault.${table}`, c] as const),
  ];
  for (const [table, written] of inserts) {
    const known = of(table);
    expect([table, written.filter((w) => !known.some((c) => c.name === w))]).toEqual([table, []]);
    const left = known.filter((c) => c.required && !c.given && !(written as readonly string[]).includes(c.name));
    expect([table, left.map((c) => c.name)]).toEqual([table, []]);
  }
  for (const [arm, { table, key, columns: written }] of Object.entries(armColumns.updates)) {
    const known = of(`kernel.${table}`).map((c) => c.name);
    expect([arm, [...key, ...written].filter((w) => !known.includes(w))]).toEqual([arm, []]);
    expect([arm, written.filter((w) => (key as readonly string[]).includes(w))]).toEqual([arm, []]);
  }
});

/** The kernel, with every batch written down on its way to the database. */
function watched(t: TestKernel): { readonly kernel: Kernel; readonly batches: Batch[] } {
  const batches: Batch[] = [];
  const pool = new Proxy(t.kernel.pool, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name !== "query") return typeof value === "function" ? value.bind(target) : value;
      return (query: { name?: string; values?: readonly Batch[] }, ...rest: unknown[]) => {
        if (query.name?.startsWith("apply_")) batches.push(structuredClone(query.values?.[0] ?? {}));
        return (value as (...args: unknown[]) => unknown).call(target, query, ...rest);
      };
    },
  });
  return { kernel: { ...t.kernel, pool }, batches };
}

/** A life in which every kind of act happens once. */
async function life(t: TestKernel, k: TestKernel): Promise<void> {
  const s = await staffOf(t);
  const other = await t.person("另一承办", "first", [{ role: "handler", unit: "first" }]);
  const complainedOf = await t.person("被反映人", "company", []);
  const moved = await file(k);
  await register(k, s, moved, { category: "accusation", track: "accusation", confidentiality: 3 });
  const sent = await file(k);
  await register(k, s, sent, { respondents: [{ kind: "person", personId: complainedOf.personId }] });
  await execute(k.kernel, transferCase, byPerson(k, sent, s.officer), {
    kind: "transfer",
    toUnitId: t.units.second,
    reason: "由主管单位办理",
    legalGround: "",
  });
  const id = await inHandling(k, s);
  const naming = { handlerId: other.personId, plan: "", heardOn: null };
  await execute(k.kernel, reassignHandler, byPerson(k, id, s.officer), naming);
  await execute(k.kernel, reassignHandler, byPerson(k, id, s.officer), { ...naming, handlerId: s.handler.personId });
  await declareRecusal(k.kernel, byPerson(k, id, other), "亲属");
  await decideRecusal(k.kernel, byPerson(k, id, s.signer), {
    personId: other.personId,
    granted: false,
    reason: "无关",
  });
  await draft(k, s, id, "先写");
  await execute(k.kernel, sendBackReply, byPerson(k, id, s.signer), {
    noticeId: await latestLetter(t, id, "D14"),
    reason: "依据不足",
  });
  await reply(k, s, id);
  const rating = { office: "satisfied", unit: "basically", comment: "" } as const;
  await execute(k.kernel, rateCase, byPetitioner(k, id), rating);
  await execute(k.kernel, rateCase, byPetitioner(k, id), { ...rating, unit: "not" });
  await execute(k.kernel, writeMessage, byPetitioner(k, id), { text: "补充", visibility: "petitioner", fileIds: [] });
  await execute(k.kernel, requestReview, byPetitioner(k, id), { grounds: "facts", text: "金额算错了", fileIds: [] });
  await execute(k.kernel, quashReview, byPerson(k, id, s.reviewer), {
    outcome: "quashed",
    facts: "事实不清",
    opinion: "撤销重办",
    basis: "第三十五条",
    redoDays: 20,
  });
  t.clock.advance({ days: 20 });
  await sweepClocks(k.kernel);
}

test("whatever a command writes, it writes all of it or, on a version that has moved, nothing", async () => {
  await using t = await openTestKernel();
  const w = watched(t);
  await life(t, { ...t, kernel: w.kernel, clock: t.clock });
  const shapes = new Map(
    w.batches
      .filter((b) => b.patch)
      .map((b) => [
        Object.entries(b)
          .filter(([, r]) => r.length > 0)
          .map(([arm]) => arm)
          .toSorted()
          .join("+"),
        b,
      ]),
  );
  expect(shapes.size).toBeGreaterThan(15);
  const state = () =>
    rows(
      t,
      `select (select count(*)::int from kernel.ledger) as entries, (select count(*)::int from kernel.outbox) as events,
      (select sum(version)::int from kernel.cases) as versions, (select md5(string_agg(n::text, '' order by id)) from kernel.notices n) as notices,
      (select md5(string_agg(c::text, '' order by id)) from kernel.clocks c) as clocks`,
    );
  const before = await state();

  for (const [shape, batch] of shapes) {
    const outcome = await apply(t.kernel.pool, batch).then(
      () => "written",
      (e: { code?: string }) => e.code,
    );
    expect([shape, outcome]).toEqual([shape, "DS409"]);
  }
  expect(await state()).toEqual(before);
});
