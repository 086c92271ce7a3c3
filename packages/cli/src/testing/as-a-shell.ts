import { join } from "node:path";
import process from "node:process";
import { compileCache } from "@doorstep/database/testing";
import { runCli } from "../run-cli.ts";

/** What a command said and how it ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

type Variables = Readonly<Record<string, string>>;

/** How the program is started in a process of its own, before its own arguments. */
export const program = ["--conditions=@doorstep/source", join(import.meta.dirname, "..", "main.ts")];

/** Nothing of the test's own surroundings but where Node keeps what it has compiled: each start would do it anew. */
export const surroundings = (variables: Variables): Variables => ({
  PATH: "/usr/bin:/bin",
  ...compileCache,
  ...variables,
});

// biome-ignore lint/style/noProcessEnv: what a command finds around it is what these tests set
const around = process.env;

function surroundBy(variables: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(around)) if (!(name in variables)) delete around[name];
  Object.assign(around, variables);
}

/**
 * Runs `doorstep` with the surroundings a shell would give it, one command after another. Not in a process of its own:
 * that loads the whole server each time, and what a process adds is tried where one is killed or its exit is asked for.
 */
export function asAShell(variables: Variables): (...args: string[]) => Promise<Ended> {
  let last: Promise<unknown> = Promise.resolve();
  const run = async (args: readonly string[]): Promise<Ended> => {
    const own = { ...around };
    const said: Record<"out" | "err", string> = { out: "", err: "" };
    const write = (to: keyof typeof said) => (line: string) => {
      said[to] += `${line}\n`;
    };
    surroundBy(surroundings(variables));
    try {
      return { code: await runCli(args, { out: write("out"), err: write("err") }), ...said };
    } finally {
      surroundBy(own);
    }
  };
  return (...args) => {
    const turn = last.then(() => run(args));
    last = turn.catch(() => undefined);
    return turn;
  };
}
