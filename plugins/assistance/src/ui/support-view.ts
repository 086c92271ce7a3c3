import type { Kind } from "../kinds.ts";

/** Help as the server half gives it. */
export interface SupportView {
  readonly supportId: string;
  readonly caseNo: string;
  readonly title: string;
  readonly holder: { readonly "zh-CN": string; readonly en: string };
  readonly kind: Kind;
  readonly found: string;
  readonly given: string;
  readonly office: string;
  readonly givenOn: string;
  readonly state: "open" | "settled" | "withdrawn";
  readonly withdrawnWhy: string | null;
  readonly followOn: string | null;
  readonly isDue: boolean;
  readonly mayAnswer: boolean;
  readonly mayWithdraw: boolean;
  readonly answers: readonly {
    readonly holds: boolean;
    readonly words: string;
    readonly againOn: string | null;
    readonly at: string;
  }[];
}
