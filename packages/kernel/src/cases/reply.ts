import {
  type Acted,
  type Category,
  type DemandOutcome,
  DoorstepError,
  type deliverInput,
  type LetterFacts,
  type LetterTemplate,
  type replyInput,
  type sealInput,
  type sendBackInput,
} from "@doorstep/contracts";
import type { z } from "zod";
import { holdsRoleAt } from "../actor.ts";
import { addDays } from "../calendars/local-days.ts";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import { petitionerHeard } from "../life-cycle/guards.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { partyRefusals } from "../life-cycle/party-refusals.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import type { Refusal, Scene } from "../life-cycle/rule.ts";
import { transitionOf } from "../life-cycle/table.ts";
import { commonFacts } from "../notices/common-facts.ts";
import { noticeHash, protectFacts, revealFacts, submittedNotice } from "../notices/notice-row.ts";
import { nextNumber } from "../notices/number.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import type { Loaded, NoticeRow } from "../pipeline/load-case.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";
import { type Signed, signerOf } from "../signatures/own-signature.ts";
import { acted, personOf } from "./acted.ts";
import { reportClock } from "./conclusion-report.ts";
import { officeHeadAtWork } from "./office-head.ts";
import { type NewPromise, promised } from "./promises.ts";
import { repeatsQuashed } from "./redo.ts";
import { places, shelterOf } from "./reveal.ts";
import { replyLetters, waits } from "./waiting-letters.ts";

type ReplyInput = Omit<z.output<typeof replyInput>, "caseId" | "version" | "key">;
type SealInput = Omit<z.output<typeof sealInput>, "caseId" | "version" | "key">;
type SendBackInput = Omit<z.output<typeof sendBackInput>, "caseId" | "version" | "key">;
export type DeliverInput = Omit<z.output<typeof deliverInput>, "caseId" | "version" | "key">;

/** Three outcomes of a claim [R22:32], three of a suggestion [R22:29]; an accusation gets feedback. */
const outcomes: Readonly<Record<Category, readonly DemandOutcome[]>> = {
  claim: ["supported", "explained", "notSupported"],
  suggestion: ["adopted", "partlyAdopted", "notAdopted"],
  accusation: ["explained", "supported", "notSupported"],
};

export const outcomesOf = (c: Pick<LoadedCase, "category">): readonly DemandOutcome[] =>
  outcomes[c.category ?? "claim"];

/** Days after which a letter posted in the petitioner's case, or sent by post, counts as received [DC after UKR: second day]. */
const DEEMED_DAYS = { portal: 2, post: 7 } as const;

const replyCode = (c: LoadedCase): "D14" | "D16" => (c.category === "claim" ? "D14" : "D16");
const openReply = (loaded: Loaded): NoticeRow | undefined =>
  loaded.noticeRows.findLast(
    // what was drafted while it was another kind of case is not the next version of this letter
    (n) => n.code === replyCode(loaded.case) && (n.state === "draft" || n.state === "submitted"),
  );

const side = (act: string, who: SideAct["who"], entry: SideAct["entry"], guards: SideAct["guards"] = []): SideAct => ({
  act,
  from: ["inHandling"],
  to: "same",
  who,
  guards,
  clocks: [],
  entry,
});

/** A draft is the named handler's: whoever else is to write it is made the handler first [SPEC §7]. */
const drafters: SideAct["who"] = [
  { role: "handler", at: "case" },
  { role: "discipline", at: "organ" },
];
const approvers: SideAct["who"] = [
  { role: "signer", at: "holder" },
  { role: "discipline", at: "organ" },
];

interface Prepared {
  readonly unit: readonly UnitFacts[];
  readonly above: readonly UnitFacts[];
}

async function prepareUnit(k: Kernel, c: LoadedCase): Promise<Prepared> {
  const unit = await unitAndAncestors(k.pool, c.holderUnitId);
  return { unit, above: unit.slice(1) };
}

