import { drizzle } from "drizzle-orm/node-postgres";
import { integer, pgTable } from "drizzle-orm/pg-core";
import { Pool as PgPool, type Pool } from "pg";
import { expect, test } from "vitest";
import { arrayLiteral, withScope } from "./scope.ts";
import { openTestDatabase, type TestDatabase } from "./testing/index.ts";

const SEES =
  "select nullif(current_setting('app.keys', true), '')::text[] as keys, nullif(current_setting('app.me', true), '') as me";

/** A table with a row for each of the keys 1 and 2, fenced by the scope. */
async function fence(database: TestDatabase): Promise<void> {
  await database.pool.query(`
    create table letter (key int);
    insert into letter values (1), (2);
    alter table letter enable row level security;
    grant select, insert on letter to doorstep_app;
    create policy fence on letter using (key = any((select nullif(current_setting('app.keys', true), ''))::int[]));
  `);
}

/** One connection only: what a request leaves behind would meet the next one. */
function narrow(database: TestDatabase): Pool {
  return new PgPool({ connectionString: database.appUrl, max: 1, pipeline: true });
}

test("policies see the keys and the person of the scope", async () => {
  await using database = await openTestDatabase();
  await fence(database);

  const seen = await withScope(database.appPool, { keys: ["2"], me: "p-7" }, async ({ client }) => [
    (await client.query(SEES)).rows,
    (await client.query("select key from letter")).rows,
  ]);

  expect(seen).toEqual([[{ keys: ["2"], me: "p-7" }], [{ key: 2 }]]);
});

test("without keys nothing is seen, and nothing breaks", async () => {
  await using database = await openTestDatabase();
  await fence(database);

  const rows = await withScope(database.appPool, { keys: [], me: "" }, async ({ client }) => {
    return (await client.query("select key from letter")).rows;
  });

  expect(rows).toEqual([]);
});

test.each(["commits", "fails"])("no scope is left on the connection after a request that %s", async (ending) => {
  await using database = await openTestDatabase();
  await fence(database);
  const pool = narrow(database);

  await withScope(pool, { keys: ["1", "2"], me: "p-1" }, async ({ client }) => {
    await client.query("select 1");
    if (ending === "fails") throw new Error("refused");
  }).catch(() => undefined);
  const after = await pool.query(SEES);
  const letters = await pool.query("select key from letter");
  await pool.end();

  expect(after.rows).toEqual([{ keys: null, me: null }]);
  expect(letters.rows).toEqual([]);
});

test("requests that run at once keep their scopes apart", async () => {
  await using database = await openTestDatabase();

  const seen = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      withScope(database.appPool, { keys: [`k${index}`], me: `p${index}` }, async ({ client }) => {
        await client.query("select pg_sleep(0.005)");
        return (await client.query(SEES)).rows[0];
      }),
    ),
  );

  expect(seen).toEqual(Array.from({ length: 40 }, (_, index) => ({ keys: [`k${index}`], me: `p${index}` })));
});

test("work that throws leaves no row", async () => {
  await using database = await openTestDatabase();
  await fence(database);

  const failed = withScope(database.appPool, { keys: ["9"], me: "p" }, async ({ client }) => {
    await client.query("insert into letter values (9)");
    throw new Error("changed my mind");
  });

  await expect(failed).rejects.toThrow("changed my mind");
  expect((await database.pool.query("select count(*)::int as n from letter")).rows).toEqual([{ n: 2 }]);
});

test("a failed statement that the work swallowed is not reported as done", async () => {
  await using database = await openTestDatabase();

  const swallowed = withScope(database.appPool, { keys: [], me: "" }, async ({ client }) => {
    await client.query("select 1/0").catch(() => undefined);
    return "done";
  });

  await expect(swallowed).rejects.toThrow("rolled back");
});

test("drizzle queries with the tables of its database, and a transaction inside is a savepoint", async () => {
  await using database = await openTestDatabase();
  await fence(database);
  const letter = pgTable("letter", { key: integer() });
  const db = drizzle(database.appPool, { schema: { letter } });

  const seen = await withScope(db, { keys: ["1", "5"], me: "p" }, async (scoped) => {
    await scoped.db
      .transaction(async (inner) => {
        await inner.insert(letter).values({ key: 5 });
        throw new Error("only this part");
      })
      .catch(() => undefined);
    return await scoped.db.query.letter.findMany();
  });

  expect(seen).toEqual([{ key: 1 }]);
});

test.each([
  [[], "{}"],
  [["a", "b"], '{"a","b"}'],
  [['quote"', "back\\slash", "comma,brace}"], '{"quote\\"","back\\\\slash","comma,brace}"}'],
])("keys %j are written as %s", (keys, literal) => {
  expect(arrayLiteral(keys)).toBe(literal);
});

test("whatever characters a key has, PostgreSQL reads the same key back", async () => {
  await using database = await openTestDatabase();
  const keys = ["", " ", "NULL", "null", '"', "\\", '\\"', "{}", "a,b", "'; select 1 --", "信访\n局", "👩‍👩‍👧", "$1"];

  const rows = await withScope(database.appPool, { keys, me: "'\\\"" }, async ({ client }) => {
    return (await client.query(SEES)).rows;
  });

  expect(rows).toEqual([{ keys, me: "'\\\"" }]);
});
