import { DoorstepError } from "@doorstep/contracts";
import type { Change } from "@doorstep/kernel";
import type { CheckedArchive } from "../archive/check-archive.ts";
import { archivesOf } from "./archives.ts";
import { note, personOf } from "./publishers.ts";

/** Told to every server process when what is to run has changed. */
export const CHANNEL = "doorstep_plugins";

export interface Installation {
  readonly archive: CheckedArchive;
  readonly why: string;
}

/** Nothing but that there is news; or the id of a module that is to run again after a quarantine. */
const tell = (change: Change, released = ""): Promise<unknown> =>
  change.client.query("select pg_notify($1, $2)", [CHANNEL, released]);

/** Makes an archive the version that is to run, with what was approved for it. */
export async function install(change: Change, { archive, why }: Installation): Promise<void> {
  const { manifest, digest, publisher } = archive;
  await endActive(change, manifest.id);
  await change.client.query(
    `insert into kernel.plugin_archive
       (plugin_id, version, digest, publisher, capabilities, why, installed_by, installed_at, active_since)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
     on conflict (plugin_id, digest) do update set publisher = excluded.publisher, capabilities = excluded.capabilities,
       why = excluded.why, installed_by = excluded.installed_by, active_since = excluded.active_since`,
    [
      manifest.id,
      manifest.version,
      digest,
      publisher?.keyId ?? null,
      manifest.capabilities,
      why,
      personOf(change),
      change.at,
    ],
  );
  await note(change, "module.installed", {
    plugin: manifest.id,
    version: manifest.version,
    digest,
    publisher: publisher?.keyId ?? null,
    capabilities: [...manifest.capabilities],
  });
  await tell(change);
}

async function endActive(change: Change, pluginId: string): Promise<boolean> {
  // two who decide at once do so one after the other
  await change.client.query("select revision from kernel.plugin_registry for update");
  const { rowCount } = await change.client.query(
    "update kernel.plugin_archive set active_since = null, ended_at = $2 where plugin_id = $1 and active_since is not null",
    [pluginId, change.at],
  );
  return rowCount !== 0;
}

/**
 * Goes back to a version that was installed before. Safe, because migrations only add: its tables are there.
 *
 * @throws DoorstepError `module.versionUnknown`; `module.publisherUnknown` where its key was revoked since
 */
export async function rollBack(change: Change, of: { readonly pluginId: string; readonly digest: string }) {
  const known = (await archivesOf(change.client, of.pluginId)).find((one) => one.digest === of.digest);
  if (!known) throw new DoorstepError("module.versionUnknown");
  if (known.activeSince) return;
  const revoked = await change.client.query(
    "select from kernel.plugin_publisher where key_id = $1 and revoked_at is not null",
    [known.publisher],
  );
  if (revoked.rowCount !== 0) throw new DoorstepError("module.publisherUnknown");
  await endActive(change, of.pluginId);
  await change.client.query("update kernel.plugin_archive set active_since = $3 where plugin_id = $1 and digest = $2", [
    of.pluginId,
    of.digest,
    change.at,
  ]);
  await note(change, "module.installed", {
    plugin: of.pluginId,
    version: known.version,
    digest: known.digest,
    publisher: known.publisher,
    capabilities: [...known.capabilities],
    again: true,
  });
  await tell(change);
}

/**
 * Takes a module out of service everywhere. Its tables, files and what it left at petitions stay.
 *
 * @throws DoorstepError `module.notFound` where no archive of it runs
 */
export async function end(change: Change, of: { readonly pluginId: string; readonly why: string }): Promise<void> {
  if (!(await endActive(change, of.pluginId))) throw new DoorstepError("module.notFound");
  await note(change, "module.ended", { plugin: of.pluginId });
  await tell(change);
}

/** Lets a module run again in every process that has put it into quarantine. */
export async function release(change: Change, of: { readonly pluginId: string; readonly why: string }): Promise<void> {
  await note(change, "module.released", { plugin: of.pluginId });
  await tell(change, of.pluginId);
}
