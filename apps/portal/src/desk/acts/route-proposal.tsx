import type { RouteProposal } from "@doorstep/contracts";
import { Button } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { kernelClient } from "../../shell/rpc.ts";
import { useDeskText } from "../text.ts";

type Proposal = NonNullable<RouteProposal["proposal"]>;

interface RouteProposalProps {
  readonly caseId: string;
  readonly onUse: (proposal: Proposal) => void;
}

/** Where the rules of modules think it belongs. Without an answer the form is as it always was. */
export function RouteProposalBox(props: RouteProposalProps) {
  const { text, language } = useDeskText();
  const { caseId } = props;
  const asked = useQuery({
    queryKey: ["route proposal", caseId],
    queryFn: () => kernelClient.routing.propose.mutate({ caseId }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const { proposal, failed } = asked.data ?? { proposal: null, failed: [] };
  if (!proposal && failed.length === 0) return null;
  return (
    <section className="ds-panel" aria-label={text("desk.acts.proposal.title")}>
      {proposal && (
        <>
          <p>
            <strong>{text("desk.acts.proposal.unit", { unit: proposal.unit.path[language] })}</strong>
          </p>
          <p>{text("desk.acts.proposal.because", { because: proposal.because })}</p>
          <p className="ds-hint">
            {text("desk.acts.proposal.from", { rule: proposal.rule[language], module: proposal.module[language] })}
          </p>
          <Button variant="default" onClick={() => props.onUse(proposal)}>
            {text("desk.acts.proposal.use")}
          </Button>
        </>
      )}
      {failed.length > 0 && (
        <p className="ds-hint">
          {text("desk.acts.proposal.failed", { rules: failed.map((rule) => rule[language]).join(" · ") })}
        </p>
      )}
    </section>
  );
}
