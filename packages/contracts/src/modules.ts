import { z } from "zod";
import { id, instant, text } from "./ids.ts";
import { bilingual } from "./text.ts";
import { unitSummary } from "./units.ts";

export const choices = ["inherit", "on", "off"] as const;
export type Choice = (typeof choices)[number];

/** Who decided a module's state at a unit; one function feeds UI, error and support log [DESIGN §5]. */
export const moduleExplanation = z.object({
  unitId: id,
  pluginId: z.string(),
  effective: z.boolean(),
  own: z.enum(choices),
  ownLock: z.boolean(),
  /** `null` = the platform's default */
  decidedBy: unitSummary.nullable(),
  lockedBy: unitSummary.nullable(),
  blockedBy: z.array(z.object({ dependency: z.string().optional(), state: z.string().optional() })),
  why: z.string(),
  since: z.string().nullable(),
  sentence: bilingual,
});
export type ModuleExplanation = z.infer<typeof moduleExplanation>;

export const moduleStates = ["rejected", "active", "degraded", "quarantined"] as const;
export const moduleSummary = z.object({
  id: z.string(),
  version: z.string(),
  title: bilingual,
  purpose: bilingual,
  state: z.enum(moduleStates),
  problems: z.array(z.object({ code: z.string(), message: bilingual, fix: bilingual.nullable() })),
  capabilities: z.array(z.string()),
  /** the same in words, with each address it may reach */
  asks: z.array(z.object({ key: z.string(), title: bilingual })),
  contributions: z.array(z.object({ point: z.string(), key: z.string(), title: bilingual.nullable() })),
  requires: z.array(z.string()),
  enabledUnits: z.number().int(),
  defaultOn: z.boolean(),
  hasSettings: z.boolean(),
});

export const matrixInput = z.object({
  rootId: id.optional(),
  expanded: z.array(id).max(500).default([]),
  q: text(60, 0).default(""),
});
export const matrixCell = z.object({
  pluginId: z.string(),
  own: z.enum(choices),
  lock: z.boolean(),
  effective: z.boolean(),
  lockedByAbove: z.boolean(),
  warning: z.boolean(),
});
export const matrixRow = z.object({
  unit: unitSummary,
  depth: z.number().int(),
  children: z.number().int(),
  manageable: z.boolean(),
  cells: z.array(matrixCell),
});
export const matrix = z.object({
  revision: z.number().int(),
  modules: z.array(moduleSummary),
  /** units that would stand here, too: more than are sent at once */
  hidden: z.number().int(),
  rows: z.array(matrixRow),
});

export const choiceInput = z.object({
  unitId: id,
  pluginId: z.string().max(60),
  choice: z.enum(choices),
  lock: z.boolean().default(false),
  why: text(200),
});
export const chooseInput = z.object({ revision: z.number().int(), changes: z.array(choiceInput).min(1).max(200) });
export const choicePreview = z.object({
  unit: unitSummary,
  pluginId: z.string(),
  before: z.boolean(),
  after: z.boolean(),
  cause: z.enum(["own", "inherited"]),
  openCases: z.number().int(),
  missing: z.array(z.string()),
});

const browserHalf = z.object({
  entry: z.string(),
  css: z.array(z.object({ url: z.string(), integrity: z.string() })),
  /** where it shows something: it is loaded nowhere else */
  points: z.array(z.string()),
});

/** What the portal or the desk may show at a unit. */
export const registry = z.object({
  unit: unitSummary.nullable(),
  revision: z.number().int(),
  channels: z.array(
    z.object({
      key: z.string(),
      pluginId: z.string(),
      title: bilingual,
      anonymousAllowed: z.boolean(),
      page: z.string().nullable(),
      form: z.unknown().nullable(),
    }),
  ),
  plugins: z.array(
    z.object({
      id: z.string(),
      version: z.string(),
      title: bilingual,
      settings: z.record(z.string(), z.unknown()),
      permissions: z.array(z.string()),
      /** `null` where it is composed into the apps themselves */
      ui: z.object({ portal: browserHalf.nullable(), admin: browserHalf.nullable() }).nullable(),
    }),
  ),
});

export const settingsView = z.object({
  schema: z.unknown(),
  values: z.record(
    z.string(),
    z.object({ value: z.unknown(), from: unitSummary.nullable(), lockedBy: unitSummary.nullable(), own: z.boolean() }),
  ),
  /** keys that are never sent: only whether they are set, and where */
  secrets: z.record(
    z.string(),
    z.object({ from: unitSummary.nullable(), lockedBy: unitSummary.nullable(), own: z.boolean() }),
  ),
  revision: z.number().int(),
});
export type SettingsView = z.infer<typeof settingsView>;

/** What saving would change, at the unit and below. */
export const settingsPreview = z.object({
  pluginId: z.string(),
  /** units where something changes; of the changes themselves the first ones are shown */
  units: z.number().int(),
  changes: z.array(
    z.object({
      unit: unitSummary,
      key: z.string(),
      /** that it changes is told, not to what */
      secret: z.boolean(),
      before: z.unknown(),
      after: z.unknown(),
    }),
  ),
});
export const saveSettingsInput = z.object({
  unitId: id,
  pluginId: z.string().max(60),
  revision: z.number().int(),
  /** `null` gives the key back to inheritance */
  values: z.record(z.string().max(60), z.unknown()),
  lock: z.array(z.string().max(60)).default([]),
  why: text(200),
});

