import { dirname } from "node:path";
import { DoorstepError, type Text } from "@doorstep/contracts";
import { inChange, type Kernel } from "@doorstep/kernel";
import type { ArchiveManifest, Manifest } from "@doorstep/sdk";
import type { Pool } from "pg";
import { type CheckedArchive, checkArchive } from "../archive/check-archive.ts";
import type { Publisher } from "../archive/signature.ts";
import type { Candidate } from "../boot/sources.ts";
import type { Problem } from "../registry.ts";
import type { ArchiveStore } from "./archive-store.ts";
import { archivesOf, type InstalledArchive } from "./archives.ts";
import { asksOf } from "./asks.ts";
import { type DataExport, exportData } from "./export-data.ts";
import { end, install, release, rollBack } from "./install.ts";
import { revokePublisher, type Trust, trustedPublishers, trustPublisher } from "./publishers.ts";
import type { Removals } from "./removals.ts";

/** By whom something is done: the chain's actor, such as `person:<id>`. */
export interface By {
  readonly by: Parameters<typeof inChange>[1];
  readonly why: string;
}

/** What an archive is and asks for, before anybody decides. */
export interface Look {
  readonly manifest: ArchiveManifest;
  readonly digest: string;
  readonly publisher: { readonly keyId: string; readonly name: string } | null;
  /** version that runs now; `null`: none */
  readonly runs: string | null;
  /** asked for beyond what the running version was granted */
  readonly more: readonly string[];
  /** names of its SQL files */
  readonly migrations: readonly string[];
}

export type Looked =
  | { readonly ok: true; readonly look: Look; readonly archive: CheckedArchive }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Installs, upgrades, rolls back and ends modules while the platform runs. */
export interface ArchiveOffice {
  /** id of the platform's own key */
  readonly ownKey: string;
  /** Looks into an archive; nothing of it runs. */
  look(archive: Uint8Array): Promise<Looked>;
  /**
   * Looks, tries the new version beside the running one, then switches. Where it does not come up nothing has changed.
   *
   * @throws DoorstepError `module.archive` with the first problem, `module.notApproved`
   */
  install(archive: Uint8Array, approved: readonly string[], by: By): Promise<Look>;
  /** @throws DoorstepError `module.versionUnknown`, `module.publisherUnknown` */
  rollBack(of: { readonly pluginId: string; readonly digest: string }, by: By): Promise<void>;
  /** @throws DoorstepError `module.notFound` */
  end(pluginId: string, by: By): Promise<void>;
  /** @throws DoorstepError `module.notFound` where it is in no quarantine here */
  release(pluginId: string, by: By): Promise<void>;
  /** Writes everything in a module's own tables into one file. @throws DoorstepError `module.noData` */
  exportData(pluginId: string, file: string, by: By): Promise<DataExport>;
  /** what becomes of the data of modules that have ended */
  readonly removals: Removals;
  versions(pluginId: string): Promise<readonly InstalledArchive[]>;
  publishers(): Promise<readonly Publisher[]>;
  trust(trust: Omit<Trust, "why">, by: By): Promise<string>;
  revoke(keyId: string, by: By): Promise<void>;
}

export interface OfficeOptions {
  readonly kernel: Kernel;
  readonly store: ArchiveStore;
  readonly own: Publisher;
  /** archives without a signature are taken, as in development */
  readonly unsigned: boolean;
  readonly running: (pluginId: string) => Manifest | undefined;
  /** Starts a candidate and ends it again. @returns its problems */
  readonly tryOut: (candidate: Candidate) => Promise<readonly Problem[]>;
  /** @returns what the platform would refuse the candidate for */
  readonly judge: (candidate: Candidate) => readonly Problem[];
  readonly reload: () => Promise<void>;
  readonly isQuarantined: (pluginId: string) => boolean;
  readonly release: (pluginId: string) => void;
  readonly removals: Removals;
  /** as its owner */
  readonly owner: Pool;
}

