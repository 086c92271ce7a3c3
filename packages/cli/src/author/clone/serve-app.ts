import { spawn } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { stripVTControlCharacters } from "node:util";
import { ROOT } from "./catalog.ts";

export interface ServedApp {
  readonly url: string;
  stop(): void;
}

interface Served {
  /** of the module whose sources are shown */
  readonly folder: string;
  /** address of the platform */
  readonly server: string;
}

/**
 * One of the apps from its sources, with those of a module in place of what is installed: an edit is seen at once.
 *
 * @throws Error with what it said where it does not come up
 */
export async function serveApp(app: "portal" | "admin", { folder, server }: Served): Promise<ServedApp> {
  const vite = ["node_modules/vite/bin/vite.js", "--configLoader", "native", "--host", "127.0.0.1"];
  const child = spawn(process.execPath, ["--conditions=@doorstep/source", ...vite], {
    cwd: join(ROOT, "apps", app),
    // biome-ignore lint/style/noProcessEnv: a child's environment is the parent's with what is added here
    env: { ...process.env, NODE_ENV: "development", DOORSTEP_SERVER: server, DOORSTEP_PLUGINS: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (bytes: Buffer): void => {
      said += stripVTControlCharacters(bytes.toString());
      const [address] = /http:\/\/127\.0\.0\.1:\d+\S*/.exec(said) ?? [];
      if (said.includes("Local") && address !== undefined) resolve(address);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", () => reject(new Error(`the ${app} did not start:\n${said}`)));
  });
  return { url, stop: () => void child.kill() };
}
