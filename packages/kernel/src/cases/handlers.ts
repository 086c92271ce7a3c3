import { type Acted, DoorstepError } from "@doorstep/contracts";
import { makeArchive } from "../archive/make-archive.ts";
import { readModuleFacts } from "../case-data/read-case-data.ts";
import { askCheck, endCheck } from "../checks/checks.ts";
import { readConsents } from "../consents/consents.ts";
import type { Handlers } from "../handlers.ts";
import { present } from "../live/presence.ts";
import { judgeMandate } from "../mandates/acts.ts";
import { handToOrgan } from "../organs/hand-to-organ.ts";
import { answerErasure } from "../own-data/acts.ts";
import { type Command, execute, type On } from "../pipeline/execute.ts";
import { declineSuggestion } from "../proposals/suggest.ts";
import { isSuggestion } from "../proposals/taken-up.ts";
import { twoPersonActs } from "../proposals/two-person-acts.ts";
import { exportCases } from "../queue/export-cases.ts";
import { countCases, listCases } from "../queue/list-cases.ts";
import { searchCases } from "../queue/search-cases.ts";
import { similarCases } from "../queue/similar-cases.ts";
import { coverWords, uncoverWords } from "../redaction/acts.ts";
import { findRepeats } from "../repeats/find-repeats.ts";
import { judgeRepeat } from "../repeats/judge-repeat.ts";
import { type RequestContext, signedIn } from "../request-context.ts";
import { hold, liftHold } from "../retention/hold.ts";
import { acceptCase } from "./accept.ts";
import { declineNewFacts, followUp } from "./afterwards.ts";
import { recordAgreement, replyMediated } from "./agreement.ts";
import { answerAssist, askAssist, endAssist } from "./assists.ts";
import { endCharge, takeCharge } from "./charge.ts";
import { archiveCase, finaliseCase } from "./conclude.ts";
import { reportConclusion } from "./conclusion-report.ts";
import { grantContest, upholdRefusal } from "./contest.ts";
import { designateUnit, objectToTransfer, refuseReturn, takeBack } from "./dispute.ts";
import { divertCase, guideCase, refuseRepeat, reopenCase } from "./ends.ts";
import { extendHandling } from "./extend.ts";
import { handOverHandler, previewHandOver } from "./hand-over-handler.ts";
import { assignHandler, reassignHandler, recordHeard } from "./handling.ts";
import { mergeCase, unmergeCase } from "./merge.ts";
import { callHearing, closeHearing, closeMediation, openMediation } from "./procedures.ts";
import { askNewDate, fulfilPromise, makePromise, reportDone } from "./promises.ts";
import { assertMaySee, caseIdOf, readCase, readCovered } from "./read-case.ts";
import { readOriginal } from "./read-original.ts";
import { readTimeline } from "./read-timeline.ts";
import { registerCase } from "./register.ts";
import { deliverReply, draftReply } from "./reply.ts";
import { acceptReview, decideRereview } from "./rereview.ts";
import { decideReview, quashReview } from "./review.ts";
import { assignCaseToUnit, passOnCase, transferCase } from "./route.ts";
import { splitCase } from "./split.ts";
import { splitAccusation } from "./split-accusation.ts";
import { writeMessage } from "./thread.ts";
import { liftTopic, markTopic } from "./topic-marks.ts";
import { switchCommand } from "./tracks.ts";
import { goOnExOfficio } from "./withdrawal.ts";

interface OnCase {
  readonly caseId: string;
  readonly version: number;
  readonly key: string;
}

/** Splits an act's input into the case it is about and what was typed. */
export function act<I, R = Acted>(ctx: RequestContext, command: Command<I, R>, input: I & OnCase): Promise<R> {
  const { caseId, version, key, ...typed } = input;
  const on: On = { caseId, version, key, party: { kind: "person", actor: signedIn(ctx) } };
  return execute(ctx.kernel, command, on, typed as I);
}

