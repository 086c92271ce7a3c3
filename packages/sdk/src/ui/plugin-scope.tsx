import { createContext, type ReactNode, use, useMemo } from "react";

interface Scope {
  readonly pluginId: string;
  readonly params: Readonly<Record<string, string>>;
  /** Where the plugin's own pages stand: `/p/<id>`, at the desk `/desk/p/<id>`. */
  readonly base: string;
}

const ScopeContext = createContext<Scope>({ pluginId: "", params: {}, base: "" });

/** Tells the parts inside whose they are and what stands in their address. */
export function PluginScope(props: Scope & { readonly children: ReactNode }) {
  const { pluginId, params, base } = props;
  const value = useMemo(() => ({ pluginId, params, base }), [pluginId, params, base]);
  return <ScopeContext value={value}>{props.children}</ScopeContext>;
}

export function usePluginScope(): Scope {
  return use(ScopeContext);
}
