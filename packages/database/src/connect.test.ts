import { expect, test } from "vitest";
import { connect } from "./connect.ts";
import { openTestDatabase } from "./testing/index.ts";

test("a local date stays the text it is, a count is a number, an instant is a Date", async () => {
  await using database = await openTestDatabase();

  const { rows } = await database.pool.query(
    "select date '2026-11-01' as day, count(*) as n, timestamptz '2026-11-01T00:00:00+08' as at, null::date as none",
  );

  expect(rows).toEqual([{ day: "2026-11-01", n: 1, at: new Date("2026-10-31T16:00:00Z"), none: null }]);
});

test("a bigint that a number cannot hold is refused instead of rounded", async () => {
  await using database = await openTestDatabase();

  await expect(database.pool.query("select 9007199254740993::bigint")).rejects.toThrow(RangeError);
  expect((await database.pool.query("select 1 as alive")).rows).toEqual([{ alive: 1 }]);
});

test("statements sent without waiting travel together", async () => {
  await using database = await openTestDatabase();
  const pool = connect(database.url, { max: 1 });
  const client = await pool.connect();
  const order: string[] = [];

  const slow = client.query("select pg_sleep(0.05)").then(() => order.push("slow"));
  const next = client.query("select 1").then(() => order.push("next"));
  await Promise.all([slow, next]);
  client.release();
  await pool.end();

  expect(order).toEqual(["slow", "next"]);
});

test("a connection that breaks while it is lent out ends neither the process nor the pool", async () => {
  await using database = await openTestDatabase();
  const pool = connect(database.url, { max: 1 });
  const client = await pool.connect();
  const { rows } = await client.query("select pg_backend_pid() as pid");

  const ended = new Promise((done) => client.once("end", done));
  await database.pool.query("select pg_terminate_backend($1)", [rows[0].pid]);
  await ended;
  await expect(client.query("select pg_sleep(10)")).rejects.toThrow();
  client.release(true);

  expect((await pool.query("select 1 as alive")).rows).toEqual([{ alive: 1 }]);
  await pool.end();
});
