export { type AppOptions, appConfig } from "./app-config.ts";
