import type { ReportCell } from "@doorstep/contracts";
import { formatNumber } from "@doorstep/ui";
import { useDeskText } from "../text.ts";

type Cell = ReportCell | undefined;

/** A value of a report as it is read. */
export function useCellText(): (value: Cell) => string {
  const { text, language } = useDeskText();
  return (value) => {
    if (value === null || value === undefined) return "";
    if (typeof value === "boolean") return text(value ? "desk.reports.yes" : "desk.reports.no");
    if (typeof value === "object") return value[language];
    return typeof value === "number" ? formatNumber(value, language) : value;
  };
}
