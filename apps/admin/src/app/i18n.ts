import type { Text } from "@doorstep/contracts";
import { type KeyOf, startAppWords, type TextOf, textHook, useLanguage } from "@doorstep/ui/words";
import en from "./catalog-en.ts";
import zh from "./catalog-zh-cn.ts";

export { addCatalogs, setLanguage, useLanguage } from "@doorstep/ui/words";

const NAMESPACE = "admin";

/** Starts the words; both languages come with the app. */
export const startWords = (): Promise<void> => startAppWords({ namespace: NAMESPACE, bundled: { "zh-CN": zh, en } });

export type TextKey = KeyOf<typeof zh>;
export type TextFunction = TextOf<typeof zh>;

/** The words of the administrators' app; a key that is not in them does not compile. */
export const useText: () => TextFunction = textHook<typeof zh>(NAMESPACE);

/** Picks the reader's language out of a text the server keeps in both. */
export function useName(): (name: Text) => string {
  const language = useLanguage();
  return (name) => name[language];
}
