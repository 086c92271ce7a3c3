import { plugins } from "virtual:doorstep-plugins/portal";
import { EmptyState, ErrorState, Screen, Skeleton, Tile } from "@doorstep/ui";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { errorNumber, useErrorText } from "../../shell/error-text.ts";
import { useLanguage, useText } from "../../shell/i18n.ts";
import { useRegistry, useUnitCode } from "../../shell/unit.ts";
import { UnitBoard } from "./unit-board.tsx";

/** Leads to the unit's ways of filing: straight on when there is one, else a choice, else the ways without a screen. */
export function FileScreen() {
  const text = useText();
  const language = useLanguage();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const registry = useRegistry();
  const unitCode = useUnitCode();
  const channels = (registry.data?.channels ?? []).flatMap((channel) => {
    const page = channel.page ?? (plugins.some((plugin) => plugin.id === channel.pluginId) ? "/" : undefined);
    return page === undefined
      ? []
      : [{ ...channel, href: page.startsWith("/p/") ? page : `/p/${channel.pluginId}${page}` }];
  });
  const only = channels.length === 1 ? channels[0]?.href : undefined;

  useEffect(() => {
    if (only !== undefined) void navigate({ href: only, replace: true });
  }, [only, navigate]);

  if (registry.isError && registry.data === undefined) {
    return (
      <Screen title={text("file.title")}>
        <ErrorState
          title={errorText(registry.error)}
          number={errorNumber(registry.error)}
          onRetry={() => void registry.refetch()}
        />
        <UnitBoard unitCode={unitCode} />
      </Screen>
    );
  }
  if (registry.isPending || only !== undefined) {
    return (
      <Screen title={text("file.title")} hideTitle>
        <Skeleton />
      </Screen>
    );
  }
  return (
    <Screen title={text("file.title")}>
      {channels.length === 0 ? (
        <EmptyState
          title={text("file.none")}
          action={
            <Link to="/print/form" search={{ u: unitCode ?? registry.data.unit?.code ?? "" }}>
              {text("shell.paperForm")}
            </Link>
          }
        />
      ) : (
        <div className="ds-tiles">
          {channels.map((channel) => (
            <Tile
              key={channel.key}
              title={channel.title[language]}
              note={channel.anonymousAllowed ? text("file.anonymous") : undefined}
              href={channel.href}
              onNavigate={(href) => void navigate({ href })}
            />
          ))}
        </div>
      )}
      <UnitBoard unitCode={unitCode ?? registry.data.unit?.code} />
    </Screen>
  );
}
