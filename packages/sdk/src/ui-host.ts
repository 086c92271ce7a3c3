/** The other side of `@doorstep/sdk/ui`: for the apps that plugins are shown in, never for plugins. */
export { Contribution } from "./ui/contribution.tsx";
export {
  type Contributed,
  type PluginUis,
  useContributions,
  usePluginUis,
  useSingle,
  wantsToShow,
} from "./ui/contributions.ts";
export { wipeDevice } from "./ui/device-store.ts";
export { type PluginLoader, type Registry, type UiHost, UiHostContext, useUiHost } from "./ui/host-context.ts";
export { inWords } from "./ui/in-words.ts";
export { matchPage, type PageMatch } from "./ui/match-page.ts";
export { PointsSwitch } from "./ui/points-in-view.tsx";
export { TakeDownContext, type TakeDownProps } from "./ui/take-down.tsx";
