import { type LetterDoc, letterDoc } from "@doorstep/contracts";

/** Reads the letter of a preview; both languages may come side by side. What is no letter is `undefined`. */
export function readDoc(given: unknown, language: "zh-CN" | "en"): LetterDoc | undefined {
  const whole = letterDoc.safeParse(given);
  if (whole.success) return whole.data;
  if (typeof given !== "object" || given === null || !(language in given)) return undefined;
  const one = letterDoc.safeParse((given as Readonly<Record<string, unknown>>)[language]);
  return one.success ? one.data : undefined;
}
