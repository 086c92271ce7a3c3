import { createContext, type ReactNode, use, useMemo } from "react";

interface Scope {
  readonly pluginId: string;
  readonly params: Readonly<Record<string, string>>;
}

const ScopeContext = createContext<Scope>({ pluginId: "", params: {} });

/** Tells the parts inside whose they are and what stands in their address. */
export function PluginScope(props: Scope & { readonly children: ReactNode }) {
  const { pluginId, params } = props;
  const value = useMemo(() => ({ pluginId, params }), [pluginId, params]);
  return <ScopeContext value={value}>{props.children}</ScopeContext>;
}

export function usePluginScope(): Scope {
  return use(ScopeContext);
}
