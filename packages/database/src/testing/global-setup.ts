import type { TestProject } from "vitest/node";
import { startThrowAway, type ThrowAwayServer } from "../embedded/throw-away.ts";

let running: Promise<readonly ThrowAwayServer[]> | undefined;

/**
 * Starts a PostgreSQL for each worker of the run (this is called once per project), or takes the one of
 * TEST_DATABASE_URL. Not one for all: what waits for the oldest open transaction waits for those of every database.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // biome-ignore lint/style/noProcessEnv: the set-up of a test run is its composition root.
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    project.provide("postgresUrls", [given]);
    return async () => undefined;
  }
  const workers = Number(project.vitest.config.maxWorkers);
  running ??= Promise.all(Array.from({ length: workers }, () => startThrowAway()));
  const servers = await running;
  project.provide(
    "postgresUrls",
    servers.map((server) => server.url),
  );
  return async () => {
    await Promise.all(servers.map((server) => server.stop()));
  };
}
