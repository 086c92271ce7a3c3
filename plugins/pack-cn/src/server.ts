import { pluginServer } from "@doorstep/sdk/server";
import { cnCivil2022 } from "./cn-civil-2022.ts";
import { cnMil2025 } from "./cn-mil-2025.ts";
import { plugin } from "./plugin.ts";

export default pluginServer(plugin, { policyPacks: [cnCivil2022, cnMil2025] });
