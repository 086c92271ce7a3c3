import { pluginServer } from "@doorstep/sdk/server";
import { cnCivil2022, cnCivil2022Of10 } from "./cn-civil-2022.ts";
import { cnMil2025, cnMil2025Of10 } from "./cn-mil-2025.ts";
import { plugin } from "./plugin.ts";

export default pluginServer(plugin, { policyPacks: [cnCivil2022Of10, cnCivil2022, cnMil2025Of10, cnMil2025] });
