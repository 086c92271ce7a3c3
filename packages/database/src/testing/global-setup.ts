import type { TestProject } from "vitest/node";
import { startThrowAway, type ThrowAwayServer } from "../embedded/throw-away.ts";

let running: Promise<ThrowAwayServer> | undefined;

/** Starts one PostgreSQL for the whole run (this is called once per project), or takes the one of TEST_DATABASE_URL. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // biome-ignore lint/style/noProcessEnv: the set-up of a test run is its composition root.
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    project.provide("postgresUrl", given);
    return async () => undefined;
  }
  running ??= startThrowAway();
  const server = await running;
  project.provide("postgresUrl", server.url);
  return () => server.stop();
}
