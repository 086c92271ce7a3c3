import type { Acted, declineNewFactsInput, followUpInput, newFactsInput } from "@doorstep/contracts";
import type { z } from "zod";
import { followUpDue } from "../life-cycle/guards.ts";
import { transitionOf } from "../life-cycle/table.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { acted } from "./acted.ts";
import { noteRow } from "./note-row.ts";

type Typed<S extends z.ZodType> = Omit<z.output<S>, "caseId" | "version" | "key">;

/** T28. The petitioner sends new facts after the end: it is work again until somebody takes it up or says why not. */
export const bringNewFacts: Command<Typed<typeof newFactsInput>, Acted> = {
  act: "bringNewFacts",
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const id = k.newId();
    const at = s.now.toISOString();
    return {
      result: acted(c),
      facts: { message: id, files: i.fileIds.length },
      patch: { petitionerWroteAt: at },
      rows: {
        messages: [noteRow(k, c, { id, at, text: i.text, visibility: "petitioner", party })],
        file_claims: i.fileIds.map((file) => ({ id: file, case_id: c.id, message_id: id, visibility: "petitioner" })),
      },
    };
  },
};

/** What was sent changes nothing of the decision; the petitioner reads why, in writing. */
export const declineNewFacts: Command<Typed<typeof declineNewFactsInput>, Acted> = {
  act: "declineNewFacts",
  decide: (k, loaded, s, i, party) => ({
    result: acted(loaded.case),
    facts: {},
    rows: {
      messages: [noteRow(k, loaded.case, { at: s.now.toISOString(), text: i.reason, visibility: "petitioner", party })],
    },
  }),
};

export const followUpAct: SideAct = {
  act: "followUp",
  from: ["guided", "final"],
  to: "same",
  // what the calendar may archive, somebody must have asked after
  who: transitionOf("archive").who.filter((who) => who.role !== "system"),
  guards: [followUpDue],
  clocks: [{ do: "stop", role: "followUp" }],
  entry: "case.followedUp",
};

/** The visit after the end: did he get where he was sent, is it over for him; what was found stays in the file. */
export const followUp: Command<Typed<typeof followUpInput>, Acted> = {
  act: followUpAct,
  decide: (k, loaded, s, i, party) => ({
    result: acted(loaded.case),
    facts: {},
    rows: {
      messages: [noteRow(k, loaded.case, { at: s.now.toISOString(), text: i.how, visibility: "internal", party })],
    },
  }),
};
