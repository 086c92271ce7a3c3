import { findNumber } from "./find-number.ts";
import type { Task } from "./task.ts";

addEventListener("message", (event: MessageEvent<Task>) => {
  void findNumber(event.data).then(
    (work) => postMessage(work),
    (error: unknown) =>
      setTimeout(() => {
        // told to the page as the worker's own failure
        throw error;
      }),
  );
});
