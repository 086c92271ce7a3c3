export {
  openTestHost,
  pluginFolder,
  post,
  sourceOf,
  type TestHostOptions,
  type TestPluginHost,
} from "./open-test-host.ts";
export { LINE, rawArchive, testPublisher } from "./raw-archive.ts";
