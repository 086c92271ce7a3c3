import { Contribution, matchPage, TakeDownContext, usePluginUis, useUiHost } from "@doorstep/sdk/ui-host";
import { EmptyState, ErrorState, Screen, Skeleton } from "@doorstep/ui";
import { lazy } from "react";
import { openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { useDeskText } from "../text.ts";

const TakeDown = lazy(async () => ({ default: (await import("../register/module-take-down.tsx")).ModuleTakeDown }));

interface ModuleScreenProps {
  readonly pluginId: string;
  readonly path: string;
}

/** A page of a module inside the desk, point `desk/page@1`, as long as the module is on at the reader's unit. */
export function ModuleScreen(props: ModuleScreenProps) {
  const { text, language } = useDeskText();
  const { pluginId, path } = props;
  const { registry } = useUiHost();
  const { uis, pending, failed, outdated, retry } = usePluginUis({ pluginId, part: "deskPages" });
  const entry = registry?.plugins.find((plugin) => plugin.id === pluginId);
  const pages = uis[0]?.part.deskPages;
  const match = pages && matchPage(pages, path);
  if (match && (!match.page.needs || entry?.permissions.includes(match.page.needs)))
    return (
      <TakeDownContext value={TakeDown}>
        <Contribution
          part="deskPages"
          key={match.key}
          pluginId={pluginId}
          component={match.page.component}
          props={{}}
          pageTitle={match.page.title[language]}
          params={match.params}
          base={`/desk/p/${pluginId}`}
        />
      </TakeDownContext>
    );
  return (
    <Screen title={entry?.title[language] ?? text("desk.modules.title")}>
      {failed.length > 0 && (
        <ErrorState title={text(outdated ? "desk.modules.new" : "desk.modules.failed")} onRetry={retry} />
      )}
      {failed.length === 0 && pending && <Skeleton lines={6} />}
      {failed.length === 0 && !pending && (
        <EmptyState
          title={text(match ? "desk.modules.notYours" : "desk.modules.off")}
          action={<DeskLink to={{ page: "queue", filter: openQueue }}>{text("desk.unknown.back")}</DeskLink>}
        />
      )}
    </Screen>
  );
}
