declare module "virtual:doorstep-plugins/admin" {
  import type { PluginLoader } from "@doorstep/sdk/ui-host";

  export const plugins: readonly PluginLoader[];
}

declare module "csv-parse/browser/esm/sync" {
  export { parse } from "csv-parse/sync";
}
