import { Contribution, inWords, useContributions } from "@doorstep/sdk/ui-host";
import { useState } from "react";
import { useDeskText } from "../text.ts";

type Given = Readonly<Record<string, unknown>>;

/** What modules ask at the counter, point `desk/register-fields@1`; the answers become part of the matter, in words. */
export function useRegisterFields() {
  const { language } = useDeskText();
  const [given, setGiven] = useState<Given>({});
  const parts = useContributions("registerFields").map((one) => ({ ...one, id: `${one.pluginId}/${one.key}` }));
  const fields = parts.map((one) => (
    <fieldset key={one.id} className="desk-group">
      <legend>{one.value.title[language]}</legend>
      <Contribution
        part="registerFields"
        pluginId={one.pluginId}
        component={one.value.component}
        props={{
          value: given[one.id],
          onChange: (value: unknown) => setGiven((before) => ({ ...before, [one.id]: value })),
        }}
      />
    </fieldset>
  ));
  return {
    fields,
    /** The matter with what was answered below it. */
    withAnswers: (body: string): string =>
      [body, ...parts.map((one) => inWords(one.value, given[one.id], language))].filter(Boolean).join("\n\n"),
    clear: () => setGiven({}),
  };
}
