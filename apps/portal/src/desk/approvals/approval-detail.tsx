import { Skeleton } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { kernel } from "../../shell/rpc.ts";
import { mayApprove, waitsForSignature } from "../acts/act-plan.ts";
import { LetterPreview } from "../letters/letter-preview.tsx";
import { readDoc } from "../letters/read-doc.ts";
import { openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { FailedState } from "../shared/failed-state.tsx";
import { Labels, RowDue } from "../shared/labels.tsx";
import { refusalText } from "../shared/problem.ts";
import { nameOf, useDeskText } from "../text.ts";
import { ApprovalActions } from "./approval-actions.tsx";
import { changesSince } from "./changed-text.tsx";

interface ApprovalDetailProps {
  readonly caseId: string;
  readonly noticeId: string;
  readonly onDone: (message: string) => void;
}

/** One letter that waits: the matter beside it, what changed since it was sent back, approve or send back. */
export function ApprovalDetail(props: ApprovalDetailProps) {
  const { text, language } = useDeskText();
  const { caseId, noticeId } = props;
  const found = useQuery(kernel.cases.get.queryOptions({ caseId }));
  const preview = useQuery(kernel.notices.preview.queryOptions({ caseId, noticeId }));
  const previous = readDoc(preview.data?.previous, language);
  const write = useMemo(() => (previous ? changesSince(previous, text) : undefined), [previous, text]);

  if (found.isPending) return <Skeleton lines={8} />;
  if (found.isError) return <FailedState error={found.error} onRetry={() => void found.refetch()} />;
  const c = found.data;
  const notice = c.notices.find((one) => one.id === noticeId);
  const waits = notice && waitsForSignature(notice);
  const sealing = notice?.code === "DM" ? "sealModuleLetter" : "seal";
  const refused = c.acts.find((act) => act.act === sealing)?.refusals ?? [];
  const mine = notice && mayApprove(c.acts, notice);
  const nearest = c.clocks
    .filter((clock) => clock.state === "running" || clock.state === "breached")
    .sort((a, b) => a.dueOn.localeCompare(b.dueOn))[0];
  return (
    <div className="desk-approval">
      <section className="ds-panel" aria-label={text("desk.approvals.matter")}>
        <h2>{c.title}</h2>
        <p className="desk-row-facts">
          <DeskLink to={{ page: "case", caseNo: c.caseNo, filter: openQueue }} className="ds-link">
            {c.caseNo}
          </DeskLink>
          <span>{nameOf(text, "state", c.state)}</span>
          <Labels item={c} />
          <RowDue item={{ dueOn: nearest?.dueOn ?? null, daysLeft: nearest?.daysLeft ?? null }} />
        </p>
        <dl className="ds-summary">
          {c.demands.map((demand) => (
            <div key={demand.id}>
              <dt>{text("desk.acts.demand", { no: demand.no })}</dt>
              <dd>
                {demand.text}
                {demand.outcome && ` → ${nameOf(text, "outcome", demand.outcome)}`}
              </dd>
            </div>
          ))}
        </dl>
        <details>
          <summary>{text("desk.approvals.fullText")}</summary>
          <p className="ds-text">{c.body}</p>
        </details>
        {notice?.draftedBy && <p>{text("desk.approvals.draftedBy", { name: notice.draftedBy })}</p>}
        {notice?.firstApprovalNext && <p>{text("desk.approvals.twoNeeded")}</p>}
        {notice?.firstApprovedBy && <p>{text("desk.approvals.firstApprovedBy", { name: notice.firstApprovedBy })}</p>}
        <p>{previous ? text("desk.approvals.changed") : text("desk.approvals.first")}</p>
      </section>
      {mine && <ApprovalActions c={c} notice={notice} onDone={props.onDone} />}
      {waits && !mine && refused.length === 0 && <p>{text("desk.approvals.notYours")}</p>}
      {waits && refused.length > 0 && (
        <ul className="desk-refused">
          {refused.map((refusal) => (
            <li key={refusal.code}>{refusalText(refusal, language)}</li>
          ))}
        </ul>
      )}
      <LetterPreview caseId={caseId} noticeId={noticeId} write={write} />
    </div>
  );
}
