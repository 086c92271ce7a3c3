import { pluginServer } from "@doorstep/sdk/server";
import { cn2026 } from "./cn-2026-1.ts";
import { plugin } from "./plugin.ts";

export default pluginServer(plugin, { calendars: [cn2026] });
