/** What a plugin's migration may do: anything that leaves older code working on the same tables. */
const allowed: readonly RegExp[] = [
  /^create table\b/,
  /^create (unique )?index\b/,
  /^create sequence\b/,
  /^create type\b/,
  /^comment on\b/,
  /^insert into\b/,
  /^update\b/,
  /^alter table( if exists)?( only)? \S+ add column\b/,
];

/** Takes out comments, and strings and quoted bodies as empty ones, so that what they hold is not read as SQL. */
function withoutLiterals(sql: string): string {
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|\$([A-Za-z_]\w*|)\$[\s\S]*?\$\1\$|'(?:[^']|'')*'/g, (found) =>
    found.startsWith("--") || found.startsWith("/*") ? " " : "''",
  );
}

function isAddedColumnSafe(statement: string): boolean {
  if (!statement.startsWith("alter table")) return true;
  // Several actions in one statement hide the later ones behind the first.
  const actions = statement.split(/,\s*(?=add |drop |alter |rename )/);
  return actions.every(
    (action, index) =>
      (index === 0 || action.startsWith("add column")) && (!/\bnot null\b/.test(action) || /\bdefault\b/.test(action)),
  );
}

/** Names with a schema in front, at the places where a statement names what it works on. */
function foreignSchema(statement: string, schema: string): boolean {
  const names = statement.matchAll(
    /\b(?:table(?: if (?:not )?exists)?(?: only)?|index(?: concurrently)?(?: if not exists)?|on|into|update|references|sequence|type|from|join) ("?[a-z_][\w$]*"?)\s*\.\s*"?[a-z_]/g,
  );
  return [...names].some((found) => found[1]?.replaceAll('"', "") !== schema);
}

/**
 * Finds the first statement of a migration that does more than add, or touches what is not the plugin's.
 *
 * The login that runs it has no rights elsewhere; this is the sentence an author reads before that.
 */
export function firstThatDoesNotAdd(sql: string, schema: string): string | undefined {
  const statements = withoutLiterals(sql)
    .split(";")
    .map((one) => one.replaceAll(/\s+/g, " ").trim().toLowerCase())
    .filter(Boolean);
  return statements
    .find((one) => !allowed.some((form) => form.test(one)) || !isAddedColumnSafe(one) || foreignSchema(one, schema))
    ?.slice(0, 120);
}
