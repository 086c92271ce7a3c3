import { anonymities, personKinds, purposes } from "@doorstep/contracts";
import {
  Button,
  DateField,
  Form,
  NumberField,
  RadioCards,
  Screen,
  Select,
  TextArea,
  TextField,
  Tick,
  useDebouncedValue,
} from "@doorstep/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import { ActProblem } from "../acts/act-problem.tsx";
import { useDesk } from "../desk-context.ts";
import { openLetterPdf } from "../letters/open-pdf.ts";
import { useRegisterFields } from "../modules/register-fields.tsx";
import { useActKeys } from "../shared/act-key.ts";
import { DraftNotice } from "../shared/draft-notice.tsx";
import { problemOf } from "../shared/problem.ts";
import { type ChosenUnit, UnitPicker } from "../shared/unit-picker.tsx";
import { useDraft } from "../shared/use-draft.ts";
import { WhoSees } from "../shared/who-sees.tsx";
import { nameOf, useDeskText } from "../text.ts";
import { deskChannels, emptyFiling, type FilingValues, filingToSend, isSpoken, missingIn } from "./desk-filing.ts";
import { FiledCard, type FiledCase } from "./filed-card.tsx";
import { SimilarStrip } from "./similar-strip.tsx";

type After = "print" | "next";

/** D2: takes down a letter, visit or call in the order people speak: who, what, what they want. */
export function RegisterScreen() {
  const { text, language } = useDeskText();
  const { me } = useDesk();
  const queries = useQueryClient();
  const keyFor = useActKeys();
  const draft = useDraft<FilingValues>("register", emptyFiling);
  const [values, setValues] = useState(draft.initial);
  const [round, setRound] = useState(0);
  const [filed, setFiled] = useState<FiledCase>();
  const [unit, setUnit] = useState<ChosenUnit | undefined>(
    me.unit ? { id: me.unit.id, name: me.unit.name, path: me.unit.name } : undefined,
  );
  const after = useRef<After>("print");
  const [title] = useDebouncedValue(values.title, 500);
  const [name] = useDebouncedValue(values.anonymity === "anonymous" ? "" : values.name, 500);

  const added = useRegisterFields();

  const file = useMutation({
    mutationFn: ({ v: typed }: { readonly v: FilingValues; readonly next: After }) => {
      const v = { ...typed, body: added.withAnswers(typed.body) };
      return kernelClient.intake.fileAtDesk.mutate(filingToSend(v, unit?.id ?? "", keyFor({ unit: unit?.id, ...v })));
    },
    onSuccess: async (result, { next }) => {
      draft.clear();
      added.clear();
      setFiled(result);
      setValues(emptyFiling);
      setRound((before) => before + 1);
      await queries.invalidateQueries({ queryKey: kernel.cases.pathKey() });
      if (next === "print") await openLetterPdf(result.caseId, "D1", language).catch(() => undefined);
    },
  });
  const problem = file.error ? problemOf(file.error, language) : undefined;

  return (
    <Screen title={text("desk.register.title")} width="wide">
      {filed && <FiledCard filed={filed} />}
      <DraftNotice
        restored={draft.restored && round === 0}
        onDiscard={() => {
          draft.discard();
          setValues(emptyFiling);
          setRound((before) => before + 1);
        }}
      />
      <div className="desk-register">
        <Form<FilingValues>
          key={round}
          initial={values}
          onChange={(next) =>
            queueMicrotask(() => {
              setValues(next);
              draft.save(next);
            })
          }
          validate={(v) => ({
            ...Object.fromEntries(
              missingIn(v).map((field) => [
                field,
                text(`desk.register.missing.${field as "name" | "kind" | "readBack"}`),
              ]),
            ),
            ...(unit ? {} : { title: text("desk.register.unitMissing") }),
            ...(v.body.trim().length < 5 ? { body: text("desk.register.bodyShort") } : {}),
          })}
          onSubmit={(v) => {
            file.mutate({ v, next: after.current });
          }}
          busy={file.isPending}
          submitLabel={text("desk.register.submit")}
          secondary={
            <Button
              type="submit"
              variant="default"
              loading={file.isPending}
              onClick={() => {
                after.current = "next";
                // Only this one press: if the form is refused, the next press says anew what it wants.
                setTimeout(() => {
                  after.current = "print";
                });
              }}
            >
              {text("desk.register.submitNext")}
            </Button>
          }
        >
          <div className="ds-panel ds-panel-warn">{text("desk.register.secrecy")}</div>
          <RadioCards
            name="via"
            label={text("desk.register.via")}
            required
            cards={deskChannels.map((value) => ({ value, label: nameOf(text, "channel", value) }))}
          />
          <fieldset className="desk-group">
            <legend>{text("desk.register.who")}</legend>
            <RadioCards
              name="anonymity"
              label={text("desk.register.anonymity")}
              required
              cards={anonymities.map((value) => ({ value, label: nameOf(text, "anonymity", value) }))}
            />
            {values.anonymity !== "anonymous" && (
              <>
                <TextField name="name" label={text("desk.register.name")} maxLength={60} />
                <Select
                  name="kind"
                  label={text("desk.register.personKind")}
                  options={personKinds.map((value) => ({ value, label: nameOf(text, "kind", value) }))}
                />
                <TextField name="contact" label={text("desk.register.contact")} required={false} maxLength={200} />
                <TextField name="serviceNo" label={text("desk.register.serviceNo")} required={false} maxLength={40} />
                <WhoSees who="handling" />
              </>
            )}
            <NumberField name="headcount" label={text("desk.register.headcount")} min={1} max={100_000} required />
          </fieldset>
          <fieldset className="desk-group">
            <legend>{text("desk.register.what")}</legend>
            <Tick name="urgentSafety" label={text("desk.register.urgent")} note={text("desk.register.urgentNote")} />
            <RadioCards
              name="purpose"
              label={text("desk.register.purpose")}
              required
              cards={purposes.map((value) => ({ value, label: nameOf(text, "purpose", value) }))}
            />
            <TextField name="title" label={text("desk.register.subject")} required maxLength={120} />
            <TextArea
              name="body"
              label={text("desk.register.body")}
              hint={text("desk.register.bodyHint")}
              required
              maxLength={20_000}
              rows={8}
            />
            <TextArea
              name="desiredOutcome"
              label={text("desk.register.desired")}
              required={false}
              maxLength={2_000}
              rows={2}
            />
            <TextArea
              name="alreadyTried"
              label={text("desk.register.tried")}
              required={false}
              maxLength={2_000}
              rows={2}
            />
            <WhoSees who="petitioner" />
          </fieldset>
          <fieldset className="desk-group">
            <legend>{text("desk.register.where")}</legend>
            <UnitPicker label={text("desk.register.unit")} value={unit} onChange={setUnit} />
            <Tick name="concernsLeader" label={text("desk.register.leader")} note={text("desk.register.leaderNote")} />
            <DateField
              name="receivedOn"
              label={text("desk.register.receivedOn")}
              hint={text("desk.register.receivedOnHint")}
              required={false}
            />
          </fieldset>
          {added.fields}
          {isSpoken(values.via) && (
            <Tick name="readBack" label={text("desk.register.readBack")} note={text("desk.register.readBackNote")} />
          )}
          <ActProblem problem={problem} stale={false} onReload={() => file.reset()} />
        </Form>
        <aside className="desk-register-side" aria-label={text("desk.register.side")}>
          <SimilarStrip title={title} name={name} {...(unit ? { unitId: unit.id } : {})} />
          {values !== draft.initial && <p className="ds-hint">{text("desk.draft.saved")}</p>}
        </aside>
      </div>
    </Screen>
  );
}
