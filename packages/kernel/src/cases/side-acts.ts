import { flagUrgent } from "../duty/acts.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { type ActingParty, refusals } from "../life-cycle/refusals.ts";
import type { Refusal, Scene, Transition } from "../life-cycle/rule.ts";
import { mandateActs } from "../mandates/acts.ts";
import { letterWaits, sealModuleLetter, sendBackModuleLetter } from "../module-letters/letter-acts.ts";
import { handToOrgan } from "../organs/hand-to-organ.ts";
import { ownDataActs } from "../own-data/acts.ts";
import type { SideAct } from "../pipeline/execute.ts";
import { askRecusal, askRecusalFor } from "../recusal/recusal.ts";
import { redactionActs } from "../redaction/acts.ts";
import { judgeRepeat } from "../repeats/judge-repeat.ts";
import { isReportAct, reportActs } from "../retaliation/acts.ts";
import { holdActs } from "../retention/hold.ts";
import { askIdentity } from "../vault/requests.ts";
import { followUpAct } from "./afterwards.ts";
import { agreeing } from "./agreement.ts";
import { assistActs } from "./assists.ts";
import { chargeActs } from "./charge.ts";
import { reporting } from "./conclusion-report.ts";
import { objectToTransfer, refuseReturn } from "./dispute.ts";
import { reassignHandler, recordHeard } from "./handling.ts";
import { identifyLater } from "./identify.ts";
import { promiseActs } from "./promises.ts";
import { replyActs } from "./reply.ts";
import { acceptReview } from "./rereview.ts";
import { splitCase } from "./split.ts";
import { splitAccusation } from "./split-accusation.ts";
import { writeMessage } from "./thread.ts";
import { topicActs } from "./topic-marks.ts";
import { switchTrackAct } from "./tracks.ts";

const acts = [
  objectToTransfer.act,
  refuseReturn.act,
  handToOrgan.act,
  reassignHandler.act,
  recordHeard.act,
  replyActs.draft,
  agreeing,
  replyActs.seal,
  replyActs.sendBack,
  acceptReview.act,
  sealModuleLetter.act,
  sendBackModuleLetter.act,
  followUpAct,
  reporting,
  ...promiseActs,
  ...chargeActs,
  ...assistActs,
  switchTrackAct,
  splitCase.act,
  splitAccusation.act,
  judgeRepeat.act,
  askIdentity.act,
  identifyLater.act,
  ...mandateActs,
  ...redactionActs,
  writeMessage.act,
  flagUrgent.act,
  ...ownDataActs,
  ...holdActs,
  ...topicActs,
  askRecusal.act,
  askRecusalFor.act,
  ...reportActs,
] as readonly SideAct[];

const asTransition = (act: SideAct): Transition => ({ notice: [], ...act, id: "T0", source: "SPEC:7" });

/** An act of the approver is open only while something waits for him. */
const ofModuleLetter = new Set(["sealModuleLetter", "returnModuleLetter"]);
const needsSubmitted = new Set(["seal", "sendBack"]);

/** Acts within a state, said like those of the life cycle: open, or with every reason why not. */
export const sideActs = (
  c: LoadedCase,
  party: ActingParty,
  s: Scene,
): readonly { readonly act: string; readonly transition: Transition; readonly refusals: readonly Refusal[] }[] =>
  acts
    .map((act) => ({ act: act.act, transition: asTransition(act), refusals: refusals(asTransition(act), c, party, s) }))
    .filter((a) => !a.refusals.some((r) => r.code === "forbidden" || r.code === "act.state"))
    .filter((a) => !ofModuleLetter.has(a.act) || letterWaits(c, party))
    .filter((a) => c.report !== null || !isReportAct(a.act))
    .filter((a) => a.act !== "uncover" || c.redactions.some((one) => one.kind === "temporary"))
    .filter((a) => a.act !== "liftTopic" || c.neverMediated)
    // nobody knows who it is, so there is nobody to ask about
    .filter((a) => a.act !== "askIdentity" || c.anonymity !== "anonymous")
    .filter((a) => !needsSubmitted.has(a.act) || c.notices.some((n) => n.state === "submitted"));
