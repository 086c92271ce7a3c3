import { defineConfig } from "vitest/config";

const conditions = ["@doorstep/source", "module", "node", "development|production"];

/** Tests in a browser against the real server and the built apps; one file at a time, so that two cores are enough. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name: "e2e",
    globalSetup: ["packages/database/src/testing/global-setup.ts"],
    include: ["tooling/e2e/src/**/*.e2e.ts"],
    pool: "threads",
    // One worker that keeps its modules: the browser is opened once.
    isolate: false,
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
