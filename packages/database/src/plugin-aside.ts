import { escapeIdentifier, type PoolClient } from "pg";
import { MIGRATION_LOCK } from "./migrate.ts";
import { pluginNames } from "./plugin-role.ts";

/** Whether a plugin has a schema, with whatever is in it. */
export async function hasPluginSchema(client: Pick<PoolClient, "query">, id: string): Promise<boolean> {
  const { rowCount } = await client.query("select from pg_namespace where nspname = $1", [pluginNames(id).schema]);
  return rowCount !== 0;
}

const lock = (client: PoolClient): Promise<unknown> =>
  client.query("select pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);

/**
 * Puts a plugin's schema aside under another name, in the caller's transaction: its login can log in no more and reach
 * nothing there, and the journal does not know it any more.
 *
 * @returns the journal of its migrations, for {@link bringPluginBack}
 */
export async function putPluginAside(client: PoolClient, id: string, as: string): Promise<unknown> {
  const names = pluginNames(id);
  await lock(client);
  await client.query(`alter schema ${escapeIdentifier(names.schema)} rename to ${escapeIdentifier(as)}`);
  await client.query(`revoke all on schema ${escapeIdentifier(as)} from ${escapeIdentifier(names.login)}`);
  await client.query(`alter role ${escapeIdentifier(names.login)} nologin`);
  const { rows } = await client.query<{ journal: unknown }>(
    `with gone as (delete from doorstep_meta.migrations where package = $1 returning *)
     select coalesce(jsonb_agg(to_jsonb(gone)), '[]') as journal from gone`,
    [names.schema],
  );
  return rows[0]?.journal ?? [];
}

/** Gives a plugin back what was put aside, in the caller's transaction. @returns whether it was still there */
export async function bringPluginBack(
  client: PoolClient,
  id: string,
  aside: { readonly as: string; readonly journal: unknown },
): Promise<boolean> {
  const names = pluginNames(id);
  await lock(client);
  const { rowCount } = await client.query("select from pg_namespace where nspname = $1", [aside.as]);
  if (rowCount === 0) return false;
  await client.query(`alter schema ${escapeIdentifier(aside.as)} rename to ${escapeIdentifier(names.schema)}`);
  await client.query(`grant usage on schema ${escapeIdentifier(names.schema)} to ${escapeIdentifier(names.login)}`);
  await client.query(`alter role ${escapeIdentifier(names.login)} login`);
  await client.query(
    `insert into doorstep_meta.migrations
     select * from jsonb_populate_recordset(null::doorstep_meta.migrations, $1::jsonb)`,
    [JSON.stringify(aside.journal)],
  );
  return true;
}

/** Drops what was put aside, in the caller's transaction; there is no way back. */
export async function dropPutAside(client: PoolClient, as: string): Promise<void> {
  await client.query(`drop schema if exists ${escapeIdentifier(as)} cascade`);
}
