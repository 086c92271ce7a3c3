import { useCallback, useEffect, useRef, useState } from "react";

interface Progressing {
  readonly done: boolean;
}

/** Calls a step again and again until it says that all is done; stops when the page is left. */
export function useUntilDone<T extends Progressing>(step: () => Promise<T>) {
  const [latest, setLatest] = useState<T>();
  const [error, setError] = useState<unknown>();
  const isHere = useRef(true);
  const isBusy = useRef(false);
  const call = useRef(step);
  call.current = step;
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const start = useCallback(async () => {
    if (isBusy.current) return;
    isBusy.current = true;
    setError(undefined);
    try {
      for (let isDone = false; !isDone && isHere.current; ) {
        const result = await call.current();
        isDone = result.done;
        if (isHere.current) setLatest(result);
      }
    } catch (thrown) {
      if (isHere.current) setError(thrown);
    } finally {
      isBusy.current = false;
    }
  }, []);
  return { start, latest, error };
}
