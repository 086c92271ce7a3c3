import { ErrorState, Screen, Skeleton, useErrorText, usePage, useQuery } from "@doorstep/sdk/ui";
import { useState } from "react";
import { CallForm } from "./call-form.tsx";
import { useHearing } from "./words.ts";

/** The unit calls a hearing by itself: a matter that is major, complex or hard. */
export default function CallPage() {
  const { say, rpc } = useHearing();
  const { params, go } = usePage();
  const errorText = useErrorText();
  const caseId = params.caseId ?? "";
  const [hearingId] = useState(() => crypto.randomUUID());
  const found = useQuery(rpc.ofCase.queryOptions({ caseId }, { staleTime: 0 }));
  return (
    <Screen title={say("call.title")}>
      {found.isPending && <Skeleton lines={5} />}
      {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
      {found.data && (
        <CallForm
          caseId={caseId}
          hearingId={hearingId}
          isApplied={false}
          isConfidential={found.data.confidential}
          onDone={() => go(`/case/${caseId}`, { replace: true })}
        />
      )}
    </Screen>
  );
}
