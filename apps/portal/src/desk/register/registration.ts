import type { CaseView, Category, Track } from "@doorstep/contracts";
import type { RespondentDraft } from "./respondents-field.tsx";
import { type DemandDraft, filled, proposeDemands } from "./split-demands.ts";

export interface RegistrationValues {
  category: Category | "";
  track: Track | "";
  subRoute: string;
  confidentiality: "1" | "2" | "3" | "";
  severity: CaseView["severity"];
  topicIds: readonly string[];
  demands: readonly DemandDraft[];
  respondents: readonly RespondentDraft[];
  /** for the simple track: the conditions were looked at */
  simpleFits: boolean;
  safetyAnswered: boolean;
  duplicatesChecked: boolean;
}

/** What the petitioner says he wants is a hint; a person chooses the category [SPEC §4 T2]. */
const categoryByPurpose: Readonly<Record<CaseView["purpose"], Category | "">> = {
  solve: "claim",
  help: "claim",
  suggest: "suggestion",
  accuse: "accusation",
  ask: "",
};

/** The procedures that exist for a category. */
export function tracksFor(category: Category | ""): readonly Track[] {
  if (category === "accusation") return ["accusation"];
  if (category === "suggestion") return ["suggestion"];
  return category === "claim" ? ["ordinary", "simple", "statutory"] : [];
}

/** What a choice of category settles by itself; the rest stays as it was chosen. */
export function withCategory(values: RegistrationValues, category: Category | ""): RegistrationValues {
  const tracks = tracksFor(category);
  const keep = values.track !== "" && tracks.includes(values.track);
  return {
    ...values,
    category,
    track: keep ? values.track : (tracks[0] ?? ""),
    subRoute: category === "claim" ? values.subRoute || "6" : "",
    confidentiality: category === "accusation" ? "3" : values.confidentiality === "3" ? "1" : values.confidentiality,
  };
}

/** What is never mediated is sensitive [SPEC §4 T13, §8]. */
export const isSensitive = (topicIds: readonly string[], never: ReadonlySet<string>): boolean =>
  topicIds.some((id) => never.has(id));

/** The level that a choice of topics settles; what is under an organ stays there. */
export const withTopics = (
  level: RegistrationValues["confidentiality"],
  topicIds: readonly string[],
  never: ReadonlySet<string>,
): RegistrationValues["confidentiality"] => (level !== "3" && isSensitive(topicIds, never) ? "2" : level);

/** What the form begins with, from the case as it came in. */
export function registrationOf(
  c: Pick<CaseView, "purpose" | "body" | "desiredOutcome" | "severity" | "confidentiality" | "demands">,
): RegistrationValues {
  const begun: RegistrationValues = {
    category: "",
    track: "",
    subRoute: "",
    confidentiality: c.confidentiality === 2 ? "2" : "1",
    severity: c.severity,
    topicIds: [],
    demands:
      c.demands.length > 0
        ? c.demands.map((demand) => ({ text: demand.text, desiredOutcome: demand.desiredOutcome }))
        : proposeDemands(c.body, c.desiredOutcome),
    respondents: [],
    simpleFits: false,
    safetyAnswered: false,
    duplicatesChecked: false,
  };
  return withCategory(begun, categoryByPurpose[c.purpose]);
}

function respondentToSend(one: RespondentDraft) {
  if (one.kind === "person") return { kind: "person" as const, personId: one.person.id };
  return one.kind === "unit"
    ? { kind: "unit" as const, unitId: one.unit.id }
    : { kind: "words" as const, label: one.label };
}

/** The wire form; called only when the form found nothing missing. */
export function registrationToSend(v: RegistrationValues) {
  return {
    category: v.category === "" ? ("claim" as const) : v.category,
    track: v.track === "" ? ("ordinary" as const) : v.track,
    subRoute: v.category === "claim" && v.subRoute !== "" ? Number(v.subRoute) : null,
    confidentiality: v.confidentiality === "3" ? (3 as const) : v.confidentiality === "2" ? (2 as const) : (1 as const),
    severity: v.severity,
    topicIds: [...v.topicIds],
    demands: [...filled(v.demands)],
    respondents: v.respondents.map(respondentToSend),
    simpleFits: v.track === "simple" && v.simpleFits,
    safetyAnswered: true as const,
    duplicatesChecked: true as const,
  };
}
