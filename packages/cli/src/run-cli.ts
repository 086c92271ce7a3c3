import { DoorstepError, errorText } from "@doorstep/contracts";
import { type Output, UsageError, type Verb } from "./verb.ts";
import { verbs } from "./verbs.ts";

const DONE = 0;
const FAILED = 1;
const WRONG_USE = 2;

/** Errors of the start that already say what to do. */
const STARTING: ReadonlySet<string> = new Set(["EnvError", "DatabaseProblems", "MigrationError", "ShapeError"]);

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly exit: number;
}

/** Runs one verb and gives the exit code: 0 done, 1 failed, 2 wrong use. */
export async function runCli(
  args: readonly string[],
  write: Pick<Output, "out" | "err">,
  known: typeof verbs = verbs,
): Promise<number> {
  const json = args.includes("--json");
  const [name, ...rest] = args.filter((arg) => arg !== "--json");
  const fail = ({ code, message, exit }: Failure): number => {
    if (json) write.out(JSON.stringify({ ok: false, code, message }));
    else write.err(message);
    return exit;
  };
  if (name === undefined || name === "help" || name === "--help") {
    await listVerbs(write.out, known);
    return name === undefined ? WRONG_USE : DONE;
  }
  const load = Object.hasOwn(known, name) ? known[name] : undefined;
  if (!load) return fail(wrongUse(`There is no verb "${name}". Known: ${Object.keys(known).join(", ")}.`));
  const verb = await load();
  if (rest.includes("--help")) {
    write.out(verb.usage);
    return DONE;
  }
  try {
    return await verb.run(rest, { ...write, json });
  } catch (error) {
    return fail(failureOf(error, verb));
  }
}

const wrongUse = (message: string): Failure => ({ code: "usage", message, exit: WRONG_USE });

function failureOf(error: unknown, verb: Verb): Failure {
  if (error instanceof UsageError) return wrongUse(`${error.message}\n${verb.usage}`);
  if (error instanceof DoorstepError) return { code: error.code, message: sentences(error), exit: FAILED };
  if (!(error instanceof Error)) return { code: "unexpected", message: String(error), exit: FAILED };
  // By name: a wrong word on the command line must not wait for the whole server to be loaded.
  if (STARTING.has(error.name)) return { code: "start", message: error.message, exit: FAILED };
  return { code: "unexpected", message: error.stack ?? error.message, exit: FAILED };
}

const sentences = (error: DoorstepError): string =>
  `${errorText(error.code, error.params, "zh-CN")}\n${errorText(error.code, error.params, "en")}`;

async function listVerbs(out: (line: string) => void, known: typeof verbs): Promise<void> {
  out("doorstep <verb> [--json]");
  for (const [name, load] of Object.entries(known)) out(`  ${name.padEnd(10)} ${(await load()).summary}`);
}
