/** What a key press must tell; a DOM `KeyboardEvent` fits. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey?: boolean;
  /** True while an input method is composing: the key belongs to it. */
  readonly isComposing: boolean;
  readonly keyCode?: number;
  /** Milliseconds, from any fixed start. */
  readonly timeStamp: number;
}

export interface MatchOptions {
  /** The keys of each shortcut: `j`, `?`, `ctrl+k`, or a sequence such as `g q`. */
  readonly bindings: readonly string[];
  /** The press went to a field, a select or editable text. */
  readonly inField: boolean;
  /** Single keys and sequences may be switched off; combinations with ctrl stay. */
  readonly singleKeys: boolean;
}

/** A sequence is broken when its second key does not follow within this time. */
export const SEQUENCE_MS = 1_200;

interface Pending {
  readonly key: string;
  readonly at: number;
}

/** Old browsers report a key taken by an input method with this code only. */
const IME_KEY_CODE = 229;

function nameOf(press: KeyPress): string {
  const key = press.key.toLowerCase();
  return press.ctrlKey || press.metaKey ? `ctrl+${key}` : key;
}

/** Tells whether a press belongs to an input method, which no shortcut may take from it. */
export function belongsToInputMethod(press: KeyPress): boolean {
  return press.isComposing || press.keyCode === IME_KEY_CODE || press.key === "Process";
}

function completes(before: Pending | undefined, name: string, press: KeyPress, bindings: readonly string[]) {
  if (!before || press.timeStamp - before.at > SEQUENCE_MS) return undefined;
  return bindings.find((binding) => binding === `${before.key} ${name}`);
}

/** Makes a matcher that remembers the first key of a sequence; it gives the binding that a press completes. */
export function createShortcutMatcher(): (press: KeyPress, options: MatchOptions) => string | undefined {
  let pending: Pending | undefined;

  return (press, options) => {
    const before = pending;
    pending = undefined;
    if (belongsToInputMethod(press) || press.altKey) return undefined;
    const name = nameOf(press);
    if (name.startsWith("ctrl+")) return options.bindings.find((binding) => binding === name);
    if (options.inField || !options.singleKeys) return undefined;

    const sequence = completes(before, name, press, options.bindings);
    if (sequence) return sequence;
    if (options.bindings.some((binding) => binding.startsWith(`${name} `))) {
      pending = { key: name, at: press.timeStamp };
      return undefined;
    }
    return options.bindings.find((binding) => binding === name);
  };
}
