import type { Grant } from "@doorstep/contracts";
import { Alert, Button, Screen } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { LocalLink } from "../app/local-link.tsx";
import { kernel } from "../app/rpc.ts";
import { useMay, useSession } from "../app/session.ts";
import { useNames } from "../names/use-names.ts";
import { GrantLine } from "./grant-line.tsx";
import type { PersonDetail } from "./person-part.tsx";
import { RevokeDialog } from "./revoke-dialog.tsx";

/** One person: roles, what they amount to, account. */
export function PersonScreen() {
  const text = useText();
  const name = useName();
  const names = useNames();
  const may = useMay();
  const { personId } = useParams({ from: "/people/$personId" });
  const person = useQuery(kernel.people.get.queryOptions({ personId }));
  const manage = may("people.manage");
  return (
    <Screen
      title={person.data?.name ?? text("people.title")}
      width="wide"
      before={
        <Link to="/people" className="ds-back">
          {`← ${text("people.title")}`}
        </Link>
      }
      actions={
        manage && person.data?.active ? (
          <Button component={LocalLink} href={`/people/${personId}/grant`}>
            {text("people.addGrant")}
          </Button>
        ) : undefined
      }
    >
      <Loaded query={person}>
        {(data) => (
          <>
            <p>
              {[
                data.username,
                names.kind(data.kind),
                name(data.unit.name),
                text(data.secondFactor ? "people.secondFactorYes" : "people.secondFactorNo"),
                ...(data.active ? [] : [`⊘ ${text("people.inactive")}`]),
              ].join(" · ")}
            </p>
            {data.warnings.length > 0 && (
              <Alert color="orange" variant="light" className="ds-alert">
                <ul className="ad-plain">
                  {data.warnings.map((warning) => (
                    <li key={warning}>{text(`people.warning.${warning}`)}</li>
                  ))}
                </ul>
              </Alert>
            )}
            <div className="ad-halves">
              <Grants person={data} manage={manage} />
              <Effective person={data} />
            </div>
            {manage && <Account person={data} />}
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function Grants(props: { readonly person: PersonDetail; readonly manage: boolean }) {
  const text = useText();
  const [revoking, setRevoking] = useState<Grant>();
  return (
    <section aria-labelledby="grants">
      <h2 id="grants">{text("people.grants")}</h2>
      {props.person.grants.length === 0 && <p className="ds-hint">{text("people.noGrants")}</p>}
      <ul className="ds-list">
        {props.person.grants.map((grant) => (
          <li key={grant.id} className="ds-panel">
            <GrantLine grant={grant} />
            {props.manage && (
              <button type="button" className="ds-link" onClick={() => setRevoking(grant)}>
                {text("people.revoke")}
              </button>
            )}
          </li>
        ))}
      </ul>
      <RevokeDialog grant={revoking} onClose={() => setRevoking(undefined)} />
    </section>
  );
}

function Effective(props: { readonly person: PersonDetail }) {
  const text = useText();
  const may = useMay();
  const name = useName();
  const names = useNames();
  const lines = props.person.effective.map((right) =>
    text("people.because", {
      permission: names.permission(right.permission),
      role: names.role(right.role),
      unit: name(right.unitName),
    }),
  );
  return (
    <section aria-labelledby="effective">
      <h2 id="effective">{text("people.effective")}</h2>
      {lines.length === 0 ? (
        <p className="ds-hint">{text("people.effectiveNone")}</p>
      ) : (
        <ul>
          {[...new Set(lines)].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {may("people.manage") && props.person.active && (
        <p>
          <Link to="/people/$personId/preview" params={{ personId: props.person.id }}>
            {text("people.preview")}
          </Link>
        </p>
      )}
    </section>
  );
}

function Account(props: { readonly person: PersonDetail }) {
  const text = useText();
  const session = useSession();
  const params = { personId: props.person.id };
  const own = session.data?.personId === props.person.id;
  return (
    <p className="ds-row">
      <Link to="/people/$personId/edit" params={params}>
        {text("people.edit")}
      </Link>
      {!own && props.person.active && (
        <Link to="/people/$personId/slip" params={params}>
          {text("people.slip")}
        </Link>
      )}
    </p>
  );
}
