import { type CaseView, replyKinds } from "@doorstep/contracts";
import { DateField, RadioCards, Select, Skeleton, TextArea, TextField, useField } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import { readDoc } from "../letters/read-doc.ts";
import { WhoSees } from "../shared/who-sees.tsx";
import { type DeskKey, nameOf, useDeskText } from "../text.ts";
import { ActForm } from "./act-form.tsx";
import {
  answerParts,
  answersOf,
  answersToSend,
  blankAnswer,
  type DemandAnswer,
  missingParts,
  outcomesFor,
} from "./reply-values.ts";

interface ReplyValues {
  kind: (typeof replyKinds)[number] | "";
  answers: Readonly<Record<string, DemandAnswer>>;
  summary: string;
}

/** One answer for each demand: what was found, what follows, on which basis, by when. */
function AnswersField(props: { readonly c: CaseView }) {
  const { text } = useDeskText();
  const field = useField<ReplyValues["answers"]>({ name: "answers", label: text("desk.acts.answers") }, {});
  const { c } = props;
  return (
    <>
      {c.demands.map((demand, index) => {
        const answer = field.value[demand.id] ?? blankAnswer;
        const change = (part: Partial<DemandAnswer>) =>
          field.set({ ...field.value, [demand.id]: { ...answer, ...part } });
        const missing = field.error ? missingParts(answer) : [];
        const errorOf = (part: keyof DemandAnswer) => (missing.includes(part) ? text("desk.acts.missing") : undefined);
        return (
          <fieldset key={demand.id} className="desk-demand" id={index === 0 ? field.id : undefined} tabIndex={-1}>
            <legend>{text("desk.acts.demand", { no: demand.no })}</legend>
            <p className="ds-text">{demand.text}</p>
            {demand.desiredOutcome && (
              <p className="ds-hint">{text("desk.acts.wanted", { wish: demand.desiredOutcome })}</p>
            )}
            <Select
              name={`outcome-${demand.id}`}
              label={text("desk.acts.outcome")}
              options={outcomesFor(c.category).map((value) => ({ value, label: nameOf(text, "outcome", value) }))}
              value={answer.outcome}
              error={errorOf("outcome")}
              onChange={(value) => change({ outcome: outcomesFor(c.category).find((one) => one === value) ?? "" })}
            />
            {answerParts.map((part) => (
              <TextArea
                key={part}
                name={`${part}-${demand.id}`}
                label={text(`desk.acts.${part}` satisfies DeskKey)}
                hint={text(`desk.acts.${part}Hint` satisfies DeskKey)}
                rows={part === "basis" || part === "steps" ? 2 : 4}
                maxLength={part === "basis" || part === "steps" ? 2_000 : 5_000}
                value={answer[part]}
                error={errorOf(part)}
                onChange={(value) => change({ [part]: value })}
              />
            ))}
            <TextField
              name={`owner-${demand.id}`}
              label={text("desk.acts.promiseOwner")}
              hint={text("desk.acts.promiseOwnerHint")}
              maxLength={80}
              value={answer.owner ?? ""}
              error={errorOf("owner")}
              onChange={(owner) => change({ owner })}
            />
            <DateField
              name={`dueOn-${demand.id}`}
              label={text("desk.acts.promiseDue")}
              value={answer.dueOn ?? ""}
              error={errorOf("dueOn")}
              onChange={(dueOn) => change({ dueOn })}
            />
            <WhoSees who="signer" />
          </fieldset>
        );
      })}
    </>
  );
}

interface ReplyFormProps {
  readonly c: CaseView;
  readonly onDone: () => void;
}

/** The reply, demand by demand; it goes to somebody else for approval, so nothing leaves the house here. */
export function ReplyForm(props: ReplyFormProps) {
  const { language } = useDeskText();
  const { c } = props;
  const sentBack = c.notices.find((notice) => notice.sentBackReason !== null && notice.state === "draft");
  const preview = useQuery(
    kernel.notices.preview.queryOptions(
      { caseId: c.caseId, noticeId: sentBack?.id ?? "" },
      { enabled: sentBack !== undefined },
    ),
  );
  if (sentBack && preview.isPending) return <Skeleton lines={6} />;
  // A reply that came back is corrected, not written again: its own plain words head the summary of the letter.
  const [summary = ""] = readDoc(preview.data?.doc, language)?.summary.paragraphs ?? [];
  return <ReplyFields {...props} sentBack={sentBack} summary={summary} />;
}

interface ReplyFieldsProps extends ReplyFormProps {
  readonly sentBack: CaseView["notices"][number] | undefined;
  readonly summary: string;
}

function ReplyFields(props: ReplyFieldsProps) {
  const { text } = useDeskText();
  const { c, sentBack } = props;
  const assisting = c.assists.filter((assist) => assist.state === "open").length;
  return (
    <>
      {assisting > 0 && <p className="ds-panel ds-panel-warn">{text("desk.acts.assistsOpen", { count: assisting })}</p>}
      {sentBack?.sentBackReason && (
        <div className="ds-panel ds-panel-warn">
          <p className="ds-legend">{text("desk.acts.sentBack")}</p>
          <p className="ds-text">{sentBack.sentBackReason}</p>
        </div>
      )}
      <ActForm<ReplyValues>
        c={c}
        name="reply"
        initial={{ kind: "", answers: answersOf(c), summary: props.summary }}
        validate={(v) => ({
          answers: c.demands.some((demand) => missingParts(v.answers[demand.id]).length > 0)
            ? text("desk.acts.answersMissing")
            : undefined,
        })}
        submitLabel={text("desk.acts.do.reply")}
        send={(v, on) =>
          kernelClient.cases.reply.mutate({
            ...on,
            kind: v.kind === "" ? "answer" : v.kind,
            demands: answersToSend(v.answers),
            summary: v.summary,
          })
        }
        onDone={props.onDone}
      >
        {() => (
          <>
            <RadioCards
              name="kind"
              label={text("desk.acts.replyKind")}
              required
              cards={replyKinds.map((value) => ({
                value,
                label: nameOf(text, "replyKind", value),
                note: nameOf(text, "acts.replyKindNote", value),
              }))}
            />
            <AnswersField c={c} />
            <div>
              <TextArea
                name="summary"
                label={text("desk.acts.summary")}
                hint={text("desk.acts.summaryHint")}
                required
                maxLength={1_000}
              />
              <WhoSees who="letter" />
            </div>
          </>
        )}
      </ActForm>
    </>
  );
}
