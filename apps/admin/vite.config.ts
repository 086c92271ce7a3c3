import { appConfig } from "@doorstep/tooling-vite";
import { defineConfig } from "vite";

export default defineConfig(({ command }) => appConfig({ app: "admin", base: "/admin/", command }));
