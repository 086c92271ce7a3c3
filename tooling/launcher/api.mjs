// Takes the public types over as they are now, after `pnpm build`.
import { acceptApi } from "./src/api-report.mjs";

acceptApi();
