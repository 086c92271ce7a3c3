// Entry of `pnpm bundle [<file>]`: makes the one archive that installs on a machine without a network.
import { bundle } from "./src/bundle.mjs";
import { say } from "./src/say.mjs";

try {
  say(`The bundle is ready: ${await bundle(process.argv[2])}`);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
