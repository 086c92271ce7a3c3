import { delimiter } from "node:path";
import { appConfig } from "@doorstep/tooling-vite";
import { defineConfig } from "vite";

// biome-ignore lint/style/noProcessEnv: whose server a page being developed talks to, and whose plugins, is said from outside
const { DOORSTEP_SERVER, DOORSTEP_PLUGINS = "" } = process.env;

export default defineConfig(({ command }) =>
  appConfig({
    app: "portal",
    base: "/",
    command,
    server: DOORSTEP_SERVER,
    plugins: DOORSTEP_PLUGINS.split(delimiter).filter(Boolean),
  }),
);
