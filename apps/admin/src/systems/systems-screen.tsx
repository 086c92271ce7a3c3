import type { SystemView } from "@doorstep/contracts";
import { Badge, Button, ConfirmDialog, formatDate, formatInstant, Screen, SidePanel } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { AddSystemForm, EndSystemForm, IssueTokenForm } from "./system-forms.tsx";
import { TokenPart } from "./token-part.tsx";

type Panel = { readonly kind: "add" } | { readonly kind: "issue" | "end"; readonly system: SystemView };

/** Connects systems of others, gives them tokens, and takes both back. */
export function SystemsScreen() {
  const text = useText();
  const [panel, setPanel] = useState<Panel>();
  const [token, setToken] = useState<string>();
  const [told, setTold] = useState<string>();
  const systems = useQuery(kernel.systems.list.queryOptions({}));
  const close = () => setPanel(undefined);
  const done = (words: string) => {
    setTold(words);
    close();
  };
  return (
    <Screen
      title={text("systems.title")}
      width="wide"
      notice={told}
      actions={<Button onClick={() => setPanel({ kind: "add" })}>{text("systems.add")}</Button>}
    >
      <p>{text("systems.intro")}</p>
      {token !== undefined && <TokenPart token={token} onDone={() => setToken(undefined)} />}
      <Loaded query={systems}>
        {(all) => (
          <>
            {all.length === 0 && <p className="ds-hint">{text("systems.none")}</p>}
            <ul className="ds-list">
              {all.map((system) => (
                <SystemPanel key={system.id} system={system} onPanel={setPanel} onTold={setTold} />
              ))}
            </ul>
          </>
        )}
      </Loaded>
      <SidePanel opened={panel !== undefined} title={panel ? titleOf(panel, text) : ""} onClose={close}>
        {panel?.kind === "add" && (
          <AddSystemForm onDone={(waits) => done(text(waits ? "systems.waits" : "systems.added"))} />
        )}
        {panel?.kind === "issue" && (
          <IssueTokenForm
            system={panel.system}
            onDone={(made) => {
              setToken(made);
              setTold(undefined);
              close();
            }}
          />
        )}
        {panel?.kind === "end" && <EndSystemForm system={panel.system} onDone={() => done(text("systems.endedNow"))} />}
      </SidePanel>
    </Screen>
  );
}

const titleOf = (panel: Panel, text: ReturnType<typeof useText>): string =>
  panel.kind === "add" ? text("systems.add") : text(`systems.${panel.kind}Title`, { name: panel.system.name });

interface SystemPanelProps {
  readonly system: SystemView;
  readonly onPanel: (panel: Panel) => void;
  readonly onTold: (words: string) => void;
}

function SystemPanel({ system, onPanel, onTold }: SystemPanelProps) {
  const text = useText();
  const name = useName();
  const confirm = useAct(kernelClient.systems.confirm.mutate, { done: () => onTold(text("systems.confirmed")) });
  return (
    <li className="ds-panel">
      <div className="ds-row ds-row-between">
        <h2 className="ad-break">{system.name}</h2>
        <Badge color={system.state === "active" ? "green" : "gray"} c="dark.9">
          {text(`systems.state.${system.state}`)}
        </Badge>
      </div>
      <p className="ad-line ad-break">
        {`${name(system.unit.name)} · ${system.scopes.map((scope) => text(`systems.scope.${scope}`)).join(text("systems.and"))}`}
      </p>
      <p className="ds-hint ad-break">{`${text("systems.why")}: ${system.why}`}</p>
      {confirm.error && <p role="alert">{confirm.error}</p>}
      {system.state === "waiting" && !system.mayConfirm && <p className="ds-hint">{text("systems.notYou")}</p>}
      <Tokens system={system} onTold={onTold} />
      {system.state !== "ended" && (
        <p className="ds-row">
          {system.mayConfirm && (
            <Button loading={confirm.busy} onClick={() => confirm.run({ systemId: system.id })}>
              {text("systems.confirm")}
            </Button>
          )}
          {system.state === "active" && (
            <Button variant="default" onClick={() => onPanel({ kind: "issue", system })}>
              {text("systems.issue")}
            </Button>
          )}
          <Button variant="default" onClick={() => onPanel({ kind: "end", system })}>
            {text(system.state === "waiting" ? "systems.refuse" : "systems.end")}
          </Button>
        </p>
      )}
    </li>
  );
}

function Tokens(props: { readonly system: SystemView; readonly onTold: (words: string) => void }) {
  const text = useText();
  const language = useLanguage();
  const [revoking, setRevoking] = useState<string>();
  const revoke = useAct(kernelClient.systems.revokeToken.mutate, {
    done: () => {
      setRevoking(undefined);
      props.onTold(text("systems.revokedNow"));
    },
  });
  if (props.system.tokens.length === 0) return null;
  return (
    <>
      <ul>
        {props.system.tokens.map((token) => (
          <li key={token.id} className="ds-row ds-row-between">
            <span>
              {text("systems.tokenOf", { at: formatInstant(token.madeAt, language) })}{" "}
              <span className="ds-hint">
                {[
                  text(`systems.tokenState.${token.state}`, { day: formatDate(token.until, language) }),
                  token.lastUsedOn
                    ? text("systems.lastUsed", { day: formatDate(token.lastUsedOn, language) })
                    : text("systems.neverUsed"),
                ].join(" · ")}
              </span>
            </span>
            {token.state === "valid" && (
              <Button variant="default" onClick={() => setRevoking(token.id)}>
                {text("systems.revoke")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        opened={revoking !== undefined}
        title={text("systems.revoke")}
        confirmLabel={text("systems.revoke")}
        busy={revoke.busy}
        onConfirm={() => revoking !== undefined && revoke.run({ tokenId: revoking })}
        onClose={() => setRevoking(undefined)}
      >
        {revoke.error ?? text("systems.revokeNote")}
      </ConfirmDialog>
    </>
  );
}
