import { z } from "zod";
import {
  acceptInput,
  acceptReviewInput,
  acted,
  answerObjectionInput,
  approvalItem,
  assignInput,
  callHearingInput,
  caseView,
  clockView,
  closeHearingInput,
  closeMediationInput,
  countsOutput,
  decideRereviewInput,
  decideReviewInput,
  deliverInput,
  designateInput,
  deskFileInput,
  extendInput,
  finaliseInput,
  handOverInput,
  handOverOutput,
  handToOrganInput,
  heardInput,
  judgeRepeatInput,
  listInput,
  noteInput,
  noticePreview,
  noticeView,
  objectInput,
  openMediationInput,
  originalRow,
  queueItem,
  registerInput,
  repeatCandidate,
  replyInput,
  routeInput,
  sealInput,
  searchInput,
  sendBackInput,
  similarCase,
  similarInput,
  timelineItem,
} from "./cases.ts";
import { id, idempotencyKey, instant, localDate, page, pageInput, text } from "./ids.ts";
import {
  fileInput,
  fileResult,
  importInput,
  importOutcome,
  leaveMediationInput,
  messageInput,
  ownCase,
  petitionerCase,
  petitionerIdentity,
  rateInput,
  requestReviewInput,
} from "./intake.ts";
import { ledgerEntry, ledgerPageInput, ledgerProof } from "./ledger.ts";
import {
  choicePreview,
  chooseInput,
  matrix,
  matrixInput,
  moduleExplanation,
  moduleSummary,
  registry,
  saveSettingsInput,
  settingsView,
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
  createPersonInput,
  grant,
  grantInput,
  listPeopleInput,
  passwordSlip,
  personDetail,
  personSummary,
  secondFactorRule,
  sessionMe,
  sessionSummary,
  updatePersonInput,
} from "./people.ts";
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
} from "./retaliation.ts";
import { bilingual } from "./text.ts";
import {
  createUnitInput,
  findUnitsInput,
  importReport,
  noticeBoard,
  publicUnit,
  saveTopicsInput,
  topicCatalogue,
  unitChangePreview,
  unitDetail,
  unitNode,
  unitSummary,
  updateUnitInput,
} from "./units.ts";

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
    rate: mutation("petitioner", rateInput, done),
    requestReview: mutation("petitioner", requestReviewInput, z.object({ reviewBody: bilingual, decideBy: localDate })),
    requestRereview: mutation(
      "petitioner",
      requestReviewInput,
      z.object({ reviewBody: bilingual, decideBy: localDate }),
    ),
    signOff: mutation("petitioner", signOffInput, acted),
    answerNewDate: mutation("petitioner", answerNewDateInput, acted),
    askWithdrawal: mutation("petitioner", askWithdrawalInput, acted),
    takeBackWithdrawal: mutation("petitioner", ownActInput, acted),
    withdraw: mutation("petitioner", ownActInput, acted),
    leaveMediation: mutation("petitioner", leaveMediationInput, acted),
    reportRetaliation: mutation("petitioner", reportRetaliationInput, done),
    answerCheckIn: mutation("petitioner", answerCheckInInput, acted),
    /** the petitioner's reports of this matter, or the matter of this report */
    linked: query("petitioner", z.object(ownCase), z.array(linkedReport)),
    /** with the code of one he may look at the other */
    openLinked: mutation("petitioner", z.object({ caseId: id }), z.object({ caseId: id })),
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
    get: query("desk.use", byId, caseView),
    byNo: query("desk.use", z.object({ caseNo: z.string().max(20) }), caseView),
    timeline: query("desk.use", z.object({ caseId: id, ...pageInput }), page(timelineItem)),
    original: query("desk.use", byId, originalRow.nullable()),
    similar: query("desk.use", similarInput, z.array(similarCase)),
    repeats: query("desk.use", byId, z.array(repeatCandidate)),
    judgeRepeat: mutation("desk.use", judgeRepeatInput, acted),
    register: mutation("desk.use", registerInput, acted),
    route: mutation("desk.use", routeInput, acted),
    object: mutation("desk.use", objectInput, acted),
    answerObjection: mutation("desk.use", answerObjectionInput, acted),
    designate: mutation("desk.use", designateInput, acted),
    handToOrgan: mutation("desk.use", handToOrganInput, acted),
    accept: mutation("desk.use", acceptInput, acted),
    assign: mutation("desk.use", assignInput, acted),
    handOver: mutation("desk.use", handOverInput, handOverOutput),
    heard: mutation("desk.use", heardInput, acted),
    openMediation: mutation("desk.use", openMediationInput, acted),
    closeMediation: mutation("desk.use", closeMediationInput, acted),
    callHearing: mutation("desk.use", callHearingInput, acted),
    closeHearing: mutation("desk.use", closeHearingInput, acted),
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
    /** says who has the case open, and answers who else has */
    present: mutation("desk.use", presenceInput, present),
  },
  clocks: {
    explain: query("desk.use", byId, z.array(clockView)),
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
  recusal: {
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
  },
  vault: {
    open: mutation(
      "vault.open",
      z.object({ caseId: id, key: idempotencyKey, purpose: text(300, 4) }),
      petitionerIdentity.partial({ contact: true }),
    ),
  },
  modules: {
    list: query("modules.read", none, z.array(moduleSummary)),
    matrix: query("modules.read", matrixInput, matrix),
    explain: query("modules.read", z.object({ unitId: id, pluginId: z.string().max(60) }), moduleExplanation),
    preview: query("modules.manage", chooseInput.omit({ revision: true }), z.array(choicePreview)),
    choose: mutation(
      "modules.manage",
      chooseInput,
      z.object({ revision: z.number().int(), affected: z.number().int() }),
    ),
    settings: query("modules.read", z.object({ unitId: id, pluginId: z.string().max(60) }), settingsView),
    saveSettings: mutation("modules.manage", saveSettingsInput, settingsView),
  },
  packs: {
    list: query(
      "units.read",
      none,
      z.array(z.object({ id: z.string(), version: z.string(), title: bilingual, verified: z.boolean() })),
    ),
  },
  calendars: {
    list: query(
      "units.read",
      none,
      z.array(z.object({ id: z.string(), officialUntil: localDate, endsSoon: z.boolean() })),
    ),
  },
  ledger: {
    page: query("ledger.read", ledgerPageInput, page(ledgerEntry)),
    verify: query("ledger.read", none, ledgerProof),
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
