export { openTestDatabase, type TestDatabase } from "./open-test-database.ts";
export { postmasterOf } from "./postmaster-of.ts";
