import { openTestDatabase } from "@doorstep/database/testing";
import { getTableConfig, type PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { kernelMigrations } from "../migrations.ts";
import { people } from "../people/people.table.ts";
import { roleGrants } from "../people/role-grants.table.ts";
import { secondFactorRules } from "../people/second-factor-rules.table.ts";
import { topics, topicVersion } from "../topics/topics.table.ts";
import { offices } from "../units/offices.table.ts";
import { unitHistory } from "../units/unit-history.table.ts";
import { units } from "../units/units.table.ts";

const tables: readonly PgTable[] = [
  units,
  unitHistory,
  offices,
  people,
  roleGrants,
  secondFactorRules,
  topics,
  topicVersion,
];

test("the tables the code names are those the migrations make, column by column", async () => {
  await using database = await openTestDatabase({ migrations: [kernelMigrations] });
  const { rows } = await database.pool.query<{ table: string; name: string; type: string; required: boolean }>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'kernel' and a.attnum > 0 and not a.attisdropped`,
  );

  for (const table of tables) {
    const { name, columns } = getTableConfig(table);
    const made = rows.filter((row) => row.table === name).map(({ table: _, ...column }) => column);
    const named = columns.map((column) => ({
      name: column.name,
      type: column.getSQLType(),
      required: column.notNull || column.primary,
    }));
    expect(named.toSorted(byName), name).toEqual(made.toSorted(byName));
  }
});

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
