import { AsyncLocalStorage } from "node:async_hooks";

const numbers = new AsyncLocalStorage<string>();

/** Everything written meanwhile carries the number of the request, which an error tells to whoever met it. */
export const underRequest = <T>(requestId: string, work: () => Promise<T>): Promise<T> => numbers.run(requestId, work);

/** Absent where no request stands behind it: what workers and the clock do. */
export const requestNumber = (): string | undefined => numbers.getStore();
