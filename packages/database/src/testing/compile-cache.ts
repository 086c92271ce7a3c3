import { join } from "node:path";

/** Where Node keeps what it has compiled, for processes that a test starts with surroundings of their own. */
export const compileCache = {
  NODE_COMPILE_CACHE: join(import.meta.dirname, "../../../../node_modules/.cache/doorstep"),
};
