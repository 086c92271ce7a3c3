export { createAdministrator, resetAccount } from "./accounts/administrators.ts";
export { DatabaseProblems } from "./database/open-database.ts";
export { type Env, EnvError, readEnv } from "./env.ts";
export { createLog, type Logger } from "./log.ts";
export { openPlatform, type Platform, type PlatformOptions, VERSION } from "./open-platform.ts";
export { plugins } from "./plugins.ts";
export { type DemoAccount, demoAccounts, type SeedDemo } from "./setup/demo.ts";
export { demoOf } from "./setup/seed-demo.ts";
export { type RunningServer, type StartOptions, startServer } from "./start-server.ts";
