import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const conditions = ["@doorstep/source", "module", "node", "development|production"];

// A page waits for its server and the server for its database: two files at a time keep two cores busy, where one leaves them
// waiting. A server of PostgreSQL that is given stands alone, and two cannot share it (see vitest.config.ts).
// biome-ignore lint/style/noProcessEnv: the set-up of a test run is its composition root.
const maxWorkers = process.env.TEST_DATABASE_URL ? 1 : 2;

/** Small files that take long: begun last, they would leave the other worker without work. */
const FIRST = /\/(?:demo\/demo|kill\/kill)\.e2e\.ts$/;

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isFirst = ({ moduleId }: TestSpecification): boolean => FIRST.test(moduleId);
    return [...sorted.filter(isFirst), ...sorted.filter((file) => !isFirst(file))];
  }
}

/** Tests in a browser against the real server and the built apps. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name: "e2e",
    globalSetup: ["packages/database/src/testing/global-setup.ts", "tooling/e2e/src/unpack-browser.ts"],
    include: ["tooling/e2e/src/**/*.e2e.ts"],
    pool: "threads",
    // Workers keep their modules: importing the server costs more than most tests.
    isolate: false,
    maxWorkers,
    sequence: { sequencer: LongFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
