import type { CaseView } from "@doorstep/contracts";
import { Button, ConfirmDialog, TextArea, useShortcuts } from "@doorstep/ui";
import { useState } from "react";
import { kernelClient } from "../../shell/rpc.ts";
import { ActProblem } from "../acts/act-problem.tsx";
import { useCaseAct } from "../acts/use-case-act.ts";
import { useDraft } from "../shared/use-draft.ts";
import { WhoSees } from "../shared/who-sees.tsx";
import { useDeskText } from "../text.ts";

interface ApprovalActionsProps {
  readonly c: CaseView;
  readonly notice: CaseView["notices"][number];
  readonly onDone: (message: string) => void;
}

type Decision = { readonly kind: "seal" } | { readonly kind: "sendBack"; readonly reason: string };

/** Approve, or send back with a reason. Whoever drafted a letter is refused by the kernel, with that sentence. */
export function ApprovalActions(props: ApprovalActionsProps) {
  const { text, language } = useDeskText();
  const { c, notice } = props;
  const [asking, setAsking] = useState<Decision["kind"]>();
  const draft = useDraft(`${c.caseId}:sendBack:${notice.id}`, { reason: "" });
  const [reason, setReason] = useState(draft.initial.reason);
  const [missing, setMissing] = useState(false);
  const approved = notice.firstApprovalNext ? "desk.approvals.approvedFirst" : "desk.approvals.sealed";
  const act = useCaseAct<Decision>(
    c,
    (decision, on) =>
      decision.kind === "seal"
        ? kernelClient.notices.seal.mutate({ ...on, noticeId: notice.id })
        : kernelClient.notices.sendBack.mutate({ ...on, noticeId: notice.id, reason: decision.reason }),
    () => {
      draft.clear();
      props.onDone(text(asking === "seal" ? approved : "desk.approvals.sentBack"));
      setAsking(undefined);
    },
  );
  const sendBack = () => {
    if (reason.trim() === "") setMissing(true);
    else act.send({ kind: "sendBack", reason });
  };

  useShortcuts([
    {
      keys: "ctrl+enter",
      label: text("desk.keys.submit"),
      run: () => {
        if (asking === "seal") act.send({ kind: "seal" });
        else if (asking === "sendBack") sendBack();
        else setAsking("seal");
      },
    },
  ]);

  const problem = <ActProblem problem={act.problem} stale={act.stale} onReload={act.reload} />;
  return (
    <div className="desk-decide ds-no-print">
      <div className="ds-row">
        <Button onClick={() => setAsking("seal")}>{text("desk.approvals.approve")}</Button>
        <Button variant="default" onClick={() => setAsking("sendBack")}>
          {text("desk.approvals.sendBack")}
        </Button>
      </div>
      <ConfirmDialog
        opened={asking === "seal"}
        title={text("desk.approvals.approveTitle", { letter: notice.name[language] })}
        confirmLabel={text("desk.approvals.approve")}
        busy={act.busy}
        onClose={() => setAsking(undefined)}
        onConfirm={() => act.send({ kind: "seal" })}
      >
        <p>{text(notice.firstApprovalNext ? "desk.approvals.firstEffect" : "desk.approvals.approveEffect")}</p>
        {problem}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === "sendBack"}
        title={text("desk.approvals.sendBackTitle", { letter: notice.name[language] })}
        confirmLabel={text("desk.approvals.sendBack")}
        busy={act.busy}
        onClose={() => setAsking(undefined)}
        onConfirm={sendBack}
      >
        <TextArea
          name="reason"
          label={text("desk.approvals.reason")}
          hint={text("desk.approvals.reasonHint")}
          maxLength={500}
          tone="internal"
          value={reason}
          error={missing && reason.trim() === "" ? text("desk.acts.missing") : undefined}
          onChange={(value) => {
            setReason(value);
            draft.save({ reason: value });
          }}
        />
        <WhoSees who="internal" />
        {problem}
      </ConfirmDialog>
    </div>
  );
}
