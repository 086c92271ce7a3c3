import { join } from "node:path";
import { contractTests } from "@doorstep/sdk/test";
import server from "./server.ts";

contractTests(server, { root: join(import.meta.dirname, "..") });
