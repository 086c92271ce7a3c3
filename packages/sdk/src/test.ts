/** The test kit for plugins: a real kernel, a real database, the real host. Runs under vitest. */
export { contractTests } from "./test-kit/contract-tests.ts";
export { createTestHost, type TestHost, type TestReports } from "./test-kit/create-test-host.ts";
export {
  PROVIDER,
  type ProvidedHost,
  type ProvideOptions,
  type TestAddressee,
  type TestCaller,
  type TestDelivery,
  type TestMode,
  type TestTaken,
  type TestUnit,
  testUnits,
} from "./test-kit/provider.ts";
