import { LanguageSwitch } from "@doorstep/ui";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { setLanguage, useLanguage, useText } from "./i18n.ts";
import { useSession } from "./session.ts";

const SignedIn = lazy(async () => ({ default: (await import("../signed-in/signed-in.tsx")).SignedIn }));

/** Language, the way to the desk, sign in and out. Used by every frame of the portal. */
export function AccountMenu() {
  const text = useText();
  const language = useLanguage();
  const session = useSession();
  return (
    <>
      <LanguageSwitch language={language} onChange={(next) => void setLanguage(next)} />
      {session.data ? (
        <Suspense>
          <SignedIn name={session.data.name} />
        </Suspense>
      ) : (
        <Link to="/sign-in">{text("shell.signIn")}</Link>
      )}
    </>
  );
}
