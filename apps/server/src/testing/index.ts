export { type Answer, type Browser, openBrowser } from "./browser.ts";
export { petition } from "./petition.ts";
export { type SeedPerson, type SeedUnit, seedPeople, TEST_PASSWORD } from "./seed-people.ts";
export { startTestServer, type TestServer, type TestServerOptions } from "./start-test-server.ts";
export { type TestClock, testClock } from "./test-clock.ts";
