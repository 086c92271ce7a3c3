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
import { useHotline } from "./words.ts";

/** Point `desk/case-tab@1`: when the petitioner called, and what was promised. */
export function CallTab(props: CasePartProps) {
  const { say, rpc, language } = useHotline();
  const errorText = useErrorText();
  const found = useQuery(rpc.ofCase.queryOptions({ caseId: props.caseId }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton lines={3} />;
  const call = found.data;
  if (!call) return <p>{say("tab.none")}</p>;
  const instant = (at: string | null) => (at === null ? "" : formatInstant(at, language));
  const rows = [
    [say("tab.no"), String(call.no)],
    [say("tab.from"), instant(call.beganAt)],
    [say("tab.to"), instant(call.endedAt)],
    [say("tab.callBack"), call.callBackOn === null ? say("tab.nothing") : formatDate(call.callBackOn, language)],
    ...(call.attempts > 0 ? [[say("tab.attempts"), String(call.attempts)] as const] : []),
    ...(call.calledBackAt === null ? [] : [[say("tab.reached"), instant(call.calledBackAt)] as const]),
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
