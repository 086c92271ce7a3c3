export { fillDatabase, isEmptyDatabase, Sum, type TableContent, type TableSum } from "./backup/fill.ts";
export { type DatabaseShape, readJournal, ShapeError, type TableShape } from "./backup/shape.ts";
export { openSnapshot, type Snapshot } from "./backup/snapshot.ts";
export { checkServer, type ServerProblem } from "./check-server.ts";
export { type ConnectOptions, connect } from "./connect.ts";
export { type EmbeddedOptions, type EmbeddedServer, startEmbedded } from "./embedded/start-embedded.ts";
export { startThrowAway, type ThrowAwayServer } from "./embedded/throw-away.ts";
export { isAway } from "./is-away.ts";
export { isFull } from "./is-full.ts";
export {
  applyRecorded,
  MigrationError,
  type MigrationReport,
  type Migrations,
  migrate,
  type RecordedMigration,
  readMigrations,
} from "./migrate.ts";
export { bringPluginBack, dropPutAside, hasPluginSchema, putPluginAside } from "./plugin-aside.ts";
export { ensurePluginRole, type PluginNames, pluginNames } from "./plugin-role.ts";
export { APP_ROLE, ensureAppRole } from "./roles.ts";
export { arrayLiteral, type Scope, type Scoped, withScope } from "./scope.ts";
export { socketUrl, withDatabase, withLogin } from "./url.ts";