const refusal = (problems: readonly Problem[]): DoorstepError => {
  const message: Text = problems[0]?.message ?? { "zh-CN": "–", en: "–" };
  return new DoorstepError("module.archive", { problem: message["zh-CN"], problemEn: message.en });
};

const keysOf = (manifest: Manifest): readonly string[] => asksOf(manifest).map((one) => one.key);

export function archiveOffice(options: OfficeOptions): ArchiveOffice {
  const { kernel, store } = options;
  const publishers = (): Promise<readonly Publisher[]> => trustedPublishers(kernel.pool, options.own);

  function candidateOf({ manifest, digest, publisher }: CheckedArchive, folder: string): Candidate {
    return {
      source: {
        id: manifest.id,
        root: folder,
        load: () => Promise.reject(new Error("the code of an archive is not loaded here")),
        archive: { manifest, digest, publisher: publisher?.keyId ?? null },
      },
      plugin: { manifest, state: "active", problems: [] },
    };
  }

  async function look(bytes: Uint8Array): Promise<Looked> {
    const checked = await checkArchive(bytes, await publishers(), options.unsigned);
    if (!checked.ok) return checked;
    const { manifest, digest, publisher } = checked.archive;
    const candidate = candidateOf(checked.archive, "");
    const problems = options.judge(candidate);
    if (problems.length > 0) return { ok: false, problems };
    const runs = options.running(manifest.id);
    const granted = runs ? keysOf(runs) : [];
    return {
      ok: true,
      archive: checked.archive,
      look: {
        manifest,
        digest,
        publisher: publisher && { keyId: publisher.keyId, name: publisher.name },
        runs: runs?.version ?? null,
        more: keysOf(manifest).filter((one) => !granted.includes(one)),
        migrations: [...checked.archive.files.keys()].filter((name) => name.startsWith("migrations/")).toSorted(),
      },
    };
  }

  return {
    ownKey: options.own.keyId,
    look,
    async install(bytes, approved, { by, why }) {
      const looked = await look(bytes);
      if (!looked.ok) throw refusal(looked.problems);
      const { archive } = looked;
      const missing = keysOf(archive.manifest).filter((one) => !approved.includes(one));
      if (missing.length > 0) throw new DoorstepError("module.notApproved", { capabilities: missing.join(", ") });
      const folder = await store.keep(archive);
      await options.removals.bringBack(archive.manifest.id, by);
      const problems = await options.tryOut(candidateOf(archive, folder));
      if (problems.length > 0) throw refusal(problems);
      await inChange(kernel, by, (change) => install(change, { archive, why }));
      await options.reload();
      return looked.look;
    },
    removals: options.removals,
    exportData: (pluginId, file, by) =>
      exportData({ kernel, owner: options.owner }, pluginId, { file, folder: dirname(file) }, by),
    async rollBack(of, { by }) {
      const known = await archivesOf(kernel.pool, of.pluginId);
      if (known.some(({ digest }) => digest === of.digest)) await options.removals.bringBack(of.pluginId, by);
      await inChange(kernel, by, (change) => rollBack(change, of));
      await options.reload();
    },
    async end(pluginId, { by, why }) {
      await inChange(kernel, by, (change) => end(change, { pluginId, why }));
      await options.reload();
    },
    async release(pluginId, { by, why }) {
      if (!options.isQuarantined(pluginId)) throw new DoorstepError("module.notFound");
      await inChange(kernel, by, (change) => release(change, { pluginId, why }));
      options.release(pluginId);
    },
    versions: (pluginId) => archivesOf(kernel.pool, pluginId),
    publishers,
    trust: (trust, { by, why }) => inChange(kernel, by, (change) => trustPublisher(change, { ...trust, why })),
    revoke: (keyId, { by }) => inChange(kernel, by, (change) => revokePublisher(change, keyId)),
  };
}
