import { useEffect, useState } from "react";

/** Nothing moves on the screen before this: a shorter wait is not felt, and a flash disturbs. */
export const SKELETON_AFTER_MS = 300;

/** Turns true when the calling component has been mounted for that long. */
export function useDelayed(afterMs: number = SKELETON_AFTER_MS): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), afterMs);
    return () => clearTimeout(timer);
  }, [afterMs]);
  return passed;
}
