/** A letter as the server half gives it. */
export interface LetterView {
  readonly letterId: string;
  readonly office: string;
  readonly facts: string;
  readonly request: string;
  readonly wishedOn: string | null;
  readonly agreedOn: string;
  readonly agreedBy: "told" | "page";
  readonly state: "waiting" | "sentBack" | "sent" | "answered";
  readonly number: string | null;
  readonly sentOn: string | null;
  readonly answer: string | null;
  readonly answeredOn: string | null;
}

/** An affair as the server half gives it. */
export interface AffairView {
  readonly affairId: string;
  readonly caseNo: string;
  readonly title: string;
  readonly holder: { readonly "zh-CN": string; readonly en: string };
  readonly state: "open" | "confirmed" | "notWanted";
  readonly helper: string | null;
  readonly mine: boolean;
  readonly openedAt: string;
  readonly nextOn: string | null;
  readonly isDue: boolean;
  readonly mayAct: boolean;
  /** what the petitioner has said on his own page; `null` where he was not asked there */
  readonly consent: { readonly state: "asked" | "given" | "refused" | "withdrawn"; readonly on: string } | null;
  readonly letters: readonly LetterView[];
  readonly told: readonly { readonly said: string; readonly at: string }[];
}
