import { type BacklogReason, states } from "@doorstep/contracts";
import type { Command, SideAct } from "../pipeline/execute.ts";

const system: SideAct["who"] = [{ role: "system", at: "anywhere" }];

const entering: SideAct = {
  act: "enterBacklog",
  from: states.filter((state) => state !== "final" && state !== "archived"),
  to: "same",
  without: ["backlog"],
  sets: "backlog",
  who: system,
  guards: [],
  clocks: [],
  entry: "backlog.entered",
};

const leaving: SideAct = {
  act: "leaveBacklog",
  from: states,
  to: "same",
  with: ["backlog"],
  clears: "backlog",
  who: system,
  guards: [],
  clocks: [],
  entry: "backlog.left",
};

/** Counted on a day of the holder, with the reasons of that day. */
export const enterBacklog: Command<{ readonly on: string; readonly reasons: readonly BacklogReason[] }, object> = {
  act: entering,
  decide: (_k, _loaded, _s, i) => ({
    result: {},
    facts: { on: i.on, reasons: [...i.reasons] },
    heard: { reasons: [...i.reasons] },
  }),
};

/** No reason holds any more, or it has ended. */
export const leaveBacklog: Command<{ readonly on: string }, object> = {
  act: leaving,
  decide: (_k, _loaded, _s, i) => ({ result: {}, facts: { on: i.on } }),
};
