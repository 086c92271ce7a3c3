import type { KernelContract } from "@doorstep/contracts";
import type { z } from "zod";
import { type TextKey, useName, useText } from "../app/i18n.ts";

export type AuditEntry = z.output<KernelContract["ledger"]["page"]["output"]>["items"][number];

const known = [
  "act",
  "choice",
  "lock",
  "role",
  "subtree",
  "person",
  "grant",
  "unit",
  "from",
  "to",
  "count",
  "what",
  "plugin",
  "version",
  "parent",
  "fields",
] as const;
const isKnown = (field: string): field is (typeof known)[number] => (known as readonly string[]).includes(field);

/** Kinds of entries that an auditor looks at first. */
export const isMarked = (type: string): boolean => type === "access.identityOpened" || type === "data.exported";

/** How an entry reads: who, and what stands in it. */
export function useEntryWords() {
  const text = useText();
  const name = useName();
  const value = (entry: Pick<AuditEntry, "names">, one: unknown): string => {
    if (one === undefined || one === null) return "–";
    if (typeof one === "boolean") return text(one ? "app.yes" : "app.no");
    if (Array.isArray(one)) return one.map((part) => value(entry, part)).join(" · ") || "–";
    if (typeof one === "object")
      return Object.entries(one)
        .map(([key, part]) => `${key}: ${value(entry, part)}`)
        .join(" · ");
    const found = entry.names[String(one)];
    return found ? name(found) : String(one);
  };
  return {
    value,
    field: (field: string) => (isKnown(field) ? text(`audit.fact.${field}` as TextKey) : field),
    actor: ({ actor }: Pick<AuditEntry, "actor">): string => {
      if (actor.kind === "plugin") return text("audit.actor.plugin", { id: actor.id ?? "" });
      return actor.name ?? text(`audit.actor.${actor.kind}` as TextKey);
    },
    place: (entry: AuditEntry): string => {
      const found = entry.names[entry.stream];
      return found ? name(found) : entry.stream.slice(0, 8);
    },
  };
}
