import {
  type MandateGiven,
  mandateScopes,
  type PetitionerCase,
  personKinds,
  relations,
  retaliationActs,
} from "@doorstep/contracts";
import { kernelClient } from "../../../shell/rpc.ts";

export type OwnValue = string | boolean;
export type OwnValues = Record<string, OwnValue>;

interface Common {
  readonly name: string;
  readonly required?: boolean;
}
export type OwnField =
  | (Common & { readonly kind: "text"; readonly max: number })
  | (Common & { readonly kind: "line"; readonly max: number })
  | (Common & { readonly kind: "date" })
  /** words: `<act>.choice.<option>`, and `<act>.note.<option>` where an option needs explaining */
  | (Common & { readonly kind: "choice"; readonly options: readonly string[] })
  /** one of what the case holds now, in its own words */
  | (Common & {
      readonly kind: "pick";
      readonly of: (
        matter: PetitionerCase,
        say: (key: string) => string,
      ) => readonly { readonly value: string; readonly label: string; readonly note: string }[];
    })
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
  /** a code that the answer holds, shown once */
  readonly code?: (result: unknown) => string;
}

const words = (v: OwnValues, name: string): string => String(v[name] ?? "");

type OwnPromise = PetitionerCase["promises"][number];
const promised = (which: (p: OwnPromise) => boolean, note: (p: OwnPromise) => string) => (matter: PetitionerCase) =>
  matter.promises.filter(which).map((p) => ({ value: p.id, label: p.text, note: note(p) }));

/** By what the people are to him: their names are in the vault. */
const mandatesIn = (matter: PetitionerCase, say: (key: string) => string) =>
  matter.mandates
    .filter((one) => one.state === "active")
    .map((one) => ({ value: one.id, label: say(`relation.${one.relation}`), note: one.until ?? "" }));

