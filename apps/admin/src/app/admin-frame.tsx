import type { Permission } from "@doorstep/contracts";
import { PointsSwitch, useContributions } from "@doorstep/sdk/ui-host";
import { Button, EmptyState, ErrorState, Frame, LanguageSwitch, Screen, Skeleton } from "@doorstep/ui";
import { Link, Outlet, useMatchRoute } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { HelpButton } from "../help/help-button.tsx";
import { signOut } from "./account-api.ts";
import { errorNumber, useErrorText } from "./error-text.ts";
import { setLanguage, type TextKey, useLanguage, useText } from "./i18n.ts";
import { OfflineBar } from "./offline-bar.tsx";
import { kernelClient } from "./rpc.ts";
import { signInAddress, useMay, useSession } from "./session.ts";

const places = [
  { to: "/", label: "app.overview", needs: "units.read" },
  { to: "/units", label: "app.units", needs: "units.read" },
  { to: "/topics", label: "app.topics", needs: "topics.manage" },
  { to: "/themes", label: "app.themes", needs: "topics.manage" },
  { to: "/policies", label: "app.policies", needs: "policy.manage" },
  { to: "/calendars", label: "app.calendars", needs: "policy.manage" },
  { to: "/modules", label: "app.modules", needs: "modules.read" },
  { to: "/people", label: "app.people", needs: "people.read" },
  { to: "/audit", label: "app.audit", needs: "ledger.read" },
  { to: "/systems", label: "app.systems", needs: "platform.manage" },
  { to: "/retention", label: "app.retention", needs: "platform.manage" },
  { to: "/backups", label: "app.backups", needs: "platform.manage" },
] as const satisfies readonly { to: string; label: TextKey; needs: string }[];

/** Who finds anything here; everybody else is told what it takes. */
const entering: readonly Permission[] = ["units.manage", "people.read", "modules.read"];

/** The menu of somebody with these permissions. */
export const placesOf = (may: (permission: Permission) => boolean): readonly (typeof places)[number][] =>
  entering.some(may) ? places.filter((place) => may(place.needs)) : [];

/** Header, rail and the page; who may not administer is told what it takes. */
export function AdminFrame() {
  const text = useText();
  const session = useSession();
  const may = useMay();
  const allowed = entering.some(may);
  return (
    <Frame
      banner={<OfflineBar />}
      header={<Header name={session.data?.name} />}
      nav={allowed ? <Rail /> : undefined}
      navLabel={text("app.nav")}
    >
      <Inside allowed={allowed} />
    </Frame>
  );
}

function Header(props: { readonly name: string | undefined }) {
  const text = useText();
  const may = useMay();
  const language = useLanguage();
  const [isStaying, setStaying] = useState(false);
  const leave = async () => {
    try {
      await signOut();
    } catch {
      setStaying(true);
      return;
    }
    location.assign("/");
  };
  const choose = async (next: typeof language) => {
    await setLanguage(next);
    if (props.name) await kernelClient.session.setLocale.mutate({ locale: next }).catch(() => undefined);
  };
  return (
    <>
      <Link to="/" className="ds-brand">
        {text("app.brand")}
      </Link>
      <div className="ds-header-tools">
        <HelpButton />
        {may("modules.read") && <PointsSwitch />}
        <LanguageSwitch language={language} onChange={(next) => void choose(next)} />
        <a href="/">{text("app.portal")}</a>
        {props.name && (
          <>
            <Link to="/account">{text("app.account")}</Link>
            <button type="button" className="ds-link" onClick={() => void leave()}>
              {text("app.signOut")}
            </button>
            {isStaying && (
              <p role="alert" className="ds-error">
                {text("app.stillSignedIn")}
              </p>
            )}
          </>
        )}
      </div>
    </>
  );
}

function Rail() {
  const text = useText();
  const language = useLanguage();
  const may = useMay();
  const isAt = useMatchRoute();
  const pages = useContributions("pages").filter((page) => page.value.nav);
  const current = (to: string) => (isAt({ to, fuzzy: to !== "/" }) ? ("page" as const) : undefined);
  return (
    <ul>
      {placesOf(may).map((place) => (
        <li key={place.to}>
          <Link to={place.to} aria-current={current(place.to)}>
            {text(place.label)}
          </Link>
        </li>
      ))}
      {pages.map((page) => {
        const to = `/p/${page.pluginId}${page.value.path === "/" ? "" : page.value.path}`;
        return (
          <li key={`${page.pluginId}.${page.key}`}>
            <Link to={to} aria-current={current(to)}>
              {page.value.title[language]}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** What an account owes is done on the portal's pages, which lead back here. */
function useDuties(): boolean {
  const { data } = useSession();
  const page = data?.mustChangePassword ? "password" : data?.mustEnrolSecondFactor ? "second-factor" : undefined;
  useEffect(() => {
    if (page) location.assign(`/sign-in/${page}?to=${encodeURIComponent(location.pathname)}`);
  }, [page]);
  return page !== undefined;
}

function Inside(props: { readonly allowed: boolean }) {
  const text = useText();
  const errorText = useErrorText();
  const session = useSession();
  const owes = useDuties();
  const isAt = useMatchRoute();
  if (session.isPending || owes) return <Blank lines={6} title={text("app.brand")} />;
  if (session.isError)
    return (
      <Screen title={text("app.failedTitle")}>
        <ErrorState
          title={errorText(session.error)}
          number={errorNumber(session.error)}
          onRetry={() => void session.refetch()}
        />
      </Screen>
    );
  if (!session.data)
    return (
      <Screen title={text("app.brand")}>
        <EmptyState
          title={text("app.signInFirst")}
          action={
            <Button component="a" href={signInAddress()}>
              {text("app.signIn")}
            </Button>
          }
        />
      </Screen>
    );
  if (!props.allowed && !isAt({ to: "/account" }))
    return (
      <Screen title={text("app.brand")}>
        <EmptyState title={text("app.noRight")} action={<a href="/">{text("app.toPortal")}</a>} />
      </Screen>
    );
  return <Outlet />;
}

function Blank(props: { readonly lines: number; readonly title: string }) {
  return (
    <Screen title={props.title} hideTitle width="wide">
      <Skeleton lines={props.lines} />
    </Screen>
  );
}
