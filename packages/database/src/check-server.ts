import type { Pool } from "pg";
import { APP_ROLE } from "./roles.ts";

/** Something that keeps Doorstep from working on a server. */
export interface ServerProblem {
  readonly code: "version" | "read-only" | "encoding" | "lc-ctype" | "roles" | "schemas" | "extension" | "connections";
  /** One sentence for the person who starts Doorstep. */
  readonly text: { readonly "zh-CN": string; readonly en: string };
  /** What an administrator of the database runs; absent when no statement helps. */
  readonly sql?: string;
}

interface Facts {
  readonly version: number;
  readonly version_text: string;
  readonly login: string;
  readonly database: string;
  readonly superuser: boolean;
  readonly may_create_roles: boolean;
  readonly may_create_schemas: boolean;
  readonly read_only: boolean;
  readonly encoding: string;
  readonly ctype: string;
  readonly max_connections: number;
  readonly app_role: boolean;
}

const FACTS = `
  select current_setting('server_version_num')::int as version, current_setting('server_version') as version_text,
    current_user::text as login, current_database()::text as database,
    r.rolsuper as superuser, r.rolsuper or r.rolcreaterole as may_create_roles,
    has_database_privilege(current_database(), 'CREATE') as may_create_schemas,
    pg_is_in_recovery() or current_setting('default_transaction_read_only') = 'on' as read_only,
    pg_encoding_to_char(d.encoding)::text as encoding, d.datctype::text as ctype,
    current_setting('max_connections')::int as max_connections,
    exists (select 1 from pg_roles where rolname = $1) as app_role
  from pg_roles r, pg_database d where r.rolname = current_user and d.datname = current_database()`;

const EXTENSIONS = ["ltree", "pg_trgm"] as const;
const OLDEST = 150_000;
const FEWEST_CONNECTIONS = 50;

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Asks a foreign server whether Doorstep can run on it with this login; an empty list means yes. */
export async function checkServer(pool: Pool): Promise<readonly ServerProblem[]> {
  const { rows } = await pool.query<Facts>(FACTS, [APP_ROLE]);
  const [facts] = rows;
  if (!facts) throw new Error("The server did not describe itself.");
  const { rows: extensions } = await pool.query<{ name: string; installed: boolean; creatable: boolean }>(
    `select v.name::text, e.oid is not null as installed, bool_or(v.trusted or not v.superuser) as creatable
     from pg_available_extension_versions v left join pg_extension e on e.extname = v.name
     where v.name = any($1) group by v.name, e.oid`,
    [EXTENSIONS],
  );
  const problems = [...serverProblems(facts), ...databaseProblems(facts)];
  for (const name of EXTENSIONS) {
    const found = extensions.find((extension) => extension.name === name);
    const creatable = facts.superuser || (found?.creatable && facts.may_create_schemas);
    if (!found?.installed && !(found && creatable)) problems.push(extensionProblem(name, found !== undefined));
  }
  return problems;
}

function serverProblems(facts: Facts): ServerProblem[] {
  const problems: ServerProblem[] = [];
  if (facts.version < OLDEST) {
    problems.push({
      code: "version",
      text: {
        "zh-CN": `数据库是 PostgreSQL ${facts.version_text}，需要 15 或更高版本。请升级数据库服务器。`,
        en: `The server is PostgreSQL ${facts.version_text}; Doorstep needs 15 or later. Upgrade the server.`,
      },
    });
  }
  if (facts.read_only) {
    problems.push({
      code: "read-only",
      text: {
        "zh-CN": "该数据库只读（备用库）。请将 DATABASE_URL 指向主库。",
        en: "The database is read-only (a standby). Point DATABASE_URL to the primary.",
      },
    });
  }
  if (facts.max_connections < FEWEST_CONNECTIONS) {
    problems.push({
      code: "connections",
      text: {
        "zh-CN": `服务器只允许 ${facts.max_connections} 个连接，至少需要 ${FEWEST_CONNECTIONS} 个。修改后须重启数据库。`,
        en: `The server allows only ${facts.max_connections} connections; at least ${FEWEST_CONNECTIONS} are needed. The change needs a restart of the server.`,
      },
      sql: "alter system set max_connections = 300;",
    });
  }
  if (!facts.may_create_roles) {
    problems.push({
      code: "roles",
      text: {
        "zh-CN": `登录角色 ${facts.login} 不能创建角色；每个模块都需要自己的数据库角色。`,
        en: `The login ${facts.login} may not create roles; every module gets a role of its own.`,
      },
      sql: `alter role ${quote(facts.login)} createrole;`,
    });
  }
  return problems;
}

function databaseProblems(facts: Facts): ServerProblem[] {
  const problems: ServerProblem[] = [];
  const owner = `owner ${quote(facts.login)}`;
  const anew = `create database doorstep ${owner} template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8';`;
  if (facts.encoding !== "UTF8") {
    problems.push({
      code: "encoding",
      text: {
        "zh-CN": `数据库编码是 ${facts.encoding}，须为 UTF8。编码无法更改：请新建数据库，再让 DATABASE_URL 指向它。`,
        en: `The database is encoded in ${facts.encoding}, it must be UTF8. That cannot be changed: create a new one and point DATABASE_URL to it.`,
      },
      sql: anew,
    });
  } else if (facts.ctype === "C" || facts.ctype === "POSIX") {
    problems.push({
      code: "lc-ctype",
      text: {
        "zh-CN": `数据库的 LC_CTYPE 是 ${facts.ctype}，无法检索汉字。该设置无法更改：请新建数据库，再让 DATABASE_URL 指向它。`,
        en: `The database has LC_CTYPE ${facts.ctype}: Chinese text could not be searched. That cannot be changed: create a new one and point DATABASE_URL to it.`,
      },
      sql: anew,
    });
  }
  if (!facts.may_create_schemas) {
    problems.push({
      code: "schemas",
      text: {
        "zh-CN": `登录角色 ${facts.login} 不能在数据库 ${facts.database} 中创建模式。`,
        en: `The login ${facts.login} may not create schemas in the database ${facts.database}.`,
      },
      sql: `grant create on database ${quote(facts.database)} to ${quote(facts.login)};`,
    });
  }
  return problems;
}

function extensionProblem(name: string, available: boolean): ServerProblem {
  if (!available) {
    return {
      code: "extension",
      text: {
        "zh-CN": `服务器上没有扩展 ${name}。请安装 PostgreSQL 的 contrib 软件包。`,
        en: `The server does not have the extension ${name}. Install PostgreSQL's contrib package.`,
      },
    };
  }
  return {
    code: "extension",
    text: {
      "zh-CN": `登录角色不能安装扩展 ${name}。请由管理员在此数据库中安装。`,
      en: `The login may not install the extension ${name}. An administrator installs it in this database.`,
    },
    sql: `create extension if not exists ${name};`,
  };
}
