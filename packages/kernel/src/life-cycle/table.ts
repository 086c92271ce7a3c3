import type { ClockRole, Role } from "@doorstep/contracts";
import {
  agreementSealed,
  atLevel,
  categorised,
  contestable,
  cooledOff,
  demandsAnswered,
  demandsSplit,
  endedOrBroken,
  followedUp,
  handlerFree,
  handlerNamed,
  holderIsNotRespondent,
  hopsLeft,
  inDispute,
  inTime,
  lapsed,
  mayBeMediated,
  noReport,
  notAccusation,
  nothingOpen,
  notYetObjected,
  objectionOpen,
  petitionerHeard,
  routeSix,
  sealed,
  somethingReported,
  statutoryRoute,
  transferred,
} from "./guards.ts";
import type { At, ClockEffect, Transition, Who } from "./rule.ts";

const at = (role: Role | "system", where: At): Who => ({ role, at: where });
const officer = at("officer", "holder");
const clerk = at("clerk", "holder");
const signer = at("signer", "holder");
const handler = at("handler", "case");
const petitioner = at("petitioner", "case");
const delegate = at("delegate", "case");
const reviewer = at("reviewer", "holder");
const sender = at("officer", "sender");
const above = at("officer", "above");
const organ = at("discipline", "organ");
const system = at("system", "anywhere");

const start = (role: ClockRole): ClockEffect => ({ do: "start", role });
const stop = (role: ClockRole): ClockEffect => ({ do: "stop", role });
const stopAll: ClockEffect = { do: "stopAll" };
/** What a transfer has set running ends where the petition goes elsewhere. */
const stopOfTransfer: readonly ClockEffect[] = [
  stop("objection"),
  stop("designation"),
  stop("assignedReport"),
  stop("tieredTransfer"),
  stop("passThrough"),
];

type Row = Omit<Transition, "id" | "act" | "from" | "to">;
const t = <A extends string>(
  id: Transition["id"],
  act: A,
  from: Transition["from"],
  to: Transition["to"],
  row: Row,
) => ({
  ...row,
  id,
  act,
  from,
  to,
});
const live = ["registered", "routed", "accepted", "inHandling"] as const;
const sideEnds = ["diverted", "guided", "merged", "notReaccepted", "withdrawn"] as const;
const ends = ["final", ...sideEnds] as const;
/** ends that a notice of refusal says (D9, D11, D12), before and after the file is closed */
const refused = ["diverted", "guided", "merged", "notReaccepted", "archived"] as const;

