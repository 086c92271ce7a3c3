import { deskViews, type ViewDefinition } from "@doorstep/contracts";
import { useContributions } from "@doorstep/sdk/ui-host";
import { useQuery } from "@tanstack/react-query";
import { kernel } from "../../shell/rpc.ts";
import { useDesk } from "../desk-context.ts";
import type { DeskPlace, QueueFilter } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { nameOf, useDeskText } from "../text.ts";
import { badgeOf } from "./arrivals.ts";
import { definitionOf, filterOf, isShown } from "./view-of.ts";

/** The views as links with their counts; on a phone one list to choose from. */
export function QueueViews(props: { readonly filter: QueueFilter }) {
  const { text, language } = useDeskText();
  const { go } = useDesk();
  const { filter } = props;
  const counts = useQuery(
    kernel.cases.counts.queryOptions(filter.unit ? { unitId: filter.unit } : {}, { refetchInterval: 60_000 }),
  );
  const saved = useQuery(kernel.views.list.queryOptions({}, { staleTime: 60_000 })).data ?? [];
  const shown = saved.find((view) => isShown(view.definition, filter));
  const to = (view: QueueFilter["view"]): DeskPlace => ({ page: "queue", filter: { ...filter, view, q: undefined } });
  const offered = useContributions("queueViews").map((one) => ({
    id: `${one.pluginId}/${one.key}`,
    name: one.value.title[language],
    definition: definitionOf({ view: "open", ...one.value.shows }),
  }));
  const isOffered = (one: { readonly definition: ViewDefinition }): boolean => isShown(one.definition, filter);
  const toSaved = (id: string): DeskPlace | undefined => {
    const view = [...saved, ...offered].find((one) => one.id === id);
    return view && { page: "queue", filter: filterOf(view.definition) };
  };
  const current = (view: QueueFilter["view"]) => filter.q === undefined && filter.view === view;

  return (
    <nav aria-label={text("desk.queue.views")} className="desk-views">
      <ul>
        {deskViews.map((view) => (
          <li key={view}>
            <DeskLink to={to(view)} current={current(view)}>
              <span>{nameOf(text, "view", view)}</span>
              {badgeOf(counts.data?.[view]) && <span className="desk-count">{badgeOf(counts.data?.[view])}</span>}
            </DeskLink>
          </li>
        ))}
      </ul>
      {saved.length > 0 && (
        <>
          <h2 className="desk-views-title" id="desk-saved-views">
            {text("desk.queue.saved")}
          </h2>
          <ul aria-labelledby="desk-saved-views">
            {saved.map((view) => (
              <li key={view.id}>
                <DeskLink to={{ page: "queue", filter: filterOf(view.definition) }} current={shown?.id === view.id}>
                  <span>{view.own ? view.name : text("desk.queue.savedBy", { name: view.name, by: view.by })}</span>
                </DeskLink>
              </li>
            ))}
          </ul>
        </>
      )}
      {offered.length > 0 && (
        <>
          <h2 className="desk-views-title" id="desk-offered-views">
            {text("desk.modules.views")}
          </h2>
          <ul aria-labelledby="desk-offered-views">
            {offered.map((view) => (
              <li key={view.id}>
                <DeskLink to={{ page: "queue", filter: filterOf(view.definition) }} current={isOffered(view)}>
                  <span>{view.name}</span>
                </DeskLink>
              </li>
            ))}
          </ul>
        </>
      )}
      <label className="desk-views-select">
        <span>{text("desk.queue.view")}</span>
        <select
          value={shown?.id ?? offered.find(isOffered)?.id ?? filter.view}
          onChange={({ currentTarget: { value } }) => go(toSaved(value) ?? to(value as QueueFilter["view"]))}
          className="desk-native-select"
        >
          {deskViews.map((view) => (
            <option key={view} value={view}>
              {text("desk.queue.viewCount", {
                view: nameOf(text, "view", view),
                count: badgeOf(counts.data?.[view]) ?? "0",
              })}
            </option>
          ))}
          {saved.length > 0 && (
            <optgroup label={text("desk.queue.saved")}>
              {saved.map((view) => (
                <option key={view.id} value={view.id}>
                  {view.name}
                </option>
              ))}
            </optgroup>
          )}
          {offered.length > 0 && (
            <optgroup label={text("desk.modules.views")}>
              {offered.map((view) => (
                <option key={view.id} value={view.id}>
                  {view.name}
                </option>
              ))}
            </optgroup>
          )}
        </select>
      </label>
    </nav>
  );
}
