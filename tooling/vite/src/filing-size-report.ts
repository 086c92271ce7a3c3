import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { argv, exit, stdout } from "node:process";
import { gzipSync } from "node:zlib";
import { type Budget, closure, FILING_LIMIT_BYTES, type Manifest, overBudget } from "./filing-size.ts";
import { workspaceRoot } from "./workspace.ts";

/*
 * Prints the JavaScript that filing a petition loads, part by part, and fails when it has grown.
 *   node --conditions=@doorstep/source tooling/vite/src/filing-size-report.ts [--accept] [--json] [--dist=<folder>]
 * Run it after `vite build` of apps/portal; `--accept` writes today's sizes as the new budget.
 */

const given = argv.find((word) => word.startsWith("--dist="))?.slice("--dist=".length);
const dist = given ?? join(workspaceRoot, "apps/portal/dist");
const budgetFile = join(workspaceRoot, "tooling/vite/filing-budget.json");
const PLUGIN = "plugins/online-petition/";

const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8")) as Manifest;

if (!manifest["index.html"]) throw new Error(`${dist} has no index.html in its manifest: nothing could be measured`);

/** What is opened by choice before somebody files, and the desk's page beside it, load when they are opened. */
const BESIDE = `${PLUGIN}src/help/`;
const isPlugin = (key: string): boolean => key.includes(PLUGIN) && !key.includes(BESIDE);
/** Both languages are never loaded: the longer one counts. */
const isErrorText = (key: string): boolean => key.includes("error-texts/zh-CN");
const shell = closure(manifest, ["index.html"]);
const pages = closure(manifest, ["index.html"], isPlugin);
const filing = closure(manifest, ["index.html"], (key) => isPlugin(key) || isErrorText(key));

function partOf(key: string): string {
  if (basename(manifest[key]?.file ?? "").startsWith("react-")) return "react";
  if (shell.has(key)) return "shell";
  return pages.has(key) ? "filing pages" : "error texts";
}

const parts: Record<string, number> = {};
for (const key of filing) {
  const file = manifest[key]?.file;
  if (!file?.endsWith(".js")) continue;
  const part = partOf(key);
  parts[part] = (parts[part] ?? 0) + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
}
const total = Object.values(parts).reduce((sum, bytes) => sum + bytes, 0);

if (argv.includes("--accept")) writeFileSync(budgetFile, `${JSON.stringify({ parts }, null, 2)}\n`);
const budget = JSON.parse(readFileSync(budgetFile, "utf8")) as Budget;
const problems = overBudget(parts, budget);

if (argv.includes("--json")) {
  stdout.write(`${JSON.stringify({ parts, total, limit: FILING_LIMIT_BYTES, problems })}\n`);
} else {
  const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1).padStart(7)} KB gz`;
  for (const [part, bytes] of Object.entries(parts)) stdout.write(`${part.padEnd(14)}${kilobytes(bytes)}\n`);
  stdout.write(`${"in all".padEnd(14)}${kilobytes(total)}  (limit ${(FILING_LIMIT_BYTES / 1024).toFixed(0)} KB)\n`);
  for (const problem of problems) stdout.write(`over budget: ${problem}\n`);
}
exit(problems.length > 0 ? 1 : 0);
