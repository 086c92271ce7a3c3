import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { migrate } from "./migrate.ts";
import { openTestDatabase } from "./testing/index.ts";

function folder(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), "doorstep-migrations-"));
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(dir, name), sql);
  return dir;
}

test("files run once, in the order of their names", async () => {
  await using database = await openTestDatabase();
  const dir = folder({ "0002_b.sql": "alter table a add column y int;", "0001_a.sql": "create table a (x int);" });

  const first = await migrate(database.pool, { package: "kernel", dir });
  const second = await migrate(database.url, { package: "kernel", dir });

  expect(first).toEqual({ applied: ["0001_a.sql", "0002_b.sql"], known: [] });
  expect(second).toEqual({ applied: [], known: ["0001_a.sql", "0002_b.sql"] });
});
