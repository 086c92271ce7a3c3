import { defineConfig } from "vitest/config";

const conditions = ["@doorstep/source", "module", "node", "development|production"];
const notOurs = ["**/node_modules/**", "**/dist/**"];

// PostgreSQL does half of the work: two workers keep two cores busy, where one leaves them waiting for each other. A server
// that is given stands alone, and two cannot share it: what waits for the oldest open transaction waits for every database.
// biome-ignore lint/style/noProcessEnv: the set-up of a test run is its composition root.
const maxWorkers = process.env.TEST_DATABASE_URL ? 1 : 2;

/** Quick tests: rules, commands and routers against a real database. The browser has vitest.e2e.config.ts. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    globalSetup: ["packages/database/src/testing/global-setup.ts"],
    setupFiles: ["packages/cli/src/author/testing/provide.ts"],
    maxWorkers,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          pool: "threads",
          // Importing the router costs more than most tests; files share the modules and must leave no global state.
          isolate: false,
          include: ["{packages,apps,plugins,tooling}/*/**/*.test.{ts,tsx}"],
          exclude: [...notOurs, "**/*.isolated.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "isolated",
          pool: "forks",
          isolate: true,
          include: ["{packages,apps,plugins,tooling}/*/**/*.isolated.test.ts"],
          exclude: notOurs,
        },
      },
    ],
  },
});
