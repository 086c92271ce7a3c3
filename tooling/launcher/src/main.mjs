import { ensureInstalled } from "./install.mjs";
import { unsupportedReason } from "./platform.mjs";
import { LaunchError, say } from "./say.mjs";
import { start } from "./start.mjs";
import { testAll } from "./test-all.mjs";

const USAGE = "Use: npm start | npm test | npm run test:long";

/**
 * Runs one verb.
 *
 * @param {string[]} args
 * @returns {Promise<number>} the exit code: 0 done, 1 failed, 2 wrong use.
 */
export async function main(args) {
  const [verb] = args;
  if (verb !== "start" && verb !== "test" && verb !== "test:long") {
    say(USAGE);
    return 2;
  }
  const reason = unsupportedReason();
  if (reason) {
    say(reason);
    return 1;
  }
  try {
    await ensureInstalled();
    return verb === "start" ? await start() : await testAll({ long: verb === "test:long" });
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error;
    say(error.message);
    return 1;
  }
}
