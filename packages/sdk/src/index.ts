/** Definitions and types for both halves of a plugin. Nothing here does I/O. */
export type {
  Anonymity,
  Calendar,
  CalendarDay,
  Category,
  ClockRule,
  Confidentiality,
  EventType,
  FileInput,
  FileResult,
  Id,
  ImportOutcome,
  IntakeChannel,
  Level,
  Locale,
  PolicyPack,
  PolicyPackInput,
  Purpose,
  Role,
  RoleMap,
  State,
  Text,
  Track,
} from "@doorstep/contracts";
export {
  anonymities,
  categories,
  clockCodes,
  DoorstepError,
  type ErrorCode,
  type ErrorParams,
  errorText,
  eventTypes,
  intakeChannels,
  levels,
  locales,
  personKinds,
  purposes,
  ratings,
  roles,
  states,
  tracks,
} from "@doorstep/contracts";
export type { Capability, CapabilityApi, CaseBrief, Granted, ImportRecord, OriginalRow, Unit } from "./capabilities.ts";
export { definePlugin, type PermissionSpec, type Plugin, type PluginSpec, type SettingsOf } from "./define-plugin.ts";
export type {
  ArchiveManifest,
  Manifest,
  ManifestChannel,
  ManifestContribution,
  ManifestJob,
  ManifestProcedure,
} from "./manifest.ts";
export {
  type Contributed,
  type Contribution,
  type ExtensionPoint,
  extensionPoint,
  type KernelPoint,
  kernelPoints,
  type PointId,
} from "./points.ts";
export { sdkVersion } from "./version.ts";
