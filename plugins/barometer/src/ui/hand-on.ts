import { usePlugin } from "@doorstep/sdk/ui";

/** Who looks for what lies behind a warning: known by its id and its address alone, so that either is there without the other. */
const ROOT_CAUSE = { id: "root-cause" } as const;

interface Handed {
  readonly id: string;
  readonly rule: string;
  readonly subject: string;
}

/** Where a warning is handed on to, for whoever may work on causes at the unit; `null` where nobody does or he may not. */
export function useHandOn(): ((warning: Handed) => string) | null {
  const { can } = usePlugin(ROOT_CAUSE);
  if (!can("keep")) return null;
  return ({ id, rule, subject }) =>
    `portal:/desk/p/root-cause/new/warning/${id}/${rule === "bouncePair" || rule.startsWith("theme") || subject === "" ? "all" : subject}`;
}
