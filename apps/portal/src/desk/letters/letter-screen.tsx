import { noticeStates } from "@doorstep/contracts";
import { Button, formatDate, formatInstant, Screen, Skeleton, Track, useShortcuts } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { kernel } from "../../shell/rpc.ts";
import { ActDrawer } from "../acts/act-drawer.tsx";
import { mayApprove, mayDeliver } from "../acts/act-plan.ts";
import { DeliverForm } from "../acts/deliver-form.tsx";
import { ApprovalActions } from "../approvals/approval-actions.tsx";
import { useDesk } from "../desk-context.ts";
import { type DeskPlace, openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { FailedState } from "../shared/failed-state.tsx";
import { nameOf, useDeskText } from "../text.ts";
import { LetterPreview } from "./letter-preview.tsx";

interface LetterScreenProps {
  readonly caseId: string;
  readonly noticeId: string;
}

/** D4: one letter, where it stands, and the step it waits for. */
export function LetterScreen(props: LetterScreenProps) {
  const { text, language } = useDeskText();
  const { go } = useDesk();
  const [done, setDone] = useState<string>();
  const [delivering, setDelivering] = useState(false);
  const found = useQuery(kernel.cases.get.queryOptions({ caseId: props.caseId }));
  const c = found.data;
  const notice = c?.notices.find((one) => one.id === props.noticeId);
  const toCase: DeskPlace = c
    ? { page: "case", caseNo: c.caseNo, filter: openQueue }
    : { page: "queue", filter: openQueue };
  useShortcuts([{ keys: "u", label: text("desk.keys.back"), run: () => go(toCase) }]);

  if (found.isPending)
    return (
      <Screen title={text("desk.letters.preview")} width="wide">
        <Skeleton lines={8} />
      </Screen>
    );
  if (found.isError || !notice || !c)
    return (
      <Screen title={text("desk.letters.none")}>
        {found.isError && <FailedState error={found.error} onRetry={() => void found.refetch()} />}
        <DeskLink to={toCase}>{text("desk.letters.toCase")}</DeskLink>
      </Screen>
    );
  const at = noticeStates.indexOf(notice.state);
  const facts: readonly (readonly [string, string | null])[] = [
    [text("desk.letters.number"), notice.number],
    [text("desk.letters.draftedBy"), notice.draftedBy],
    [text("desk.letters.approvedBy"), notice.approvedBy],
    [text("desk.letters.sealedAt"), notice.sealedAt && formatInstant(notice.sealedAt, language)],
    [text("desk.letters.method"), notice.method && nameOf(text, "method", notice.method)],
    [text("desk.letters.deliveredOn"), notice.deliveredOn && formatDate(notice.deliveredOn, language)],
    [text("desk.letters.sentBack"), notice.sentBackReason],
  ];
  return (
    <Screen
      title={notice.name[language]}
      width="wide"
      notice={done}
      before={
        <DeskLink to={toCase} className="ds-back">
          {text("desk.letters.ofCase", { title: c.title })}
        </DeskLink>
      }
      actions={
        mayDeliver(c.acts, notice) && (
          <Button onClick={() => setDelivering(true)}>{text("desk.letters.deliver")}</Button>
        )
      }
    >
      <Track
        label={text("desk.letters.stages")}
        stops={noticeStates.map((state, index) => ({
          key: state,
          label: nameOf(text, "notice", state),
          state: index < at ? "done" : index === at ? "current" : "ahead",
          stateLabel: text(
            index < at ? "desk.letters.passed" : index === at ? "desk.letters.here" : "desk.letters.ahead",
          ),
        }))}
      />
      <dl className="ds-summary desk-letter-facts">
        {facts.map(
          ([label, value]) =>
            value && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {mayApprove(c.acts, notice) && <ApprovalActions c={c} notice={notice} onDone={setDone} />}
      <LetterPreview caseId={c.caseId} noticeId={notice.id} />
      {delivering && (
        <ActDrawer title={text("desk.letters.deliver")} onClose={() => setDelivering(false)}>
          <DeliverForm
            c={c}
            notice={notice}
            onDone={() => {
              setDelivering(false);
              setDone(text("desk.acts.done.deliver"));
            }}
          />
        </ActDrawer>
      )}
    </Screen>
  );
}
