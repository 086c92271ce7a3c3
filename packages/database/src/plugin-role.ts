import { escapeIdentifier, escapeLiteral, type Pool } from "pg";
import { changeRoles, createRole } from "./roles.ts";

/** The names in the database that belong to one plugin. */
export interface PluginNames {
  /** The schema that holds all its tables. */
  readonly schema: string;
  /** The login its code connects with. */
  readonly login: string;
  /** Owns the schema and runs the migrations; nobody can log in as it. */
  readonly owner: string;
}

const PLUGIN_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** PostgreSQL cuts names at 63 bytes; `p_` and `_owner` stand around the id. */
const ID_MAX = 55;

/** Names what a plugin owns in the database: `online-petition` has schema and login `p_online_petition`. */
export function pluginNames(id: string): PluginNames {
  if (!PLUGIN_ID.test(id) || id.length > ID_MAX) {
    throw new Error(`"${id}" is no plugin id: lower-case words joined by "-", ${ID_MAX} characters at most.`);
  }
  const login = `p_${id.replaceAll("-", "_")}`;
  return { schema: login, login, owner: `${login}_owner` };
}

/**
 * Makes sure that a plugin has its schema, the role that owns it and its own login, which can read and write its own
 * tables and nothing else. A login of its own, because a shared one could `RESET ROLE` and read the kernel's data.
 * Safe to repeat, also with a new password.
 */
export async function ensurePluginRole(
  owner: Pool,
  plugin: {
    readonly id: string;
    /** Absent only on throw-away servers. */
    readonly password?: string;
    /** Three for each server process. @defaultValue 3 */
    readonly connectionLimit?: number;
  },
): Promise<PluginNames> {
  const names = pluginNames(plugin.id);
  const login = escapeIdentifier(names.login);
  const schemaOwner = escapeIdentifier(names.owner);
  const schema = escapeIdentifier(names.schema);
  await changeRoles(owner, createRole(names.owner, "nologin"));
  await changeRoles(owner, createRole(names.login, "login noinherit"));
  const password = plugin.password === undefined ? "" : `password ${escapeLiteral(plugin.password)}`;
  const limit = Math.trunc(plugin.connectionLimit ?? 3);
  await changeRoles(
    owner,
    `
    grant ${schemaOwner} to current_user;
    alter role ${login} login connection limit ${limit} ${password};
    alter role ${login} set statement_timeout = '10s';
    alter role ${login} set idle_in_transaction_session_timeout = '30s';
    alter role ${login} set search_path = ${schema};
    create schema if not exists ${schema} authorization ${schemaOwner};
    grant usage on schema ${schema} to ${login};
    alter default privileges for role ${schemaOwner} in schema ${schema}
      grant select, insert, update, delete on tables to ${login};
    alter default privileges for role ${schemaOwner} in schema ${schema} grant usage, select on sequences to ${login};
  `,
  );
  return names;
}
