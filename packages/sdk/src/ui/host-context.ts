import type { SessionMe } from "@doorstep/contracts";
import type { Language } from "@doorstep/ui";
import type { TRPCClient } from "@trpc/client";
import type { AnyTRPCRouter, inferRouterOutputs } from "@trpc/server";
import type { TRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { createContext, use } from "react";
import type { KernelApi } from "./kernel-api.ts";
import type { Catalog, PluginUi, UiAppName } from "./plugin-ui.ts";

/** What is switched on at a unit, as it comes over the wire. */
export type Registry = inferRouterOutputs<KernelApi>["registry"]["forUnit"];

/** A plugin of the build and how to get its browser half; nothing is downloaded before `load`. */
export interface PluginLoader {
  readonly id: string;
  /** Served from its sources while it is developed: goes before the one that is installed. */
  readonly live?: boolean;
  /** What it gives to the app. Absent: it may give anything. */
  readonly parts?: readonly string[];
  readonly load: () => Promise<{ readonly default: PluginUi }>;
}

/** What an app gives to the plugins inside it. */
export interface UiHost {
  readonly app: UiAppName;
  readonly language: Language;
  readonly user: SessionMe;
  /** What is switched on at the unit in view; `undefined` until it is known. */
  readonly registry: Registry | undefined;
  readonly loaders: readonly PluginLoader[];
  /** Brings the style sheets of every part, for halves that were not built with the app; absent where the app has them all. */
  readonly sheets?: () => Promise<unknown>;
  readonly kernel: TRPCOptionsProxy<KernelApi>;
  /** Sends neither cookies nor anything else that tells who asks. */
  readonly anonymousKernel: TRPCClient<KernelApi>;
  readonly pluginRpc: (pluginId: string) => TRPCOptionsProxy<AnyTRPCRouter>;
  /** Says where the words of a namespace are; they are fetched with the first part that is shown. */
  readonly addCatalogs: (
    namespace: string,
    catalogs: Readonly<Record<Language, () => Promise<Catalog>>>,
  ) => Promise<void>;
  readonly navigate: (to: string, options?: { readonly replace?: boolean }) => void;
  readonly back: () => void;
  /** The reader's sentence for whatever a call was refused with. */
  readonly errorText: (error: unknown) => string;
}

export const UiHostContext = createContext<UiHost | undefined>(undefined);

/** The app around; used by the app's own screens and by the hooks for plugins. */
export function useUiHost(): UiHost {
  const host = use(UiHostContext);
  if (!host) throw new Error("useUiHost needs a UiHostContext above it");
  return host;
}
