export { connectSystem } from "./connect-system.ts";
export { type InstallingHost, openInstalling } from "./open-installing.ts";
export {
  openTestHost,
  pluginFolder,
  post,
  sourceOf,
  type TestHostOptions,
  type TestPluginHost,
} from "./open-test-host.ts";
export { providePluginHost } from "./plugin-test-host.ts";
export { LINE, rawArchive, testPublisher } from "./raw-archive.ts";
