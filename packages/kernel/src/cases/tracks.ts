import type { Acted, registerInput, switchTrackInput } from "@doorstep/contracts";
import type { z } from "zod";
import { simpleNow } from "../life-cycle/guards.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { Refusal } from "../life-cycle/rule.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { acted } from "./acted.ts";
import { noteRow } from "./note-row.ts";

type Registration = z.output<typeof registerInput>;
type SwitchInput = Pick<z.output<typeof switchTrackInput>, "reason">;

/**
 * Why a matter is not simple: assigned from above, a statutory route open, joint, major or several units responsible;
 * that it is clear and not likely to be refused is said by whoever registers it [SIMP16; SPEC §6(6)].
 */
export function notSimple(
  c: LoadedCase,
  i: Registration | Omit<Registration, "caseId" | "version" | "key">,
): readonly Refusal[] {
  if (i.track !== "simple") return [];
  const units = new Set([...c.respondentUnits, ...i.respondents.flatMap((r) => (r.kind === "unit" ? [r.unitId] : []))]);
  const out: Refusal[] = [];
  if (c.channel === "assignedFromAbove" || c.assignment !== null) out.push({ code: "simple.assigned" });
  if ((i.subRoute ?? 6) < 6) out.push({ code: "simple.statutory" });
  if (c.headcount > 1) out.push({ code: "simple.joint" });
  if (i.severity !== "ordinary") out.push({ code: "simple.major" });
  if (units.size > 1) out.push({ code: "simple.severalUnits" });
  if (!i.simpleFits) out.push({ code: "simple.unchecked" });
  return out;
}

const who: SideAct["who"] = [
  { role: "officer", at: "holder" },
  { role: "handler", at: "case" },
];
const side = (from: SideAct["from"], clocks: SideAct["clocks"], more: SideAct["who"] = []): SideAct => ({
  act: "switchTrack",
  from,
  to: "same",
  who: [...who, ...more],
  guards: [simpleNow],
  clocks,
  entry: "case.trackSwitched",
});
const before = ["registered", "routed"] as const;
const after = ["accepted", "inHandling"] as const;

/** What the petitioner reads: the longer time, and that it counts from the acceptance he knows [SPEC §5 K8]. */
const told = (reason: string): string =>
  `本事项转为普通程序办理，办理期限自原受理之日起计算。理由：${reason}\nThis matter now follows the ordinary procedure; its time still counts from the day it was accepted. Reason: ${reason}`;

const switching = (act: SideAct): Command<SwitchInput, Acted> => ({
  act,
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const accepted = c.clocks.findLast((x) => x.code === "K8");
    const at = s.now.toISOString();
    return {
      result: acted(c),
      facts: { from: "simple", to: "ordinary" },
      patch: { track: "ordinary" },
      ...(accepted && { startsOn: { handling: accepted.startOn } }),
      rows: { messages: [noteRow(k, c, { at, text: told(i.reason), visibility: "petitioner", party })] },
    };
  },
});

/**
 * To the ordinary track, once: nothing leads back to the simple one. Before acceptance only K6 ends, and when it has
 * passed the case goes over by itself [SPEC §5 K6]; afterwards it is a person's decision [K8].
 */
export const switchBeforeAcceptance = switching(
  side(before, [{ do: "stop", role: "simpleAccept" }], [{ role: "system", at: "anywhere" }]),
);
/** K8 ends and K4 is counted from the original acceptance. */
export const switchInHandling = switching(
  side(after, [
    { do: "stop", role: "simpleAccept" },
    { do: "stop", role: "handling" },
    { do: "start", role: "handling" },
  ]),
);
export const switchCommand = (status: string): Command<SwitchInput, Acted> =>
  (after as readonly string[]).includes(status) ? switchInHandling : switchBeforeAcceptance;

/** For the desk's buttons: one act, whatever the state. */
export const switchTrackAct: SideAct = side([...before, ...after], []);
