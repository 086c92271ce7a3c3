import { escapeIdentifier, escapeLiteral, type Pool } from "pg";

/** The login of the server process: owns nothing, has only what the migrations grant, row-level security holds for it. */
export const APP_ROLE = "doorstep_app";

/** Two processes may make the same role at once; the second finds it made. */
const ALREADY_THERE = new Set(["42710", "23505"]);

/** Creates a role unless it exists; one made meanwhile by another process counts as made. */
export async function createRole(pool: Pool, name: string, attributes: string): Promise<void> {
  const { rowCount } = await pool.query("select 1 from pg_roles where rolname = $1", [name]);
  if (rowCount) return;
  try {
    await pool.query(`create role ${escapeIdentifier(name)} ${attributes}`);
  } catch (error) {
    if (!ALREADY_THERE.has(String((error as { code?: unknown }).code))) throw error;
  }
}

/**
 * Makes sure that the server's own login exists, with this password (absent: none, for throw-away servers that trust
 * their socket). Call it before the migrations, which grant to it.
 */
export async function ensureAppRole(owner: Pool, options: { readonly password?: string } = {}): Promise<void> {
  await createRole(owner, APP_ROLE, "login noinherit nocreatedb nocreaterole");
  if (options.password !== undefined) {
    await owner.query(`alter role ${APP_ROLE} password ${escapeLiteral(options.password)}`);
  }
}
