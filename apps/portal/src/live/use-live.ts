import { useEffect, useRef } from "react";
import { type LiveListener, listenLive } from "./live-stream.ts";

/** Hears of changes while the screen is there; the newest function is called. */
export function useLive(listener: LiveListener): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => listenLive((news) => latest.current(news)), []);
}