function replyFacts(
  k: Kernel,
  loaded: Loaded,
  i: ReplyInput,
  p: Prepared,
  today: string,
): LetterFacts<"D14"> | LetterFacts<"D16"> {
  const c = loaded.case;
  const { reveal } = shelterOf(k.keys, c);
  const answered = i.demands.map((a) => {
    const demand = c.demands.find((d) => d.id === a.demandId);
    if (!demand) throw new DoorstepError("demands.unknown");
    return {
      no: demand.no,
      text: reveal(places.demand(demand.id, "text"), demand.text),
      outcome: a.outcome,
      facts: a.facts,
      opinion: a.opinion,
      basis: a.basis,
      ...(a.steps && { steps: a.steps }),
      ...(a.promise && { promise: a.promise }),
    };
  });
  const reviewBody = p.above[0] ?? p.unit[0];
  const common = {
    ...commonFacts(k, replyCode(c), c, p.unit, null, null),
    receivedOn: localDateOf(c.receivedAt, c.timeZone),
  };
  const plainSummary = i.summary;
  const remedy = { days: 30, unit: reviewBody?.name ?? common.unit };
  if (c.category === "claim") {
    const accepted = loaded.noticeRows.find((n) => n.code === "D8")?.delivered_on;
    return {
      ...common,
      acceptedOn: typeof accepted === "string" ? accepted : today,
      heardOn: c.heardOn,
      demands: answered,
      remedy,
      track: c.track,
      plainSummary,
    };
  }
  return {
    ...common,
    category: c.category ?? "suggestion",
    replyKind: i.kind,
    demands: answered.map((d) => ({ ...d, ...(d.steps && { byWhen: d.steps }) })),
    ...(c.category === "accusation" ? { handledBy: p.unit[0]?.disciplineOrgan?.name ?? common.unit } : { remedy }),
    plainSummary,
  };
}

/** The handler answers every demand and submits the letter for approval; an earlier draft becomes its next version. */
export const draftReply: Command<ReplyInput, Acted> = {
  act: side("reply", drafters, "case.replyDrafted", [petitionerHeard]),
  prepare: prepareUnit,
  checks(c, s, i) {
    if (waits(c, ["D18"])) return [{ code: "agreement.waiting" }];
    const named = new Set(i.demands.map((d) => d.demandId));
    if (i.demands.some((d) => !c.demands.some((x) => x.id === d.demandId))) return [{ code: "demands.unknown" }];
    const open = c.demands.filter((d) => !named.has(d.id)).length;
    if (open > 0) return [{ code: "demands.answered", params: { open } }];
    if (i.demands.some((d) => d.promise && d.promise.dueOn < s.today)) return [{ code: "commitment.datePassed" }];
    if (i.demands.some((d) => d.promise && !d.steps)) return [{ code: "reply.stepsMissing" }];
    const allowed = outcomesOf(c);
    if (i.demands.some((d) => !allowed.includes(d.outcome))) return [{ code: "reply.outcomeForCategory" }];
    const promises = c.category === "claim" ? ["supported"] : ["adopted", "partlyAdopted"];
    return i.demands.some((d) => promises.includes(d.outcome) && !d.steps) ? [{ code: "reply.stepsMissing" }] : [];
  },
  decide(k, loaded, s, i, party, prepared) {
    const c = loaded.case;
    const at = s.now.toISOString();
    const { protect } = shelterOf(k.keys, c);
    const before = openReply(loaded);
    const shelter = { keys: k.keys, organId: c.organId };
    if (repeatsQuashed(k, loaded, i)) throw new DoorstepError("reply.sameAsQuashed");
    const facts = replyFacts(k, loaded, i, prepared as Prepared, s.today);
    const code = replyCode(c);
    const id = before?.id ?? k.newId();
    const drafter = personOf(party);
    return {
      result: acted(c),
      facts: { notice: id, code, version: (before?.version ?? 0) + 1, outcomes: i.demands.map((d) => d.outcome) },
      rows: {
        demand_patch: i.demands.map((d) => ({
          id: d.demandId,
          outcome: d.outcome,
          facts: protect(places.demand(d.demandId, "facts"), d.facts),
          opinion: protect(places.demand(d.demandId, "opinion"), d.opinion),
          basis: protect(places.demand(d.demandId, "basis"), d.basis),
          steps: protect(places.demand(d.demandId, "steps"), d.steps),
        })),
        case_actors: drafter ? [{ case_id: c.id, person_id: drafter, part: "drafter", level: c.level, at }] : [],
        ...(before
          ? {
              notice_patch: [
                {
                  ...before,
                  facts: protectFacts(shelter, id, { ...facts, $previous: previousOf(shelter, before) }),
                  version: before.version + 1,
                  state: "submitted",
                  drafted_by: drafter,
                  first_approved_by: null,
                  submitted_at: at,
                  sent_back_reason: null,
                },
              ],
            }
          : {
              notices: [
                submittedNotice(shelter, {
                  id,
                  caseId: c.id,
                  code,
                  facts: facts as never,
                  at,
                  issuerUnitId: c.holderUnitId,
                  draftedBy: drafter,
                }),
              ],
            }),
      },
    };
  },
};

/** The version before, kept beside the draft so that the approver sees what changed; it is dropped at sealing. */
export const previousOf = (shelter: Parameters<typeof revealFacts>[0], notice: NoticeRow): object => {
  const { $previous: _older, ...facts } = revealFacts(shelter, notice.id, notice.facts) as Record<string, unknown>;
  return facts;
};

export function assertOpen(loaded: Loaded, noticeId: string, state: NoticeRow["state"]): NoticeRow {
  const notice = loaded.noticeRows.find((n) => n.id === noticeId);
  if (!notice) throw new DoorstepError("notice.notFound");
  if (notice.state !== state) throw new DoorstepError("notice.state");
  return notice;
}

