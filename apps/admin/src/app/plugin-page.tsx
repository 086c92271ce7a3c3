import { Contribution, matchPage, usePluginUis } from "@doorstep/sdk/ui-host";
import { EmptyState, ErrorState, Screen, Skeleton } from "@doorstep/ui";
import { Link, useParams } from "@tanstack/react-router";
import { useLanguage, useText } from "./i18n.ts";

/** A page of a plugin at `/admin/p/<id>/…`. */
export function PluginPage() {
  const text = useText();
  const language = useLanguage();
  const params = useParams({ strict: false });
  const pluginId = params.pluginId ?? "";
  const { uis, pending, failed, outdated, retry } = usePluginUis({ pluginId });
  const pages = uis[0]?.part.pages;
  const match = pages && matchPage(pages, `/${params._splat ?? ""}`);
  if (match)
    return (
      <Contribution
        part="pages"
        key={match.key}
        pluginId={pluginId}
        component={match.page.component}
        props={{}}
        pageTitle={match.page.title[language]}
        params={match.params}
      />
    );
  return (
    <Screen title={text("app.modules")}>
      {failed.length > 0 && (
        <ErrorState title={text(outdated ? "app.moduleNew" : "app.moduleFailed")} onRetry={retry} />
      )}
      {failed.length === 0 && pending && <Skeleton lines={6} />}
      {failed.length === 0 && !pending && (
        <EmptyState title={text("app.moduleOff")} action={<Link to="/">{text("app.toOverview")}</Link>} />
      )}
    </Screen>
  );
}
