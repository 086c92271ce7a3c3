import { Button, ConfirmDialog, EmptyState, Screen } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { useNames } from "../names/use-names.ts";
import { GrantLine } from "./grant-line.tsx";
import { RevokeDialog } from "./revoke-dialog.tsx";

/** Sensitive roles that wait for a second administrator. */
export function WaitingScreen() {
  const text = useText();
  const name = useName();
  const names = useNames();
  const waiting = useQuery(kernel.people.pendingGrants.queryOptions({}));
  const [confirming, setConfirming] = useState<string>();
  const [refusing, setRefusing] = useState<string>();
  const confirm = useAct(kernelClient.people.confirmGrant.mutate, { done: () => setConfirming(undefined) });
  return (
    <Screen
      title={text("people.waitingTitle")}
      error={confirm.error}
      before={
        <Link to="/people" className="ds-back">
          {`← ${text("people.title")}`}
        </Link>
      }
    >
      <p>{text("people.waitingIntro")}</p>
      <Loaded query={waiting}>
        {(grants) => {
          const asked = grants.find((grant) => grant.id === confirming);
          const refused = grants.find((grant) => grant.id === refusing);
          if (grants.length === 0) return <EmptyState title={text("people.waitingEmpty")} />;
          return (
            <>
              <ul className="ds-list">
                {grants.map((grant) => (
                  <li key={grant.id} className="ds-panel">
                    <Link to="/people/$personId" params={{ personId: grant.personId }} className="ad-strong">
                      {grant.personName}
                    </Link>
                    <GrantLine grant={grant} />
                    <p className="ad-line">{`${text("people.why")}: ${grant.why}`}</p>
                    {grant.mayConfirm ? (
                      <p className="ds-row">
                        <Button onClick={() => setConfirming(grant.id)}>{text("people.confirm")}</Button>
                        <Button variant="default" onClick={() => setRefusing(grant.id)}>
                          {text("people.refuse")}
                        </Button>
                      </p>
                    ) : (
                      <p className="ds-hint">{text("people.waitingNotYou")}</p>
                    )}
                  </li>
                ))}
              </ul>
              <ConfirmDialog
                opened={asked !== undefined}
                title={asked ? `${names.role(asked.role)} · ${name(asked.unitName)}` : ""}
                confirmLabel={text("people.confirm")}
                busy={confirm.busy}
                onConfirm={() => asked && confirm.run({ grantId: asked.id })}
                onClose={() => setConfirming(undefined)}
              >
                {asked && text("people.confirmNote", { name: asked.personName, why: asked.why })}
              </ConfirmDialog>
              <RevokeDialog grant={refused} onClose={() => setRefusing(undefined)} />
            </>
          );
        }}
      </Loaded>
    </Screen>
  );
}
