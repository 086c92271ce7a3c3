import type { CaseView } from "@doorstep/contracts";
import { Button, TextArea } from "@doorstep/ui";
import { useState } from "react";
import { kernelClient } from "../../shell/rpc.ts";
import { WhoSees } from "../shared/who-sees.tsx";
import { nameOf, useDeskText } from "../text.ts";
import { ActForm } from "./act-form.tsx";

type Identity = Awaited<ReturnType<typeof kernelClient.vault.open.mutate>>;

/** Who it is, for as long as this drawer is open; it is kept nowhere. */
function Opened(props: { readonly identity: Identity; readonly onClose: () => void }) {
  const { text } = useDeskText();
  const { identity } = props;
  const lines = [
    [text("desk.acts.idName"), identity.name],
    [text("desk.acts.idKind"), nameOf(text, "kind", identity.kind)],
    [text("desk.acts.idContact"), identity.contact],
    [text("desk.acts.idNo"), identity.idNo],
    [text("desk.acts.idService"), identity.serviceNo],
    [text("desk.acts.idOnBehalf"), identity.onBehalfOf],
  ] as const;
  return (
    <>
      <p role="status">{text("desk.acts.idOpened")}</p>
      <dl className="ds-summary desk-identity">
        {lines.map(
          ([label, value]) =>
            value && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {identity.coSigners.length > 0 && (
        <section aria-labelledby="co-signers">
          <h3 id="co-signers">{text("desk.acts.idCoSigners", { count: identity.coSigners.length })}</h3>
          <ul className="ds-list">
            {identity.coSigners.map((one) => (
              <li key={`${one.name} ${one.contact}`}>
                {one.name} · {nameOf(text, "kind", one.kind)} · {one.contact}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Button onClick={props.onClose}>{text("desk.acts.idHide")}</Button>
    </>
  );
}

/** Opens the identity vault: with a purpose, after a warning that the petitioner will see who looked and why. */
export function IdentityForm(props: { readonly c: CaseView; readonly onClose: () => void }) {
  const { text } = useDeskText();
  const [identity, setIdentity] = useState<Identity>();
  if (identity) return <Opened identity={identity} onClose={props.onClose} />;
  return (
    <ActForm
      c={props.c}
      name="identity"
      initial={{ purpose: "" }}
      validate={(v) => ({ purpose: v.purpose.trim().length < 4 ? text("desk.acts.purposeShort") : undefined })}
      submitLabel={text("desk.acts.do.identity")}
      send={(v, on) => kernelClient.vault.open.mutate({ caseId: on.caseId, key: on.key, purpose: v.purpose })}
      onDone={(result) => setIdentity(result as Identity)}
      review={{
        consequence: <p>{text("desk.acts.identityEffect")}</p>,
        lines: (v) => [{ label: text("desk.acts.purpose"), value: v.purpose }],
      }}
    >
      {() => (
        <div>
          <TextArea
            name="purpose"
            label={text("desk.acts.purpose")}
            hint={text("desk.acts.purposeHint")}
            required
            maxLength={300}
            rows={3}
          />
          <WhoSees who="recorded" />
        </div>
      )}
    </ActForm>
  );
}
