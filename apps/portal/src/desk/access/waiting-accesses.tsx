import type { WaitingAccess } from "@doorstep/contracts";
import { Button, formatInstant, Tick } from "@doorstep/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import { FailedState } from "../shared/failed-state.tsx";
import { problemOf } from "../shared/problem.ts";
import { useDeskText } from "../text.ts";

/** What waits for this person as the second one: he alone sees whether there is such a case. */
export function WaitingAccesses() {
  const { text } = useDeskText();
  const waiting = useQuery(kernel.access.waiting.queryOptions({}));
  if (waiting.isError) return <FailedState error={waiting.error} onRetry={() => void waiting.refetch()} />;
  if (!waiting.data?.length) return null;
  return (
    <section className="ds-panel" aria-labelledby="desk-access-waiting">
      <h2 id="desk-access-waiting">{text("desk.access.waiting")}</h2>
      <ul className="ds-list">
        {waiting.data.map((one) => (
          <Waiting key={one.id} access={one} />
        ))}
      </ul>
    </section>
  );
}

function Waiting(props: { readonly access: WaitingAccess }) {
  const { text, language } = useDeskText();
  const queries = useQueryClient();
  const [tellAfter, setTellAfter] = useState(false);
  const { access } = props;
  const decide = useMutation({
    mutationFn: (confirm: boolean) => kernelClient.access.decide.mutate({ id: access.id, confirm, tellAfter }),
    onSettled: () => queries.invalidateQueries({ queryKey: kernel.access.waiting.queryKey() }),
  });
  const asked = { person: access.person, unit: access.unit[language], at: formatInstant(access.askedAt, language) };
  return (
    <li>
      <p>
        <strong className="ds-mono">{access.caseNo}</strong>{" "}
        {text("desk.access.askedBy", { ...asked, hours: access.hours })}
      </p>
      <p className="ds-text">{access.reason}</p>
      <p>{text(access.found ? "desk.access.found" : "desk.access.notFound")}</p>
      {access.found && (
        <Tick
          name={`after-${access.id}`}
          label={text("desk.access.tellAfter")}
          value={tellAfter}
          onChange={setTellAfter}
        />
      )}
      {decide.error && <p role="alert">{problemOf(decide.error, language).message}</p>}
      <div className="ds-row">
        {access.found && (
          <Button loading={decide.isPending} onClick={() => decide.mutate(true)}>
            {text("desk.access.confirm")}
          </Button>
        )}
        <Button variant="default" loading={decide.isPending} onClick={() => decide.mutate(false)}>
          {text("desk.access.decline")}
        </Button>
      </div>
    </li>
  );
}
