import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ArchiveManifest } from "@doorstep/sdk";
import type { AnyPluginServer } from "@doorstep/sdk/server";
import { manifestOf } from "@doorstep/sdk/server";
import type { HostedPlugin, Problem } from "../registry.ts";
import { lineOf, problem } from "./problems.ts";

/** Where a plugin is and how its server half is loaded; composed into the build. */
export interface PluginSource {
  /** The id it is installed under. */
  readonly id: string;
  /** Its folder: `package.json`, `migrations/`. */
  readonly root: string;
  readonly load: () => Promise<{ readonly default: AnyPluginServer }>;
  /** Installed as an archive: its code runs elsewhere, and `load` is not asked. */
  readonly archive?: InstalledSource;
  /** The version that was installed as an archive, also where its files cannot be read here. */
  readonly installed?: string;
}

/** An unpacked archive, its files checked against their hashes. */
export interface InstalledSource {
  readonly manifest: ArchiveManifest;
  readonly digest: string;
  /** id of the key that signed it */
  readonly publisher: string | null;
}

/** A plugin on its way through the steps of the boot. */
export interface Candidate {
  readonly source: PluginSource;
  readonly plugin: HostedPlugin;
}

/** Ready or not after this; a plugin that hangs while it loads keeps nobody waiting. */
const LOAD_SECONDS = 10;

const unknownManifest = (source: PluginSource, version: string): HostedPlugin["manifest"] => ({
  format: 1,
  protocol: 1,
  id: source.id,
  version,
  title: { "zh-CN": source.id, en: source.id },
  purpose: { "zh-CN": "–", en: "–" },
  sdk: "*",
  requires: {},
  capabilities: [],
  permissions: {},
  onByDefault: false,
  settings: { type: "object", properties: {} },
  contributions: [],
  procedures: {},
});

export const rejected = (plugin: HostedPlugin, problems: readonly Problem[]): HostedPlugin => ({
  manifest: plugin.manifest,
  state: "rejected",
  problems: [...plugin.problems, ...problems],
});

export const reject = (candidate: Candidate, ...problems: readonly Problem[]): Candidate => ({
  source: candidate.source,
  plugin: rejected(candidate.plugin, problems),
});

/** A plugin of which nothing is known but where it is. */
export const unseen = (source: PluginSource, problems: readonly Problem[]): Candidate => ({
  source,
  plugin: {
    manifest: source.archive?.manifest ?? unknownManifest(source, versionOf(source) ?? "0.0.0"),
    state: "rejected",
    problems,
  },
});

function versionOf(source: PluginSource): string | undefined {
  if (source.installed !== undefined) return source.installed;
  try {
    const { version } = JSON.parse(readFileSync(join(source.root, "package.json"), "utf8")) as { version?: unknown };
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}

const isServer = (value: unknown): value is AnyPluginServer =>
  typeof value === "object" && value !== null && "plugin" in value && "part" in value;

async function withinTime<T>(work: Promise<T>, seconds: number): Promise<T | "late"> {
  const late = Promise.withResolvers<"late">();
  const timer = setTimeout(() => late.resolve("late"), seconds * 1_000);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Reads what a plugin says of itself. One that is composed into the build has no `plugin.json`, so its manifest is made
 * from its definition; whatever its module does while it loads ends here.
 */
export async function discover(source: PluginSource, seconds: number | undefined = LOAD_SECONDS): Promise<Candidate> {
  if (source.archive) {
    const { manifest } = source.archive;
    return { source, plugin: { manifest, archive: manifest, state: "active", problems: [] } };
  }
  try {
    const loaded = await withinTime(source.load(), seconds);
    if (loaded === "late") return unseen(source, [problem("plugin.loadTimeout", { seconds })]);
    const server: unknown = loaded.default;
    if (!isServer(server)) return unseen(source, [problem("plugin.noDefinition")]);
    const version = versionOf(source);
    if (version === undefined) return unseen(source, [problem("plugin.noVersion")]);
    return { source, plugin: { manifest: manifestOf(server, version), state: "active", problems: [], server } };
  } catch (error) {
    return unseen(source, [problem("plugin.loadFailed", { error: lineOf(error) })]);
  }
}
