import { expect, test } from "vitest";
import { connect } from "./connect.ts";
import { isAway } from "./is-away.ts";
import { openTestDatabase } from "./testing/index.ts";

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test("a connection that is cut, refused or without a server is away; a wrong statement is not", async () => {
  await using database = await openTestDatabase();
  const cut = connect(database.url, { max: 1 });
  const client = await cut.connect();
  client.on("error", () => undefined);
  const { rows } = await client.query("select pg_backend_pid() as pid");
  const sleeping = thrownBy(client.query("select pg_sleep(30)"));
  await database.pool.query("select pg_terminate_backend($1)", [rows[0].pid]);
  expect(isAway(await sleeping)).toBe(true);
  expect(isAway(await thrownBy(client.query("select 1")))).toBe(true);
  client.release(true);
  await cut.end();

  const nobody = connect("postgres://nobody@127.0.0.1:1/none");
  expect(isAway(await thrownBy(nobody.query("select 1")))).toBe(true);
  await nobody.end();
  const noSocket = connect("postgres://nobody@/none?host=/no/such/folder");
  const lost = await thrownBy(noSocket.query("select 1"));
  expect(isAway(new Error("wrapped", { cause: lost }))).toBe(true);
  await noSocket.end();

  for (const wrong of ["select nothing_here", "select 1/0", "select from"])
    expect([wrong, isAway(await thrownBy(database.pool.query(wrong)))]).toEqual([wrong, false]);
  expect(isAway(Object.assign(new Error("no such file"), { code: "ENOENT", syscall: "open" }))).toBe(false);
  expect(isAway("away")).toBe(false);
});
