/** A piece of work that operators see the time and the end of; its name comes from our own lists, never from a person. */
export interface Part {
  /** what a request asks for, what a module is asked, a round of a worker, events handed to a consumer */
  readonly kind: "procedure" | "module" | "worker" | "consumer";
  /** such as `cases.get`, `online-petition toCase`, `sweep` */
  readonly name: string;
}

/** Runs work as a part of what runs now and remembers how it went. It changes nothing of it. */
export type Observe = <T>(part: Part, work: () => Promise<T>) => Promise<T>;

/** Without anybody who looks on. */
export const unobserved: Observe = (_part, work) => work();
