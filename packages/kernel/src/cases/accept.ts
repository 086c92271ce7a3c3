import { type Acted, type acceptInput, DoorstepError } from "@doorstep/contracts";
import type { z } from "zod";
import { localDateOf } from "../clocks/local-time.ts";
import { refFor } from "../clocks/policy-rules.ts";
import type { Scene } from "../life-cycle/rule.ts";
import { commonFacts } from "../notices/common-facts.ts";
import { dueFacts } from "../notices/due-facts.ts";
import { issuedNotice } from "../notices/notice-row.ts";
import { nextNumber } from "../notices/number.ts";
import { startClock } from "../pipeline/clock-changes.ts";
import type { Command } from "../pipeline/execute.ts";
import type { ClockRow, Loaded } from "../pipeline/load-case.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";
import { acted, personOf } from "./acted.ts";
import { places, shelterOf } from "./reveal.ts";

type Input = Omit<z.output<typeof acceptInput>, "caseId" | "version" | "key">;

interface Prepared {
  readonly unit: readonly UnitFacts[];
  readonly number: string;
}

/** The day since which it counts as accepted, where nobody decided in time: handling is counted from there. */
const deemedSince = (loaded: Loaded, s: Scene): string | undefined =>
  loaded.case.marks.includes("deemedAccepted")
    ? loaded.clockRows.findLast((r) => r.code === refFor(s.pack, "route", loaded.case.track))?.due_on
    : undefined;

const runningHandling = (loaded: Loaded, s: Scene): ClockRow | undefined =>
  loaded.clockRows.findLast(
    (r) => r.state !== "stopped" && r.code === refFor(s.pack, "handling", loaded.case.track)?.split(".")[0],
  );

/** T7. Takes a registered case on: stops K2 and K3, starts the handling clock, issues and posts the notice D8. */
export const acceptCase: Command<Input, Acted> = {
  act: "accept",
  async prepare(k, c, _i, s): Promise<Prepared> {
    const unit = await unitAndAncestors(k.pool, c.holderUnitId);
    if (!unit[0]) throw new DoorstepError("unit.notFound");
    return { unit, number: await nextNumber(k.pool, unit[0], Number(s.today.slice(0, 4)), "D8") };
  },
  decide(k, loaded, s, i, party, prepared) {
    const p = prepared as Prepared;
    const c = loaded.case;
    const shelter = shelterOf(k.keys, c);
    const deemed = deemedSince(loaded, s);
    const running = deemed && runningHandling(loaded, s);
    const handling = startClock(k, c, s, "handling", { startsOn: deemed });
    const clock = running ?? handling ?? loaded.clockRows[0];
    if (!clock) throw new Error("an accepted case has no clock");
    return {
      result: acted(c, "accepted"),
      facts: { demands: c.demands.map((d) => d.no) },
      ...(running ? { keeps: ["handling"] } : deemed !== undefined && { startsOn: { handling: deemed } }),
      rows: {
        notices: [
          issuedNotice(
            { keys: k.keys, organId: c.organId },
            {
              id: k.newId(),
              caseId: c.id,
              code: "D8",
              at: s.now.toISOString(),
              issuerUnitId: c.holderUnitId,
              draftedBy: personOf(party),
              facts: {
                ...commonFacts(k, "D8", c, p.unit, p.number, s.today),
                receivedOn: localDateOf(c.receivedAt, c.timeZone),
                receivedFrom: c.channelLabel,
                acceptedOn: s.today,
                demands: c.demands.map((d) => ({
                  no: d.no,
                  text: shelter.reveal(places.demand(d.id, "text"), d.text),
                })),
                handlerOffice: { "zh-CN": i.office, en: i.office },
                track: c.track,
                due: dueFacts(clock),
              },
            },
            { posted: s.today },
          ),
        ],
      },
    };
  },
};
