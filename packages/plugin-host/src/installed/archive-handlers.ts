import { type ArchiveLook, DoorstepError, type InstalledModules } from "@doorstep/contracts";
import { type Handlers, ledgerActorOf, type RequestContext } from "@doorstep/kernel";
import type { PluginHost } from "../host.ts";
import { archivesOf } from "./archives.ts";
import { asksOf } from "./asks.ts";
import type { By, Looked } from "./office.ts";

type Names = "installed" | "install" | "rollBack" | "end" | "release" | "purge" | "decidePurge" | "trust" | "revoke";
type ArchiveHandlers = Pick<Handlers["modules"], Names>;

/** What `modules.look` has put by, until somebody decides. */
export interface Staged {
  read(digest: string): Promise<Uint8Array | undefined>;
}

type Host = Pick<PluginHost, "archives" | "snapshot" | "builtIn">;

async function versionsOf(
  ctx: RequestContext,
  pluginId: string,
): Promise<InstalledModules["modules"][number]["versions"]> {
  const found = await archivesOf(ctx.kernel.pool, pluginId);
  return found.map((one) => ({
    version: one.version,
    digest: one.digest,
    publisher: one.publisher,
    installedAt: one.installedAt.toISOString(),
    active: one.activeSince !== null,
  }));
}

/** What was installed once and does not run any more, with what has become of its data. */
async function endedModules(ctx: RequestContext, host: Host): Promise<InstalledModules["ended"]> {
  const { pool } = ctx.kernel;
  const { rows } = await pool.query<{ id: string; zh: string; en: string; has: boolean }>(
    `select i.plugin_id as id, i.title_zh as zh, i.title_en as en,
       exists (select from pg_namespace n where n.nspname = 'p_' || replace(i.plugin_id, '-', '_')) as has
       from kernel.plugin_installed i
      where i.plugin_id <> all($1::text[]) and exists (select from kernel.plugin_archive a where a.plugin_id = i.plugin_id)
      order by i.plugin_id`,
    [[...host.snapshot().ids]],
  );
  const removals = new Map((await host.archives?.removals.open())?.map((one) => [one.pluginId, one]));
  const people = await namesOf(
    pool,
    [...removals.values()].map((one) => one.askedBy),
  );
  return await Promise.all(
    rows.map(async ({ id, zh, en, has }) => {
      const removal = removals.get(id);
      return {
        id,
        title: { "zh-CN": zh, en },
        versions: await versionsOf(ctx, id),
        data: removal?.state ?? (has ? ("kept" as const) : ("none" as const)),
        removal: removal
          ? {
              id: removal.id,
              askedBy: people.get(removal.askedBy) ?? "",
              askedAt: removal.askedAt.toISOString(),
              why: removal.why,
              mine: removal.askedBy === ctx.actor?.personId,
              dropOn: removal.dropOn,
            }
          : null,
      };
    }),
  );
}

async function namesOf(
  pool: RequestContext["kernel"]["pool"],
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query<{ id: string; name: string }>(
    "select id, name from kernel.people where id = any($1::uuid[])",
    [[...ids]],
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}

async function view(ctx: RequestContext, host: Host): Promise<InstalledModules> {
  const snapshot = host.snapshot();
  const modules = [...snapshot.plugins.values()].toSorted((a, b) => (a.manifest.id < b.manifest.id ? -1 : 1));
  const publishers = (await host.archives?.publishers()) ?? [];
  return {
    modules: await Promise.all(
      modules.map(async ({ manifest, state }) => ({
        id: manifest.id,
        title: manifest.title,
        builtIn: host.builtIn.has(manifest.id),
        runs: state === "rejected" ? null : manifest.version,
        state: snapshot.stateOf(manifest.id),
        versions: await versionsOf(ctx, manifest.id),
      })),
    ),
    ended: await endedModules(ctx, host),
    publishers: publishers.map(({ keyId, name }, n) => ({ keyId, name, own: n === 0 })),
  };
}

/** What was seen in an archive, in the contract's words. */
export function lookOf(host: Host, { look }: Looked & { readonly ok: true }): ArchiveLook {
  const { manifest, digest, publisher, runs, more, migrations } = look;
  return {
    digest,
    id: manifest.id,
    version: manifest.version,
    title: manifest.title,
    purpose: manifest.purpose,
    publisher,
    builtHere: publisher !== null && publisher.keyId === host.archives?.ownKey,
    runs,
    capabilities: asksOf(manifest).map((one) => ({ ...one, more: more.includes(one.key) })),
    migrations: [...migrations],
  };
}

/** Installing and ending modules, for administrators of the platform. */
export function archiveHandlers(host: Host, staged: Staged): ArchiveHandlers {
  const office = () => {
    if (!host.archives) throw new DoorstepError("module.notFound");
    return host.archives;
  };
  const by = (ctx: RequestContext, why: string): By => {
    if (!ctx.actor) throw new DoorstepError("unauthorized");
    return { by: ledgerActorOf(ctx.actor), why };
  };
  return {
    installed: (ctx) => view(ctx, host),
    install: async (ctx, { digest, capabilities, why }) => {
      const archive = await staged.read(digest);
      if (!archive) throw new DoorstepError("module.versionUnknown");
      await office().install(archive, capabilities, by(ctx, why));
      return view(ctx, host);
    },
    rollBack: async (ctx, { pluginId, digest, why }) => {
      await office().rollBack({ pluginId, digest }, by(ctx, why));
      return view(ctx, host);
    },
    end: async (ctx, { pluginId, why }) => {
      await office().end(pluginId, by(ctx, why));
      return view(ctx, host);
    },
    release: async (ctx, { pluginId, why }) => {
      await office().release(pluginId, by(ctx, why));
      return view(ctx, host);
    },
    purge: async (ctx, { pluginId, why }) => {
      await office().removals.ask(pluginId, by(ctx, why));
      return view(ctx, host);
    },
    decidePurge: async (ctx, { id, approve, why }) => {
      await office().removals.decide({ id, approve }, by(ctx, why));
      return view(ctx, host);
    },
    trust: async (ctx, { name, publicKey, why }) => {
      await office().trust({ name, publicKey }, by(ctx, why));
      return view(ctx, host);
    },
    revoke: async (ctx, { keyId, why }) => {
      await office().revoke(keyId, by(ctx, why));
      return view(ctx, host);
    },
  };
}
