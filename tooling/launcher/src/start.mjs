import { createServer } from "node:net";
import { join } from "node:path";
import { portTakenMessage } from "../port-owner.mjs";
import { bin, pinnedNode, ROOT } from "./paths.mjs";
import { run } from "./run.mjs";
import { LaunchError, say, seconds } from "./say.mjs";

const DEFAULT_PORT = 3000;

/** Builds what has changed and runs the server until it ends or is told to. */
export async function start() {
  await assertPortFree();
  await build();
  say("Starting the server. Ctrl-C stops everything.");
  const { code, signal } = await run(pinnedNode(), [
    "--conditions=@doorstep/source",
    join(ROOT, "apps/server/src/main.ts"),
  ]);
  if (signal) {
    say("Stopped.");
    return 0;
  }
  return code;
}

/** Builds the apps and packages that changed since the last time. */
export async function build() {
  const since = performance.now();
  say("Building what has changed.");
  const { code, signal } = await run(bin("turbo"), ["run", "build", "--output-logs=errors-only", "--ui=stream"]);
  if (signal) throw new LaunchError("Stopped.");
  if (code !== 0) throw new LaunchError("The build failed; the reason stands above.");
  say(`Built in ${seconds(since)}.`);
}

async function assertPortFree() {
  const port = Number(process.env.PORT || DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new LaunchError(`PORT is "${process.env.PORT}"; it must be a number from 0 to 65535.`);
  }
  const code = await tryListen(port, process.env.HOST || "127.0.0.1");
  if (code === "EADDRINUSE") throw new LaunchError(portTakenMessage(port));
  if (code === "EACCES") {
    throw new LaunchError(
      `Port ${port} may be used by the system's administrator only. Choose one above 1023: PORT=3000 npm start`,
    );
  }
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | undefined>} the code of the failure.
 */
function tryListen(port, host) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error) => resolve(/** @type {NodeJS.ErrnoException} */ (error).code));
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
}
