import type { Rung, triggerCodes } from "../ladder.ts";

interface Words {
  readonly "zh-CN": string;
  readonly en: string;
}

/** A matter as the server half gives it. */
export interface MatterView {
  readonly matterId: string;
  /** `null`, as its number: it belongs to no petition */
  readonly caseId: string | null;
  readonly caseNo: string | null;
  readonly title: string | Words;
  readonly holder: Words;
  readonly state: "raised" | "asked" | "answered" | "closed" | "dismissed";
  readonly isLate: boolean;
  readonly openedAt: string;
  readonly dueOn: string | null;
  readonly result: string;
  readonly triggers: readonly {
    readonly code: (typeof triggerCodes)[number];
    readonly at: string;
    readonly why: string;
  }[];
  readonly steps: readonly {
    readonly no: number;
    readonly rung: Rung;
    readonly words: string;
    readonly bySelf: boolean;
    readonly givenAt: string;
    readonly dueOn: string;
    readonly answer: string | null;
    readonly answeredAt: string | null;
    readonly sentBack: string | null;
  }[];
}

export const titleOf = ({ title }: Pick<MatterView, "title">, language: keyof Words): string =>
  typeof title === "string" ? title : title[language];
