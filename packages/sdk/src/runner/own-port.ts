import { Socket } from "node:net";
import { parentPort } from "node:worker_threads";
import { frameOf, frameReader } from "./frames.ts";
import type { FromPlugin, Port, ToPlugin } from "./messages.ts";

/** Where a process of its own finds the line to its host. */
const LINE_FD = 3;

/** The line to the host, whichever it is: that of a thread or that of a process. */
export function ownPort(): Port<FromPlugin, ToPlugin> {
  if (parentPort) {
    const line = parentPort;
    return { post: (message) => line.postMessage(message), onMessage: (hear) => void line.on("message", hear) };
  }
  const line = new Socket({ fd: LINE_FD, readable: true, writable: true });
  // Without its host a plugin has nothing to do.
  const leave = (): void => process.exit(0);
  line.on("end", leave).on("close", leave).on("error", leave);
  return {
    post: (message) => void line.write(frameOf(message)),
    onMessage: (hear) =>
      void line.on(
        "data",
        frameReader((message) => hear(message as ToPlugin)),
      ),
  };
}
