// Entry of `pnpm check`.
import { check } from "./src/check.mjs";

const only = process.argv.slice(2);
const { failed } = await check({ only });
process.exitCode = failed === 0 ? 0 : 1;
