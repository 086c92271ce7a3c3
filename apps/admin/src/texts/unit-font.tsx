import type { SentFont, UnitFontView } from "@doorstep/contracts";
import {
  Alert,
  Button,
  Form,
  formatBytes,
  formatDate,
  formatInstant,
  formatNumber,
  languageNames,
  languages,
  Tick,
} from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { savePdf } from "./save-pdf.ts";
import { sendFont } from "./send-font.ts";

interface UnitFontProps {
  readonly unitId: string;
  readonly manages: boolean;
}

/** The face the unit's letters are set in: what is used, what was, and another one after it was looked at. */
export function UnitFont({ unitId, manages }: UnitFontProps) {
  const text = useText();
  const [notice, setNotice] = useState<string>();
  const fonts = useQuery(kernel.texts.font.queryOptions({ unitId }));
  return (
    <section aria-labelledby="unit-font">
      <h2 id="unit-font">{text("texts.font.title")}</h2>
      <p>{text("texts.font.intro")}</p>
      <div role="status">
        {notice && (
          <Alert color="teal" variant="light" className="ds-alert">
            {notice}
          </Alert>
        )}
      </div>
      <Loaded query={fonts}>
        {(view) => (
          <>
            <InUse view={view} />
            {manages && <ChooseFont key={view.choices.length} unitId={unitId} view={view} onDone={setNotice} />}
          </>
        )}
      </Loaded>
    </section>
  );
}

function InUse({ view }: { readonly view: UnitFontView }) {
  const text = useText();
  const name = useName();
  const language = useLanguage();
  const { inForce, choices } = view;
  const says = inForce && {
    font: inForce.name,
    date: formatDate(inForce.since, language),
    unit: name(inForce.unit),
  };
  return (
    <>
      <p>
        <strong>{text("texts.inForce")}</strong>
        {" · "}
        {says ? text(inForce.inherited ? "texts.font.inherited" : "texts.font.own", says) : text("texts.font.platform")}
      </p>
      {choices.length > 0 && (
        <ul className="ds-list">
          {choices.map((one) => (
            <li key={one.chosenAt} className="ds-hint">
              {text(one.font ? "texts.font.chosen" : "texts.font.dropped", {
                font: one.name ?? "",
                name: one.chosenBy,
                at: formatInstant(one.chosenAt, language),
              })}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface ChooseFontProps {
  readonly unitId: string;
  readonly view: UnitFontView;
  readonly onDone: (notice: string) => void;
}

function ChooseFont({ unitId, view, onDone }: ChooseFontProps) {
  const text = useText();
  const id = useId();
  const [sent, setSent] = useState<SentFont>();
  const send = useAct(sendFont, { done: setSent });
  const choose = useAct(kernelClient.texts.chooseFont.mutate, {
    done: ({ inForce }) => onDone(text(inForce?.inherited === false ? "texts.font.saved" : "texts.font.givenBack")),
  });
  const own = view.choices[0]?.font != null;
  return (
    <>
      <div>
        <label htmlFor={id} className="ds-legend">
          {text("texts.font.file")}
        </label>
        <p className="ds-hint" id={`${id}-hint`}>
          {text("texts.font.fileHint")}
        </p>
        <input
          id={id}
          type="file"
          accept=".ttf,font/ttf"
          className="ad-file"
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            setSent(undefined);
            const [file] = event.currentTarget.files ?? [];
            if (file) send.run(file);
          }}
        />
      </div>
      <p role="status">{send.busy && text("texts.font.checking")}</p>
      {send.error && (
        <Alert color="red" role="alert" className="ds-alert">
          {send.error}
        </Alert>
      )}
      {sent && <UseFont unitId={unitId} sent={sent} choose={choose} />}
      {own && (
        <Button
          variant="default"
          loading={choose.busy}
          onClick={() => choose.run({ unitId, font: null, licensed: false })}
        >
          {text("texts.font.drop")}
        </Button>
      )}
    </>
  );
}

interface UseFontProps {
  readonly unitId: string;
  readonly sent: SentFont;
  readonly choose: ReturnType<typeof useAct<Parameters<typeof kernelClient.texts.chooseFont.mutate>[0], UnitFontView>>;
}

/** What was sent in, a sample letter set in it, and whose word it is that it may be used. */
function UseFont({ unitId, sent, choose }: UseFontProps) {
  const text = useText();
  const language = useLanguage();
  const sample = useAct(kernelClient.texts.preview.query, { done: savePdf });
  return (
    <Form
      initial={{ licensed: false }}
      validate={({ licensed }) => (licensed ? {} : { licensed: text("texts.font.licenceFirst") })}
      submitLabel={text("texts.font.use")}
      busy={choose.busy}
      error={choose.error ?? sample.error}
      onSubmit={({ licensed }) => choose.run({ unitId, font: sent.font, licensed })}
      secondary={languages.map((locale) => (
        <Button
          key={locale}
          variant="default"
          loading={sample.busy}
          onClick={() => sample.run({ unitId, subject: "D14", texts: {}, font: sent.font, locale })}
        >
          {text("texts.sample", { language: languageNames[locale] })}
        </Button>
      ))}
    >
      <p>
        {text("texts.font.checked", {
          font: sent.name,
          size: formatBytes(sent.size, language),
          characters: formatNumber(sent.characters, language),
        })}
      </p>
      <Tick name="licensed" label={text("texts.font.licensed")} />
    </Form>
  );
}
