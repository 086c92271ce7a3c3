/** Where a verb writes: results to `out`, progress and complaints to `err`. */
export interface Output {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** one JSON object on `out` instead of sentences */
  readonly json: boolean;
}

/** One word of the command line. */
export interface Verb {
  /** One line for the list of verbs. */
  readonly summary: string;
  /** How it is called, for whoever called it wrongly. */
  readonly usage: string;
  /**
   * @returns the exit code: 0 done, 1 failed.
   * @throws UsageError when it was called wrongly; DoorstepError when it is refused.
   */
  run(args: readonly string[], output: Output): Promise<number>;
}

/** The verb was called wrongly: exit code 2 and the usage. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
