import { states } from "@doorstep/contracts";
import { ACCESS_DEPTH } from "../audience/audience-of.ts";
import type { Kernel } from "../kernel.ts";
import { type Command, execute, type SideAct } from "../pipeline/execute.ts";

const bySystem = (act: string, entry: SideAct["entry"]): SideAct => ({
  act,
  from: states,
  to: "same",
  who: [{ role: "system", at: "anywhere" }],
  guards: [],
  clocks: [],
  entry,
});

/** An access as it is to be opened. */
export interface Opening {
  readonly id: string;
  readonly personId: string;
  readonly hours: number;
  /** the second person; `null` where the level asks for none */
  readonly confirmedBy: string | null;
  readonly tellAfter: boolean;
}

interface Opened {
  readonly until: string;
}

const HOUR_MS = 3_600_000;

/** Opens the case under a key that is this access's alone: it can be told from every other, and ends by itself. */
const open: Command<Opening, Opened> = {
  act: bySystem("openAccess", "access.granted"),
  decide(_k, loaded, s, i) {
    const at = s.now.toISOString();
    const until = new Date(s.now.getTime() + i.hours * HOUR_MS).toISOString();
    const { confidentiality } = loaded.case;
    return {
      result: { until },
      facts: { access: i.id, person: i.personId, confirmedBy: i.confirmedBy, hours: i.hours, told: !i.tellAfter },
      admits: [{ key: i.id, depth: ACCESS_DEPTH, until }],
      rows: {
        access_patch: [
          {
            id: i.id,
            level: confidentiality,
            state: "granted",
            decided_by: i.confirmedBy,
            decided_at: at,
            until,
            tell_after: i.tellAfter,
          },
        ],
      },
    };
  },
};

export const openAccess = (k: Kernel, caseId: string, i: Opening): Promise<Opened> =>
  execute(k, open, { caseId, key: `access:${i.id}`, party: { kind: "system" } }, i);

/** An access that is over, as it stands in the table. */
export interface Ending {
  readonly id: string;
  readonly level: number;
  readonly decidedBy: string | null;
  readonly decidedAt: string;
  readonly until: string;
  readonly tellAfter: boolean;
  readonly early: boolean;
}

/** Takes the key away again; from now on the petitioner reads of it in any case. */
const end: Command<Ending, { readonly ok: true }> = {
  act: bySystem("endAccess", "access.ended"),
  decide: (_k, _loaded, s, i) => ({
    result: { ok: true },
    facts: { access: i.id, early: i.early, told: !i.tellAfter },
    expels: [i.id],
    rows: {
      access_patch: [
        {
          id: i.id,
          level: i.level,
          state: "ended",
          decided_by: i.decidedBy,
          decided_at: i.decidedAt,
          until: i.early ? s.now.toISOString() : i.until,
          tell_after: i.tellAfter,
        },
      ],
    },
  }),
};

export const closeAccess = (k: Kernel, caseId: string, i: Ending): Promise<{ readonly ok: true }> =>
  execute(k, end, { caseId, key: `accessEnd:${i.id}`, party: { kind: "system" } }, i);