/** Events that modules failed to take in, by module. */
export const parkedEvents = z.array(
  z.object({
    pluginId: z.string(),
    /** `null`: it is not there any more */
    title: bilingual.nullable(),
    /** tried eight times: wait until somebody has them tried again */
    givenUp: z.number().int(),
    /** with those that are tried again by themselves, and those behind them */
    waiting: z.number().int(),
    since: instant,
    types: z.array(z.string()),
    /** kind of the last failure, never its words */
    error: z.string(),
  }),
);
export type ParkedEvents = z.infer<typeof parkedEvents>;

/** An archive that was looked into and waits for a decision; nothing of it has run. */
export const archiveLook = z.object({
  digest: z.string(),
  id: z.string(),
  version: z.string(),
  title: bilingual,
  purpose: bilingual,
  /** `null`: nobody signed it, which only development takes */
  publisher: z.object({ keyId: z.string(), name: z.string() }).nullable(),
  /** built from this platform's own sources: it runs in a thread of the server, any other in a process of its own */
  builtHere: z.boolean(),
  /** version that runs now */
  runs: z.string().nullable(),
  capabilities: z.array(z.object({ key: z.string(), title: bilingual, more: z.boolean() })),
  migrations: z.array(z.string()),
});
export type ArchiveLook = z.infer<typeof archiveLook>;

/** How a module has been of late. Codes and counts alone: what it was asked and what it said stand nowhere. */
export const moduleHealth = z.object({
  id: z.string(),
  title: bilingual,
  version: z.string(),
  state: z.enum(moduleStates),
  problems: moduleSummary.shape.problems,
  /** in this server process; `null`: it does not run */
  where: z.enum(["inPlace", "thread", "process"]).nullable(),
  /** `null`: cannot be told by itself */
  memoryBytes: z.number().int().nullable(),
  /** ends within the last minutes, each followed by another start */
  restarts: z.number().int(),
  paused: z.array(z.object({ kind: bilingual, until: z.string() })),
  incidents: z.array(
    z.object({
      kind: bilingual,
      code: z.string(),
      what: bilingual,
      version: z.string(),
      /** `null`: no unit, or several */
      unit: unitSummary.nullable(),
      count: z.number().int(),
      day: z.string(),
      lastAt: z.string(),
    }),
  ),
});
export type ModuleHealth = z.infer<typeof moduleHealth>;

/** A part of a module failed in a browser: where, and never what it said. */
export const moduleCrashInput = z.object({
  pluginId: z.string().max(60),
  moduleVersion: z.string().max(60),
  point: z
    .string()
    .max(60)
    .regex(/^[a-z-]+\/[a-z-]+@\d+$/),
  /** file, line and column in the module's own script */
  place: z
    .string()
    .max(120)
    .regex(/^[\w-]+\.js:\d+:\d+$/)
    .nullable(),
});

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const pluginId = z.string().max(60);

const installedVersion = z.object({
  version: z.string(),
  digest,
  publisher: z.string().nullable(),
  installedAt: z.string(),
  active: z.boolean(),
});

export const installedModules = z.object({
  modules: z.array(
    z.object({
      id: pluginId,
      title: bilingual,
      /** this platform was built with it, so that it is there without an archive, too */
      builtIn: z.boolean(),
      runs: z.string().nullable(),
      state: z.enum(moduleStates),
      versions: z.array(installedVersion),
    }),
  ),
  /** modules that were installed once and run no more */
  ended: z.array(
    z.object({
      id: pluginId,
      title: bilingual,
      versions: z.array(installedVersion),
      /** its tables: there are none, they are kept, somebody asked to remove them, they are put aside until a day */
      data: z.enum(["none", "kept", "asked", "archived"]),
      removal: z
        .object({
          id,
          askedBy: z.string(),
          askedAt: z.string(),
          why: z.string(),
          /** asked for by the reader himself, so that another one decides */
          mine: z.boolean(),
          dropOn: z.string().nullable(),
        })
        .nullable(),
    }),
  ),
  publishers: z.array(z.object({ keyId: z.string(), name: z.string(), own: z.boolean() })),
});
export type InstalledModules = z.infer<typeof installedModules>;

export const installArchiveInput = z.object({
  /** what `modules.look` was answered with */
  digest,
  /** each one that was read and approved */
  /** capabilities, and addresses as `http:<address>` */
  capabilities: z.array(z.string().max(320)).max(70),
  why: text(200),
});
export const rollBackInput = z.object({ pluginId, digest, why: text(200) });
export const moduleDecision = z.object({ pluginId, why: text(200) });
export const decidePurgeInput = z.object({ id, approve: z.boolean(), why: text(200) });
export const trustInput = z.object({ name: text(80), publicKey: text(2_000), why: text(200) });
export const revokeInput = z.object({ keyId: z.string().regex(/^[0-9a-f]{32}$/), why: text(200) });
