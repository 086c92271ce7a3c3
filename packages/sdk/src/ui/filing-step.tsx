import type { ReactNode } from "react";
import { Contribution } from "./contribution.tsx";
import { useSingle, wantsToShow } from "./contributions.ts";
import { useUiHost } from "./host-context.ts";
import { inWords } from "./in-words.ts";

/** The question that another plugin asks while a petition is written. */
export interface FilingStep {
  readonly pluginId: string;
  readonly title: string;
  /** The question itself, inside its own box: if it fails, the petition goes on without it. */
  readonly ask: (value: unknown, onChange: (value: unknown) => void) => ReactNode;
  /** The answer in words, with the title above it; empty where there is none. */
  readonly words: (value: unknown) => string;
}

/**
 * The further question of the plugins that are on at the unit, if one is asked for these answers; for the channels that ask
 * step by step. Never hand over who is writing.
 *
 * @since 0.1
 */
export function useFilingStep(answers: Readonly<Record<string, unknown>>): FilingStep | undefined {
  const { language } = useUiHost();
  const steps = useSingle("filingStep");
  const asked = steps.find(({ value }) => wantsToShow(value.when, answers));
  if (!asked) return undefined;
  const { pluginId, value: step } = asked;
  const title = step.title[language];
  return {
    pluginId,
    title,
    ask: (value, onChange) => (
      <Contribution
        part="filingStep"
        pluginId={pluginId}
        component={step.component}
        props={{ answers, value, onChange }}
      />
    ),
    words: (value) => inWords(step, value, language),
  };
}
