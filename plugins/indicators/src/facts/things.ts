import { themes } from "@doorstep/sdk";

/** What is counted, each with what may hold of it. A thing is counted in the month of its day, at the unit that owed it. */
export const things = {
  /** a petition that was registered, on that day, with what its own words are about */
  registration: ["repeat", ...themes],
  /** a day by which acceptance was to be decided (K2) */
  acceptance: ["inTime"],
  /** a day by which a petition was to be concluded (K4) */
  conclusion: ["inTime", "inTimeUnextended", "answered"],
  /** a day by which a petition was to be handled, or to be accepted and never was */
  due: ["answered"],
  /** a reply that was delivered, on that day */
  answer: [
    ...([
      "rated",
      "unitSatisfied",
      "officeSatisfied",
      "manyHops",
      "reviewed",
      "reviewDecided",
      "reviewChanged",
    ] as const),
    ...(["within15", "within30", "within60"] as const),
  ],
  /** a day by which a review or the last review was to be decided (K14, K16) */
  review: ["inTime"],
  /** a day by which a unit was to report how an assignment had ended (K5), at the unit that had assigned it */
  assignment: ["inTime"],
  /** 90 days after the reply to a matter that was brought for the first time */
  resolution: ["held"],
  /** the reply to a suggestion, on that day */
  suggestion: ["adopted"],
  /** a petition that a leader had taken and ended with, on that day */
  charge: ["settled"],
  /** a day by which something promised was to be done */
  commitment: ["kept"],
} as const;

export type Thing = keyof typeof things;

interface Indicator {
  readonly thing: Thing;
  /** what is divided: what of the thing counts above the line */
  readonly above: string;
  /** below the line: absent, all of it */
  readonly below?: string;
  /** of what the exact number says more than the share: its median and 90th percentile, or its mean */
  readonly spread?: "days" | "hops";
}

/** The indicators of the field by their numbers there; those of other modules are not among them. */
export const indicators = {
  I1: { thing: "acceptance", above: "inTime" },
  I2: { thing: "conclusion", above: "inTime" },
  I2x: { thing: "conclusion", above: "inTimeUnextended" },
  I3: { thing: "review", above: "inTime" },
  I4: { thing: "answer", above: "rated" },
  I5: { thing: "answer", above: "unitSatisfied", below: "rated" },
  I5o: { thing: "answer", above: "officeSatisfied", below: "rated" },
  I6: { thing: "resolution", above: "held" },
  I7: { thing: "registration", above: "repeat" },
  I8: { thing: "due", above: "answered" },
  I9: { thing: "answer", above: "within60", spread: "days" },
  I10: { thing: "answer", above: "manyHops", spread: "hops" },
  I11: { thing: "answer", above: "reviewed" },
  I11c: { thing: "answer", above: "reviewChanged", below: "reviewDecided" },
  I12: { thing: "commitment", above: "kept" },
  I19: { thing: "charge", above: "settled" },
  I21: { thing: "suggestion", above: "adopted" },
} as const satisfies Record<string, Indicator>;

export type IndicatorCode = keyof typeof indicators;
export const indicatorCodes = Object.keys(indicators) as readonly IndicatorCode[];
export const indicatorOf = (code: IndicatorCode): Indicator => indicators[code];
