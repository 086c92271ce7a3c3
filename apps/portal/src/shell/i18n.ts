import { startAppWords, type TextOf, textHook } from "@doorstep/ui/words";
import zh from "../people/catalog-zh-cn.ts";

export { addCatalogs, setLanguage, useLanguage } from "@doorstep/ui/words";

/** Starts the words; done when the first screen can be shown. Chinese comes with the page, English is fetched. */
export const startWords = (): Promise<void> =>
  startAppWords({
    namespace: "portal",
    bundled: { "zh-CN": zh },
    loaders: {
      "zh-CN": async () => zh,
      en: async () => (await import("../people/catalog-en.ts")).default,
    },
  });

/** The words of the portal's shell and of the petitioners' screens. */
export const useText: () => TextOf<typeof zh> = textHook<typeof zh>("portal");
