import type { Task } from "./task.ts";

/** A phone that needs longer than this is spared. */
const LONGEST_MS = 120_000;

/** Works beside the page, which stays usable. */
export function runWorker(task: Task): Promise<string> {
  const worker = new Worker(new URL("./find-number.worker.ts", import.meta.url), { type: "module" });
  return new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("the work took too long")), LONGEST_MS);
    worker.onmessage = (event: MessageEvent<string>) => {
      clearTimeout(late);
      resolve(event.data);
    };
    worker.onerror = () => {
      clearTimeout(late);
      reject(new Error("the work failed"));
    };
    worker.postMessage(task);
  }).finally(() => worker.terminate());
}
