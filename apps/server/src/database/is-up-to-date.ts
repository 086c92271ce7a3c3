import { readMigrations } from "@doorstep/database";
import type { Pool } from "pg";
import { ownMigrations } from "../migrations.ts";

/** Whether this release has been started on these data. */
export async function isUpToDate(owner: Pool): Promise<boolean> {
  const { rows } = await owner.query<{ one: string }>(
    "select package || '/' || name as one from doorstep_meta.migrations",
  );
  const done = new Set(rows.map((row) => row.one));
  return ownMigrations.every((set) => readMigrations(set.dir).every((file) => done.has(`${set.package}/${file.name}`)));
}
