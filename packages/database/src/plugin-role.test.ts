import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { expect, test } from "vitest";
import { connect } from "./connect.ts";
import { migrate } from "./migrate.ts";
import { ensurePluginRole, pluginNames } from "./plugin-role.ts";
import { ensureAppRole } from "./roles.ts";
import { openTestDatabase, type TestDatabase } from "./testing/index.ts";
import { withLogin } from "./url.ts";

/** Two plugins with a table `note` each, and a kernel table. */
async function twoPlugins(database: TestDatabase) {
  await database.pool.query(
    "create schema kernel; create table kernel.cases (id int); insert into kernel.cases values (1)",
  );
  const dir = mkdtempSync(join(tmpdir(), "doorstep-plugin-"));
  writeFileSync(join(dir, "0001_note.sql"), "create table note (id int generated always as identity, body text);");
  for (const id of ["box-a", "box-b"]) {
    const names = await ensurePluginRole(database.pool, { id, connectionLimit: 8 });
    await migrate(database.pool, { package: names.schema, dir, as: names });
  }
}

async function asPlugin<T>(database: TestDatabase, id: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: withLogin(database.url, pluginNames(id).login) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

test("a plugin reads and writes its own tables", async () => {
  await using database = await openTestDatabase();
  await twoPlugins(database);

  const rows = await asPlugin(database, "box-a", async (client) => {
    await client.query("insert into note (body) values ('x')");
    await client.query("update note set body = 'y'");
    return (await client.query("select * from note")).rows;
  });

  expect(rows).toEqual([{ id: 1, body: "y" }]);
});

test.each([
  ["the kernel's tables", "select * from kernel.cases"],
  ["another plugin's tables", "select * from p_box_b.note"],
  ["its migrations' journal", "select * from doorstep_meta.migrations"],
  ["dropping its own table", "drop table note"],
  ["making a table", "create table p_box_a.mine (id int)"],
  ["making one in public", "create table public.mine (id int)"],
  ["the role of its owner", "set role p_box_a_owner"],
  ["the superuser's role", "set role postgres"],
  ["the server's role", "set role doorstep_app"],
  ["another plugin's role", "set role p_box_b"],
  ["another session login", "set session authorization postgres"],
  ["making a role", "create role other"],
  ["files of the machine", "select pg_read_file('postgresql.conf')"],
  ["programs of the machine", "copy note to program 'cat'"],
])("a plugin is refused: %s", async (_, statement) => {
  await using database = await openTestDatabase();
  await twoPlugins(database);

  const refused = asPlugin(database, "box-a", (client) => client.query(statement));

  await expect(refused).rejects.toMatchObject({ code: "42501" });
});

test("a plugin gets no more connections than its limit", async () => {
  await using database = await openTestDatabase();
  const { login } = await ensurePluginRole(database.pool, { id: "box-limit", connectionLimit: 2 });
  const clients = Array.from({ length: 3 }, () => new Client({ connectionString: withLogin(database.url, login) }));

  // One after the other: PostgreSQL counts whoever is just coming in, so that two at once can keep each other out.
  const outcomes: boolean[] = [];
  for (const client of clients) {
    outcomes.push(
      await client.connect().then(
        () => true,
        () => false,
      ),
    );
  }
  await Promise.allSettled(clients.map((client) => client.end()));

  expect(outcomes).toEqual([true, true, false]);
});

test("an owner who is no superuser can make plugin roles and run their migrations", async () => {
  await using database = await openTestDatabase();
  const name = new URL(database.url).pathname.slice(1);
  const login = `owner_${name}`;
  await database.pool.query(`create role ${login} login createrole; grant create on database ${name} to ${login}`);
  const dir = mkdtempSync(join(tmpdir(), "doorstep-plugin-"));
  writeFileSync(join(dir, "0001_note.sql"), "create table note (id int);");
  const owner = connect(withLogin(database.url, login));
  const id = `box-${name.replaceAll("_", "")}`;

  await ensureAppRole(owner);
  const names = await ensurePluginRole(owner, { id });
  await ensurePluginRole(owner, { id, password: "p" });
  const report = await migrate(owner, { package: names.schema, dir, as: names });
  await owner.end();

  expect(report.applied).toEqual(["0001_note.sql"]);
  const { rows } = await database.pool.query("select tableowner from pg_tables where schemaname = $1", [names.schema]);
  expect(rows).toEqual([{ tableowner: names.owner }]);
});

test.each(["Box", "1box", "box_a", "box--a", "-box", "", "a".repeat(56), 'x"; drop schema kernel; --'])(
  "%j is no plugin id",
  (id) => {
    expect(() => pluginNames(id)).toThrow("no plugin id");
  },
);
