import type { Plugin } from "vite";
import type { AppName } from "./workspace.ts";

const PREFIX = "virtual:doorstep/error-texts/";

/** Refusals that only the administration and the command line meet: nobody who files a petition fetches their sentences. */
const ADMIN_ONLY = /^(?:themes|backup|keys|system)\./;

/**
 * `virtual:doorstep/error-texts/<language>`: the sentences of the catalogue in one language. A petitioner on a slow
 * line fetches what he reads, not the same twice.
 */
export function errorTexts(app: AppName): Plugin {
  return {
    name: "doorstep:error-texts",
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    async load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined;
      const language = id.slice(PREFIX.length + 1);
      if (language !== "zh-CN" && language !== "en") throw new Error(`no error texts in ${language}`);
      // read when a page asks for them: whoever only looks at the configuration needs no built contracts
      const { errorCatalogue } = await import("@doorstep/contracts");
      const texts = Object.fromEntries(
        Object.entries(errorCatalogue)
          .filter(([code]) => app === "admin" || !ADMIN_ONLY.test(code))
          .map(([code, entry]) => [code, entry.text[language]]),
      );
      return { code: `export default ${JSON.stringify(texts)};`, moduleType: "js" };
    },
  };
}
