import { pluginServer } from "@doorstep/sdk/server";
import { plugin } from "./plugin.ts";

/** The kernel makes the file itself, so that no module ever holds the words of a case. */
export default pluginServer(plugin, {});
