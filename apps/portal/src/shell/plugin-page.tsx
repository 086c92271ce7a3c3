import { Contribution, matchPage, usePluginUis, useUiHost } from "@doorstep/sdk/ui-host";
import { EmptyState, ErrorState, Screen, Skeleton } from "@doorstep/ui";
import { Link, useParams } from "@tanstack/react-router";
import { useText } from "./i18n.ts";

/** A page of a plugin at `/p/<id>/…`, as long as the plugin is on at the unit. */
export function PluginPage() {
  const text = useText();
  const host = useUiHost();
  const params = useParams({ strict: false });
  const pluginId = params.pluginId ?? "";
  const { uis, pending, failed, outdated, retry } = usePluginUis({ pluginId });
  const ui = uis[0];
  const match = ui?.part.pages && matchPage(ui.part.pages, `/${params._splat ?? ""}`);
  const permissions = host.registry?.plugins.find((plugin) => plugin.id === pluginId)?.permissions;

  if (match && (!match.page.needs || permissions?.includes(match.page.needs))) {
    return (
      <Contribution
        part="pages"
        key={match.key}
        pluginId={pluginId}
        component={match.page.component}
        props={{}}
        pageTitle={match.page.title[host.language]}
        params={match.params}
      />
    );
  }
  const name = host.registry?.plugins.find((plugin) => plugin.id === pluginId)?.title[host.language];
  if (failed.length > 0) {
    return (
      <Screen title={name ?? text("shell.moduleTitle")}>
        <ErrorState
          title={text(outdated ? "shell.moduleNew" : "shell.moduleFailed")}
          note={text("shell.draftIsSafe")}
          onRetry={retry}
        />
      </Screen>
    );
  }
  if (pending) {
    return (
      <Screen title={name ?? text("shell.moduleTitle")} hideTitle>
        <Skeleton lines={6} />
      </Screen>
    );
  }
  return (
    <Screen title={text("shell.moduleOffTitle")}>
      <EmptyState
        title={text("shell.moduleOff")}
        action={
          <Link to="/" className="ds-link">
            {text("shell.toHome")}
          </Link>
        }
      />
    </Screen>
  );
}
