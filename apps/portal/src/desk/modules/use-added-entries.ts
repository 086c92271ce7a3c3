import { useContributions } from "@doorstep/sdk/ui-host";
import type { DeskPlace } from "../place.ts";
import { useDeskText } from "../text.ts";

export interface AddedEntry {
  readonly key: string;
  readonly to: DeskPlace;
  readonly label: string;
}

/** What modules add to the rail: their pages, and the day's page where they show something on it. */
export function useAddedEntries(): readonly AddedEntry[] {
  const { text, language } = useDeskText();
  const pages = useContributions("deskPages").filter((page) => page.value.nav);
  const widgets = useContributions("widgets");
  const byOrder = pages.toSorted((a, b) => (a.value.nav?.order ?? 0) - (b.value.nav?.order ?? 0));
  return [
    ...(widgets.length > 0
      ? [{ key: "today", to: { page: "today" } as const, label: text("desk.modules.today") }]
      : []),
    ...byOrder.map((page) => ({
      key: `${page.pluginId}/${page.key}`,
      to: { page: "module", pluginId: page.pluginId, path: page.value.path } as const,
      label: page.value.title[language],
    })),
  ];
}
