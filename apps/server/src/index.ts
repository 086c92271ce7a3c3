export { type Env, EnvError, readEnv } from "./env.ts";
export { createLog, type Logger } from "./log.ts";
export { openPlatform, type Platform, VERSION } from "./open-platform.ts";
export type { DemoAccount, SeedDemo } from "./setup/demo.ts";
export { type RunningServer, type StartOptions, startServer } from "./start-server.ts";
