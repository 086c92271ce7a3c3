import { noteRow } from "../cases/note-row.ts";
import { dateText } from "../clocks/explain-sentence.ts";
import { refFor } from "../clocks/policy-rules.ts";
import { startClock } from "../pipeline/clock-changes.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";

const deeming: SideAct = {
  act: "deemAccepted",
  from: ["received", "registered", "routed"],
  to: "same",
  without: ["deemedAccepted"],
  sets: "deemedAccepted",
  who: [{ role: "system", at: "anywhere" }],
  guards: [],
  clocks: [{ do: "start", role: "handling" }],
  entry: "case.deemedAccepted",
};

/**
 * Nobody decided in time: from the last day on the petition counts as accepted by the unit that holds it, its time for
 * handling runs, and the petitioner is told [SPEC §5 K2]. The state stays, as demands and category are still owed.
 */
export const deemAccepted: Command<{ readonly on: string }, object> = {
  act: deeming,
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const due = startClock(k, c, s, "handling", { startsOn: i.on })?.dueOn;
    const zh = `对您反映的问题，单位未在${dateText(i.on, "zh-CN")}前作出受理决定。依照规定，自该日起视为已受理${due ? `，应当在${dateText(due, "zh-CN")}前答复您` : ""}。已督促有关单位。`;
    const en = `No decision on acceptance was made by ${dateText(i.on, "en")}. By rule your petition counts as accepted since that day${due ? ` and is to be answered by ${dateText(due, "en")}` : ""}. The unit has been urged.`;
    return {
      result: {},
      facts: { on: i.on, clock: refFor(s.pack, "handling", c.track) },
      startsOn: { handling: i.on },
      rows: {
        messages: [
          noteRow(k, c, {
            at: s.now.toISOString(),
            text: c.locale === "en" ? `${en}\n${zh}` : `${zh}\n${en}`,
            visibility: "petitioner",
            party,
          }),
        ],
      },
    };
  },
};
