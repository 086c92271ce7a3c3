import { type Acted, DoorstepError, type judgeRepeatInput } from "@doorstep/contracts";
import type { z } from "zod";
import { acted, personOf } from "../cases/acted.ts";
import { type Command, maySee, type SideAct } from "../pipeline/execute.ts";
import { loadCase } from "../pipeline/load-case.ts";

type Input = Omit<z.output<typeof judgeRepeatInput>, "caseId" | "version" | "key">;

const judging: SideAct = {
  act: "judgeRepeat",
  from: ["registered", "routed", "accepted", "inHandling", "replied", "review", "rereview"],
  to: "same",
  who: [
    { role: "clerk", at: "holder" },
    { role: "officer", at: "holder" },
    { role: "discipline", at: "organ" },
  ],
  guards: [],
  clocks: [],
  entry: "case.repeatJudged",
};

/**
 * A person says whether this is the same person's same matter again: dissatisfied again, with new facts, or not at all
 * [DUP]. It changes no state: merging or refusing are acts of their own.
 */
export const judgeRepeat: Command<Input, Acted> = {
  act: judging,
  async prepare(k, c, i) {
    if (i.ofCaseId === c.id) throw new DoorstepError("case.notFound");
    return loadCase(k.pool, i.ofCaseId, "", "");
  },
  checks(_c, _s, _i, party, other) {
    const found = other as Awaited<ReturnType<typeof loadCase>>;
    // invisible answers like missing
    if (!found || !maySee(party, found.case, found.audience)) throw new DoorstepError("case.notFound");
    return [];
  },
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    return {
      result: acted(c),
      facts: { of: i.ofCaseId, kind: i.kind },
      rows: {
        repeats: [
          {
            id: k.newId(),
            case_id: c.id,
            of_case_id: i.ofCaseId,
            kind: i.kind,
            judged_by: personOf(party),
            at: s.now.toISOString(),
          },
        ],
      },
    };
  },
};
