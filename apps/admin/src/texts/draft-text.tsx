import type { TextSubject, UnitTexts } from "@doorstep/contracts";
import { Button, DateField, Form, languageNames, languages, TextArea } from "@doorstep/ui";
import { useState } from "react";
import { useText } from "../app/i18n.ts";
import { kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { partsOf, textsOf, type Written } from "./parts.ts";
import { savePdf } from "./save-pdf.ts";

interface DraftTextProps {
  readonly unitId: string;
  readonly subject: TextSubject;
  /** what is used now: the new version begins with it */
  readonly texts: UnitTexts;
  readonly onDone: () => void;
}

/** Words of a new version in both languages, with a sample of the very letter before they are submitted. */
export function DraftText(props: DraftTextProps) {
  const text = useText();
  const { unitId, subject } = props;
  const parts = partsOf(subject);
  const words: Written = Object.fromEntries(
    parts.flatMap((part) => languages.map((one) => [`${part}.${one}`, props.texts[part]?.[one] ?? ""])),
  );
  const initial = { ...words, validFrom: "" };
  const [written, setWritten] = useState<Written>(initial);
  const draft = useAct(kernelClient.texts.draft.mutate, { done: props.onDone });
  const sample = useAct(kernelClient.texts.preview.query, { done: savePdf });
  const problemOf = (values: Written) => {
    const { texts, half } = textsOf(parts, values);
    if (half) return text("texts.bothLanguages");
    return Object.keys(texts).length === 0 ? text("texts.nothing") : undefined;
  };
  return (
    <section aria-labelledby="draft-text">
      <h2 id="draft-text">{text("texts.draft")}</h2>
      <Form
        initial={initial}
        onChange={setWritten}
        validate={(values) => {
          const problem = problemOf(values);
          return problem ? { [`${parts[0]}.en`]: problem } : {};
        }}
        submitLabel={text("texts.send")}
        busy={draft.busy}
        error={draft.error ?? sample.error}
        onSubmit={(values) =>
          draft.run({ unitId, subject, texts: textsOf(parts, values).texts, validFrom: values.validFrom ?? "" })
        }
        secondary={
          subject !== "privacy" &&
          languages.map((locale) => (
            <Button
              key={locale}
              variant="default"
              loading={sample.busy}
              onClick={() => sample.run({ unitId, subject, texts: textsOf(parts, written).texts, locale })}
            >
              {text("texts.sample", { language: languageNames[locale] })}
            </Button>
          ))
        }
      >
        {parts.map((part) =>
          languages.map((one) => (
            <TextArea
              key={`${part}.${one}`}
              name={`${part}.${one}`}
              rows={part === "body" ? 8 : 2}
              maxLength={2_000}
              label={text(one === "en" ? "texts.inEnglish" : "texts.inChinese", { part: text(`texts.part.${part}`) })}
            />
          )),
        )}
        <DateField name="validFrom" label={text("texts.validFrom")} required />
      </Form>
    </section>
  );
}
