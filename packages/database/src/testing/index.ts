export { compileCache } from "./compile-cache.ts";
export { openTestDatabase, type Preparation, type TestDatabase } from "./open-test-database.ts";
export { postmasterOf } from "./postmaster-of.ts";
