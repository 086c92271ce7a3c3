import { setTimeout as sleep } from "node:timers/promises";
import { escapeIdentifier, escapeLiteral, type Pool } from "pg";

/** The login of the server process: owns nothing, has only what the migrations grant, row-level security holds for it. */
export const APP_ROLE = "doorstep_app";

/**
 * Another process makes or changes the same role at this moment: duplicate (42710, 23505), "tuple concurrently
 * updated" (XX000), deadlock (40P01). Roles belong to the whole server, so that no lock of one database keeps them apart.
 */
const COLLISION = new Set(["42710", "23505", "XX000", "40P01"]);
const ATTEMPTS = 20;

/** Runs statements that make or change roles, again when another process got in between. */
export async function changeRoles(pool: Pool, sql: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await pool.query(sql);
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !COLLISION.has(String((error as { code?: unknown }).code))) throw error;
      await sleep(5 * attempt);
    }
  }
}

/** Gives the statement that creates a role unless it exists. */
export function createRole(name: string, attributes: string): string {
  return `do $$ begin
    if not exists (select 1 from pg_roles where rolname = ${escapeLiteral(name)}) then
      create role ${escapeIdentifier(name)} ${attributes};
    end if;
  end $$;`;
}

/**
 * Makes sure that the server's own login exists, with this password (absent: none, for throw-away servers that trust
 * their socket). Call it before the migrations, which grant to it.
 */
export async function ensureAppRole(owner: Pool, options: { readonly password?: string } = {}): Promise<void> {
  await changeRoles(owner, createRole(APP_ROLE, "login noinherit nocreatedb nocreaterole"));
  if (options.password !== undefined) {
    await changeRoles(owner, `alter role ${APP_ROLE} password ${escapeLiteral(options.password)}`);
  }
}
