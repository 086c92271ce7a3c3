import {
  type Capability,
  type DatasetShape,
  isKernelPoint,
  type Manifest,
  type ManifestAddress,
  sdkVersion,
  servedSdks,
} from "@doorstep/sdk";
import { capabilityTexts } from "@doorstep/sdk/server";
import { gt, satisfies, valid } from "semver";
import { intervalMs } from "../jobs/interval.ts";
import type { Problem } from "../registry.ts";
import { problem } from "./problems.ts";
import { type Candidate, reject } from "./sources.ts";

/** The host's own procedures stand under this name at a plugin's address. */
export const RESERVED = "channel";

function pointProblems(manifest: Manifest, all: readonly Manifest[]): Problem[] {
  const owners = new Set(all.map((one) => one.id));
  return [...new Set(manifest.contributions.map((one) => one.point))]
    .filter((point) => {
      const [owner] = point.split("/");
      return !isKernelPoint(point) && !owners.has(owner ?? "");
    })
    .map((point) => problem("plugin.pointUnknown", { point }));
}

/** Whoever writes to people, or is told of petitions, must have asked to, in one of these ways: an administrator approves that list. */
const NEEDED: Readonly<Record<string, readonly Capability[]>> = {
  "kernel/transport@1": ["addresses"],
  "kernel/routing@1": ["cases.read"],
  "kernel/template@1": ["notices", "letters"],
  "kernel/address@1": ["serve"],
};

const capabilityProblems = (manifest: Manifest): Problem[] =>
  Object.entries(NEEDED).flatMap(([point, either]) =>
    manifest.contributions.some((one) => one.point === point) &&
    !either.some((capability) => manifest.capabilities.includes(capability))
      ? [problem("plugin.capabilityMissing", { capability: either.join(" / ") })]
      : [],
  );

function jobProblems(manifest: Manifest): Problem[] {
  return manifest.contributions.flatMap(({ key, job }) =>
    job && intervalMs(job.every) === undefined ? [problem("plugin.jobInterval", { job: key, every: job.every })] : [],
  );
}

const NAME = /^[a-z][a-zA-Z0-9]{0,39}$/;
const DATASET = { dimensions: 6, values: 60, measures: 20 } as const;

/** What is wrong with a dataset, in the order in which it would be noticed. */
function datasetDefect({ dimensions, measures }: DatasetShape): string | undefined {
  const names = [...Object.keys(dimensions), ...Object.keys(measures)];
  const wrong = names.find((name) => !NAME.test(name));
  if (wrong !== undefined) return wrong;
  const tooMany = Object.entries(dimensions).find(([, { values }]) => {
    const count = Object.keys(values).length;
    return count === 0 || count > DATASET.values;
  });
  if (tooMany) return tooMany[0];
  if (Object.keys(dimensions).length > DATASET.dimensions) return "dimensions";
  return Object.keys(measures).length > DATASET.measures ? "measures" : undefined;
}

function datasetProblems(manifest: Manifest): Problem[] {
  return manifest.contributions.flatMap(({ key, dataset }) => {
    const name = dataset && datasetDefect(dataset);
    return name === undefined ? [] : [problem("plugin.datasetShape", { dataset: key, name })];
  });
}

const ADDRESS_NAME = /^[a-z][a-z0-9-]{0,39}$/;
const MEDIA_TYPE = /^[a-z]+\/[a-z0-9.+-]+$/;
const ADDRESS = { maxBytes: 16 * 1_024 * 1_024, perMinute: 600 } as const;

const isWithin = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most;

/** What is wrong with an address, in the order in which it would be noticed. */
function addressDefect(name: string, { methods, accepts, maxBytes, perMinute }: ManifestAddress): string | undefined {
  if (!ADDRESS_NAME.test(name)) return name;
  if (methods.length === 0) return "methods";
  if (accepts.length === 0 || !accepts.every((type) => MEDIA_TYPE.test(type))) return "accepts";
  if (!isWithin(maxBytes, ADDRESS.maxBytes)) return "maxBytes";
  return isWithin(perMinute, ADDRESS.perMinute) ? undefined : "perMinute";
}

