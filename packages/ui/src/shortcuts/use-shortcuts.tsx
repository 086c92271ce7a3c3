import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from "react";
import { createShortcutMatcher } from "./match-shortcut.ts";

export interface Shortcut {
  /** `j`, `?`, `ctrl+k` (also ⌘), or a sequence such as `g q`. */
  readonly keys: string;
  /** What it does, for the list of keys. */
  readonly label: string;
  readonly run: () => void;
}

interface ShortcutsValue {
  readonly singleKeys: boolean;
  readonly setSingleKeys: (on: boolean) => void;
  readonly layers: Map<symbol, readonly Shortcut[]>;
}

const STORED = "doorstep.singleKeys";
const ShortcutsContext = createContext<ShortcutsValue | undefined>(undefined);

const FIELDS = "input:not([type=checkbox]):not([type=radio]),textarea,select";

/** Whether single keys belong to what has focus: typed there, or a form above the screen whose keys they are not. */
function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest(`${FIELDS},[role=dialog]`) !== null;
}

/** The space bar presses a button and ticks a box, whatever a screen binds it to. */
const isPress = ({ key, target }: KeyboardEvent): boolean =>
  key === " " && target instanceof HTMLElement && target.closest("button,summary,input") !== null;

/** Listens once for the whole app; the screen that mounted last wins when two bind the same key. */
export function ShortcutsProvider(props: { readonly children: ReactNode }) {
  const [singleKeys, setSingleKeys] = useState(() => localStorage.getItem(STORED) !== "off");
  const layers = useRef(new Map<symbol, readonly Shortcut[]>());
  const value = useMemo<ShortcutsValue>(
    () => ({
      singleKeys,
      setSingleKeys: (on) => {
        localStorage.setItem(STORED, on ? "on" : "off");
        setSingleKeys(on);
      },
      layers: layers.current,
    }),
    [singleKeys],
  );

  useEffect(() => {
    const match = createShortcutMatcher();
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isPress(event)) return;
      const active = [...layers.current.values()].reverse().flat();
      const bindings = active.map((shortcut) => shortcut.keys);
      const keys = match(event, { bindings, inField: isField(event.target), singleKeys });
      const found = active.find((shortcut) => shortcut.keys === keys);
      if (!found) return;
      event.preventDefault();
      found.run();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [singleKeys]);

  return <ShortcutsContext value={value}>{props.children}</ShortcutsContext>;
}

/** Binds keys while the calling component is mounted. Needs a `ShortcutsProvider` above; without one keys do nothing. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const layers = use(ShortcutsContext)?.layers;
  const [id] = useState(() => Symbol("shortcuts"));

  useEffect(() => {
    layers?.set(id, shortcuts);
  });
  useEffect(
    () => () => {
      layers?.delete(id);
    },
    [layers, id],
  );
}

/** Gives the switch for single keys and the keys bound right now, for the page that lists them. */
export function useShortcutSettings(): {
  readonly singleKeys: boolean;
  readonly setSingleKeys: (on: boolean) => void;
  readonly active: () => readonly Shortcut[];
} {
  const value = use(ShortcutsContext);
  return {
    singleKeys: value?.singleKeys ?? false,
    setSingleKeys: value?.setSingleKeys ?? (() => undefined),
    active: () => [...(value?.layers.values() ?? [])].flat(),
  };
}
