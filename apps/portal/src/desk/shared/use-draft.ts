import { useCallback, useEffect, useRef, useState } from "react";
import { useDesk } from "../desk-context.ts";

const SAVE_AFTER_MS = 400;

export interface Draft<V extends object> {
  /** what the form begins with */
  readonly initial: V;
  readonly restored: boolean;
  /** changes when the form must begin again */
  readonly generation: number;
  readonly save: (values: V) => void;
  /** what is not sent yet stays when the form goes away */
  readonly clear: () => void;
  readonly discard: () => void;
}

/** Keeps a form's values on this device while they are typed. */
export function useDraft<V extends object>(place: string, empty: V): Draft<V> {
  const { drafts } = useDesk();
  const [start, setStart] = useState(() => {
    const kept = drafts.read<Partial<V>>(place);
    return { initial: { ...empty, ...kept }, restored: kept !== undefined, generation: 0 };
  });
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; values: V } | undefined>(undefined);

  const flush = useCallback(() => {
    if (!waiting.current) return;
    clearTimeout(waiting.current.timer);
    drafts.write(place, waiting.current.values);
    waiting.current = undefined;
  }, [drafts, place]);
  const save = useCallback(
    (values: V) => {
      if (waiting.current) clearTimeout(waiting.current.timer);
      waiting.current = { values, timer: setTimeout(flush, SAVE_AFTER_MS) };
    },
    [flush],
  );
  const clear = useCallback(() => {
    if (waiting.current) clearTimeout(waiting.current.timer);
    waiting.current = undefined;
    drafts.clear(place);
  }, [drafts, place]);

  useEffect(() => {
    addEventListener("pagehide", flush);
    return () => {
      removeEventListener("pagehide", flush);
      flush();
    };
  }, [flush]);

  return {
    ...start,
    save,
    clear,
    discard: () => {
      clear();
      setStart((before) => ({ initial: empty, restored: false, generation: before.generation + 1 }));
    },
  };
}
