import { useFilingStep } from "@doorstep/sdk/ui";
import { filingStore, useFiling } from "./use-filing.ts";

/** What another module asks before the check, if one does; it is told the matter and never who is writing. */
export function useFurther() {
  const { answers } = useFiling().filing;
  const { purpose, story, alreadyTried, danger, concernsLeader, further } = answers;
  const step = useFilingStep({ purpose, story, alreadyTried, danger, concernsLeader });
  if (!step) return undefined;
  const value = further?.by === step.pluginId ? further.value : undefined;
  return {
    title: step.title,
    ask: () => step.ask(value, (next) => filingStore.answer({ further: { by: step.pluginId, value: next } })),
    words: step.words(value),
  };
}
