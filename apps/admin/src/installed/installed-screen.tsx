import type { ArchiveLook, InstalledModules } from "@doorstep/contracts";
import { Button, Screen, SidePanel } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel } from "../app/rpc.ts";
import { ChooseArchive } from "./choose-archive.tsx";
import { DecideForm, type Decision, TrustForm } from "./decide-form.tsx";
import { EndedPart } from "./ended-part.tsx";
import { OfferPart } from "./offer-part.tsx";
import { VersionRow } from "./version-row.tsx";

type Module = InstalledModules["modules"][number];
type Decide = (decision: Decision) => void;

const doneWords = {
  rollBack: "rolledBack",
  end: "ended",
  release: "released",
  purge: "purgeAsked",
  approvePurge: "purged",
  declinePurge: "purgeDeclined",
  revoke: "revoked",
} as const;

/** A4: installs, updates and ends modules while the platform runs, and says whose archives are taken. */
export function InstalledScreen() {
  const text = useText();
  const name = useName();
  const [offer, setOffer] = useState<ArchiveLook>();
  const [told, setTold] = useState<string>();
  const [decision, setDecision] = useState<Decision>();
  const [trusting, setTrusting] = useState(false);
  const state = useQuery(kernel.modules.installed.queryOptions({}));
  return (
    <Screen
      title={text("installed.title")}
      width="wide"
      notice={told}
      before={
        <Link to="/modules" className="ds-back">
          {`← ${text("installed.toMatrix")}`}
        </Link>
      }
    >
      <p>{text("installed.intro")}</p>
      {offer ? (
        <OfferPart
          key={offer.digest}
          look={offer}
          onCancel={() => setOffer(undefined)}
          onInstalled={() => {
            setOffer(undefined);
            setTold(text("installed.installedNow", { title: name(offer.title), version: offer.version }));
          }}
        />
      ) : (
        <ChooseArchive
          onLooked={({ look }) => {
            setTold(undefined);
            setOffer(look);
          }}
        />
      )}
      <Loaded query={state}>
        {({ modules, ended, publishers }) => (
          <>
            <section aria-labelledby="installed">
              <h2 id="installed">{text("installed.list")}</h2>
              <ul className="ad-rows">
                {modules.map((module) => (
                  <ModuleRow key={module.id} module={module} onDecide={setDecision} />
                ))}
              </ul>
            </section>
            <EndedPart ended={ended} onDecide={setDecision} />
            <Publishers publishers={publishers} onTrust={() => setTrusting(true)} onDecide={setDecision} />
          </>
        )}
      </Loaded>
      <SidePanel
        opened={decision !== undefined}
        title={decision ? text(`installed.${decision.act}Title`, decision.words) : ""}
        onClose={() => setDecision(undefined)}
      >
        {decision && (
          <DecideForm
            decision={decision}
            onDone={() => {
              setTold(text(`installed.${doneWords[decision.act]}`));
              setDecision(undefined);
            }}
          />
        )}
      </SidePanel>
      <SidePanel opened={trusting} title={text("installed.trust")} onClose={() => setTrusting(false)}>
        <TrustForm
          onDone={() => {
            setTold(text("installed.trusted"));
            setTrusting(false);
          }}
        />
      </SidePanel>
    </Screen>
  );
}

function ModuleRow(props: { readonly module: Module; readonly onDecide: Decide }) {
  const text = useText();
  const name = useName();
  const { id, title, state, runs, builtIn, versions } = props.module;
  const active = versions.some((version) => version.active);
  const facts = [
    ...(runs === null ? [] : [text("installed.version", { version: runs })]),
    text(`modules.state.${state}`),
    ...(builtIn && !active ? [text("installed.builtIn")] : []),
  ];
  return (
    <li>
      <div className="ds-row ds-row-between">
        <span>
          <Link to="/modules/$pluginId" params={{ pluginId: id }} className="ds-link">
            {name(title)}
          </Link>
          <br />
          <span className="ds-hint">{facts.join(" · ")}</span>
        </span>
        <span className="ds-row">
          {state === "quarantined" && (
            <Button
              variant="default"
              onClick={() => props.onDecide({ act: "release", pluginId: id, words: { title: name(title) } })}
            >
              {text("installed.release")}
            </Button>
          )}
          {active && (
            <Button
              variant="default"
              onClick={() => props.onDecide({ act: "end", pluginId: id, words: { title: name(title) } })}
            >
              {text("installed.end")}
            </Button>
          )}
        </span>
      </div>
      {versions.length > 0 && (
        <ul>
          {versions.map((version) => (
            <VersionRow key={version.digest} pluginId={id} version={version} onDecide={props.onDecide} />
          ))}
        </ul>
      )}
    </li>
  );
}

interface PublishersProps {
  readonly publishers: InstalledModules["publishers"];
  readonly onTrust: () => void;
  readonly onDecide: Decide;
}

function Publishers(props: PublishersProps) {
  const text = useText();
  return (
    <section aria-labelledby="publishers">
      <h2 id="publishers">{text("installed.publishers")}</h2>
      <p className="ds-hint">{text("installed.publishersNote")}</p>
      <ul className="ad-rows">
        {props.publishers.map(({ keyId, name, own }) => (
          <li key={keyId} className="ds-row ds-row-between">
            <span className="ad-break">
              {own ? text("installed.own") : name} <span className="ds-hint ds-mono">{keyId}</span>
            </span>
            {!own && (
              <Button variant="default" onClick={() => props.onDecide({ act: "revoke", keyId, words: { name } })}>
                {text("installed.revoke")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className="ds-actions">
        <Button variant="default" onClick={props.onTrust}>
          {text("installed.trust")}
        </Button>
      </div>
    </section>
  );
}