/** Acts by their name in the life cycle; labels stand in the messages as `<act>.title`, `<act>.about`, ... */
export const ownActs = {
  reportRetaliation: {
    fields: [
      ...retaliationActs.map((name) => ({ name, kind: "tick", required: false }) as const),
      { name: "text", kind: "text", max: 8_000 },
      { name: "files", kind: "files" },
    ],
    send: (v, on, _matter, fileIds) =>
      kernelClient.intake.reportRetaliation.mutate({
        ...on,
        acts: retaliationActs.filter((name) => v[name] === true),
        text: words(v, "text"),
        fileIds,
      }),
  },
  answerCheckIn: {
    fields: [
      { name: "worse", kind: "choice", options: ["no", "yes", "notSaying"] },
      { name: "text", kind: "text", max: 4_000, required: false },
    ],
    send: (v, on) =>
      kernelClient.intake.answerCheckIn.mutate({
        ...on,
        worse: v.worse === "yes" || v.worse === "no" ? v.worse : "notSaying",
        text: words(v, "text"),
      }),
  },
  contest: {
    fields: [
      { name: "text", kind: "text", max: 5_000 },
      { name: "files", kind: "files" },
    ],
    send: (v, on, _matter, fileIds) => kernelClient.intake.contest.mutate({ ...on, text: words(v, "text"), fileIds }),
  },
  bringNewFacts: {
    fields: [
      { name: "text", kind: "text", max: 5_000 },
      { name: "files", kind: "files" },
    ],
    send: (v, on, _matter, fileIds) => kernelClient.intake.newFacts.mutate({ ...on, text: words(v, "text"), fileIds }),
  },
  identify: {
    fields: [
      { name: "anonymity", kind: "choice", options: ["confidential", "named"] },
      { name: "name", kind: "line", max: 60 },
      { name: "kind", kind: "choice", options: personKinds },
      { name: "contact", kind: "line", max: 200 },
      { name: "serviceNo", kind: "line", max: 40, required: false },
    ],
    send: (v, on) =>
      kernelClient.intake.identify.mutate({
        ...on,
        anonymity: v.anonymity === "named" ? "named" : "confidential",
        petitioner: {
          name: words(v, "name"),
          kind: personKinds.find((kind) => kind === v.kind) ?? "citizen",
          contact: words(v, "contact"),
          ...(words(v, "serviceNo").trim() && { serviceNo: words(v, "serviceNo").trim() }),
        },
      }),
  },
  giveMandate: {
    fields: [
      { name: "kind", kind: "choice", options: ["family", "delegate"] },
      { name: "relation", kind: "choice", options: relations },
      { name: "name", kind: "line", max: 60 },
      { name: "contact", kind: "line", max: 200 },
      ...mandateScopes.map((name) => ({ name, kind: "tick", required: false }) as const),
      { name: "until", kind: "date" },
    ],
    send: (v, on) =>
      kernelClient.intake.giveMandate.mutate({
        ...on,
        kind: v.kind === "delegate" ? "delegate" : "family",
        relation: relations.find((one) => one === v.relation) ?? "other",
        name: words(v, "name"),
        contact: words(v, "contact"),
        scope: mandateScopes.filter((name) => v[name] === true),
        until: words(v, "until"),
      }),
    code: (given) => (given as MandateGiven).returnCode,
  },
  endMandate: {
    fields: [{ name: "mandateId", kind: "pick", of: mandatesIn }],
    send: (v, on) => kernelClient.intake.endMandate.mutate({ ...on, mandateId: words(v, "mandateId") }),
  },
  askRecusal: {
    fields: [{ name: "reason", kind: "text", max: 1_000 }],
    send: (v, on) => kernelClient.intake.askRecusal.mutate({ ...on, reason: words(v, "reason") }),
  },
  closeMediation: {
    fields: [{ name: "note", kind: "text", max: 2_000 }],
    send: (v, on) => kernelClient.intake.leaveMediation.mutate({ ...on, note: words(v, "note") }),
  },
  fulfil: {
    fields: [
      {
        name: "commitmentId",
        kind: "pick",
        of: promised(
          (p) => p.state === "reported",
          (p) => p.evidence ?? "",
        ),
      },
      { name: "kept", kind: "choice", options: ["yes", "notYet"] },
      { name: "text", kind: "text", max: 2_000, required: false },
    ],
    send: (v, on) =>
      kernelClient.intake.signOff.mutate({
        ...on,
        commitmentId: words(v, "commitmentId"),
        done: v.kept === "yes",
        text: words(v, "text"),
      }),
  },
  answerNewDate: {
    fields: [
      {
        name: "commitmentId",
        kind: "pick",
        of: promised(
          (p) => p.state === "open" && p.asked !== null,
          (p) => `${p.dueOn} → ${p.asked?.dueOn ?? ""} · ${p.asked?.because ?? ""}`,
        ),
      },
      { name: "answer", kind: "choice", options: ["agree", "keep"] },
    ],
    send: (v, on) =>
      kernelClient.intake.answerNewDate.mutate({
        ...on,
        commitmentId: words(v, "commitmentId"),
        agree: v.answer === "agree",
      }),
  },
  takeBackWithdrawal: {
    fields: [],
    send: (_v, on) => kernelClient.intake.takeBackWithdrawal.mutate(on),
  },
  withdraw: {
    fields: [],
    send: (_v, on) => kernelClient.intake.withdraw.mutate(on),
  },
  correctOwn: {
    fields: [
      { name: "name", kind: "text", max: 60, required: false },
      { name: "contact", kind: "text", max: 200, required: false },
    ],
    send: (v, on) => {
      const [name, contact] = [words(v, "name").trim(), words(v, "contact").trim()];
      return kernelClient.intake.correctOwn.mutate({ ...on, ...(name && { name }), ...(contact && { contact }) });
    },
  },
  askErasure: {
    fields: [{ name: "text", kind: "text", max: 2_000 }],
    send: (v, on) => kernelClient.intake.askErasure.mutate({ ...on, text: words(v, "text") }),
  },
  askWithdrawal: {
    fields: [
      { name: "text", kind: "text", max: 2_000 },
      { name: "freeWill", kind: "tick" },
    ],
    send: (v, on) => kernelClient.intake.askWithdrawal.mutate({ ...on, text: words(v, "text"), freeWill: true }),
  },
} as const satisfies Readonly<Record<string, OwnAct>>;

export type OwnActName = keyof typeof ownActs;
export const isOwnAct = (name: string): name is OwnActName => name in ownActs;

/** Acts with a form here that are open now, in the order of the kernel. */
export const openActs = (matter: Pick<PetitionerCase, "acts">): readonly OwnActName[] =>
  matter.acts.flatMap((a) => (a.refusals.length === 0 && isOwnAct(a.act) ? [a.act] : []));
