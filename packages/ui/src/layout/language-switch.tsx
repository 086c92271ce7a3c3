import { useUi } from "../provider.tsx";
import { type Language, languageNames, languages } from "../text/languages.ts";

interface LanguageSwitchProps {
  readonly language: Language;
  readonly onChange: (language: Language) => void;
}

/** The other language, each written in its own words; no reload, nothing typed is lost. */
export function LanguageSwitch(props: LanguageSwitchProps) {
  const { text } = useUi();
  return (
    <fieldset className="ds-languages">
      <legend className="ds-hidden">{text("language")}</legend>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={language === props.language}
          onClick={() => props.onChange(language)}
        >
          {languageNames[language]}
        </button>
      ))}
    </fieldset>
  );
}
