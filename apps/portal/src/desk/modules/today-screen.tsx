import { Contribution, useContributions, usePluginUis } from "@doorstep/sdk/ui-host";
import { EmptyState, ErrorState, Screen, Skeleton } from "@doorstep/ui";
import { useDeskText } from "../text.ts";

/** L1: what modules show of the day, each in a box of its own. Point `leader/widget@1`. */
export function TodayScreen() {
  const { text, language } = useDeskText();
  const widgets = useContributions("widgets");
  const { pending, failed, outdated, retry } = usePluginUis({ part: "widgets" });
  const isComplete = failed.length === 0 && !pending;
  return (
    <Screen title={text("desk.modules.today")} width="full">
      {failed.length > 0 && (
        <ErrorState title={text(outdated ? "desk.modules.new" : "desk.modules.failed")} onRetry={retry} />
      )}
      {widgets.length === 0 && pending && <Skeleton lines={8} />}
      {widgets.length === 0 && isComplete && <EmptyState title={text("desk.modules.nothingToday")} />}
      <div className="desk-widgets">
        {widgets.map((one) => (
          <section
            key={`${one.pluginId}/${one.key}`}
            className="ds-panel"
            data-size={one.value.size ?? "small"}
            aria-labelledby={`widget-${one.pluginId}-${one.key}`}
          >
            <h2 id={`widget-${one.pluginId}-${one.key}`}>{one.value.title[language]}</h2>
            <Contribution part="widgets" pluginId={one.pluginId} component={one.value.component} props={{}} />
          </section>
        ))}
      </div>
    </Screen>
  );
}
