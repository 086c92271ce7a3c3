import { Screen } from "@doorstep/ui";
import { pageWords } from "../../shell/page-words.ts";
import { Prose } from "../rights/prose.tsx";
import en from "./en.json" with { type: "json" };
import zh from "./zh-CN.json" with { type: "json" };

const useAccessibilityWords = pageWords({ "zh-CN": zh, en });

/** What works for whom, what does not yet, and the other ways to be heard. */
export function AccessibilityScreen() {
  const words = useAccessibilityWords();
  return (
    <Screen title={words("title")}>
      <p>{words("intro")}</p>
      <Prose
        parts={[
          { heading: words("can"), lines: [words("can1"), words("can2"), words("can3"), words("can4"), words("can5")] },
          { heading: words("standard"), lines: [words("standard1")] },
          { heading: words("limits"), lines: [words("limits1"), words("limits2")] },
          { heading: words("help"), lines: [words("help1"), words("help2")] },
        ]}
      />
    </Screen>
  );
}
