import { Button, formatInstant } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useLanguage, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";

/** Where one is signed in; others can be ended. */
export function SessionsPart() {
  const text = useText();
  const language = useLanguage();
  const sessions = useQuery(kernel.session.list.queryOptions({}));
  const end = useAct((id: string) => kernelClient.session.revoke.mutate({ sessionId: id }));
  const endOthers = useAct(() => kernelClient.session.revokeOthers.mutate({}));
  return (
    <section aria-labelledby="sessions" className="ad-part">
      <h2 id="sessions">{text("account.sessions")}</h2>
      <p className="ds-hint">{text("account.sessionsNote")}</p>
      <p role="status" className="ad-done">
        {end.done || endOthers.done ? text("account.sessionEnded") : ""}
      </p>
      <Loaded query={sessions} lines={3}>
        {(list) => (
          <>
            <ul className="ds-list">
              {list.map((session) => (
                <li key={session.id} className="ds-panel ds-row ds-row-between">
                  <span>
                    {session.current && <strong>{`${text("account.thisOne")} · `}</strong>}
                    {text("account.since", {
                      at: formatInstant(session.signedInAt, language),
                      used: formatInstant(session.usedAt, language),
                    })}
                  </span>
                  {!session.current && (
                    <Button variant="default" loading={end.busy} onClick={() => end.run(session.id)}>
                      {text("account.endThis")}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
            {list.length > 1 && (
              <div>
                <Button variant="default" loading={endOthers.busy} onClick={() => endOthers.run(undefined)}>
                  {text("account.endOthers")}
                </Button>
              </div>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}
