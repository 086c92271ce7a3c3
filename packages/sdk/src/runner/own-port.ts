import { parentPort } from "node:worker_threads";
import type { FromPlugin, Port, ToPlugin } from "./messages.ts";

/** The line to the host, whichever it is: that of a thread or that of a process. */
export function ownPort(): Port<FromPlugin, ToPlugin> {
  if (parentPort) {
    const line = parentPort;
    return { post: (message) => line.postMessage(message), onMessage: (hear) => void line.on("message", hear) };
  }
  // Without its host a plugin has nothing to do.
  process.on("disconnect", () => process.exit(0));
  return {
    post: (message) => void process.send?.(message),
    onMessage: (hear) => void process.on("message", (message) => hear(message as ToPlugin)),
  };
}
