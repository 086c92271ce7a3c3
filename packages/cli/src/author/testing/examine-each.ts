import process from "node:process";
import { examineArchive } from "@doorstep/plugin-host";
import { buildPlugin } from "../build-plugin.ts";

// A program of its own: whatever bundles many modules in one process runs out of memory (docs/quality.md).
for (const folder of process.argv.slice(2)) {
  const findings = await examineArchive((await buildPlugin(folder)).archive);
  process.stdout.write(`${JSON.stringify({ folder, findings })}\n`);
}
