import { useName, useText } from "../app/i18n.ts";
import type { SettingField } from "./setting-field.ts";

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** Values of settings in the reader's words. */
export function useSettingWords() {
  const text = useText();
  const name = useName();
  const word = (field: SettingField | undefined, one: unknown): string => {
    const options = field && "options" in field.kind ? field.kind.options : [];
    const label = options.find((option) => option.value === one)?.label;
    if (label) return name(label);
    return typeof one === "object" ? JSON.stringify(one) : String(one);
  };
  return (field: SettingField | undefined, value: unknown): string => {
    if (field?.secret) return text("settings.secret");
    if (isNothing(value)) return text("settings.nothing");
    if (typeof value === "boolean") return text(value ? "settings.yes" : "settings.no");
    return Array.isArray(value)
      ? value.map((one) => word(field, one)).join(text("settings.comma"))
      : word(field, value);
  };
}