/** What a mediation has brought ends the case in its own way. */
export async function deliver(ctx: RequestContext, input: Parameters<Handlers["cases"]["deliver"]>[1]): Promise<Acted> {
  await assertMaySee(ctx.kernel, signedIn(ctx), input.caseId);
  const { rows } = await ctx.kernel.pool.query<{ code: string }>(
    "select code from kernel.notices where id = $1 and case_id = $2",
    [input.noticeId, input.caseId],
  );
  return act(ctx, rows[0]?.code === "D18" ? replyMediated : deliverReply, input);
}

async function statusOf(ctx: RequestContext, caseId: string): Promise<string> {
  // nothing may depend on a case before its audience was asked
  await assertMaySee(ctx.kernel, signedIn(ctx), caseId);
  const { rows } = await ctx.kernel.pool.query<{ status: string }>("select status from kernel.cases where id = $1", [
    caseId,
  ]);
  return rows[0]?.status ?? "";
}

/** In handling already: the same press names another handler. */
async function assign(ctx: RequestContext, input: Parameters<Handlers["cases"]["assign"]>[1]): Promise<Acted> {
  const status = await statusOf(ctx, input.caseId);
  return act(ctx, status === "inHandling" ? reassignHandler : assignHandler, input);
}

/** Which act was proposed stands with the proposal; nothing is asked of a case before its audience was. */
async function decideProposal(
  ctx: RequestContext,
  input: Parameters<Handlers["cases"]["decideProposal"]>[1],
): Promise<Acted> {
  await assertMaySee(ctx.kernel, signedIn(ctx), input.caseId);
  const { rows } = await ctx.kernel.pool.query<{ act: string | null; version: number }>(
    `select p.act, c.version from kernel.cases c left join kernel.proposals p on p.case_id = c.id and p.id = $1
      where c.id = $2`,
    [input.proposalId, input.caseId],
  );
  const name = rows[0]?.act ?? "";
  const { confirm, ...decision } = input;
  if (isSuggestion({ act: name }) && !confirm) return act(ctx, declineSuggestion, decision);
  const proposed = twoPersonActs[name];
  if (!proposed && rows[0]?.version !== input.version) throw new DoorstepError("case.stale");
  if (!proposed) throw new DoorstepError("proposal.notFound");
  return act(ctx, confirm ? proposed.confirm : proposed.decline, decision);
}

