import "./signed-in.css";
import { useMediaQuery } from "@doorstep/ui";
import { Link, useNavigate, useRouterState } from "@tanstack/react-router";
import { type KeyboardEvent, lazy, Suspense, useState } from "react";
import { Bell } from "../notifications/bell.tsx";
import { useWords } from "../notifications/words.ts";
import { signOut } from "../shell/account-api.ts";
import { useText } from "../shell/i18n.ts";
import { sessionChanged, useMay } from "../shell/session.ts";

const PointsSwitch = lazy(async () => ({ default: (await import("../shell/points-switch.ts")).PointsSwitch }));

function closeOnEscape(event: KeyboardEvent<HTMLDetailsElement>): void {
  if (event.key !== "Escape" || !event.currentTarget.open) return;
  event.currentTarget.open = false;
  event.currentTarget.querySelector("summary")?.focus();
}

/** A press beside it closes it; what stands in it still gets its own press. */
function closeOutside(details: HTMLDetailsElement | null): (() => void) | undefined {
  if (!details) return undefined;
  const close = ({ target }: PointerEvent) => {
    if (!(target instanceof Node && details.contains(target))) details.open = false;
  };
  document.addEventListener("pointerdown", close);
  return () => document.removeEventListener("pointerdown", close);
}

/** What the header has for somebody who has signed in; on a phone the ways to the own pages stand behind one word. */
export function SignedIn({ name }: { readonly name: string }) {
  const text = useText();
  const words = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const narrow = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  const at = useRouterState({ select: (state) => state.location.href });
  const [isStaying, setStaying] = useState(false);
  const leave = async () => {
    try {
      await signOut();
    } catch {
      setStaying(true);
      return;
    }
    await sessionChanged().catch(() => undefined);
    await navigate({ to: "/" });
  };
  const ways = [
    ...(may("desk.use") ? [{ key: "desk", way: <a href="/desk">{text("shell.desk")}</a> }] : []),
    { key: "mine", way: <Link to="/my">{text("shell.mine")}</Link> },
    { key: "account", way: <Link to="/account">{text("shell.account")}</Link> },
    {
      key: "leave",
      way: (
        <>
          <button type="button" className="ds-link" onClick={() => void leave()}>
            {text("shell.signOut", { name })}
          </button>
          {isStaying && (
            <p role="alert" className="ds-error">
              {words("stillSignedIn")}
            </p>
          )}
        </>
      ),
    },
  ];
  return (
    <>
      <Bell />
      {may("modules.read") && (
        <Suspense>
          <PointsSwitch />
        </Suspense>
      )}
      {narrow ? (
        // anew on every page, so that it is closed there
        <details key={at} ref={closeOutside} className="signed-in" onKeyDown={closeOnEscape}>
          <summary>{text("shell.own")}</summary>
          <ul>
            {ways.map(({ key, way }) => (
              <li key={key}>{way}</li>
            ))}
          </ul>
        </details>
      ) : (
        ways.map(({ key, way }) => <span key={key}>{way}</span>)
      )}
    </>
  );
}
