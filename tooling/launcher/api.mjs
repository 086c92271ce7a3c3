// Takes the public types over as they are now, after `pnpm build`; with --freeze what the SDK promises from this major on.
import process from "node:process";
import { acceptApi, freezeApi } from "./src/api-report.mjs";

if (process.argv.includes("--freeze")) freezeApi();
else acceptApi();
