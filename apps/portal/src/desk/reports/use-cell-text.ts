import { formatNumber } from "@doorstep/ui";
import { useDeskText } from "../text.ts";

type Cell = string | number | boolean | null | undefined;

/** A value of a report as it is read. */
export function useCellText(): (value: Cell) => string {
  const { text, language } = useDeskText();
  return (value) => {
    if (value === null || value === undefined) return "";
    if (typeof value === "boolean") return text(value ? "desk.reports.yes" : "desk.reports.no");
    return typeof value === "number" ? formatNumber(value, language) : value;
  };
}
