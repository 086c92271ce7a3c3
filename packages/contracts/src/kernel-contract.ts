import { z } from "zod";
import { accessSettings, askAccessInput, decideAccessInput, ownAccess, waitingAccess } from "./access.ts";
import { archiveFile, archiveInput, archiveProof, verifyArchiveInput } from "./archive.ts";
import { backupPlan, backupState } from "./backups.ts";
import {
  acceptInput,
  acceptReviewInput,
  acted,
  answerAssistInput,
  answerErasureInput,
  answerObjectionInput,
  approvalItem,
  askAssistInput,
  askCheckInput,
  askRecusalForInput,
  assignInput,
  callHearingInput,
  caseView,
  clockView,
  closeHearingInput,
  closeMediationInput,
  countsOutput,
  coverInput,
  decideContestInput,
  decideProposalInput,
  decideRereviewInput,
  decideReviewInput,
  declineNewFactsInput,
  deliverInput,
  designateInput,
  deskFileInput,
  divertInput,
  endAssistInput,
  endChargeInput,
  endCheckInput,
  extendInput,
  finaliseInput,
  followUpInput,
  guideInput,
  handOverInput,
  handOverOutput,
  handOverPreview,
  handToOrganInput,
  heardInput,
  holdInput,
  judgeMandateInput,
  judgeRepeatInput,
  kinship,
  listInput,
  markTopicInput,
  mergeInput,
  moduleFacts,
  noteInput,
  noticePreview,
  noticeView,
  objectInput,
  openMediationInput,
  originalRow,
  passOnInput,
  queueItem,
  recordAgreementInput,
  refuseRepeatInput,
  registerInput,
  reopenInput,
  repeatCandidate,
  replyInput,
  reportConclusionInput,
  routeInput,
  sealInput,
  searchInput,
  sendBackInput,
  similarCase,
  similarInput,
  splitAccusationInput,
  splitInput,
  takeChargeInput,
  timelineItem,
  uncoverInput,
  unmergeInput,
} from "./cases.ts";
import { moduleClockView } from "./clock.ts";
import { consentView } from "./consent.ts";
import {
  dutyPage,
  dutyReportInput,
  dutyRoster,
  dutyRosterInput,
  endShiftInput,
  flagUrgentInput,
  phonedInput,
  saveShiftInput,
  takeDutyInput,
} from "./duty.ts";
import { caseNo, id, idempotencyKey, instant, localDate, page, pageInput, text } from "./ids.ts";
import {
  answerConsentInput,
  askRecusalInput,
  contestInput,
  endMandateInput,
  fileInput,
  fileResult,
  giveMandateInput,
  identifyInput,
  importInput,
  importOutcome,
  leaveMediationInput,
  mandateGiven,
  messageInput,
  newFactsInput,
  openedIdentity,
  ownCase,
  petitionerCase,
  rateInput,
  receiptShown,
  requestReviewInput,
  verifyReceiptInput,
} from "./intake.ts";
import {
  ledgerEntry,
  ledgerEntryDetail,
  ledgerEntryInput,
  ledgerExport,
  ledgerExportInput,
  ledgerPageInput,
  ledgerProof,
  ledgerState,
} from "./ledger.ts";
import { letterProof, verifyLetterInput } from "./letter-proof.ts";
import {
  choicePreview,
  chooseInput,
  decidePurgeInput,
  installArchiveInput,
  installedModules,
  matrix,
  matrixInput,
  moduleCrashInput,
  moduleDecision,
  moduleExplanation,
  moduleHealth,
  moduleSummary,
  parkedEvents,
  registry,
  revokeInput,
  rollBackInput,
  saveSettingsInput,
  settingsPreview,
  settingsView,
  trustInput,
} from "./modules.ts";
import { publicStatuses } from "./names.ts";
import {
  listNotificationsInput,
  notification,
  notificationCount,
  notificationSettings,
  notificationSides,
  presenceInput,
  present,
  readNotificationsInput,
  saveNotificationSettingsInput,
} from "./notifications.ts";
import {
  askErasureInput,
  correctOwnInput,
  ownData,
  ownExport,
  ownRecord,
  ownSignature,
  signaturePicture,
} from "./own-data.ts";
import {
  createPersonInput,
  grant,
  grantInput,
  listPeopleInput,
  passwordSlip,
  personDetail,
  personPreview,
  personSummary,
  previewInput,
  roleInput,
  rolePage,
  secondFactorRule,
  sessionMe,
  sessionSummary,
  updatePersonInput,
} from "./people.ts";
import {
  announced,
  announceInput,
  calendarSummary,
  calendarView,
  calendarYear,
  editCalendarInput,
  movePackInput,
  movePreview,
  moveResult,
  packRef,
  packSummary,
  policyTable,
  policyVersions,
  tightenInput,
  tighteningPreview,
  trialInput,
  trialResult,
} from "./policy.ts";
import { type Contract, mutation, query } from "./procedure.ts";
import {
  answerNewDateInput,
  askNewDateInput,
  askWithdrawalInput,
  confirmForInput,
  goOnInput,
  ownActInput,
  promiseInput,
  reportDoneInput,
  signOffInput,
  switchTrackInput,
} from "./promises.ts";
import { letThroughInput, listQuarantineInput, quarantinedItem } from "./quarantine.ts";
import { reportInput, reportResult, reportSummary, reportTaken, takeReportInput } from "./reports.ts";
import {
  acknowledgeReportInput,
  answerCheckInInput,
  askExplanationInput,
  askedExplanation,
  concludeReportInput,
  explainInput,
  linkedReport,
  protectInput,
  reportForInput,
  reportRetaliationInput,
  retaliationActs,
  retaliationSignal,
} from "./retaliation.ts";
import { decideRetentionInput, organTerm, organTermInput, retentionState, setRetentionInput } from "./retention.ts";
import { routeProposal } from "./routing.ts";
import {
  answerSupervisionInput,
  closeSupervisionInput,
  proofItem,
  proofListInput,
  proofRun,
  supervisionCount,
  supervisionItem,
  supervisionListInput,
} from "./supervision.ts";
import { addSystemInput, issuedToken, issueTokenInput, systemDecision, systemView } from "./systems.ts";
import { endTaskInput, taskItem } from "./tasks.ts";
import { bilingual } from "./text.ts";
import { addThemeWordInput, endThemeWordInput, themeList } from "./themes.ts";
import {
  byUnitLetter,
  decideHoldUnitLetterInput,
  holdUnitLetterInput,
  listUnitLettersInput,
  readUnitLetter,
  sendBackUnitLetterInput,
  signUnitLetterInput,
  unitLetterItem,
  unitLetterPage,
  unitLetterPdfInput,
} from "./unit-letters.ts";
import {
  chooseFontInput,
  draftTextInput,
  previewTextInput,
  privacyNotice,
  textSubject,
  unitFontView,
  unitTextView,
} from "./unit-texts.ts";
import {
  createUnitInput,
  findUnitsInput,
  importReport,
  mergeUnitsInput,
  noticeBoard,
  publicUnit,
  reorganisationPreview,
  saveTopicsInput,
  splitUnitInput,
  topicCatalogue,
  unitChangePreview,
  unitDetail,
  unitNode,
  unitSummary,
  updateUnitInput,
} from "./units.ts";
import { askIdentityInput, decideIdentityInput, identityRequest } from "./vault.ts";
import { exportCasesInput, exportedCases, savedView, saveViewInput, shareViewInput } from "./views.ts";

