import { appConfig } from "@doorstep/tooling-vite";
import { defineConfig } from "vite";

// biome-ignore lint/style/noDefaultExport: Vite reads the default export
export default defineConfig(({ command }) => appConfig({ app: "portal", base: "/", command }));
