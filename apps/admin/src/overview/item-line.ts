import type { Text, UnitSummary } from "@doorstep/contracts";
import type { TextFunction } from "../app/i18n.ts";

export interface OverviewItem {
  readonly level: "red" | "amber";
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly unit: Pick<UnitSummary, "id" | "name"> | null;
}

type Href = `/${string}`;
interface Line {
  readonly text: string;
  readonly note?: string;
  /** where it is dealt with */
  readonly to?: Href;
  /** what is done about it here */
  readonly press?: "retryNews";
}

interface Words {
  readonly text: TextFunction;
  readonly name: (name: Text) => string;
  readonly date: (date: string) => string;
  readonly language: "zh-CN" | "en";
}

const lacks = ["noIntakePerson", "noSigner", "noDisciplineOrganAbove", "dutyGap"] as const;
const isLack = (code: string): code is (typeof lacks)[number] => (lacks as readonly string[]).includes(code);

/** What one finding says, and where it is mended. */
export function itemLine(item: OverviewItem, words: Words): Line {
  const { text } = words;
  const unit = item.unit ? words.name(item.unit.name) : "";
  const count = Number(item.params["count"] ?? 0);
  if (isLack(item.code)) return lackLine(item, item.code, words);
  if (item.code === "peopleInRetiredUnit")
    return {
      text: text("overview.item.peopleInRetiredUnit", { count, unit }),
      ...(item.unit && { to: `/people?unit=${item.unit.id}` as Href }),
    };
  if (item.code === "grantsWaiting")
    return { text: text("overview.item.grantsWaiting", { count }), to: "/people/waiting" };
  if (item.code === "dutyNobody") return { text: text("overview.item.dutyNobody", { count }), to: "/units" };
  if (item.code === "newsParked")
    return { text: text("overview.item.newsParked", { count, unit }), press: "retryNews" };
  if (item.code === "quarantine") return { text: text("overview.item.quarantine", { count, unit }) };
  if (item.code === "calendarMissing" || item.code === "calendarEnds") return calendarLine(item, words);
  if (item.code === "backupOld" || item.code === "backupNever" || item.code === "backupFailed")
    return { text: text(`overview.item.${item.code}`, { hours: item.params["hours"] ?? "" }), to: "/backups" };
  if (item.code.startsWith("module.")) return moduleLine(item, words);
  return { text: text("overview.item.unknown", { code: item.code }) };
}

/** On which part of the unit's page it is mended, where not among its people. */
const places: Partial<Readonly<Record<(typeof lacks)[number], string>>> = {
  noDisciplineOrganAbove: "",
  dutyGap: "?tab=duty",
};

/** What a unit lacks; below it others may lack the same. */
function lackLine(item: OverviewItem, code: (typeof lacks)[number], { text, name }: Words): Line {
  const below = Number(item.params["below"] ?? 0);
  const place = places[code] ?? "?tab=people";
  return {
    text: text(`overview.item.${code}`, { unit: item.unit ? name(item.unit.name) : "" }),
    ...(below > 0 && { note: text("overview.item.below", { count: below }) }),
    ...(item.unit && { to: `/units/${item.unit.id}${place}` as Href }),
  };
}

function calendarLine({ code, params }: OverviewItem, { text, date }: Words): Line {
  if (code === "calendarEnds")
    return { text: text("overview.item.calendarEnds", { until: date(String(params["until"])) }), to: "/calendars" };
  return { text: text("overview.item.calendarMissing", { region: params["region"] ?? "" }) };
}

function moduleLine(item: OverviewItem, { text, language }: Words): Line {
  const module = String(item.params[language === "en" ? "en" : "zh"] ?? item.params["id"]);
  const to: Href = `/modules/${item.params["id"]}`;
  if (item.code === "module.rejected") return { text: text("overview.item.moduleRejected", { module }), to };
  if (item.code === "module.quarantined") return { text: text("overview.item.moduleQuarantined", { module }), to };
  return { text: text("overview.item.moduleDegraded", { module }), to };
}