function addressProblems(manifest: Manifest): Problem[] {
  return manifest.contributions.flatMap(({ key, address }) => {
    const name = address && addressDefect(key.slice(key.indexOf("/") + 1), address);
    return name === undefined ? [] : [problem("plugin.addressShape", { address: key, name })];
  });
}

function reportProblems(manifest: Manifest): Problem[] {
  return manifest.contributions.flatMap(({ key, report }) =>
    report && !Object.hasOwn(manifest.permissions, report.needs)
      ? [problem("plugin.permissionUnknown", { procedure: key, permission: report.needs })]
      : [],
  );
}

function procedureProblems(manifest: Manifest): Problem[] {
  return Object.entries(manifest.procedures).flatMap(([path, { needs }]) => {
    if (path === RESERVED || path.startsWith(`${RESERVED}.`)) return problem("plugin.nameReserved", { name: path });
    const isKnown = needs === "public" || needs === "signedIn" || Object.hasOwn(manifest.permissions, needs);
    return isKnown ? [] : problem("plugin.permissionUnknown", { procedure: path, permission: needs });
  });
}

function settingsProblems(candidate: Candidate): Problem[] {
  const parsed = candidate.plugin.server?.plugin.settings?.safeParse({});
  if (!parsed || parsed.success) return [];
  const keys = [...new Set(parsed.error.issues.map((issue: { path: PropertyKey[] }) => String(issue.path[0])))];
  return [problem("plugin.settingsDefault", { keys: keys.join(", ") })];
}

function manifestProblems(candidate: Candidate, all: readonly Manifest[]): Problem[] {
  const { manifest } = candidate.plugin;
  // what is composed into the build has no floor: it was compiled against this very SDK
  const floor = candidate.source.archive?.manifest.sdkFloor;
  const capabilities = manifest.capabilities.filter((one) => !Object.hasOwn(capabilityTexts, one));
  return [
    ...(manifest.id === candidate.source.id
      ? []
      : [problem("plugin.idDiffers", { id: manifest.id, expected: candidate.source.id })]),
    ...(valid(manifest.version) ? [] : [problem("plugin.noVersion")]),
    ...(servedSdks.some((version) => satisfies(version, manifest.sdk))
      ? []
      : [problem("plugin.sdkRange", { range: manifest.sdk, version: sdkVersion })]),
    ...(floor && gt(floor, sdkVersion) ? [problem("plugin.sdkFloor", { floor, version: sdkVersion })] : []),
    ...capabilities.map((capability) => problem("plugin.capabilityUnknown", { capability })),
    ...pointProblems(manifest, all),
    ...capabilityProblems(manifest),
    ...jobProblems(manifest),
    ...datasetProblems(manifest),
    ...addressProblems(manifest),
    ...reportProblems(manifest),
    ...procedureProblems(manifest),
    ...settingsProblems(candidate),
  ];
}

/** Holds every plugin against what this platform offers; only those that do not fit fall out. */
export function verify(candidates: readonly Candidate[]): readonly Candidate[] {
  const manifests = candidates.map((one) => one.plugin.manifest);
  return candidates.map((candidate) => {
    if (candidate.plugin.state === "rejected") return candidate;
    const problems = manifestProblems(candidate, manifests);
    return problems.length === 0 ? candidate : reject(candidate, ...problems);
  });
}

/** One plugin an id: the first stays. */
export function withoutRepeats(candidates: readonly Candidate[]): readonly Candidate[] {
  const first = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const { id } = candidate.plugin.manifest;
    const known = first.get(id);
    if (!known) first.set(id, candidate);
    else
      first.set(id, {
        source: known.source,
        plugin: { ...known.plugin, problems: [...known.plugin.problems, problem("plugin.idRepeated", { id })] },
      });
  }
  return [...first.values()];
}
