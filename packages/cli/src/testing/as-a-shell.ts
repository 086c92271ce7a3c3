import { execFile } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { compileCache } from "@doorstep/database/testing";

/** What a command said and how it ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

type Variables = Readonly<Record<string, string>>;

/** How the program is started, before its own arguments. */
export const program = ["--conditions=@doorstep/source", join(import.meta.dirname, "..", "main.ts")];

/** Nothing of the test's own surroundings but where Node keeps what it has compiled: each start would do it anew. */
export const surroundings = (variables: Variables): Variables => ({
  PATH: "/usr/bin:/bin",
  ...compileCache,
  ...variables,
});

/** Runs `doorstep` as a shell would, in a process of its own. */
export const asAShell =
  (variables: Variables) =>
  (...args: string[]): Promise<Ended> =>
    new Promise((resolve) => {
      const options = { env: surroundings(variables), maxBuffer: 1e8 };
      execFile(process.execPath, [...program, ...args], options, (error, out, err) =>
        resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
      );
    });
