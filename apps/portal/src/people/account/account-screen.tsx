import type { Role } from "@doorstep/contracts";
import { ErrorState, Screen, Skeleton } from "@doorstep/ui";
import { Link, Navigate } from "@tanstack/react-router";
import { errorNumber, useErrorText } from "../../shell/error-text.ts";
import { useLanguage, useText } from "../../shell/i18n.ts";
import { useSession } from "../../shell/session.ts";
import { FactorPart } from "./factor-part.tsx";
import { PasswordPart } from "./password-part.tsx";
import { SessionsPart } from "./sessions-part.tsx";
import { SignaturePart } from "./signature-part.tsx";

/** Who seals letters that bear a signature. */
const signs: readonly Role[] = ["signer", "reviewer", "discipline"];

/** One's own account, for everybody who has one: password, second step, where one is signed in. */
export function AccountScreen() {
  const text = useText();
  const language = useLanguage();
  const errorText = useErrorText();
  const session = useSession();
  const me = session.data;
  if (me === null) return <Navigate to="/sign-in" search={{ to: "/account" }} replace />;
  return (
    <Screen title={text("account.title")}>
      {session.isError && (
        <ErrorState
          title={errorText(session.error)}
          number={errorNumber(session.error)}
          onRetry={() => void session.refetch()}
        />
      )}
      {session.isPending && <Skeleton lines={6} />}
      {me && (
        <>
          <p>
            <strong>{me.name}</strong>
            {` · ${me.username}${me.unit ? ` · ${me.unit.name[language]}` : ""}`}
          </p>
          <PasswordPart />
          <FactorPart on={me.secondFactor} required={me.secondFactorRequired} />
          <SessionsPart />
          {me.grants.some((grant) => signs.includes(grant.role)) && <SignaturePart />}
          <p>
            <Link to="/account/record" className="ds-link">
              {text("account.record")}
            </Link>
          </p>
        </>
      )}
    </Screen>
  );
}
