export type { PluginDatabase } from "./boot/prepare-database.ts";
export type { PluginSource } from "./boot/sources.ts";
export { endpointOf, type PluginCall } from "./calls/endpoint.ts";
export type { KernelCalls } from "./calls/kernel-calls.ts";
export { pluginFileKeys, tidyPluginFiles } from "./calls/plugin-files.ts";
export { createPluginHost, type PluginHost, type PluginHostOptions } from "./host.ts";
export { pluginHostMigrations } from "./migrations.ts";
export { type ModuleHandlers, moduleHandlers } from "./modules/module-handlers.ts";
export type { HostedPlugin, PluginState, Problem, Snapshot } from "./registry.ts";
