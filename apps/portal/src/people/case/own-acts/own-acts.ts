import type { PetitionerCase } from "@doorstep/contracts";
import { kernelClient } from "../../../shell/rpc.ts";

export type OwnValue = string | boolean;
export type OwnValues = Record<string, OwnValue>;

interface Common {
  readonly name: string;
  readonly required?: boolean;
}
export type OwnField =
  | (Common & { readonly kind: "text"; readonly max: number })
  | (Common & { readonly kind: "date" })
  /** words: `<act>.choice.<option>`, and `<act>.note.<option>` where an option needs explaining */
  | (Common & { readonly kind: "choice"; readonly options: readonly string[] })
  | (Common & { readonly kind: "tick" })
  | (Common & { readonly kind: "files" });

/** What names an act of the petitioner: his case and a key of its own. */
export interface OwnOn {
  readonly caseId?: string;
  readonly key: string;
}

/** An act of the petitioner: a short form on a page of its own, and what is said when it is done. */
export interface OwnAct {
  readonly fields: readonly OwnField[];
  readonly send: (values: OwnValues, on: OwnOn, matter: PetitionerCase, fileIds: string[]) => Promise<unknown>;
}

const words = (v: OwnValues, name: string): string => String(v[name] ?? "");

/** Acts by their name in the life cycle; labels stand in the messages as `<act>.title`, `<act>.about`, ... */
export const ownActs = {
  closeMediation: {
    fields: [{ name: "note", kind: "text", max: 2_000 }],
    send: (v, on) => kernelClient.intake.leaveMediation.mutate({ ...on, note: words(v, "note") }),
  },
} as const satisfies Readonly<Record<string, OwnAct>>;

export type OwnActName = keyof typeof ownActs;
export const isOwnAct = (name: string): name is OwnActName => name in ownActs;

/** Acts with a form here that are open now, in the order of the kernel. */
export const openActs = (matter: Pick<PetitionerCase, "acts">): readonly OwnActName[] =>
  matter.acts.flatMap((a) => (a.refusals.length === 0 && isOwnAct(a.act) ? [a.act] : []));
