import {
  type Anonymity,
  type deskFileInput,
  type Id,
  type Purpose,
  personKinds,
  type takenDown,
} from "@doorstep/contracts";
import type { z } from "zod";

export const deskChannels = ["letter", "visit", "phone", "fax"] as const;

export interface FilingValues {
  via: (typeof deskChannels)[number] | "";
  anonymity: Anonymity | "";
  name: string;
  kind: string;
  contact: string;
  serviceNo: string;
  headcount: number | undefined;
  purpose: Purpose | "";
  title: string;
  body: string;
  alreadyTried: string;
  desiredOutcome: string;
  concernsLeader: boolean;
  urgentSafety: boolean;
  receivedOn: string;
  readBack: boolean;
}

export const emptyFiling: FilingValues = {
  via: "",
  anonymity: "named",
  name: "",
  kind: "",
  contact: "",
  serviceNo: "",
  headcount: 1,
  purpose: "",
  title: "",
  body: "",
  alreadyTried: "",
  desiredOutcome: "",
  concernsLeader: false,
  urgentSafety: false,
  receivedOn: "",
  readBack: false,
};

/** Spoken words are taken down by somebody else, so they are read back and confirmed [R22:19]. */
export const isSpoken = (via: FilingValues["via"]): boolean => via === "visit" || via === "phone";

/** What somebody at the counter would still ask for. */
export function missingIn(v: FilingValues): readonly (keyof FilingValues)[] {
  const missing: (keyof FilingValues)[] = [];
  if (v.anonymity !== "anonymous") {
    if (v.name.trim() === "") missing.push("name");
    if (!personKinds.some((kind) => kind === v.kind)) missing.push("kind");
  }
  if (isSpoken(v.via) && !v.readBack) missing.push("readBack");
  return missing;
}

type PersonKind = (typeof personKinds)[number];
/** The form has asked for a kind; the list itself is the contract's. */
const kindOf = (chosen: string): PersonKind => personKinds.find((kind) => kind === chosen) ?? "citizen";

/** What was taken down, as it is sent; called only when the form found nothing missing. */
export function takenOf(v: FilingValues, unitId: Id): z.input<typeof takenDown> {
  return {
    unitId,
    purpose: v.purpose === "" ? "solve" : v.purpose,
    title: v.title,
    body: v.body,
    alreadyTried: v.alreadyTried,
    desiredOutcome: v.desiredOutcome,
    concernsLeader: v.concernsLeader,
    urgentSafety: v.urgentSafety,
    anonymity: v.anonymity === "" ? "named" : v.anonymity,
    ...(v.anonymity === "anonymous"
      ? {}
      : {
          petitioner: {
            name: v.name,
            kind: kindOf(v.kind),
            contact: v.contact,
            ...(v.serviceNo.trim() === "" ? {} : { serviceNo: v.serviceNo }),
          },
        }),
    headcount: v.headcount ?? 1,
    readBack: isSpoken(v.via) ? v.readBack : false,
    ...(v.receivedOn === "" ? {} : { receivedOn: v.receivedOn }),
  };
}

/** The same for the desk's own channels. */
export const filingToSend = (v: FilingValues, unitId: Id, key: string): z.input<typeof deskFileInput> => ({
  key,
  via: v.via === "" ? "letter" : v.via,
  ...takenOf(v, unitId),
});