/** The life of a case, one row a transition [SPEC §4]. Commands, buttons, refusals, docs and tests come out of it. */
export const transitions = [
  t("T1", "file", "-", "received", {
    who: [at("petitioner", "anywhere"), clerk, officer],
    guards: [],
    notice: ["D1"],
    clocks: [start("acknowledge"), start("route"), start("handover"), start("handoverUpward")],
    entry: "case.received",
    source: "R22:17,19",
  }),
  t("T2", "register", ["received"], "registered", {
    who: [clerk, officer, organ],
    guards: [noReport],
    notice: ["D2"],
    // what turns out to be an accusation comes to its organ with this
    clocks: [stop("acknowledge"), start("simpleAccept"), start("handoverUpward")],
    entry: "case.registered",
    source: "R22:22",
  }),
  t("T3", "transfer", ["registered"], "routed", {
    who: [officer, organ],
    guards: [hopsLeft],
    notice: ["D4", "D3"],
    clocks: [start("objection"), start("tieredTransfer"), start("passThrough"), stop("handover")],
    entry: "case.routed",
    source: "R22:22,23,30",
  }),
  t("T3", "passOn", ["routed"], "routed", {
    who: [officer],
    guards: [notAccusation, transferred, notYetObjected],
    notice: ["D4", "D3"],
    clocks: [
      stop("objection"),
      stop("tieredTransfer"),
      stop("passThrough"),
      start("objection"),
      start("tieredTransfer"),
      start("passThrough"),
    ],
    entry: "case.routed",
    source: "SAT14; SIMP16",
  }),
  t("T4", "assignUnit", ["registered"], "routed", {
    who: [officer],
    guards: [notAccusation, hopsLeft],
    notice: ["D5", "D3"],
    clocks: [stop("simpleAccept"), start("objection"), start("assignedReport")],
    entry: "case.routed",
    source: "R22:22(3)",
  }),
  t("T5", "return", ["routed"], "registered", {
    who: [sender],
    guards: [objectionOpen, hopsLeft],
    notice: ["D6"],
    clocks: stopOfTransfer,
    entry: "case.returned",
    source: "R22:23",
  }),
  t("T6", "designate", ["registered", "routed"], "routed", {
    who: [above],
    guards: [inDispute],
    notice: ["D7", "D3"],
    // the report that an assignment asks for stays owed, but where the unit itself is named that asked for it
    clocks: stopOfTransfer,
    entry: "case.routed",
    source: "R22:24",
  }),
  t("T7", "accept", ["registered", "routed"], "accepted", {
    who: [officer, organ],
    guards: [demandsSplit, categorised, holderIsNotRespondent, routeSix],
    notice: ["D8"],
    clocks: [
      stop("route"),
      stop("simpleAccept"),
      stop("objection"),
      stop("designation"),
      stop("tieredTransfer"),
      stop("passThrough"),
      stop("handover"),
      stop("handoverUpward"),
      stop("handling"),
      start("handling"),
    ],
    entry: "case.accepted",
    source: "R22:23",
  }),
  t("T8", "divert", live, "diverted", {
    who: [officer],
    guards: [statutoryRoute],
    notice: ["D9"],
    clocks: [stopAll],
    entry: "case.diverted",
    source: "R22:31",
  }),
  t("T9", "guide", ["received", "registered"], "guided", {
    who: [officer],
    guards: [notAccusation],
    // the liaison letter (D10) is written by its module
    notice: ["D9"],
    clocks: [stopAll, start("followUp")],
    entry: "case.guided",
    source: "R22:23",
  }),
  t("T10", "merge", ["registered"], "merged", {
    who: [officer],
    guards: [notAccusation],
    notice: ["D11"],
    clocks: [stopAll],
    entry: "case.merged",
    source: "R22:19",
  }),
  t("T10", "unmerge", ["merged"], "registered", {
    without: ["contested"],
    who: [officer, above],
    guards: [],
    notice: [],
    clocks: [stopAll, start("route")],
    entry: "case.unmerged",
    source: "DC",
  }),
  t("T11", "refuseRepeat", ["registered"], "notReaccepted", {
    who: [officer],
    second: officer,
    guards: [],
    notice: ["D12"],
    clocks: [stopAll],
    entry: "case.notReaccepted",
    source: "R22:36,37",
  }),
  t("T12", "assign", ["accepted"], "inHandling", {
    who: [officer, organ],
    guards: [],
    notice: [],
    clocks: [],
    entry: "case.handlingStarted",
    source: "R22:28,31(6)",
  }),
  // the letters of mediation (D17–D19) and hearing (D15) are written by their modules
  t("T13", "openMediation", ["accepted", "inHandling"], "same", {
    without: ["inMediation"],
    sets: "inMediation",
    who: [officer, handler],
    guards: [notAccusation, mayBeMediated],
    notice: [],
    clocks: [start("mediation")],
    entry: "mediation.opened",
    source: "R22:33",
  }),
  t("T13", "closeMediation", ["accepted", "inHandling"], "same", {
    with: ["inMediation"],
    clears: "inMediation",
    who: [officer, handler, petitioner],
    guards: [],
    notice: [],
    clocks: [stop("mediation")],
    entry: "mediation.closed",
    source: "PM:26",
  }),
  t("T14", "callHearing", ["inHandling", "rereview"], "same", {
    without: ["inHearing"],
    sets: "inHearing",
    who: [officer, reviewer],
    guards: [],
    notice: [],
    clocks: [{ do: "pause", role: "decideRereview" }],
    entry: "hearing.called",
    source: "R22:31",
  }),
  t("T14", "closeHearing", ["inHandling", "rereview"], "same", {
    with: ["inHearing"],
    clears: "inHearing",
    who: [officer, reviewer, system],
    guards: [],
    notice: [],
    clocks: [{ do: "resume", role: "decideRereview" }],
    entry: "hearing.closed",
    source: "R22:36",
  }),
  t("T15", "extend", ["accepted", "inHandling"], "same", {
    without: ["extended"],
    sets: "extended",
    who: [signer],
    guards: [inTime("handling")],
    notice: ["D13"],
    clocks: [{ do: "extend", role: "handling" }],
    entry: "case.extended",
    source: "R22:34",
  }),
  t("T16", "deliver", ["inHandling"], "replied", {
    without: ["inHearing"],
    who: [officer, signer, handler, organ],
    guards: [demandsAnswered, petitionerHeard, sealed("D14", "D16"), handlerNamed, handlerFree],
    notice: [],
    clocks: [
      stop("handling"),
      stop("assignedReport"),
      stop("accusationResult"),
      // the matter is answered: a mediation that is still open has nothing left to settle
      stop("mediation"),
      start("askReview"),
      start("rating"),
      start("commitment"),
    ],
    entry: "case.replied",
    source: "R22:29-32",
  }),
  t("T17", "replyMediated", ["inHandling"], "replied", {
    with: ["inMediation"],
    without: ["inHearing"],
    clears: "inMediation",
    who: [officer, signer, handler],
    guards: [notAccusation, demandsAnswered, agreementSealed, handlerNamed, handlerFree],
    notice: ["D18", "D16"],
    clocks: [
      stop("handling"),
      stop("assignedReport"),
      stop("mediation"),
      start("courtConfirmation"),
      start("askReview"),
      start("rating"),
      start("commitment"),
    ],
    entry: "case.replied",
    source: "R22:33",
  }),
  t("T18", "promise", ["replied", "review", "rereview", "final"], "same", {
    sets: "fulfilling",
    who: [signer, at("signer", "handling"), organ],
    guards: [],
    notice: [],
    clocks: [start("commitment")],
    entry: "commitment.made",
    source: "R22:32",
  }),
  t("T19", "fulfil", ["replied", "review", "rereview", "final"], "same", {
    with: ["fulfilling"],
    // the mark stands while any promise is open; the last one clears it
    clears: "fulfilling",
    who: [petitioner, officer, at("officer", "handling"), organ],
    second: officer,
    guards: [somethingReported],
    notice: ["D20"],
    clocks: [stop("commitment")],
    entry: "commitment.done",
    source: "PLA20",
  }),
  t("T20", "requestReview", ["replied"], "review", {
    who: [petitioner, delegate],
    guards: [atLevel("handle")],
    notice: ["D21"],
    clocks: [stop("askReview"), stop("rating"), start("acceptReview"), start("decideReview")],
    entry: "case.reviewRequested",
    source: "R22:35",
  }),
  t("T21", "decideReview", ["review"], "replied", {
    who: [reviewer],
    guards: [],
    notice: ["D22"],
    clocks: [stop("acceptReview"), stop("decideReview"), start("askRereview")],
    entry: "case.reviewDecided",
    source: "R22:35",
  }),
  t("T22", "redo", ["review"], "inHandling", {
    who: [reviewer],
    guards: [],
    notice: ["D22"],
    clocks: [stop("acceptReview"), stop("decideReview"), stop("commitment"), start("handling")],
    entry: "case.redo",
    source: "SD15:45",
  }),
  t("T23", "requestRereview", ["replied"], "rereview", {
    who: [petitioner, delegate],
    guards: [atLevel("review")],
    notice: ["D21"],
    clocks: [stop("askRereview"), start("acceptReview"), start("decideRereview")],
    entry: "case.rereviewRequested",
    source: "R22:36",
  }),
  t("T24", "decideRereview", ["rereview"], "final", {
    without: ["inHearing"],
    who: [reviewer],
    guards: [demandsAnswered],
    notice: ["D23"],
    clocks: [stop("acceptReview"), stop("decideRereview"), start("followUp")],
    entry: "case.final",
    source: "R22:36",
  }),
  t("T25", "finalise", ["replied"], "final", {
    without: ["fulfilling"],
    who: [officer, organ, system],
    guards: [lapsed("K12", "K15"), nothingOpen],
    notice: ["D24"],
    clocks: [stop("askReview"), stop("askRereview"), start("followUp")],
    entry: "case.final",
    source: "ZJ16:25",
  }),
  t("T26", "askWithdrawal", [...live, "replied"], "same", {
    without: ["withdrawing"],
    sets: "withdrawing",
    who: [petitioner],
    guards: [],
    notice: [],
    clocks: [start("withdrawalCoolOff")],
    entry: "case.withdrawalAsked",
    source: "DC",
  }),
  t("T26", "takeBackWithdrawal", [...live, "replied"], "same", {
    with: ["withdrawing"],
    clears: "withdrawing",
    who: [petitioner],
    guards: [],
    notice: [],
    clocks: [stop("withdrawalCoolOff")],
    entry: "case.withdrawalTakenBack",
    source: "DC",
  }),
  t("T26", "goOn", [...live, "replied"], "same", {
    with: ["withdrawing"],
    clears: "withdrawing",
    who: [officer, organ],
    guards: [],
    notice: [],
    clocks: [stop("withdrawalCoolOff")],
    entry: "case.goesOn",
    source: "DC",
  }),
  t("T26", "withdraw", [...live, "replied"], "withdrawn", {
    with: ["withdrawing"],
    clears: "withdrawing",
    who: [petitioner, system],
    guards: [cooledOff],
    notice: ["D25"],
    clocks: [stopAll],
    entry: "case.withdrawn",
    source: "DC",
  }),
  t("T27", "archive", ends, "archived", {
    without: ["fulfilling", "contested", "newFacts"],
    who: [officer, organ, system],
    guards: [lapsed("K21"), followedUp, nothingOpen],
    notice: [],
    clocks: [stopAll],
    entry: "case.archived",
    source: "SD15:16",
  }),
  t("T28", "contest", refused, "same", {
    without: ["contested", "newFacts"],
    sets: "contested",
    who: [petitioner, delegate],
    guards: [contestable],
    notice: [],
    clocks: [start("contestRefusal")],
    entry: "case.contested",
    source: "DC",
  }),
  t("T28", "upholdRefusal", refused, "same", {
    with: ["contested"],
    clears: "contested",
    who: [reviewer, officer],
    guards: [],
    notice: [],
    clocks: [stop("contestRefusal")],
    entry: "case.contestRejected",
    source: "DC",
  }),
  t("T28", "grantContest", refused, "registered", {
    with: ["contested"],
    clears: "contested",
    who: [reviewer, officer],
    guards: [],
    notice: [],
    clocks: [stopAll, start("route")],
    entry: "case.reopened",
    source: "R22:44(2)",
  }),
  t("T28", "bringNewFacts", [...ends, "archived"], "same", {
    without: ["contested", "newFacts"],
    sets: "newFacts",
    who: [petitioner, delegate],
    guards: [],
    notice: [],
    // he is told within the time in which anything new is answered
    clocks: [start("route")],
    entry: "case.newFacts",
    source: "R22:36",
  }),
  t("T28", "declineNewFacts", [...ends, "archived"], "same", {
    with: ["newFacts"],
    clears: "newFacts",
    who: [officer, organ],
    guards: [],
    notice: [],
    clocks: [stop("route")],
    entry: "case.newFactsDeclined",
    source: "DC",
  }),
  t("T28", "reopen", ["replied", ...ends, "archived"], "registered", {
    without: ["contested"],
    who: [officer, above, organ],
    guards: [endedOrBroken],
    notice: [],
    clocks: [stopAll, start("route")],
    entry: "case.reopened",
    source: "R22:44(2)",
  }),
] as const satisfies readonly Transition[];

export type Act = (typeof transitions)[number]["act"];

const byAct: ReadonlyMap<string, Transition> = new Map(transitions.map((x) => [x.act, x]));

export function transitionOf(act: Act): Transition {
  const found = byAct.get(act);
  if (!found) throw new Error(`no transition for the act ${act}`);
  return found;
}
