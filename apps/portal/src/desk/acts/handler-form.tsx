import type { CaseView } from "@doorstep/contracts";
import { DateField, Skeleton, TextArea, useField } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import { FailedState } from "../shared/failed-state.tsx";
import { refusalText } from "../shared/problem.ts";
import { WhoSees } from "../shared/who-sees.tsx";
import { useDeskText } from "../text.ts";
import { ActForm } from "./act-form.tsx";

interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly refusals: readonly string[];
}

/** Everybody who holds the role; who must not take it is shown with the reason instead of being left out. */
function CandidateField(props: { readonly label: string; readonly candidates: readonly Candidate[] }) {
  const { text, language } = useDeskText();
  const group = useId();
  const field = useField<string>({ name: "handlerId", label: props.label, required: true }, "");
  return (
    <fieldset className="ds-cards">
      <legend className="ds-legend">{props.label}</legend>
      {field.error && <p className="ds-error">{field.error}</p>}
      {props.candidates.length === 0 && <p>{text("desk.acts.noCandidates")}</p>}
      {props.candidates.map((candidate, index) => (
        <label key={candidate.id} className="ds-card" data-off={candidate.refusals.length > 0 || undefined}>
          <input
            type="radio"
            id={index === 0 ? field.id : undefined}
            name={group}
            checked={field.value === candidate.id}
            disabled={candidate.refusals.length > 0}
            onChange={() => field.set(candidate.id)}
          />
          <span className="ds-card-text">
            <span className="ds-card-label">{candidate.name}</span>
            {candidate.refusals.map((code) => (
              <span key={code} className="ds-card-note">
                {refusalText({ code }, language)}
              </span>
            ))}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** T12: a named handler without a conflict of interest, a plan, and when the petitioner is heard. */
export function HandlerForm(props: { readonly c: CaseView; readonly onDone: () => void }) {
  const { text } = useDeskText();
  const { c } = props;
  const found = useQuery(kernel.people.candidates.queryOptions({ caseId: c.caseId, role: "handler" }));
  if (found.isPending) return <Skeleton lines={4} />;
  if (found.isError) return <FailedState error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <ActForm
      c={c}
      name="handler"
      initial={{ handlerId: "", plan: "", heardOn: "" }}
      submitLabel={text("desk.acts.do.handler")}
      send={(v, on) =>
        kernelClient.cases.assign.mutate({
          ...on,
          handlerId: v.handlerId,
          plan: v.plan,
          heardOn: v.heardOn === "" ? null : v.heardOn,
        })
      }
      onDone={props.onDone}
    >
      {() => (
        <>
          <CandidateField label={text("desk.acts.handler")} candidates={found.data} />
          <div>
            <TextArea
              name="plan"
              label={text("desk.acts.plan")}
              hint={text("desk.acts.planHint")}
              required={false}
              maxLength={2_000}
              tone="internal"
            />
            <WhoSees who="handling" />
          </div>
          {c.anonymity !== "anonymous" && (
            <DateField
              name="heardOn"
              label={text("desk.acts.heardOn")}
              hint={text("desk.acts.heardOnHint")}
              required={false}
            />
          )}
        </>
      )}
    </ActForm>
  );
}
