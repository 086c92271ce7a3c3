import { pageWords } from "../page-words.ts";
import en from "./en.json" with { type: "json" };
import { helpOf } from "./help-of.ts";
import zh from "./zh-CN.json" with { type: "json" };

const useHelpWords = pageWords({ "zh-CN": zh, en });

/** What one can do on this screen, in a few sentences. */
export function HelpText() {
  const words = useHelpWords();
  return words(helpOf(location.pathname))
    .split("\n")
    .map((line) => <p key={line}>{line}</p>);
}
