import type { CaseView } from "@doorstep/contracts";
import { Button, type FieldErrors, Form, Stack } from "@doorstep/ui";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { DraftNotice } from "../shared/draft-notice.tsx";
import { useDraft } from "../shared/use-draft.ts";
import { useDeskText } from "../text.ts";
import { ActProblem } from "./act-problem.tsx";
import { type On, useCaseAct } from "./use-case-act.ts";

export interface ReviewLine {
  readonly label: string;
  readonly value: string;
}

interface ActFormProps<V extends object> {
  readonly c: CaseView;
  /** names the draft: one for each act of a case */
  readonly name: string;
  readonly initial: V;
  readonly validate?: ((values: V) => FieldErrors<V>) | undefined;
  /** the act in words */
  readonly submitLabel: string;
  readonly send: (values: V, on: On) => Promise<unknown>;
  readonly onDone: (result: unknown) => void;
  /** for what cannot be taken back: a step that names the consequence and shows what will be sent */
  readonly review?:
    | {
        readonly consequence: ReactNode | ((values: V) => ReactNode);
        readonly lines: (values: V) => readonly ReviewLine[];
        readonly extra?: ReactNode;
      }
    | undefined;
  readonly children: (values: V) => ReactNode;
}

/** The step before what cannot be taken back. */
function ReviewStep(props: {
  readonly consequence: ReactNode;
  readonly lines: readonly ReviewLine[];
  readonly extra?: ReactNode;
  readonly confirmLabel: string;
  readonly busy: boolean;
  readonly problem: ReactNode;
  readonly onBack: () => void;
  readonly onConfirm: () => void;
}) {
  const { text } = useDeskText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+Enter is an extra way; the button is the real one
    <div
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) props.onConfirm();
      }}
    >
      <Stack gap="md">
        <h3 ref={heading} tabIndex={-1}>
          {text("desk.acts.reviewTitle")}
        </h3>
        <div className="ds-panel ds-panel-warn">{props.consequence}</div>
        {props.lines.length > 0 && (
          <dl className="ds-summary">
            {props.lines.map((line) => (
              <div key={line.label}>
                <dt>{line.label}</dt>
                <dd>{line.value}</dd>
              </div>
            ))}
          </dl>
        )}
        {props.extra}
        {props.problem}
        <div className="ds-row ds-actions">
          <Button loading={props.busy} onClick={props.onConfirm}>
            {props.confirmLabel}
          </Button>
          <Button variant="default" onClick={props.onBack}>
            {text("desk.acts.change")}
          </Button>
        </div>
      </Stack>
    </div>
  );
}

/** The form of one act: keeps a draft, asks once more before what cannot be taken back, never loses what was typed. */
export function ActForm<V extends object>(props: ActFormProps<V>) {
  const { text } = useDeskText();
  const { c, review } = props;
  const draft = useDraft<V>(`${c.caseId}:${props.name}`, props.initial);
  const [values, setValues] = useState<V>(draft.initial);
  const [step, setStep] = useState<"form" | "review">("form");
  const act = useCaseAct<V>(c, props.send, (result) => {
    draft.clear();
    props.onDone(result);
  });
  const isInputWrong = act.problem?.code === "input.invalid";
  useEffect(() => {
    // The fields to correct stand in the form.
    if (isInputWrong) setStep("form");
  }, [isInputWrong]);
  const problem = <ActProblem problem={act.problem} stale={act.stale} onReload={act.reload} />;

  if (review && step === "review")
    return (
      <ReviewStep
        consequence={typeof review.consequence === "function" ? review.consequence(values) : review.consequence}
        lines={review.lines(values).filter((line) => line.value !== "")}
        extra={review.extra}
        confirmLabel={props.submitLabel}
        busy={act.busy}
        problem={problem}
        onBack={() => setStep("form")}
        onConfirm={() => act.send(values)}
      />
    );
  return (
    <Stack gap="md">
      <DraftNotice
        restored={draft.restored}
        onDiscard={() => {
          draft.discard();
          setValues(props.initial);
        }}
      />
      <Form<V>
        key={draft.generation}
        initial={values}
        validate={props.validate}
        onChange={(next) =>
          // The form tells of a change while React works it in; the copy here follows right after.
          queueMicrotask(() => {
            setValues(next);
            draft.save(next);
          })
        }
        onSubmit={(next) => {
          setValues(next);
          if (!review) return act.send(next);
          act.forget();
          setStep("review");
        }}
        busy={act.busy}
        refused={review && act.error}
        submitLabel={review ? text("desk.acts.toReview") : props.submitLabel}
      >
        {props.children(values)}
        {problem}
      </Form>
    </Stack>
  );
}
