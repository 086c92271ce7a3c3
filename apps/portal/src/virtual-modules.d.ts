declare module "virtual:doorstep-plugins/portal" {
  import type { PluginLoader } from "@doorstep/sdk/ui-host";

  export const plugins: readonly PluginLoader[];
}

/** The sentences of the error catalogue in one language, by code (`tooling/vite`). */
declare module "virtual:doorstep/error-texts/*" {
  const texts: Readonly<Record<string, string>>;
  // biome-ignore lint/style/noDefaultExport: a catalogue is loaded by language, as one value
  export default texts;
}
