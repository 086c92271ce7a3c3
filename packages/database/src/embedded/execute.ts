import { spawn } from "node:child_process";
import type { Account } from "./account.ts";

/** A bare number as user, as containers have it: PostgreSQL's tools look for its name and give up. */
const NAMELESS = "could not look up effective user ID";
/** Lets a tool believe that it is `nobody`, which has a name everywhere; the files stay ours. */
const AS_NOBODY = ["unshare", "--user", "--map-user=65534", "--map-group=65534"];

/** How a program ended and what it said. */
interface Outcome {
  readonly code: number;
  readonly output: string;
}

/**
 * Runs a tool of PostgreSQL to its end, under the account, free of the environment's locale and settings.
 *
 * @throws Error when the account has no name and none can be lent to it.
 */
export async function execute(command: readonly string[], account: Account, input = ""): Promise<Outcome> {
  const first = await attempt(command, account, input);
  if (first.code === 0 || !first.output.includes(NAMELESS)) return first;
  const second = await attempt([...AS_NOBODY, ...command], account, input);
  if (second.code === 0) return second;
  throw new Error(
    `PostgreSQL needs a user with a name, uid ${account.uid ?? process.getuid?.()} has none in /etc/passwd. Run Doorstep as a named user, or set DATABASE_URL to a PostgreSQL server.`,
  );
}

function attempt([program = "", ...args]: readonly string[], account: Account, input: string): Promise<Outcome> {
  const child = spawn(program, args, {
    ...account,
    cwd: "/",
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  // A tool that ends before it has read everything is judged by its exit code.
  child.stdin.on("error", () => undefined).end(input);
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 1, output: error.message }));
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
