/** Set-up file of the test runs: lets `@doorstep/sdk/test` find the host, which is loaded when a test first asks. */
const provider = async (options: never): Promise<unknown> =>
  (await import("./plugin-test-host.ts")).providePluginHost(options);

Object.assign(globalThis, { [Symbol.for("doorstep.testHost")]: provider });
