import { useRef } from "react";
import { newKey } from "../../shell/new-key.ts";

/** Makes keys for intended acts: what is sent again unchanged keeps its key, so that it is done once. */
export function createActKeys(make: () => string): (payload: unknown) => string {
  let last: { readonly content: string; readonly key: string } | undefined;
  return (payload) => {
    const content = JSON.stringify(payload);
    if (last?.content !== content) last = { content, key: make() };
    return last.key;
  };
}

/** The keys of one open form. */
export function useActKeys(): (payload: unknown) => string {
  const keys = useRef<((payload: unknown) => string) | null>(null);
  keys.current ??= createActKeys(newKey);
  return keys.current;
}
