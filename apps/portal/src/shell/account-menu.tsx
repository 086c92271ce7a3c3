import { LanguageSwitch } from "@doorstep/ui";
import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { signOut } from "./account-api.ts";
import { setLanguage, useLanguage, useText } from "./i18n.ts";
import { sessionChanged, useMay, useSession } from "./session.ts";

const PointsSwitch = lazy(async () => ({ default: (await import("./points-switch.ts")).PointsSwitch }));
const Bell = lazy(async () => ({ default: (await import("../notifications/bell.tsx")).Bell }));

/** Language, the way to the desk, sign in and out. Used by every frame of the portal. */
export function AccountMenu() {
  const text = useText();
  const language = useLanguage();
  const session = useSession();
  const may = useMay();
  const navigate = useNavigate();
  const leave = async () => {
    await signOut().catch(() => undefined);
    await sessionChanged().catch(() => undefined);
    await navigate({ to: "/" });
  };
  return (
    <>
      <LanguageSwitch language={language} onChange={(next) => void setLanguage(next)} />
      {session.data ? (
        <>
          <Suspense>
            <Bell />
          </Suspense>
          {may("modules.read") && (
            <Suspense>
              <PointsSwitch />
            </Suspense>
          )}
          {may("desk.use") && <a href="/desk">{text("shell.desk")}</a>}
          <Link to="/my">{text("shell.mine")}</Link>
          <Link to="/account">{text("shell.account")}</Link>
          <button type="button" className="ds-link" onClick={() => void leave()}>
            {text("shell.signOut", { name: session.data.name })}
          </button>
        </>
      ) : (
        <Link to="/sign-in">{text("shell.signIn")}</Link>
      )}
    </>
  );
}
