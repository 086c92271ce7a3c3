import type { FiledFor } from "@doorstep/sdk";
import { Button, Form, useDebouncedValue } from "@doorstep/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { kernel } from "../../shell/rpc.ts";
import { ActProblem } from "../acts/act-problem.tsx";
import { useDesk } from "../desk-context.ts";
import { openLetterPdf } from "../letters/open-pdf.ts";
import { useRegisterFields } from "../modules/register-fields.tsx";
import { useActKeys } from "../shared/act-key.ts";
import { DraftNotice } from "../shared/draft-notice.tsx";
import { problemOf } from "../shared/problem.ts";
import type { ChosenUnit } from "../shared/unit-picker.tsx";
import { useDraft } from "../shared/use-draft.ts";
import { useDeskText } from "../text.ts";
import { emptyFiling, type FilingValues, missingIn } from "./desk-filing.ts";
import { FiledCard } from "./filed-card.tsx";
import { SimilarStrip } from "./similar-strip.tsx";
import { TakeDownFields } from "./take-down-fields.tsx";

type After = "print" | "next";

interface TakeDownFormProps {
  /** how it came; absent: it is asked */
  readonly via?: Exclude<FilingValues["via"], ""> | undefined;
  readonly initial?: Partial<FilingValues> | undefined;
  /** under which name an unfinished one is kept on this device */
  readonly draft: string;
  readonly send: (values: FilingValues, unitId: string, key: string) => Promise<FiledFor>;
  readonly codeOnPaper?: boolean | undefined;
  /** fields of a module, above the button; what they hold is among the values */
  readonly fields?: ReactNode;
  /** beside the form, such as the letter that is being read */
  readonly aside?: ReactNode;
  /** what a module says and offers once it was taken in */
  readonly filedNote?: ((filed: FiledFor) => ReactNode) | undefined;
  /** one after the other, with the form empty again; else it is gone once something was taken in */
  readonly again?: boolean;
  readonly submitLabel?: string | undefined;
  /** puts the focus into the first question */
  readonly autoFocus?: boolean;
}

/** Takes down a letter, visit or call in the order people speak: who, what, what they want; danger before everything. */
export function TakeDownForm(props: TakeDownFormProps) {
  const { text, language } = useDeskText();
  const { me } = useDesk();
  const queries = useQueryClient();
  const keyFor = useActKeys();
  const empty: FilingValues = { ...emptyFiling, ...props.initial, ...(props.via && { via: props.via }) };
  const draft = useDraft<FilingValues>(props.draft, empty);
  const [values, setValues] = useState(draft.initial);
  const [round, setRound] = useState(0);
  const [filed, setFiled] = useState<FiledFor>();
  const [unit, setUnit] = useState<ChosenUnit | undefined>(
    me.unit ? { id: me.unit.id, name: me.unit.name, path: me.unit.name } : undefined,
  );
  const after = useRef<After>("print");
  const [title] = useDebouncedValue(values.title, 500);
  const [name] = useDebouncedValue(values.anonymity === "anonymous" ? "" : values.name, 500);

  const added = useRegisterFields();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!props.autoFocus) return;
    // after the screen, which leads to its heading first
    const frame = requestAnimationFrame(() => box.current?.querySelector("input")?.focus());
    return () => cancelAnimationFrame(frame);
  }, [props.autoFocus]);

  const file = useMutation({
    mutationFn: ({ v: typed }: { readonly v: FilingValues; readonly next: After }) => {
      const v = { ...typed, body: added.withAnswers(typed.body) };
      return props.send(v, unit?.id ?? "", keyFor({ unit: unit?.id, ...v }));
    },
    onSuccess: async (result, { next }) => {
      draft.clear();
      added.clear();
      setFiled(result);
      setValues(empty);
      setRound((before) => before + 1);
      await queries.invalidateQueries({ queryKey: kernel.cases.pathKey() });
      if (props.again && next === "print" && result.caseId !== null)
        await openLetterPdf(result.caseId, "D1", language).catch(() => undefined);
    },
  });
  const problem = file.error ? problemOf(file.error, language) : undefined;
  return (
    <>
      {filed && (
        <FiledCard filed={filed} codeOnPaper={props.codeOnPaper}>
          {props.filedNote?.(filed)}
        </FiledCard>
      )}
      {(props.again || !filed) && (
        <>
          <DraftNotice
            restored={draft.restored && round === 0}
            onDiscard={() => {
              draft.discard();
              setValues(empty);
              setRound((before) => before + 1);
            }}
          />
          <div ref={box} className="desk-register" data-aside={props.aside ? "wide" : undefined}>
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
              submitLabel={props.submitLabel ?? text("desk.register.submit")}
              secondary={
                props.again && (
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
                )
              }
            >
              <TakeDownFields
                values={values}
                isViaKnown={props.via !== undefined}
                unit={unit}
                onUnit={setUnit}
                added={
                  <>
                    {added.fields}
                    {props.fields}
                  </>
                }
              />
              <ActProblem problem={problem} stale={false} onReload={() => file.reset()} />
            </Form>
            <aside className="desk-register-side" aria-label={text("desk.register.side")}>
              {props.aside}
              <SimilarStrip title={title} name={name} {...(unit ? { unitId: unit.id } : {})} />
              {values !== draft.initial && <p className="ds-hint">{text("desk.draft.saved")}</p>}
            </aside>
          </div>
        </>
      )}
    </>
  );
}
