declare module "virtual:doorstep-plugins/portal" {
  import type { PluginLoader } from "@doorstep/sdk/ui-host";

  export const plugins: readonly PluginLoader[];
}
