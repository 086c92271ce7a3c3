import type { ExtractTablesWithRelations } from "drizzle-orm";
import { drizzle, type NodePgDatabase, NodePgSession, NodePgTransaction } from "drizzle-orm/node-postgres";
import type { Pool, PoolClient } from "pg";

/** What row-level security knows about the one who asks. */
export interface Scope {
  /** The audience keys of the actor; none: he sees no case. */
  readonly keys: readonly string[];
  /** Beside each key, what it reaches: how high, and whether only what lies at the unit itself. */
  readonly limits?: readonly { readonly ceiling: number; readonly flat: boolean }[];
  /** The person; empty for nobody. */
  readonly me: string;
}

type Schema = Record<string, unknown>;
type NoSchema = Record<string, never>;
type Tables<TSchema extends Schema> = ExtractTablesWithRelations<TSchema>;

/** What a scoped piece of work queries with; both are the same connection inside the same transaction. */
export interface Scoped<TSchema extends Schema = NoSchema> {
  readonly db: NodePgTransaction<TSchema, Tables<TSchema>>;
  readonly client: PoolClient;
}

type ScopedDatabase<TSchema extends Schema> = NodePgDatabase<TSchema> & { readonly $client: Pool };

/** The parts of a drizzle database that its types hide; a new `drizzle()` per request costs 0.9-3.1 ms, this 0.05 ms. */
interface Insides<TSchema extends Schema> {
  readonly dialect: ConstructorParameters<typeof NodePgSession<TSchema, Tables<TSchema>>>[1];
  readonly session: {
    readonly schema: ConstructorParameters<typeof NodePgSession<TSchema, Tables<TSchema>>>[2];
  };
}

const plain = new WeakMap<Pool, object>();

function databaseOf<TSchema extends Schema>(pool: Pool): ScopedDatabase<TSchema> {
  let database = plain.get(pool);
  if (!database) {
    database = drizzle(pool);
    plain.set(pool, database);
  }
  // Whoever gives a pool names no tables, so that the schema type is the empty one.
  return database as ScopedDatabase<TSchema>;
}

/** Writes keys as a PostgreSQL array literal, whatever characters they hold. */
export function arrayLiteral(keys: readonly string[]): string {
  return `{${keys.map((key) => `"${key.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`).join(",")}}`;
}

const SET_SCOPE = `select set_config('app.keys', $1, true), set_config('app.me', $2, true),
  set_config('app.ceilings', $3, true), set_config('app.flat', $4, true)`;

const settingsOf = ({ keys, me, limits = [] }: Scope): string[] => [
  arrayLiteral(keys),
  me,
  arrayLiteral(limits.map((limit) => String(limit.ceiling))),
  arrayLiteral(limits.map((limit) => String(limit.flat))),
];

/**
 * Runs work in one transaction in which the policies see the given scope; commits when it resolves, rolls back when it
 * throws. `begin`, the scope and the first statement travel together.
 *
 * Policies read the settings as `nullif(current_setting('app.keys', true), '')::int[]`: after a transaction that set
 * them they are empty, not null. Keys that stand for nobody must be given as an empty list, never left out.
 */
export async function withScope<T, TSchema extends Schema = NoSchema>(
  target: Pool | ScopedDatabase<TSchema>,
  scope: Scope,
  work: (scoped: Scoped<TSchema>) => Promise<T>,
): Promise<T> {
  const database = "$client" in target ? target : databaseOf<TSchema>(target);
  const client = await database.$client.connect();
  let broken: Error | undefined;
  try {
    const opened = Promise.all([
      client.query("begin"),
      client.query({ name: "set_scope", text: SET_SCOPE, values: settingsOf(scope) }),
    ]);
    // Awaited below; until then a failure must not count as unhandled.
    opened.catch(() => undefined);
    const result = await work({ db: onClient(database, client), client });
    await opened;
    const end = await client.query("commit");
    if (end.command !== "COMMIT") throw new Error("The transaction was rolled back: one of its statements had failed.");
    return result;
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    // A connection that could not roll back may still carry the scope: it is closed, not reused.
    client.release(broken);
  }
}

/** A transaction, not a database: a `transaction()` inside becomes a savepoint instead of a second `begin`. */
function onClient<TSchema extends Schema>(database: ScopedDatabase<TSchema>, client: PoolClient) {
  const { dialect, session } = database as unknown as Insides<TSchema>;
  return new NodePgTransaction<TSchema, Tables<TSchema>>(
    dialect,
    new NodePgSession<TSchema, Tables<TSchema>>(client, dialect, session.schema),
    session.schema,
  );
}
