import {
  type CasePartProps,
  ErrorState,
  formatDate,
  formatInstant,
  Skeleton,
  useErrorText,
  useQuery,
} from "@doorstep/sdk/ui";
import { Fragment } from "react";
import { useVisitDesk } from "./words.ts";

/** Point `desk/case-tab@1`: how the petitioner was received. */
export function VisitTab(props: CasePartProps) {
  const { say, rpc, language } = useVisitDesk();
  const errorText = useErrorText();
  const found = useQuery(rpc.ofCase.queryOptions({ caseId: props.caseId }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton lines={3} />;
  const visit = found.data;
  if (!visit) return <p>{say("tab.none")}</p>;
  const instant = (at: string | null) => (at === null ? "" : formatInstant(at, language));
  const rows = [
    [say("tab.day"), formatDate(visit.day, language)],
    [say("tab.no"), String(visit.no)],
    [say("tab.room"), visit.room ?? ""],
    [
      say("tab.people"),
      [
        say("hall.people", { count: visit.headcount }),
        say("hall.speakers", { count: visit.representatives }),
        say("hall.companions", { count: visit.companions }),
      ].join(" · "),
    ],
    [say("tab.from"), instant(visit.calledAt)],
    [say("tab.to"), instant(visit.endedAt)],
    [say("tab.confirmed"), say(visit.confirmed === "paper" ? "talk.paper" : "talk.glass")],
  ] as const;
  return (
    <dl>
      {rows.map(([label, value]) => (
        <Fragment key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