/** The unit lets two people approve, and nobody has yet: the press that would seal it approves it for the first time. */
export const waitsForFirst = (c: LoadedCase, noticeId: string): boolean =>
  c.replyApprovals === 2 && c.notices.some((n) => n.id === noticeId && n.firstApprovedBy === null);

const firstApprovers: SideAct["who"] = [...approvers, { role: "officeHead", at: "holder" }];

/** Where the petition office has a head who may act here, he approves before any leader does. */
const headGoesFirst = (c: LoadedCase, party: ActingParty, headAtWork: boolean): readonly Refusal[] =>
  headAtWork && party.kind === "person" && !holdsRoleAt(party.actor, ["officeHead"], c.holderPath)
    ? [{ code: "approval.headFirst" }]
    : [];

/** Why somebody may not press yet what seals, said before he presses. */
export async function refusedUntilHead(k: Kernel, c: LoadedCase, party: ActingParty): Promise<readonly Refusal[]> {
  const waits = c.notices.some((n) => n.state === "submitted" && waitsForFirst(c, n.id));
  return waits ? headGoesFirst(c, party, await officeHeadAtWork(k, c)) : [];
}

/** The first of two approvals: the letter goes on waiting, for somebody else. */
export const approveReply: Command<SealInput, Acted> = {
  act: side("approve", firstApprovers, "notice.approved"),
  press: "seal",
  prepare: officeHeadAtWork,
  checks(c, _s, i, party, headAtWork) {
    if (!waitsForFirst(c, i.noticeId)) return [{ code: "notice.state" }];
    const own = partyRefusals("seal", c, party);
    return own.length > 0 ? own : headGoesFirst(c, party, headAtWork as boolean);
  },
  decide(_k, loaded, _s, i, party) {
    const c = loaded.case;
    const notice = assertOpen(loaded, i.noticeId, "submitted");
    return {
      result: acted(c),
      facts: { notice: notice.id, code: notice.code, version: notice.version },
      rows: { notice_patch: [{ ...notice, first_approved_by: personOf(party) }] },
    };
  },
};

/** Of the letters that wait for a second person: an opinion, a reply, what both sides of a mediation have signed. */
const codeOf = (notice: { readonly code: string }): LetterTemplate => {
  const code = [...replyLetters, "D18" as const].find((x) => x === notice.code);
  if (!code) throw new DoorstepError("notice.state");
  return code as LetterTemplate;
};

interface Sealing {
  readonly number: string;
  readonly signed: Signed;
}

const sealing: SideAct = {
  ...side("seal", approvers, "notice.sealed"),
  // what was decided is told to a named accuser in his own time [SPEC §5 K11]; other replies are sent under their own clock
  clocks: [{ do: "start", role: "accusationResult" }],
};

/** Approval by a second person (a third, where the unit wants two): number, hash, seal. Whoever drafted or handles it cannot [SPEC §4 T16]. */
export const sealReply: Command<SealInput, Acted> = {
  act: sealing,
  async prepare(k, c, i, s, party): Promise<Sealing> {
    const notice = c.notices.find((n) => n.id === i.noticeId);
    if (!notice) throw new DoorstepError("notice.notFound");
    if (notice.state !== "submitted" || waitsForFirst(c, notice.id)) throw new DoorstepError("notice.state");
    const [unit] = await unitAndAncestors(k.pool, c.holderUnitId);
    if (!unit) throw new DoorstepError("unit.notFound");
    return {
      number: await nextNumber(k.pool, unit, Number(s.today.slice(0, 4)), codeOf(notice)),
      signed: await signerOf(k, party),
    };
  },
  checks: (c, _s, _i, party) => partyRefusals("seal", c, party),
  decide(k, loaded, s, i, party, prepared) {
    const { number, signed } = prepared as Sealing;
    const c = loaded.case;
    const at = s.now.toISOString();
    const notice = assertOpen(loaded, i.noticeId, "submitted");
    const shelter = { keys: k.keys, organId: c.organId };
    const facts = { ...previousOf(shelter, notice), number, issuedOn: s.today, ...signed };
    const digest = noticeHash(codeOf(notice), facts);
    const signer = personOf(party);
    return {
      result: acted(c),
      facts: { notice: notice.id, code: notice.code, number, hash: digest },
      rows: {
        notice_patch: [
          {
            ...notice,
            facts: protectFacts(shelter, notice.id, facts),
            state: "sealed",
            hash: `\\x${digest}`,
            number,
            approved_by: signer,
            sealed_at: at,
          },
        ],
        case_actors: signer ? [{ case_id: c.id, person_id: signer, part: "signer", level: c.level, at }] : [],
      },
    };
  },
};

