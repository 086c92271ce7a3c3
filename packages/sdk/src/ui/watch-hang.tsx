import { useCallback, useEffect, useLayoutEffect } from "react";

/** Whose code is running at this moment, and since when; there for as long as it has not come back. */
const RUNNING = "doorstep.running";
/** What did not come back once, until the reader opens it all the same. */
const LEFT_OUT = "doorstep.left-out";
/** By then any code of a page has come back, on the slowest phone, too. */
const HUNG_MS = 2_000;

/** Where the next page finds it, also when the tab had to be closed; `null` where the browser keeps nothing. */
function kept(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

const leftOutIn = (storage: Storage): readonly string[] => (storage.getItem(LEFT_OUT) ?? "").split(" ").filter(Boolean);

let taken = false;

/** Makes of a mark that an earlier page left behind something that is left out. */
function takeMark(storage: Storage): void {
  if (taken) return;
  taken = true;
  const [since = "", part = ""] = (storage.getItem(RUNNING) ?? "").split(" ");
  if (part === "" || Date.now() - Number(since) < HUNG_MS) return;
  storage.removeItem(RUNNING);
  storage.setItem(LEFT_OUT, [...new Set([...leftOutIn(storage), part])].join(" "));
}

/** Whether a part of a module kept an earlier page from answering. */
export function didHang(part: string): boolean {
  const storage = kept();
  if (!storage) return false;
  takeMark(storage);
  return leftOutIn(storage).includes(part);
}

/** The reader opens it all the same. */
export function forgetHang(part: string): void {
  const storage = kept();
  storage?.setItem(
    LEFT_OUT,
    leftOutIn(storage)
      .filter((one) => one !== part)
      .join(" "),
  );
}

let clearing: ReturnType<typeof setTimeout> | undefined;

/** From here on that part runs; once the page takes up the next thing it has come back. */
function mark(part: string): void {
  kept()?.setItem(RUNNING, `${Date.now()} ${part}`);
  clearTimeout(clearing);
  clearing = setTimeout(() => kept()?.removeItem(RUNNING), 0);
}

/** Stands before a part of a module, so that its own turn comes first in rendering and in each kind of effect. */
export function HangMark({ part }: { readonly part: string }) {
  mark(part);
  useLayoutEffect(() => mark(part));
  useEffect(() => mark(part));
  return null;
}

const TOUCHED = ["pointerdown", "click", "keydown", "input"] as const;

/** For the box around a part: whatever is done in it runs as that part's. */
export function useHangMarks(part: string): (box: HTMLElement | null) => (() => void) | undefined {
  return useCallback(
    (box) => {
      if (!box) return undefined;
      const hear = (): void => mark(part);
      for (const type of TOUCHED) box.addEventListener(type, hear, { capture: true });
      return () => {
        for (const type of TOUCHED) box.removeEventListener(type, hear, { capture: true });
      };
    },
    [part],
  );
}
