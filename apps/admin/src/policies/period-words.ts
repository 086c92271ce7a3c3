import type { PolicyRow } from "@doorstep/contracts";
import { formatDate } from "@doorstep/ui";
import { useLanguage, useName, useText } from "../app/i18n.ts";

/** What the table says of a period, sentence by sentence. */
export function usePeriodWords() {
  const text = useText();
  const name = useName();
  const language = useLanguage();
  const days = (n: number, row: Pick<PolicyRow, "unit">) =>
    text("policies.amount", { n, unit: text(`policies.days.${row.unit}`) });
  return {
    days,
    title: (row: Pick<PolicyRow, "ref" | "name">) => `${row.ref} ${name(row.name)}`,
    length: (row: PolicyRow) => (row.amount === null ? text("policies.byAct") : days(row.amount, row)),
    notes: (row: PolicyRow): readonly string[] => [
      ...(row.packAmount === null
        ? []
        : [text("policies.reduced", { n: row.packAmount, unit: text(`policies.days.${row.unit}`) })]),
      ...(row.inherited
        ? [
            text("policies.from", {
              unit: name(row.inherited.unit),
              date: formatDate(row.inherited.validFrom, language),
            }),
          ]
        : []),
      ...(row.direction === "before" ? [text("policies.before")] : []),
      ...(row.petitionerRight ? [text("policies.right")] : []),
      ...(row.extensionDays === null ? [] : [text("policies.extend", { n: row.extensionDays })]),
      ...(row.pauseAllowed ? [text("policies.pause")] : []),
    ],
    signals: (row: PolicyRow) =>
      row.signals
        .filter((signal) => signal !== "overdue")
        .map((signal) => text(`policies.signal.${signal}`))
        .join(language === "en" ? ", " : "、"),
  };
}
