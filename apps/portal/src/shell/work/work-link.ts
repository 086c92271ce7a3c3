import type { TRPCLink } from "@trpc/client";
import type { AnyTRPCRouter } from "@trpc/server";
import { observable } from "@trpc/server/observable";
import { type Task, taskOf } from "./task.ts";
import { working } from "./working.ts";

/** Made by a worker that loads only when it is asked for; a device that cannot work says so, and its petition waits. */
async function workOut(task: Task): Promise<string> {
  working.set(true);
  try {
    return await (await import("./run-worker.ts")).runWorker(task);
  } catch {
    return "unable";
  } finally {
    working.set(false);
  }
}

/** In a rush the server asks the device for work before it takes a petition in: done here, for every way of filing. */
export const workLink =
  <R extends AnyTRPCRouter>(): TRPCLink<R> =>
  () =>
  ({ next, op }) =>
    observable((observer) => {
      const first = next(op).subscribe({
        next: (value) => observer.next(value),
        complete: () => observer.complete(),
        error(error) {
          const task = taskOf(error);
          if (!task) return observer.error(error);
          void workOut(task).then((work) =>
            next({ ...op, input: { ...(op.input as object), work } }).subscribe(observer),
          );
        },
      });
      return () => first.unsubscribe();
    });
