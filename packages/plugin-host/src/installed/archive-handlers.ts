import { type ArchiveLook, DoorstepError, type InstalledModules } from "@doorstep/contracts";
import { type Handlers, ledgerActorOf, type RequestContext } from "@doorstep/kernel";
import type { PluginHost } from "../host.ts";
import { archivesOf } from "./archives.ts";
import { asksOf } from "./asks.ts";
import type { By, Looked } from "./office.ts";

type Names = "installed" | "install" | "rollBack" | "end" | "release" | "trust" | "revoke";
type ArchiveHandlers = Pick<Handlers["modules"], Names>;

/** What `modules.look` has put by, until somebody decides. */
export interface Staged {
  read(digest: string): Promise<Uint8Array | undefined>;
}

type Host = Pick<PluginHost, "archives" | "snapshot" | "builtIn">;

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
        versions: (await archivesOf(ctx.kernel.pool, manifest.id)).map((one) => ({
          version: one.version,
          digest: one.digest,
          publisher: one.publisher,
          installedAt: one.installedAt.toISOString(),
          active: one.activeSince !== null,
        })),
      })),
    ),
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
