import { type Acted, type Confidentiality, markTopicInput, states } from "@doorstep/contracts";
import type { z } from "zod";
import type { Kernel } from "../kernel.ts";
import { notAccusation } from "../life-cycle/guards.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { Refusal } from "../life-cycle/rule.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { isOpen } from "../pipeline/rows.ts";
import { twoPerson } from "../proposals/two-person.ts";
import { acted } from "./acted.ts";
import { fallenAgreement } from "./agreement.ts";
import { noteRow } from "./note-row.ts";

const input = markTopicInput.omit({ caseId: true, version: true, key: true });
type Marked = z.output<typeof input>;

interface Topic {
  readonly never: boolean;
  /** whether the petition has it */
  readonly has: boolean;
}

async function topicAt(k: Kernel, c: LoadedCase, { topicId }: Marked): Promise<Topic> {
  const { rows } = await k.pool.query<Topic>(
    `select t.never_mediated and not t.retired as never,
        exists (select from kernel.case_topics ct where ct.topic_id = t.id and ct.case_id = $2) as has
       from kernel.topics t where t.id = $1`,
    [topicId, c.id],
  );
  return rows[0] ?? { never: false, has: false };
}

const office: SideAct["who"] = [
  { role: "handler", at: "case" },
  { role: "clerk", at: "holder" },
  { role: "officer", at: "holder" },
  { role: "reviewer", at: "holder" },
];

const row = (act: string, entry: "case.topicMarked" | "case.topicLifted"): SideAct => ({
  ...{ act, entry, to: "same", who: office, guards: [notAccusation] },
  // before it is registered its topics are chosen with the registration
  from: states.filter((state) => isOpen(state) && state !== "received"),
  clocks: [],
});

const knownOrOther = ({ never, has }: Topic): readonly Refusal[] => {
  if (has) return [{ code: "topic.known" }];
  return never ? [] : [{ code: "topic.notNever" }];
};

/**
 * Violence or harassment comes out after the registration: from now on the petition is never mediated, a mediation that
 * runs ends, and the petition is read by those alone who read what is sensitive [SPEC §4 T13, §8].
 */
export const markTopic: Command<Marked, Acted> = {
  act: { ...row("markTopic", "case.topicMarked"), clears: "inMediation", clocks: [{ do: "stop", role: "mediation" }] },
  prepare: topicAt,
  checks: (_c, _s, _i, _party, prepared) => knownOrOther(prepared as Topic),
  decide(k, loaded, s, { topicId, reason }, party) {
    const c = loaded.case;
    const stopped = c.marks.includes("inMediation");
    const confidentiality: Confidentiality = c.confidentiality === 1 ? 2 : c.confidentiality;
    return {
      result: acted(c),
      facts: { topic: topicId, stopped },
      ...(stopped && { heard: { stopped: "mediation" } }),
      patch: { confidentiality },
      rows: {
        case_topics: [{ case_id: c.id, topic_id: topicId }],
        messages: [noteRow(k, c, { at: s.now.toISOString(), text: reason, visibility: "internal", party })],
        ...(stopped && fallenAgreement(loaded)),
      },
    };
  },
};

/** Marked by mistake: one person asks, another one takes it away. What it has stopped stays stopped. */
export const liftTopic = twoPerson<Marked>(
  {
    act: row("liftTopic", "case.topicLifted"),
    prepare: topicAt,
    checks: (_c, _s, _i, _party, prepared) => ((prepared as Topic).has ? [] : [{ code: "topic.notOfCase" }]),
    decide: (k, loaded, s, { topicId, reason }, party) => ({
      result: acted(loaded.case),
      facts: { topic: topicId },
      rows: {
        topics_gone: [{ case_id: loaded.case.id, topic_id: topicId }],
        messages: [noteRow(k, loaded.case, { at: s.now.toISOString(), text: reason, visibility: "internal", party })],
      },
    }),
  },
  {
    second: [
      { role: "officer", at: "holder" },
      { role: "signer", at: "holder" },
    ],
    input,
  },
);

export const topicActs: readonly SideAct[] = [markTopic.act as SideAct, liftTopic.propose.act as SideAct];
