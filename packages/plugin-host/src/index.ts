export type { Visit } from "./addresses/visit.ts";
export { checkArchive, MANIFEST, SERVER, SIGNATURE, sha384 } from "./archive/check-archive.ts";
export { examineArchive } from "./archive/examine-archive.ts";
export { ARCHIVE_LIMITS, readFiles } from "./archive/read-files.ts";
export {
  createSigningKey,
  isSignedBy,
  keyIdOf,
  type Publisher,
  readPublicKey,
  signManifest,
} from "./archive/signature.ts";
export { writeArchive } from "./archive/write-archive.ts";
export type { PluginDatabase } from "./boot/prepare-database.ts";
export { problemTexts } from "./boot/problems.ts";
export type { PluginSource } from "./boot/sources.ts";
export { endpointOf, type PluginCall } from "./calls/endpoint.ts";
export type { KernelCalls } from "./calls/kernel-calls.ts";
export { pluginFileKeys, tidyPluginFiles } from "./calls/plugin-files.ts";
export { tidyIncidents } from "./health/incident-book.ts";
export { moduleHealths } from "./health/module-health.ts";
export { createPluginHost, type PluginHost, type PluginHostOptions } from "./host.ts";
export { archiveHandlers, lookOf, type Staged } from "./installed/archive-handlers.ts";
export { type ArchiveStore, archiveStore } from "./installed/archive-store.ts";
export { CHANNEL as PLUGINS_CHANNEL } from "./installed/install.ts";
export type { ArchiveOffice, Look, Looked } from "./installed/office.ts";
export { pluginHostMigrations } from "./migrations.ts";
export { type ModuleHandlers, moduleHandlers } from "./modules/module-handlers.ts";
export type { HostedPlugin, PluginState, Problem, Snapshot } from "./registry.ts";
export { openRegister } from "./reports/report-handlers.ts";
export { writeWorkbook } from "./reports/workbook.ts";
export { secretSettingKeys } from "./settings/secrets.ts";
export type { BrowserHalves, UiApp } from "./ui/browser-halves.ts";
