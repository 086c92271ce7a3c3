import { type ComponentType, createElement, use } from "react";

interface Loaded<P> {
  readonly default: ComponentType<P>;
}

const resets = new WeakMap<object, () => void>();

/**
 * Splits a component off into its own file. Unlike React's `lazy` a failed load is not kept for ever: the error
 * boundary around a contribution forgets it before it tries again.
 */
export function lazyPart<P extends object = object>(load: () => Promise<Loaded<P>>): ComponentType<P> {
  let loading: Promise<Loaded<P>> | undefined;
  const part = (props: P) => {
    loading ??= load();
    return createElement(use(loading).default, props);
  };
  resets.set(part, () => {
    loading = undefined;
  });
  return part;
}

/** Lets a part made by `lazyPart` load anew. */
export function forgetFailedLoad(component: object): void {
  resets.get(component)?.();
}
