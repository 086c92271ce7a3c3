import { expect, test } from "vitest";
import { checkServer } from "./check-server.ts";
import { connect } from "./connect.ts";
import { openTestDatabase } from "./testing/index.ts";
import { withDatabase, withLogin } from "./url.ts";

test("a server where the login may do everything has no problem", async () => {
  await using database = await openTestDatabase();

  expect(await checkServer(database.pool)).toEqual([]);
});

test("a login without rights gets the statements that an administrator must run, and they cure it", async () => {
  await using database = await openTestDatabase();
  const name = new URL(database.url).pathname.slice(1);
  const login = `poor_${name}`;
  await database.pool.query(`create role ${login} login`);
  const poor = connect(withLogin(database.url, login), { max: 1 });

  const problems = await checkServer(poor);
  for (const { sql } of problems) await database.pool.query(sql ?? "");
  const cured = await checkServer(poor);
  await poor.end();

  expect(problems.map((problem) => problem.code)).toEqual(["roles", "schemas", "extension", "extension"]);
  expect(cured).toEqual([]);
});

test.each([
  ["lc-ctype", "encoding 'UTF8' locale 'C'"],
  ["encoding", "encoding 'SQL_ASCII' locale 'C'"],
])("a database whose text could not be searched is refused: %s", async (code, options) => {
  await using database = await openTestDatabase();
  const name = `${new URL(database.url).pathname.slice(1)}_c`;
  await database.pool.query(`create database ${name} template template0 locale_provider libc ${options}`);
  const pool = connect(withDatabase(database.url, name), { max: 1 });

  const problems = await checkServer(pool);
  await pool.end();
  await database.pool.query(`drop database ${name}`);

  expect(problems.map((problem) => problem.code)).toEqual([code]);
});
