import type { PolicyPackInput, Text } from "@doorstep/sdk";

type ClockRuleInput = NonNullable<PolicyPackInput["clocks"]["K1"]>;
type Source = Pick<ClockRuleInput, "source" | "basis" | "standing">;

const numerals = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
const zhNumber = (n: number) =>
  `${n >= 20 ? numerals[Math.floor(n / 10)] : ""}${n >= 10 ? "十" : ""}${numerals[n % 10]}`;

/** Articles of the Regulations on Petition Work of 2022. */
export const r22 = (...articles: readonly number[]): Source => ({
  source: `R22:${articles.join(",")}`,
  basis: {
    "zh-CN": `《信访工作条例》${articles.map((a) => `第${zhNumber(a)}条`).join("、")}`,
    en: `Regulations on Petition Work (2022), Art. ${articles.join(", ")}`,
  },
  standing: "statute",
});

/** A number this platform chose because no rule gives one. */
export const design: Source = {
  source: "DC",
  basis: { "zh-CN": "连心桥默认设置（法规未作规定）", en: "default of this platform (no rule gives a number)" },
  standing: "design",
};

export const source = (key: string, standing: Source["standing"], zh: string, en: string): Source => ({
  source: key,
  basis: { "zh-CN": zh, en },
  standing,
});

/** Events that periods run from; read as "from the day after …, when …". */
export const startedBy = {
  received: { "zh-CN": "收到信访事项之日", en: "the petition was received" },
  arrived: { "zh-CN": "收到转送（交办）件之日", en: "the transfer arrived" },
  accepted: { "zh-CN": "受理之日", en: "the petition was accepted" },
  replyReceived: { "zh-CN": "收到答复之日", en: "the reply was received" },
  reviewRequested: { "zh-CN": "收到复查申请之日", en: "the request for review was received" },
  reviewReplyReceived: { "zh-CN": "收到复查意见之日", en: "the review opinion was received" },
  rereviewRequested: { "zh-CN": "收到复核申请之日", en: "the request for re-review was received" },
  concluded: { "zh-CN": "办结之日", en: "the petition was concluded" },
} as const satisfies Record<string, Text>;

const early = ["half", "eightyPercent", "threeDaysLeft"] as const;

/** A duty of a unit: warnings on the way, then an urge item [DC: signals of SPEC §5]. */
export const duty = {
  direction: "after",
  extensionDays: null,
  pauseAllowed: false,
  signals: [...early, "due", "overdue"],
  onBreach: "urge",
  petitionerRight: false,
  tighten: "atMost",
} as const satisfies Partial<ClockRuleInput>;

/** A duty whose breach alerts somebody instead of urging. */
export const watched = { ...duty, onBreach: "alert" } as const satisfies Partial<ClockRuleInput>;

/** Time that belongs to the petitioner: nobody shortens it, its end is no fault of anybody. */
export const right = {
  ...duty,
  signals: ["threeDaysLeft", "due"],
  onBreach: "rightEnds",
  petitionerRight: true,
  tighten: "fixed",
} as const satisfies Partial<ClockRuleInput>;