/** The approver gives the draft back with a reason. */
export const sendBackReply: Command<SendBackInput, Acted> = {
  act: side("sendBack", firstApprovers, "case.replySentBack"),
  decide(k, loaded, _s, i) {
    const notice = assertOpen(loaded, i.noticeId, "submitted");
    const reason = shelterOf(k.keys, loaded.case).protect(places.notice(notice.id, "sentBack"), i.reason);
    return {
      result: acted(loaded.case),
      facts: { notice: notice.id, code: notice.code },
      rows: { notice_patch: [{ ...notice, state: "draft", first_approved_by: null, sent_back_reason: reason }] },
    };
  },
};

/** The day a letter counts as received: proven, or deemed; a right of the petitioner starts then, never earlier. */
export function receivedOn(i: Pick<DeliverInput, "method" | "receivedOn">, today: string): string {
  if (i.receivedOn) return i.receivedOn;
  if (i.method === "hand") return today;
  return addDays(today, DEEMED_DAYS[i.method]);
}

/**
 * Handed over: by whom it was received, and when; no day that has not come, and none before the letter was sealed: the
 * petitioner's time for review begins on it.
 */
export function deliveryRefusals(c: LoadedCase, i: DeliverInput, today: string): readonly Refusal[] {
  if (i.method === "portal") return [];
  if (i.method === "hand" && (!i.receivedOn || !i.proof)) return [{ code: "notice.receivedOnMissing" }];
  if (!i.receivedOn) return [];
  if (i.receivedOn > today) return [{ code: "notice.receivedOnMissing" }];
  const sealedAt = c.notices.find((n) => n.id === i.noticeId)?.sealedAt;
  const sealedOn = sealedAt && localDateOf(new Date(sealedAt).toISOString(), c.timeZone);
  return sealedOn && i.receivedOn < sealedOn ? [{ code: "notice.receivedTooEarly", params: { on: sealedOn } }] : [];
}

/** The letter as it stands once it was handed over. */
export const handedOver = (k: Kernel, c: LoadedCase, s: Scene, i: DeliverInput, noticeId: string) => ({
  state: "delivered",
  sent_at: s.now.toISOString(),
  delivered_on: receivedOn(i, s.today),
  method: i.method,
  proof: i.proof && shelterOf(k.keys, c).protect(places.notice(noticeId, "proof"), i.proof),
});

interface Answered {
  readonly no: number;
  readonly steps?: string;
  readonly promise?: { readonly owner: string; readonly dueOn: string };
}

/** What the sealed letter promises: from its delivery on it is watched, each with a clock of its own (T18). */
function promisesOf(k: Kernel, loaded: Loaded, notice: NoticeRow): readonly NewPromise[] {
  const c = loaded.case;
  const { demands } = revealFacts({ keys: k.keys, organId: c.organId }, notice.id, notice.facts) as {
    demands?: readonly Answered[];
  };
  return (demands ?? []).flatMap(({ no, steps, promise }) =>
    promise ? [{ ...promise, text: steps ?? "", demandId: c.demands.find((d) => d.no === no)?.id ?? null }] : [],
  );
}

/** T16. Delivers the sealed reply: proven or deemed; the petitioner's time for review and rating starts then. */
export const deliverReply: Command<DeliverInput, Acted> = {
  act: "deliver",
  checks(c, s, i) {
    const fits = c.notices.some(
      (n) => n.id === i.noticeId && n.state === "sealed" && replyLetters.some((code) => code === n.code),
    );
    return fits ? deliveryRefusals(c, i, s.today) : [{ code: "notice.state" }];
  },
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const notice = assertOpen(loaded, i.noticeId, "sealed");
    const made = promisesOf(k, loaded, notice);
    const { ids, dates, rows, ...clocks } = promised(k, c, c.holderUnitId, s.now.toISOString(), personOf(party), made);
    const received = receivedOn(i, s.today);
    return {
      result: acted(c, "replied"),
      facts: {
        notice: notice.id,
        code: notice.code,
        method: i.method,
        receivedOn: received,
        deemed: !i.receivedOn,
        commitments: ids,
        promised: dates,
      },
      ...clocks,
      dropsMarks: ["inMediation"],
      spares: reportClock(c)?.id,
      patch: { handlingUnitId: c.holderUnitId },
      handlingPath: c.holderPath,
      startsOn: { askReview: received, rating: received },
      rows: {
        commitments: rows,
        notice_patch: [{ ...notice, ...handedOver(k, c, s, i, notice.id) }],
      },
    };
  },
};

/** Who may do the acts around the reply, for the desk's buttons. */
export const replyActs = {
  draft: draftReply.act,
  // one button for both: whose turn it is, its reasons say
  seal: { ...sealing, who: firstApprovers },
  sendBack: sendBackReply.act,
  deliver: transitionOf("deliver"),
};
