import { MantineProvider } from "@mantine/core";
import { setNonce } from "get-nonce";
import { createContext, type ReactNode, use, useMemo, useRef } from "react";
import { type Language, languages } from "./text/languages.ts";
import { type UiText, uiText } from "./text/ui-text.ts";
import { cssVariables, theme } from "./theme.ts";

interface UiContextValue {
  readonly language: Language;
  readonly text: UiText;
  /** False until the first screen has mounted: a page that has just loaded keeps the browser's own focus. */
  readonly visited: { current: boolean };
}

const fallback: UiContextValue = { language: languages[0], text: uiText(languages[0]), visited: { current: true } };
const UiContext = createContext<UiContextValue>(fallback);

/** Gives the parts their language and their own few words. */
export function useUi(): UiContextValue {
  return use(UiContext);
}

interface UiProviderProps {
  readonly language: Language;
  /** The nonce of the page's content security policy; without it a strict policy refuses the style tags. */
  readonly nonce?: string | undefined;
  readonly children: ReactNode;
}

/** Wraps an app: theme, language of the parts, nonce for every style tag made at run time. */
export function UiProvider(props: UiProviderProps) {
  const { nonce, language } = props;
  const visited = useRef(false);
  const value = useMemo(() => ({ language, text: uiText(language), visited }), [language]);
  if (nonce) setNonce(nonce);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      forceColorScheme="light"
      {...(nonce ? { getStyleNonce: () => nonce } : {})}
    >
      <UiContext value={value}>{props.children}</UiContext>
    </MantineProvider>
  );
}
