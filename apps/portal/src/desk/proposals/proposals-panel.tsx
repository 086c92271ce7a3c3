import type { CaseView } from "@doorstep/contracts";
import { Button, formatInstant, TextArea } from "@doorstep/ui";
import { useState } from "react";
import { kernelClient } from "../../shell/rpc.ts";
import { planActs } from "../acts/act-plan.ts";
import { useCaseAct } from "../acts/use-case-act.ts";
import type { OpenForm } from "../case/open-form.ts";
import { refusalText } from "../shared/problem.ts";
import { nameOf, useDeskText } from "../text.ts";

type Proposal = CaseView["proposals"][number];

interface ProposalsPanelProps {
  readonly c: CaseView;
  readonly onOpen: (form: OpenForm) => void;
}

/**
 * Acts that one person has proposed: another confirms, or says why not; whoever proposed can take it back. And what modules
 * suggest: it is done by the act's own form.
 */
export function ProposalsPanel(props: ProposalsPanelProps) {
  const { text } = useDeskText();
  const { c, onOpen } = props;
  const suggested = c.proposals.filter((one) => one.module !== null);
  const waiting = c.proposals.filter((one) => one.module === null);
  return (
    <>
      {waiting.length > 0 && (
        <section aria-labelledby="proposals" className="ds-panel ds-panel-warn ds-no-print">
          <h2 id="proposals">{text("desk.proposals.title")}</h2>
          {waiting.map((proposal) => (
            <One key={proposal.id} c={c} proposal={proposal} onOpen={onOpen} />
          ))}
        </section>
      )}
      {suggested.length > 0 && (
        <section aria-labelledby="suggestions" className="ds-panel ds-no-print">
          <h2 id="suggestions">{text("desk.proposals.suggested")}</h2>
          {suggested.map((proposal) => (
            <One key={proposal.id} c={c} proposal={proposal} onOpen={onOpen} />
          ))}
        </section>
      )}
    </>
  );
}

function One(props: ProposalsPanelProps & { readonly proposal: Proposal }) {
  const { text, language } = useDeskText();
  const { c, proposal, onOpen } = props;
  const [reason, setReason] = useState("");
  const act = useCaseAct<boolean>(
    c,
    (confirm, on) => kernelClient.cases.decideProposal.mutate({ ...on, proposalId: proposal.id, confirm, reason }),
    () => undefined,
  );
  const { confirm, module } = proposal;
  const form = module && planActs(c.acts).open.find((one) => one.act.act === proposal.act)?.form;
  const at = formatInstant(proposal.at, language);
  const name = proposal.by?.name ?? "";
  return (
    <div>
      <p>
        <strong>{nameOf(text, "acts.act", proposal.act)}</strong>{" "}
        {module
          ? text(name ? "desk.proposals.byModule" : "desk.proposals.byItself", { module: module[language], name, at })
          : text("desk.proposals.by", { name, at })}
      </p>
      <dl className="ds-summary">
        {Object.entries(proposal.input).map(([field, value]) => (
          <div key={field}>
            <dt>{module ? text("desk.proposals.why") : nameOf(text, `acts.field.${proposal.act}`, field)}</dt>
            <dd>
              {(field === "topicId" && c.topics.find((topic) => topic.id === value)?.name[language]) || String(value)}
            </dd>
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
          label={text(module ? "desk.proposals.notReason" : "desk.proposals.reason")}
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
        {form && <Button onClick={() => onOpen({ form })}>{text(`desk.acts.name.${form}`)}</Button>}
        {proposal.mayDecline && (
          <Button variant="default" disabled={act.busy || reason.trim() === ""} onClick={() => act.send(false)}>
            {text(module ? "desk.proposals.notNow" : "desk.proposals.decline")}
          </Button>
        )}
      </div>
    </div>
  );
}