const none = z.object({});
const done = z.object({ ok: z.literal(true) });
const byId = z.object({ caseId: id });

/** All procedures of the kernel. Adding a line here asks for a handler, a test case and a place in the API report. */
export const kernelContract = {
  session: {
    me: query("public", none, sessionMe),
    setLocale: mutation("signedIn", z.object({ locale: z.enum(["zh-CN", "en"]) }), done),
    list: query("signedIn", none, z.array(sessionSummary)),
    revoke: mutation("signedIn", z.object({ sessionId: id }), done),
    revokeOthers: mutation("signedIn", none, done),
    /** 32 bytes as base64 for what this browser keeps of the person's work; nobody gets them again once the session has ended */
    deviceKey: query("signedIn", none, z.object({ key: z.string() })),
    /** what is held on the person himself, and his copy of it [PIPL:44–45] */
    record: query("signedIn", none, ownRecord),
    exportRecord: mutation("signedIn", none, ownExport),
    /** the picture the person signs letters with; only ever his own */
    signature: query("signedIn", none, ownSignature.nullable()),
    setSignature: mutation("signedIn", z.object({ png: signaturePicture.nullable() }), ownSignature.nullable()),
  },
  registry: {
    forUnit: query("public", z.object({ unitId: id.optional(), unitCode: z.string().max(40).optional() }), registry),
  },
  units: {
    find: query("public", findUnitsInput, page(publicUnit)),
    board: query("public", z.object({ unitCode: z.string().max(40) }), noticeBoard),
    tree: query(
      "units.read",
      z.object({ parentId: id.nullable().default(null), q: text(60, 0).default("") }),
      z.array(unitNode),
    ),
    get: query("units.read", z.object({ unitId: id }), unitDetail),
    create: mutation("units.manage", createUnitInput, unitDetail),
    update: mutation("units.manage", updateUnitInput, unitDetail),
    rename: mutation("units.manage", z.object({ unitId: id, version: z.number().int(), name: bilingual }), unitDetail),
    previewMove: query("units.manage", z.object({ unitId: id, parentId: id }), unitChangePreview),
    move: mutation(
      "units.manage",
      z.object({ unitId: id, parentId: id, version: z.number().int(), why: text(200) }),
      unitDetail,
    ),
    previewSplit: query("units.manage", splitUnitInput.omit({ why: true }), reorganisationPreview),
    split: mutation("units.manage", splitUnitInput, z.array(unitDetail)),
    previewMerge: query("units.manage", mergeUnitsInput.omit({ why: true }), reorganisationPreview),
    merge: mutation("units.manage", mergeUnitsInput, unitDetail),
    retire: mutation(
      "units.manage",
      z.object({ unitId: id, version: z.number().int(), successorId: id.nullable(), why: text(200) }),
      unitDetail,
    ),
    import: mutation(
      "units.manage",
      z.object({ rows: z.array(z.record(z.string(), z.string().max(500))).max(5_000), apply: z.boolean() }),
      importReport,
    ),
  },
  texts: {
    get: query("units.read", z.object({ unitId: id, subject: textSubject }), unitTextView),
    draft: mutation("units.manage", draftTextInput, unitTextView),
    decide: mutation(
      "units.manage",
      z.object({ unitId: id, subject: textSubject, id, approve: z.boolean() }),
      unitTextView,
    ),
    /** a sample letter with these words, as PDF */
    preview: query("units.manage", previewTextInput, z.object({ fileName: z.string(), pdf: z.base64() })),
    /** the face its letters are set in; files come by `POST /rpc/texts.putFont` */
    font: query("units.read", z.object({ unitId: id }), unitFontView),
    chooseFont: mutation("units.manage", chooseFontInput, unitFontView),
    /** the privacy notice that holds at a unit; `null`: that of the platform */
    privacy: query("public", z.object({ unitCode: z.string().max(40).optional() }), privacyNotice.nullable()),
  },
  themes: {
    list: query("topics.manage", z.object({ unitId: id }), themeList),
    add: mutation("topics.manage", addThemeWordInput, themeList),
    end: mutation("topics.manage", endThemeWordInput, themeList),
  },
  topics: {
    list: query("public", none, topicCatalogue),
    save: mutation("topics.manage", saveTopicsInput, topicCatalogue),
  },
  people: {
    list: query("people.read", listPeopleInput, page(personSummary)),
    get: query("people.read", z.object({ personId: id }), personDetail),
    create: mutation("people.manage", createPersonInput, z.object({ person: personDetail, slip: passwordSlip })),
    update: mutation("people.manage", updatePersonInput, personDetail),
    grant: mutation("people.manage", grantInput, personDetail),
    confirmGrant: mutation("people.manage", z.object({ grantId: id }), personDetail),
    revoke: mutation("people.manage", z.object({ grantId: id, why: text(200) }), personDetail),
    role: query("people.read", roleInput, rolePage),
    /** what this person is shown, never what stands in it; writes down who looked */
    preview: mutation("people.manage", previewInput, personPreview),
    pendingGrants: query(
      "people.manage",
      none,
      z.array(grant.extend({ personId: id, personName: z.string(), why: z.string(), mayConfirm: z.boolean() })),
    ),
    slip: mutation(
      "people.manage",
      z.object({ personId: id, identityChecked: z.literal(true), resetSecondFactor: z.boolean() }),
      passwordSlip,
    ),
    secondFactorRules: query("people.read", none, z.array(secondFactorRule)),
    setSecondFactorRules: mutation(
      "platform.manage",
      z.object({ rules: z.array(secondFactorRule).max(30) }),
      z.array(secondFactorRule),
    ),
    import: mutation(
      "people.manage",
      z.object({ rows: z.array(z.record(z.string(), z.string().max(500))).max(5_000), apply: z.boolean() }),
      importReport.extend({ slips: z.array(passwordSlip) }),
    ),
    /** people of the house by name or pinyin, for naming whom a petition is about; name and unit, nothing else */
    find: query("desk.use", z.object({ q: text(60) }), z.array(z.object({ id, name: z.string(), unit: bilingual }))),
    /** who may handle, sign or review at a unit: for the drawers of the desk */
    candidates: query(
      "desk.use",
      z.object({ caseId: id, role: z.enum(["handler", "signer", "reviewer"]) }),
      z.array(z.object({ id, name: z.string(), refusals: z.array(z.string()) })),
    ),
  },
  intake: {
    file: mutation("public", fileInput, fileResult),
    fileAtDesk: mutation("desk.register", deskFileInput, fileResult.extend({ caseId: id })),
    import: mutation(
      "import.run",
      z.object({ records: z.array(importInput).min(1).max(500) }),
      z.object({ outcomes: z.array(importOutcome) }),
    ),
    /** Posts the code once; the answer sets a short cookie for this one case. */
    track: mutation("public", z.object({ code: z.string().max(60) }), z.object({ caseId: id })),
    leave: mutation("public", none, done),
    /** for whoever is shown a receipt: genuine or not, and nothing else */
    verifyReceipt: query("public", verifyReceiptInput, receiptShown),
    case: query("petitioner", z.object(ownCase), petitionerCase),
    mine: query(
      "signedIn",
      z.object(pageInput),
      page(
        z.object({
          caseId: id,
          caseNo: z.string(),
          title: z.string(),
          status: z.enum(publicStatuses),
          nextDueOn: localDate.nullable(),
          unread: z.boolean(),
          receivedAt: instant,
        }),
      ),
    ),
    message: mutation("petitioner", messageInput, done),
    identify: mutation("petitioner", identifyInput, acted),
    /** somebody speaks for him, as far and as long as he says */
    giveMandate: mutation("petitioner", giveMandateInput, mandateGiven),
    endMandate: mutation("petitioner", endMandateInput, done),
    /** what is held on him, corrections, his copy, and the wish to delete [PIPL:44–47] */
    ownData: query("petitioner", z.object(ownCase), ownData),
    exportOwn: mutation("petitioner", z.object(ownCase), ownExport),
    correctOwn: mutation("petitioner", correctOwnInput, acted),
    askErasure: mutation("petitioner", askErasureInput, acted),
    rate: mutation("petitioner", rateInput, done),
    requestReview: mutation("petitioner", requestReviewInput, z.object({ reviewBody: bilingual, decideBy: localDate })),
    requestRereview: mutation(
      "petitioner",
      requestReviewInput,
      z.object({ reviewBody: bilingual, decideBy: localDate }),
    ),
    contest: mutation("petitioner", contestInput, z.object({ body: bilingual, decideBy: localDate })),
    newFacts: mutation("petitioner", newFactsInput, acted),
    signOff: mutation("petitioner", signOffInput, acted),
    answerNewDate: mutation("petitioner", answerNewDateInput, acted),
    askWithdrawal: mutation("petitioner", askWithdrawalInput, acted),
    takeBackWithdrawal: mutation("petitioner", ownActInput, acted),
    withdraw: mutation("petitioner", ownActInput, acted),
    askRecusal: mutation("petitioner", askRecusalInput, acted),
    answerConsent: mutation("petitioner", answerConsentInput, acted),
    leaveMediation: mutation("petitioner", leaveMediationInput, acted),
    reportRetaliation: mutation("petitioner", reportRetaliationInput, done),
    answerCheckIn: mutation("petitioner", answerCheckInInput, acted),
    /** the petitioner's reports of this matter, or the matter of this report */
    linked: query("petitioner", z.object(ownCase), z.array(linkedReport)),
    /** with the code of one he may look at the other */
    openLinked: mutation("petitioner", z.object({ caseId: id, from: id.optional() }), z.object({ caseId: id })),
    letter: query(
      "petitioner",
      z.object({ ...ownCase, noticeId: id, locale: z.enum(["zh-CN", "en"]) }),
      z.object({ fileName: z.string(), pdf: z.base64() }),
    ),
  },
  cases: {
    list: query("desk.use", listInput, page(queueItem)),
    counts: query("desk.use", z.object({ unitId: id.optional() }), countsOutput),
    search: query("desk.use", searchInput, page(queueItem)),
    /** what a view shows, for a file: that and why it was taken is itself an entry of the ledger */
    export: mutation("desk.use", exportCasesInput, exportedCases),
    /** the whole file of a case as one PDF; that it was taken and what for is itself an entry of the ledger */
    wholeFile: mutation("desk.use", archiveInput, archiveFile),
    get: query("desk.use", byId, caseView),
    byNo: query("desk.use", z.object({ caseNo: z.string().max(20) }), caseView),
    /** as somebody outside of the circle reads it, whoever asks: to be printed and handed out */
    covered: query("desk.use", byId, caseView),
    timeline: query("desk.use", z.object({ caseId: id, ...pageInput }), page(timelineItem)),
    original: query("desk.use", byId, originalRow.nullable()),
    consents: query("desk.use", byId, z.array(consentView)),
    moduleFacts: query("desk.use", byId, moduleFacts),
    similar: query("desk.use", similarInput, z.array(similarCase)),
    repeats: query("desk.use", byId, z.array(repeatCandidate)),
    judgeRepeat: mutation("desk.use", judgeRepeatInput, acted),
    judgeMandate: mutation("desk.use", judgeMandateInput, acted),
    cover: mutation("desk.use", coverInput, acted),
    uncover: mutation("desk.use", uncoverInput, acted),
    register: mutation("desk.use", registerInput, acted),
    route: mutation("desk.use", routeInput, acted),
    passOn: mutation("desk.use", passOnInput, acted),
    object: mutation("desk.use", objectInput, acted),
    answerObjection: mutation("desk.use", answerObjectionInput, acted),
    designate: mutation("desk.use", designateInput, acted),
    handToOrgan: mutation("desk.use", handToOrganInput, acted),
    accept: mutation("desk.use", acceptInput, acted),
    assign: mutation("desk.use", assignInput, acted),
    /** how many cases of his the asker could hand over */
    handOverPreview: query("desk.use", z.object({ fromPersonId: id }), handOverPreview),
    handOver: mutation("desk.use", handOverInput, handOverOutput),
    heard: mutation("desk.use", heardInput, acted),
    openMediation: mutation("desk.use", openMediationInput, acted),
    closeMediation: mutation("desk.use", closeMediationInput, acted),
    recordAgreement: mutation("desk.use", recordAgreementInput, acted),
    reportConclusion: mutation("desk.use", reportConclusionInput, acted),
    callHearing: mutation("desk.use", callHearingInput, acted),
    closeHearing: mutation("desk.use", closeHearingInput, acted),
    divert: mutation("desk.use", divertInput, acted),
    guide: mutation("desk.use", guideInput, acted),
    merge: mutation("desk.use", mergeInput, acted),
    split: mutation("desk.use", splitInput, acted.extend({ splitOff: z.object({ caseId: id, caseNo }) })),
    splitAccusation: mutation(
      "desk.use",
      splitAccusationInput,
      acted.extend({ splitOff: z.object({ caseId: id, caseNo }) }),
    ),
    unmerge: mutation("desk.use", unmergeInput, acted),
    refuseRepeat: mutation("desk.use", refuseRepeatInput, acted),
    answerErasure: mutation("desk.use", answerErasureInput, acted),
    hold: mutation("desk.use", holdInput, acted),
    liftHold: mutation("desk.use", holdInput, acted),
    markTopic: mutation("desk.use", markTopicInput, acted),
    /** proposed by one person, done by another */
    liftTopic: mutation("desk.use", markTopicInput, acted),
    decideProposal: mutation("desk.use", decideProposalInput, acted),
    reopen: mutation("desk.use", reopenInput, acted),
    decideContest: mutation("desk.use", decideContestInput, acted),
    declineNewFacts: mutation("desk.use", declineNewFactsInput, acted),
    followUp: mutation("desk.use", followUpInput, acted),
    extend: mutation("desk.use", extendInput, acted),
    note: mutation("desk.use", noteInput, acted),
    reply: mutation("desk.use", replyInput, acted),
    deliver: mutation("desk.use", deliverInput, acted),
    acceptReview: mutation("desk.use", acceptReviewInput, acted),
    decideReview: mutation("desk.use", decideReviewInput, acted),
    decideRereview: mutation("desk.use", decideRereviewInput, acted),
    promise: mutation("desk.use", promiseInput, acted),
    reportDone: mutation("desk.use", reportDoneInput, acted),
    fulfil: mutation("desk.use", confirmForInput, acted),
    askNewDate: mutation("desk.use", askNewDateInput, acted),
    goOn: mutation("desk.use", goOnInput, acted),
    switchTrack: mutation("desk.use", switchTrackInput, acted),
    finalise: mutation("desk.use", finaliseInput, acted),
    archive: mutation("desk.use", finaliseInput, acted),
    askAssist: mutation("desk.use", askAssistInput, acted),
    answerAssist: mutation("desk.use", answerAssistInput, acted),
    endAssist: mutation("desk.use", endAssistInput, acted),
    askCheck: mutation("desk.use", askCheckInput, acted),
    endCheck: mutation("desk.use", endCheckInput, done),
    takeCharge: mutation("desk.use", takeChargeInput, acted),
    endCharge: mutation("desk.use", endChargeInput, acted),
    /** says who has the case open, and answers who else has */
    present: mutation("desk.use", presenceInput, present),
  },
  views: {
    /** one's own, and those shared with the units one works for */
    list: query("desk.use", none, z.array(savedView)),
    save: mutation("desk.use", saveViewInput, savedView),
    remove: mutation("desk.use", z.object({ id }), done),
    share: mutation("desk.use", shareViewInput, savedView),
  },
  duty: {
    /** urgent petitions of the reader that nobody has reported on yet */
    open: query("desk.use", none, z.array(dutyPage)),
    get: query("desk.use", byId, dutyPage.nullable()),
    flag: mutation("desk.use", flagUrgentInput, acted),
    take: mutation("desk.use", takeDutyInput, done),
    phoned: mutation("desk.use", phonedInput, done),
    report: mutation("desk.use", dutyReportInput, done),
    roster: query("units.read", dutyRosterInput, dutyRoster),
    saveShift: mutation("units.manage", saveShiftInput, done),
    endShift: mutation("units.manage", endShiftInput, done),
  },
  proof: {
    latest: query("units.read", none, z.array(proofRun)),
    /** what is stuck in cases that the reader sees */
    list: query("desk.use", proofListInput, page(proofItem)),
  },
  supervision: {
    list: query("desk.use", supervisionListInput, page(supervisionItem)),
    /** how much waits for the asker's word, counted to 100: urgings to answer, acts of his unit to explain */
    count: query("desk.use", none, supervisionCount),
    answer: mutation("desk.use", answerSupervisionInput, done),
    close: mutation("desk.use", closeSupervisionInput, done),
  },
  tasks: {
    /** what the asker has to do, nearest day first; for officers also what lies with somebody who has left */
    list: query("desk.use", none, z.array(taskItem)),
    end: mutation("desk.use", endTaskInput, done),
  },
  /** letters between units, of a petition or of none */
  unitLetters: {
    list: query("desk.use", listUnitLettersInput, unitLetterPage),
    read: query("desk.use", byUnitLetter, readUnitLetter),
    pdf: query("desk.use", unitLetterPdfInput, z.object({ fileName: z.string(), pdf: z.base64() })),
    sign: mutation("desk.use", signUnitLetterInput, unitLetterItem),
    sendBack: mutation("desk.use", sendBackUnitLetterInput, unitLetterItem),
    /** the unit it is for has it */
    confirm: mutation("desk.use", byUnitLetter, unitLetterItem),
    /** one of no petition is kept beyond its term, or no more: asked by one, set by another */
    askHold: mutation("desk.use", holdUnitLetterInput, unitLetterItem),
    decideHold: mutation("desk.use", decideHoldUnitLetterInput, unitLetterItem),
  },
  clocks: {
    explain: query("desk.use", byId, z.array(clockView)),
    /** periods that modules run beside those */
    ofModules: query("desk.use", byId, z.array(moduleClockView)),
  },
  notices: {
    list: query("desk.use", byId, z.array(noticeView)),
    toApprove: query("desk.use", z.object(pageInput), page(approvalItem)),
    preview: query("desk.use", z.object({ caseId: id, noticeId: id }), noticePreview),
    pdf: query(
      "desk.use",
      z.object({ caseId: id, noticeId: id, locale: z.enum(["zh-CN", "en"]) }),
      z.object({ fileName: z.string(), pdf: z.base64() }),
    ),
    /** whether a file is a letter sealed here, unchanged */
    verify: mutation("public", verifyLetterInput, letterProof),
    /** the same for the file of a whole case, of which only the mark and a hash are sent */
    verifyArchive: mutation("public", verifyArchiveInput, archiveProof),
    seal: mutation("desk.use", sealInput, acted),
    sendBack: mutation("desk.use", sendBackInput, acted),
    deliver: mutation("desk.use", deliverInput, acted),
  },
  notifications: {
    list: query("signedIn", listNotificationsInput, page(notification)),
    count: query("signedIn", none, notificationCount),
    read: mutation("signedIn", readNotificationsInput, notificationCount),
    acknowledge: mutation("signedIn", z.object({ id }), done),
    settings: query("signedIn", z.object({ side: z.enum(notificationSides) }), notificationSettings),
    saveSettings: mutation("signedIn", saveNotificationSettingsInput, notificationSettings),
    /** e-mails and the like that were given up at units of the asker: once more */
    retryParked: mutation("modules.manage", none, z.object({ count: z.number().int() })),
  },
  /** petitions that came in a flood, until a person lets them through */
  quarantine: {
    list: query(
      "desk.register",
      listQuarantineInput,
      z.object({ items: z.array(quarantinedItem), total: z.number().int() }),
    ),
    letThrough: mutation(
      "desk.register",
      letThroughInput,
      z.object({ count: z.number().int(), left: z.number().int() }),
    ),
  },
  access: {
    /** a case that the asker does not see, for some hours, with a reason: never tells whether there is such a case */
    ask: mutation("desk.use", askAccessInput, ownAccess),
    mine: query("desk.use", none, z.array(ownAccess)),
    end: mutation("desk.use", z.object({ id }), done),
    /** what waits for the asker as the second person */
    waiting: query("desk.use", none, z.array(waitingAccess)),
    decide: mutation("desk.use", decideAccessInput, done),
    settings: query("signedIn", none, accessSettings),
    saveSettings: mutation("platform.manage", accessSettings, accessSettings),
  },
  recusal: {
    /** for the petitioner, by whoever takes it down for him */
    askFor: mutation("desk.use", askRecusalForInput, acted),
    /** one's own declarations of kinship: nobody else reads them */
    kin: query("desk.use", none, z.array(kinship)),
    declareKin: mutation("desk.use", z.object({ personId: id }), done),
    endKin: mutation("desk.use", z.object({ id }), done),
    declare: mutation("desk.use", z.object({ caseId: id, key: idempotencyKey, reason: text(300) }), done),
    decide: mutation(
      "desk.use",
      z.object({ caseId: id, key: idempotencyKey, personId: id, granted: z.boolean(), reason: text(300) }),
      done,
    ),
  },
  retaliation: {
    reportFor: mutation("desk.use", reportForInput, done),
    get: query(
      "desk.use",
      byId,
      z
        .object({
          unit: bilingual,
          acts: z.array(z.enum(retaliationActs)),
          checkIns: z.number().int(),
          explanations: z.array(
            z.object({
              id,
              question: z.string(),
              dueOn: localDate,
              answer: z.string().nullable(),
              answeredAt: instant.nullable(),
            }),
          ),
        })
        .nullable(),
    ),
    acknowledge: mutation("desk.use", acknowledgeReportInput, acted),
    protect: mutation("desk.use", protectInput, acted),
    askExplanation: mutation("desk.use", askExplanationInput, acted),
    conclude: mutation("desk.use", concludeReportInput, acted),
    /** what units of this person are asked to explain */
    asked: query("desk.use", none, z.array(askedExplanation)),
    explain: mutation("desk.use", explainInput, done),
    /** reports of the last twelve months that this person may open, by the unit complained of, the most first */
    signal: query("desk.use", none, z.array(retaliationSignal)),
  },
  vault: {
    open: mutation("desk.use", z.object({ caseId: id, key: idempotencyKey, purpose: text(300, 4) }), openedIdentity),
    /** asks the custodian, with a reason */
    ask: mutation("desk.use", askIdentityInput, acted),
    requests: query("desk.use", z.object({ side: z.enum(["toDecide", "mine"]) }), z.array(identityRequest)),
    decide: mutation("desk.use", decideIdentityInput, z.object({ caseId: id, version: z.number().int() })),
  },
  routing: {
    /** where the rules of modules think that a petition belongs; a rule that fails is written down */
    propose: mutation("desk.use", z.object({ caseId: id }), routeProposal),
  },
  /** tables that modules answer, where they are on and the asker holds what they need */
  reports: {
    list: query("signedIn", z.object({ unitId: id.optional() }), z.array(reportSummary)),
    run: query("signedIn", reportInput, reportResult),
    /** taken out of the house, which the ledger holds and the file itself says */
    take: mutation("signedIn", takeReportInput, reportTaken),
  },
  modules: {
    list: query("modules.read", none, z.array(moduleSummary)),
    /** incidents at the units that the asker reads, and those of no unit */
    health: query("modules.read", none, z.array(moduleHealth)),
    matrix: query("modules.read", matrixInput, matrix),
    explain: query("modules.read", z.object({ unitId: id, pluginId: z.string().max(60) }), moduleExplanation),
    preview: query("modules.manage", chooseInput.omit({ revision: true }), z.array(choicePreview)),
    choose: mutation(
      "modules.manage",
      chooseInput,
      z.object({ revision: z.number().int(), affected: z.number().int() }),
    ),
    settings: query("modules.read", z.object({ unitId: id, pluginId: z.string().max(60) }), settingsView),
    previewSettings: query("modules.manage", saveSettingsInput.omit({ revision: true, why: true }), settingsPreview),
    saveSettings: mutation("modules.manage", saveSettingsInput, settingsView),
    /** what modules failed to hear of; `retryParked` has it tried again at once */
    parked: query("platform.manage", none, parkedEvents),
    retryParked: mutation(
      "platform.manage",
      z.object({ pluginId: z.string().max(60) }),
      z.object({ count: z.number().int() }),
    ),
    /** told by a page in which a part of a module failed; who was reading is not asked */
    crash: mutation("public", moduleCrashInput, done),
    /** archives that were installed, and whose are taken; `POST /rpc/modules.look` takes a new one */
    installed: query("platform.manage", none, installedModules),
    install: mutation("platform.manage", installArchiveInput, installedModules),
    rollBack: mutation("platform.manage", rollBackInput, installedModules),
    end: mutation("platform.manage", moduleDecision, installedModules),
    release: mutation("platform.manage", moduleDecision, installedModules),
    /** asks that the data of a module that has ended be removed; another administrator decides */
    purge: mutation("platform.manage", moduleDecision, installedModules),
    decidePurge: mutation("platform.manage", decidePurgeInput, installedModules),
    trust: mutation("platform.manage", trustInput, installedModules),
    revoke: mutation("platform.manage", revokeInput, installedModules),
  },
  /** systems of others that call the platform under `/api/v1` */
  systems: {
    list: query("platform.manage", none, z.array(systemView)),
    add: mutation("platform.manage", addSystemInput, z.array(systemView)),
    confirm: mutation("platform.manage", z.object({ systemId: id }), z.array(systemView)),
    end: mutation("platform.manage", systemDecision, z.array(systemView)),
    issueToken: mutation("platform.manage", issueTokenInput, issuedToken),
    revokeToken: mutation("platform.manage", z.object({ tokenId: id }), z.array(systemView)),
  },
  packs: {
    list: query("units.read", none, z.array(packSummary)),
    get: query("units.read", z.object({ unitId: id }), policyTable),
    preview: query("policy.manage", tightenInput.omit({ reason: true }), tighteningPreview),
    tighten: mutation("policy.manage", tightenInput, policyTable),
    versions: query("policy.manage", z.object({ unitId: id }), policyVersions),
    trial: query("units.read", trialInput, trialResult),
    previewMove: query("policy.manage", z.object({ unitId: id, to: packRef }), movePreview),
    move: mutation("policy.manage", movePackInput, moveResult),
  },
  calendars: {
    list: query("units.read", none, z.array(calendarSummary)),
    get: query("units.read", z.object({ unitId: id, year: calendarYear }), calendarView),
    edit: mutation("policy.manage", editCalendarInput, calendarView),
    announce: mutation("platform.manage", announceInput, announced),
  },
  ledger: {
    page: query("ledger.read", ledgerPageInput, page(ledgerEntry)),
    entry: query("ledger.read", ledgerEntryInput, ledgerEntryDetail),
    state: query("ledger.read", none, ledgerState),
    verify: mutation("ledger.read", none, ledgerProof),
    /** at most ten thousand entries; that and why they were taken is itself an entry */
    export: mutation("ledger.read", ledgerExportInput, ledgerExport),
  },
  /** how long things are kept, what is due, and the register of what was destroyed: figures, never which */
  retention: {
    state: query("platform.manage", none, retentionState),
    setRule: mutation("platform.manage", setRetentionInput, retentionState),
    look: mutation("platform.manage", none, retentionState),
    decide: mutation("platform.manage", decideRetentionInput, retentionState),
  },
  /** what modules keep for a discipline organ, and when it goes: for its members alone */
  organTerms: {
    list: query("desk.use", none, z.array(organTerm)),
    ask: mutation("desk.use", organTermInput, organTerm),
    /** by another member than the one who asked */
    confirm: mutation("desk.use", organTermInput, organTerm),
    /** by either: nothing is destroyed, and nothing says that it was asked */
    drop: mutation("desk.use", organTermInput, organTerm),
  },
  backups: {
    state: query("platform.manage", none, backupState),
    savePlan: mutation("platform.manage", backupPlan, backupPlan),
    /** begins one and answers; how it went stands in the list */
    now: mutation("platform.manage", none, done),
  },
  overview: {
    /** A1: what needs an administrator, worst first */
    get: query(
      "units.read",
      none,
      z.object({
        items: z.array(
          z.object({
            level: z.enum(["red", "amber"]),
            code: z.string(),
            params: z.record(z.string(), z.union([z.string(), z.number()])),
            unit: unitSummary.nullable(),
          }),
        ),
        version: z.string(),
        checkedAt: instant,
        modules: z.number().int(),
        units: z.number().int(),
        people: z.number().int(),
      }),
    ),
  },
} as const satisfies Contract;
export type KernelContract = typeof kernelContract;
