import { usePlugin } from "@doorstep/sdk/ui";

/** Who takes warnings over: known by their ids and addresses alone, so that each is there without the others. */
const ROOT_CAUSE = { id: "root-cause" } as const;
const SUPERVISION = { id: "supervision" } as const;

interface Handed {
  readonly id: string;
  readonly rule: string;
  readonly subject: string;
  readonly aboutId: string;
}

interface HandOn {
  readonly to: "handOn" | "supervise";
  readonly address: string;
}

/** Where a warning is handed on to, for whoever may work there at the unit; a way in that went quiet is supervised, too. */
export function useHandOns(): (warning: Handed) => readonly HandOn[] {
  const causes = usePlugin(ROOT_CAUSE);
  const supervision = usePlugin(SUPERVISION);
  return ({ id, rule, subject, aboutId }) => {
    const about = rule === "bouncePair" || rule.startsWith("theme") || subject === "" ? "all" : subject;
    const toCauses = { to: "handOn", address: `portal:/desk/p/root-cause/new/warning/${id}/${about}` } as const;
    const toSupervision = {
      to: "supervise",
      address: `portal:/desk/p/supervision/silent/${id}/${aboutId}/${about}`,
    } as const;
    return [
      ...(causes.can("keep") ? [toCauses] : []),
      ...(rule === "silence" && supervision.can("supervise") ? [toSupervision] : []),
    ];
  };
}
