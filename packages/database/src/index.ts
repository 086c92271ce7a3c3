export { type ConnectOptions, connect } from "./connect.ts";
export { startThrowAway, type ThrowAwayServer } from "./embedded/throw-away.ts";
export { MigrationError, type MigrationReport, type Migrations, migrate, readMigrations } from "./migrate.ts";
export { APP_ROLE, ensureAppRole } from "./roles.ts";
export { socketUrl, withDatabase, withLogin } from "./url.ts";
