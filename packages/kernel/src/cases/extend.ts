import type { Acted, extendInput } from "@doorstep/contracts";
import type { z } from "zod";
import { resolveRule } from "../clocks/policy-rules.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { Scene } from "../life-cycle/rule.ts";
import { dueFacts } from "../notices/due-facts.ts";
import { type Issuer, issued, issuerOf } from "../notices/issue.ts";
import { recountedAsStarted } from "../pipeline/clock-changes.ts";
import type { Command } from "../pipeline/execute.ts";
import type { ClockRow, Loaded } from "../pipeline/load-case.ts";
import { acted, nameOf } from "./acted.ts";

type Input = Omit<z.output<typeof extendInput>, "caseId" | "version" | "key">;

/** Days that the pack grants for the handling clock of this track; 0 where it knows no extension. */
const mostDays = (c: LoadedCase, s: Scene): number => resolveRule(s.pack, {}, "handling", c.track)?.extensionDays ?? 0;

function handlingClock(loaded: Loaded, s: Scene): ClockRow {
  const code = resolveRule(s.pack, {}, "handling", loaded.case.track)?.ref;
  const row = loaded.clockRows.findLast((r) => r.code === code && r.state !== "stopped");
  if (!row) throw new Error("the guard saw a running clock");
  return row;
}

/** T15. The head of the unit grants more time, once, before the date, and the petitioner is told why [R22:34]. */
export const extendHandling: Command<Input, Acted> = {
  act: "extend",
  prepare: (k, c, _i, s) => issuerOf(k, c.holderUnitId, s, ["D13"]),
  checks: (c, s, i) =>
    i.days > mostDays(c, s) ? [{ code: "extension.tooLong", params: { max: mostDays(c, s) } }] : [],
  decide(k, loaded, s, i, party, prepared) {
    const c = loaded.case;
    const before = handlingClock(loaded, s);
    const after = recountedAsStarted(k, c, s, before, { extension: i.days });
    return {
      result: acted(c),
      facts: { days: i.days },
      extension: { handling: i.days },
      rows: {
        notices: [
          issued(
            { k, case: c, scene: s, party, issuer: prepared as Issuer },
            "D13",
            {
              formerDueOn: before.due_on,
              days: i.days,
              reason: i.reason,
              approver: nameOf(party),
              due: dueFacts(after),
            },
            { posted: true },
          ),
        ],
      },
    };
  },
};
