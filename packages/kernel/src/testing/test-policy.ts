import {
  type Calendar,
  type ClockRole,
  type ClockRule,
  type ClockUnit,
  clockRule,
  type PolicyPack,
  policyPack,
  type RoleMap,
} from "@doorstep/contracts";

const DAY_MS = 86_400_000;
const name = { "zh-CN": "测试", en: "test" };

const span = (from: string, to: string) =>
  Array.from({ length: (Date.parse(to) - Date.parse(from)) / DAY_MS + 1 }, (_, i) =>
    new Date(Date.parse(from) + i * DAY_MS).toISOString().slice(0, 10),
  );

const off = [
  ...span("2026-01-01", "2026-01-03"),
  ...span("2026-02-15", "2026-02-23"),
  ...span("2026-04-04", "2026-04-06"),
  ...span("2026-05-01", "2026-05-05"),
  ...span("2026-06-19", "2026-06-21"),
  ...span("2026-09-25", "2026-09-27"),
  ...span("2026-10-01", "2026-10-07"),
];
const work = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"];

/** The year the vectors of domain SPEC §5 were computed with; the kernel's tests install no plugin. */
export const testCalendar: Calendar = {
  id: "test-2026.1",
  region: "test",
  title: name,
  officialFrom: "2026-01-01",
  officialUntil: "2026-12-31",
  sources: [name],
  days: [
    ...off.map((date) => ({ date, kind: "off" as const, name })),
    ...work.map((date) => ({ date, kind: "work" as const, name })),
  ],
};

const rule = (amount: number | null, unit: ClockUnit, more: Partial<ClockRule> = {}) =>
  clockRule.parse({
    amount,
    unit,
    source: "TEST",
    basis: { "zh-CN": "测试规则", en: "test rule" },
    standing: "design",
    startedBy: { "zh-CN": "开始之日", en: "it began" },
    extensionDays: null,
    pauseAllowed: false,
    signals: ["half", "eightyPercent", "threeDaysLeft", "due", "overdue"],
    onBreach: "urge",
    petitionerRight: false,
    tighten: "atMost",
    ...more,
  });
const right: Partial<ClockRule> = {
  signals: ["threeDaysLeft", "due"],
  onBreach: "rightEnds",
  petitionerRight: true,
  tighten: "fixed",
};

/** A pack with the lengths of domain SPEC §5 for the clocks the kernel itself starts. */
export const testPack: PolicyPack = policyPack.parse({
  id: "test-pack",
  version: "1.0",
  title: name,
  validFrom: "2000-01-01",
  verified: true,
  maxHops: 2,
  extensionDays: 30,
  maxRepresentatives: 5,
  clocks: {
    K1: rule(1, "workday", { onBreach: "alert" }),
    K2: rule(15, "day"),
    K2b: rule(5, "day", {
      parts: {
        second: { amount: 3, unit: "day" },
        third: { amount: 3, unit: "day" },
        fourth: { amount: 4, unit: "day" },
      },
    }),
    K3: rule(5, "workday", { onBreach: "rightEnds" }),
    K4: rule(60, "day", { extensionDays: 30 }),
    K5: rule(60, "day", { own: "amount" }),
    K6: rule(3, "workday", { onBreach: "alert" }),
    K7: rule(1, "workday", { onBreach: "alert" }),
    K8: rule(10, "workday"),
    K9: rule(30, "day", { extensionDays: 30 }),
    K10: rule(1, "workday", { onBreach: "alert", parts: { upward: { amount: 5, unit: "workday" } } }),
    K11: rule(15, "workday", { onBreach: "alert", parts: { result: { amount: 15, unit: "workday" } } }),
    K12: rule(30, "day", right),
    K13: rule(3, "workday", { onBreach: "alert" }),
    K14: rule(30, "day"),
    K15: rule(30, "day", right),
    K16: rule(30, "day", { pauseAllowed: true }),
    K17: rule(7, "day", { direction: "before", onBreach: "alert" }),
    K18: rule(30, "day", { onBreach: "alert" }),
    K19: rule(30, "day", right),
    K21: rule(30, "day", right),
    K22: rule(30, "day", { onBreach: "alert" }),
    K23: rule(1, "hour", {
      signals: ["half", "due", "overdue"],
      onBreach: "alert",
      parts: { written: { amount: 2, unit: "hour" } },
    }),
    K24: rule(1, "workday", {
      parts: { protection: { amount: 5, unit: "workday" }, findings: { amount: 30, unit: "day" } },
    }),
    K25: rule(null, "day", { own: "date", tighten: "fixed" }),
    K26: rule(10, "workday"),
    K28: rule(10, "day"),
    K29: rule(5, "workday", { onBreach: "alert" }),
    K32: rule(30, "day", {
      signals: ["due"],
      onBreach: "none",
      tighten: "fixed",
      parts: { second: { amount: 90, unit: "day" }, third: { amount: 180, unit: "day" } },
    }),
    K30: rule(3, "day", { ...right, signals: ["due"] }),
  },
  roleMap: {
    acknowledge: "K1",
    route: "K2",
    tieredTransfer: "K2b",
    objection: "K3",
    passThrough: { simple: "K7" },
    assignedReport: { default: "K5", accusation: null },
    simpleAccept: { simple: "K6" },
    handling: { ordinary: "K4", simple: "K8", suggestion: "K9", accusation: null, statutory: null },
    handover: { accusation: "K10" },
    handoverUpward: { accusation: "K10.upward" },
    accusationResult: { accusation: "K11.result" },
    askReview: { default: "K12", accusation: null, statutory: null },
    acceptReview: "K13",
    decideReview: "K14",
    askRereview: "K15",
    decideRereview: "K16",
    hearingNotice: "K17",
    mediation: "K18",
    courtConfirmation: "K19",
    rating: { default: "K21", accusation: null },
    followUp: "K22",
    urgentPhone: "K23",
    urgentWritten: "K23.written",
    retaliationAcknowledge: "K24",
    retaliationProtection: "K24.protection",
    retaliationFindings: "K24.findings",
    commitment: "K25",
    contestRefusal: "K26",
    urgingReply: "K28",
    designation: "K29",
    withdrawalCoolOff: "K30",
    checkInFirst: "K32",
    checkInSecond: "K32.second",
    checkInThird: "K32.third",
  } satisfies Partial<Record<ClockRole, unknown>> as RoleMap,
});
