import type { Pool, PoolClient } from "pg";

/** A version of a module that was installed as an archive. */
export interface InstalledArchive {
  readonly pluginId: string;
  readonly version: string;
  readonly digest: string;
  /** id of the key, `null` where it is not signed */
  readonly publisher: string | null;
  readonly capabilities: readonly string[];
  readonly installedAt: Date;
  readonly activeSince: Date | null;
}

type Reader = Pick<Pool | PoolClient, "query">;

const COLUMNS = `plugin_id as "pluginId", version, digest, publisher, capabilities, installed_at as "installedAt",
  active_since as "activeSince"`;

/** What is to run, by the id of the module. */
export async function activeArchives(reader: Reader): Promise<ReadonlyMap<string, InstalledArchive>> {
  const { rows } = await reader.query<InstalledArchive>(
    `select ${COLUMNS} from kernel.plugin_archive where active_since is not null order by plugin_id`,
  );
  return new Map(rows.map((row) => [row.pluginId, row]));
}

/** Every version that was ever installed. */
export async function allArchives(reader: Reader): Promise<readonly InstalledArchive[]> {
  const { rows } = await reader.query<InstalledArchive>(`select ${COLUMNS} from kernel.plugin_archive`);
  return rows;
}

/** All versions of one module, the one that runs first, then the newest. */
export async function archivesOf(reader: Reader, pluginId: string): Promise<readonly InstalledArchive[]> {
  const { rows } = await reader.query<InstalledArchive>(
    `select ${COLUMNS} from kernel.plugin_archive where plugin_id = $1
      order by active_since is null, coalesce(ended_at, installed_at) desc, digest`,
    [pluginId],
  );
  return rows;
}
