import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import process from "node:process";
import { UsageError, type Verb } from "../../verb.ts";
import { only, parsed, said } from "../arguments.ts";
import { ROOT } from "./catalog.ts";
import { runTool } from "./run-tool.ts";

/** Ends with Ctrl-C, or when whoever started it asks. */
const untilStopped = (): Promise<void> =>
  new Promise((done) => {
    process.once("SIGINT", () => done());
    process.once("SIGTERM", () => done());
  });

/** A platform with its demo and a module that follows its sources. */
export const dev: Verb = {
  summary: "run a platform with a module that follows its sources",
  usage: [
    "doorstep dev <folder> [--port <port>]",
    "  the platform, its database and its demo are kept in <folder>/.doorstep/dev; remove it to begin anew",
  ].join("\n"),
  async run(args, output) {
    const { values, positionals } = parsed(args, { port: { type: "string" } });
    const folder = resolve(only(positionals, "folder"));
    const found = await stat(join(folder, "src", "server.ts")).catch(() => undefined);
    if (!found) throw new UsageError(`There is no module in ${folder}.`);
    output.err("Building what has changed.");
    await runTool("turbo", ["run", "build", "--ui=stream", "--output-logs=errors-only"], ROOT);
    const { createLog, demoOf, ownKeyOf, readEnv, startServer } = await import("@doorstep/server");
    const { serveApp } = await import("./serve-app.ts");
    const { serveModule } = await import("./serve-module.ts");
    // biome-ignore lint/style/noProcessEnv: what is not said here is said as for the server.
    const given = { DOORSTEP_DATA_DIR: join(folder, ".doorstep", "dev"), ...process.env };
    const env = readEnv({ ...given, ...(said(values.port) !== undefined && { PORT: said(values.port) }) });
    const [print, now] = [output.out, () => new Date()];
    const log = createLog({ level: "warn" });
    const server = await startServer({ env, log, print, now, seedDemo: demoOf({ env, now, print }) });
    const end = await serveModule({ platform: server.platform, folder, key: await ownKeyOf(env), print });
    const apps = await Promise.all(
      (["portal", "admin"] as const).map((app) => serveApp(app, { folder, server: server.url })),
    );
    output.out(`From the sources, edits seen at once:\n${apps.map((app) => `  ${app.url}`).join("\n")}`);
    await untilStopped();
    for (const app of apps) app.stop();
    await end();
    await server.stop();
    return 0;
  },
};
