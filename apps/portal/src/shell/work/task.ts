/** What the server asks a device to work out: a number whose PBKDF2 over the challenge begins with so many zero bits. */
export interface Task {
  readonly challenge: string;
  readonly bits: number;
  readonly iterations: number;
}

/** The task in a refusal, if it is one. */
export function taskOf(error: unknown): Task | undefined {
  const data = (error as { data?: { code?: unknown; params?: Partial<Task> } | null }).data;
  const { challenge, bits, iterations } = data?.params ?? {};
  return data?.code === "intake.workNeeded" && challenge && bits && iterations
    ? { challenge, bits, iterations }
    : undefined;
}
