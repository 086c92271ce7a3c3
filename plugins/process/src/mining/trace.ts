/** Something that was done in a case. */
export interface Step {
  readonly activity: string;
  /** instant */
  readonly at: string;
}

/** A case as a process map sees it, in the order in which it went. */
export interface Trace {
  readonly steps: readonly Step[];
  /** instants */
  readonly dueAt?: string | null;
  readonly endedAt?: string | null;
}