export const casesHandlers: Handlers["cases"] = {
  list: (ctx, input) => listCases(ctx.kernel, signedIn(ctx), input),
  counts: (ctx, input) => countCases(ctx.kernel, signedIn(ctx), input.unitId),
  export: (ctx, input) => exportCases(ctx.kernel, signedIn(ctx), input),
  wholeFile: makeArchive,
  search: (ctx, input) => searchCases(ctx.kernel, signedIn(ctx), input),
  get: (ctx, input) => readCase(ctx.kernel, signedIn(ctx), input.caseId),
  covered: (ctx, input) => readCovered(ctx.kernel, signedIn(ctx), input.caseId),
  byNo: async (ctx, input) => readCase(ctx.kernel, signedIn(ctx), await caseIdOf(ctx.kernel, input.caseNo)),
  timeline: (ctx, input) => readTimeline(ctx.kernel, signedIn(ctx), input),
  consents: (ctx, input) => readConsents(ctx.kernel, signedIn(ctx), input.caseId),
  moduleFacts: (ctx, input) => readModuleFacts(ctx.kernel, signedIn(ctx), input.caseId),
  original: (ctx, input) => readOriginal(ctx.kernel, signedIn(ctx), input.caseId),
  repeats: (ctx, input) => findRepeats(ctx.kernel, signedIn(ctx), input.caseId),
  judgeRepeat: (ctx, input) => act(ctx, judgeRepeat, input),
  similar: (ctx, input) => similarCases(ctx.kernel, signedIn(ctx), input),
  register: (ctx, input) => act(ctx, registerCase, input),
  route: (ctx, input) => act(ctx, input.kind === "assign" ? assignCaseToUnit : transferCase, input),
  passOn: (ctx, input) => act(ctx, passOnCase, input),
  object: (ctx, input) => act(ctx, objectToTransfer, input),
  answerObjection: (ctx, input) => act(ctx, input.agree ? takeBack : refuseReturn, input),
  designate: (ctx, input) => act(ctx, designateUnit, input),
  handToOrgan: (ctx, input) => act(ctx, handToOrgan, input),
  accept: (ctx, input) => act(ctx, acceptCase, input),
  assign,
  handOverPreview: (ctx, input) => previewHandOver(ctx.kernel, signedIn(ctx), input.fromPersonId),
  handOver: (ctx, input) => handOverHandler(ctx.kernel, signedIn(ctx), input),
  heard: (ctx, input) => act(ctx, recordHeard, input),
  openMediation: (ctx, input) => act(ctx, openMediation, input),
  closeMediation: (ctx, input) => act(ctx, closeMediation, input),
  reportConclusion: (ctx, input) => act(ctx, reportConclusion, input),
  recordAgreement: (ctx, input) => act(ctx, recordAgreement, input),
  callHearing: (ctx, input) => act(ctx, callHearing, input),
  closeHearing: (ctx, input) => act(ctx, closeHearing, input),
  divert: (ctx, input) => act(ctx, divertCase, input),
  guide: (ctx, input) => act(ctx, guideCase, input),
  merge: (ctx, input) => act(ctx, mergeCase, input),
  split: (ctx, input) => act(ctx, splitCase, input),
  splitAccusation: (ctx, input) => act(ctx, splitAccusation, input),
  unmerge: (ctx, input) => act(ctx, unmergeCase, input),
  refuseRepeat: (ctx, input) => act(ctx, refuseRepeat.propose, input),
  answerErasure: (ctx, input) => act(ctx, answerErasure, input),
  cover: (ctx, input) => act(ctx, coverWords, input),
  uncover: (ctx, input) => act(ctx, uncoverWords, input),
  judgeMandate: (ctx, input) => act(ctx, judgeMandate, input),
  hold: (ctx, input) => act(ctx, hold.propose, input),
  liftHold: (ctx, input) => act(ctx, liftHold.propose, input),
  markTopic: (ctx, input) => act(ctx, markTopic, input),
  liftTopic: (ctx, input) => act(ctx, liftTopic.propose, input),
  decideProposal,
  reopen: (ctx, input) => act(ctx, reopenCase, input),
  decideContest: (ctx, input) => act(ctx, input.outcome === "upheld" ? upholdRefusal : grantContest, input),
  declineNewFacts: (ctx, input) => act(ctx, declineNewFacts, input),
  followUp: (ctx, input) => act(ctx, followUp, input),
  extend: (ctx, input) => act(ctx, extendHandling, input),
  note: (ctx, input) => act(ctx, writeMessage, input),
  reply: (ctx, input) => act(ctx, draftReply, input),
  deliver,
  acceptReview: (ctx, input) => act(ctx, acceptReview, input),
  decideRereview: (ctx, input) => act(ctx, decideRereview, input),
  decideReview: (ctx, input) => act(ctx, input.outcome === "quashed" ? quashReview : decideReview, input),
  promise: (ctx, input) => act(ctx, makePromise, input),
  reportDone: (ctx, input) => act(ctx, reportDone, input),
  fulfil: (ctx, input) => act(ctx, fulfilPromise, input),
  askNewDate: (ctx, input) => act(ctx, askNewDate, input),
  switchTrack: async (ctx, input) => act(ctx, switchCommand(await statusOf(ctx, input.caseId)), input),
  goOn: (ctx, input) => act(ctx, goOnExOfficio, input),
  finalise: (ctx, input) => act(ctx, finaliseCase, input),
  archive: (ctx, input) => act(ctx, archiveCase, input),
  askAssist: (ctx, input) => act(ctx, askAssist, input),
  answerAssist: (ctx, input) => act(ctx, answerAssist, input),
  endAssist: (ctx, input) => act(ctx, endAssist, input),
  askCheck: (ctx, input) => act(ctx, askCheck, input),
  endCheck: (ctx, input) => endCheck(ctx.kernel, signedIn(ctx), input),
  takeCharge: (ctx, input) => act(ctx, takeCharge, input),
  endCharge: (ctx, input) => act(ctx, endCharge, input),
  present: (ctx, input) => present(ctx.kernel, signedIn(ctx), input),
};
