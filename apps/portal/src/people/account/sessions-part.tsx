import { Button, ErrorState, formatInstant, Skeleton } from "@doorstep/ui";
import { useMutation, useQuery } from "@tanstack/react-query";
import { errorNumber, useErrorText } from "../../shell/error-text.ts";
import { useLanguage, useText } from "../../shell/i18n.ts";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import { accountChanged } from "../../shell/session.ts";

/** Where one is signed in; every other place can be ended. */
export function SessionsPart() {
  const text = useText();
  const language = useLanguage();
  const errorText = useErrorText();
  const sessions = useQuery(kernel.session.list.queryOptions({}, { staleTime: 0 }));
  const end = useMutation({
    mutationFn: (sessionId: string | undefined) =>
      sessionId === undefined
        ? kernelClient.session.revokeOthers.mutate({})
        : kernelClient.session.revoke.mutate({ sessionId }),
    onSettled: accountChanged,
  });
  return (
    <section className="ds-panel" aria-labelledby="account-sessions">
      <h2 id="account-sessions">{text("account.sessions")}</h2>
      <p className="ds-hint">{text("account.sessionsNote")}</p>
      <p role="status">{end.isSuccess ? text("account.ended") : ""}</p>
      {sessions.isPending && <Skeleton lines={3} />}
      {(end.error ?? sessions.error) && (
        <ErrorState
          title={errorText(end.error ?? sessions.error)}
          number={errorNumber(end.error ?? sessions.error)}
          onRetry={() => void sessions.refetch()}
        />
      )}
      <ul className="ds-list">
        {(sessions.data ?? []).map((session) => {
          const since = text("account.since", {
            at: formatInstant(session.signedInAt, language),
            used: formatInstant(session.usedAt, language),
          });
          return (
            <li key={session.id} className="ds-row ds-row-between">
              <span>
                {session.current && <strong>{`${text("account.thisOne")} · `}</strong>}
                {since}
              </span>
              {!session.current && (
                <Button
                  variant="default"
                  loading={end.isPending && end.variables === session.id}
                  onClick={() => end.mutate(session.id)}
                  aria-label={text("account.endOf", { session: since })}
                >
                  {text("account.end")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {(sessions.data ?? []).length > 1 && (
        <p>
          <Button
            variant="default"
            loading={end.isPending && end.variables === undefined}
            onClick={() => end.mutate(undefined)}
          >
            {text("account.endOthers")}
          </Button>
        </p>
      )}
    </section>
  );
}
