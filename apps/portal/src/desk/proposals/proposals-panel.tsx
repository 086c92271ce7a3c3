import type { CaseView } from "@doorstep/contracts";
import { Button, formatInstant, TextArea } from "@doorstep/ui";
import { useState } from "react";
import { kernelClient } from "../../shell/rpc.ts";
import { useCaseAct } from "../acts/use-case-act.ts";
import { refusalText } from "../shared/problem.ts";
import { nameOf, useDeskText } from "../text.ts";

type Proposal = CaseView["proposals"][number];

/** Acts that one person has proposed: another confirms, or says why not; whoever proposed can take it back. */
export function ProposalsPanel(props: { readonly c: CaseView }) {
  const { text } = useDeskText();
  if (props.c.proposals.length === 0) return null;
  return (
    <section aria-labelledby="proposals" className="ds-panel ds-panel-warn ds-no-print">
      <h2 id="proposals">{text("desk.proposals.title")}</h2>
      {props.c.proposals.map((proposal) => (
        <One key={proposal.id} c={props.c} proposal={proposal} />
      ))}
    </section>
  );
}

function One(props: { readonly c: CaseView; readonly proposal: Proposal }) {
  const { text, language } = useDeskText();
  const { c, proposal } = props;
  const [reason, setReason] = useState("");
  const act = useCaseAct<boolean>(
    c,
    (confirm, on) => kernelClient.cases.decideProposal.mutate({ ...on, proposalId: proposal.id, confirm, reason }),
    () => undefined,
  );
  const { confirm } = proposal;
  return (
    <div>
      <p>
        <strong>{nameOf(text, "acts.act", proposal.act)}</strong>{" "}
        {text("desk.proposals.by", { name: proposal.by.name, at: formatInstant(proposal.at, language) })}
      </p>
      <dl className="ds-summary">
        {Object.entries(proposal.input).map(([field, value]) => (
          <div key={field}>
            <dt>{nameOf(text, `acts.field.${proposal.act}`, field)}</dt>
            <dd>{String(value)}</dd>
          </div>
        ))}
      </dl>
      {confirm && confirm.length > 0 && (
        <ul>
          {confirm.map((refusal) => (
            <li key={refusal.code}>{refusalText(refusal, language)}</li>
          ))}
        </ul>
      )}
      {act.problem && (
        <p className="ds-error" role="alert">
          {act.problem.message}
        </p>
      )}
      {proposal.mayDecline && (
        <TextArea
          name={`reason-${proposal.id}`}
          label={text("desk.proposals.reason")}
          value={reason}
          onChange={setReason}
          maxLength={1_000}
          rows={2}
        />
      )}
      <div className="ds-row ds-actions">
        {confirm?.length === 0 && (
          <Button loading={act.busy} onClick={() => act.send(true)}>
            {text("desk.proposals.confirm")}
          </Button>
        )}
        {proposal.mayDecline && (
          <Button variant="default" disabled={act.busy || reason.trim() === ""} onClick={() => act.send(false)}>
            {text("desk.proposals.decline")}
          </Button>
        )}
      </div>
    </div>
  );
}
