import type { Notification } from "@doorstep/contracts";
import { formatDate, type Language } from "@doorstep/ui";
import type { WordKey, Words } from "./words.ts";

/** One notification as a sentence; a kind of a later version says that there is news. */
export function sentenceOf(
  n: Pick<Notification, "kind" | "params">,
  words: Words,
  language: Language,
  known: (key: string) => key is WordKey,
): string {
  const { dueOn, zh, en } = n.params;
  const own = language === "zh-CN" ? zh : en;
  if (n.kind === "module" && typeof own === "string") return own;
  const due = typeof dueOn === "string" ? formatDate(dueOn, language) : undefined;
  const dated = `say.${n.kind}On`;
  if (due !== undefined && known(dated)) return words(dated, { due });
  const plain = `say.${n.kind}`;
  return words(known(plain) ? plain : "say.news");
}

/** Where it leads: the desk, or the reader's own petition. */
export function hrefOf(
  n: Pick<Notification, "side" | "caseId" | "caseNo"> & Partial<Pick<Notification, "kind" | "mustAcknowledge">>,
): string | undefined {
  if (n.caseId === null) return undefined;
  if (n.side === "petitioner") return `/my/${n.caseId}`;
  if (n.mustAcknowledge && n.kind !== "awaited") return "/desk/duty";
  return `/desk/c/${encodeURIComponent(n.caseNo ?? n.caseId)}`;
}
