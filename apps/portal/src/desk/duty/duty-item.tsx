import { type DutyPage, type DutyReached, dutyReached } from "@doorstep/contracts";
import { Button, Form, formatInstant, TextArea, Tick } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { newKey } from "../../shell/new-key.ts";
import { kernelClient } from "../../shell/rpc.ts";
import { openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { FailedState } from "../shared/failed-state.tsx";
import { problemOf } from "../shared/problem.ts";
import { type DeskKey, nameOf, useDeskText } from "../text.ts";

type Reached = Partial<Record<DutyReached, boolean>>;
type Values = Reached & { readonly text?: string };

const reachedIn = (values: Reached): DutyReached[] => dutyReached.filter((one) => values[one] === true);

interface StepProps {
  readonly page: DutyPage;
  readonly onDone: (message: string) => void;
}

function Take(props: StepProps) {
  const { text } = useDeskText();
  const [key] = useState(newKey);
  const take = useMutation({
    mutationFn: () => kernelClient.duty.take.mutate({ caseId: props.page.caseId, key }),
    onSuccess: () => props.onDone(text("desk.duty.taken")),
  });
  return (
    <>
      {take.isError && <FailedState error={take.error} onRetry={() => take.mutate()} />}
      <Button color="red" loading={take.isPending} onClick={() => take.mutate()}>
        {text("desk.duty.take")}
      </Button>
    </>
  );
}

/** Whom he has reached by phone, and later what was done: the same boxes, the second time with words. */
function Report(props: StepProps & { readonly written: boolean }) {
  const { text, language } = useDeskText();
  const { page, written } = props;
  const [key, setKey] = useState(newKey);
  const send = useMutation({
    mutationFn: (values: Values) => {
      const on = { caseId: page.caseId, key, reached: reachedIn(values) };
      return written
        ? kernelClient.duty.report.mutate({ ...on, text: values.text ?? "" })
        : kernelClient.duty.phoned.mutate(on);
    },
    onSuccess: () => props.onDone(text(written ? "desk.duty.reported" : "desk.duty.phoned")),
  });
  const problem = send.error && problemOf(send.error, language);
  return (
    <Form<Values>
      initial={Object.fromEntries(page.reached.map((one) => [one, true]))}
      // what was changed is another report
      onChange={() => setKey(newKey())}
      validate={(values) => (reachedIn(values).length === 0 ? { [dutyReached[0]]: text("desk.duty.chooseOne") } : {})}
      submitLabel={text(written ? "desk.duty.doReport" : "desk.duty.doPhone")}
      busy={send.isPending}
      error={problem?.message}
      onSubmit={(values) => send.mutate(values)}
    >
      <fieldset className="ds-cards">
        <legend className="ds-legend">{text("desk.duty.reached")}</legend>
        {dutyReached.map((one) => (
          <Tick key={one} name={one} label={nameOf(text, "dutyReached", one)} />
        ))}
      </fieldset>
      {written && (
        <TextArea
          name="text"
          label={text("desk.duty.text")}
          hint={text("desk.duty.textHint")}
          required
          maxLength={4_000}
          rows={5}
          tone="internal"
        />
      )}
    </Form>
  );
}

function nextStep(page: DutyPage): "take" | "phone" | "write" | "none" {
  if (!page.mayAct || page.reportedAt !== null) return "none";
  if (page.takenAt === null) return "take";
  return page.phonedAt === null ? "phone" : "write";
}

const headings: Readonly<Record<"phone" | "write", DeskKey>> = {
  phone: "desk.duty.stepPhone",
  write: "desk.duty.stepWrite",
};

/** One urgent petition and the one thing to do about it now; neither title nor text stands here. */
export function DutyItem(props: StepProps) {
  const { text, language } = useDeskText();
  const { page } = props;
  const step = nextStep(page);
  const lines: readonly (string | null)[] = [
    text("desk.duty.raised", { at: formatInstant(page.raisedAt, language) }),
    page.phonedAt === null && page.phoneBy
      ? text("desk.duty.phoneBy", { at: formatInstant(page.phoneBy, language) })
      : null,
    page.writtenBy && text("desk.duty.writtenBy", { at: formatInstant(page.writtenBy, language) }),
    page.takenBy && page.takenAt
      ? text("desk.duty.takenBy", { name: page.takenBy, at: formatInstant(page.takenAt, language) })
      : text("desk.duty.nobodyYet"),
  ];
  return (
    <li className="ds-panel ds-panel-danger">
      <p>
        <strong>{page.unit[language]}</strong>
        {" · "}
        <DeskLink to={{ page: "case", caseNo: page.caseNo, filter: openQueue }} className="ds-link">
          {page.caseNo}
        </DeskLink>
      </p>
      {lines.map((line) => line && <p key={line}>{line}</p>)}
      {(step === "phone" || step === "write") && <h2>{text(headings[step])}</h2>}
      {step === "take" && <Take {...props} />}
      {step === "phone" && <Report key="phone" {...props} written={false} />}
      {step === "write" && <Report key="write" {...props} written />}
    </li>
  );
}
