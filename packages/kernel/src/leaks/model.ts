/**
 * Who may know of a case, written from the specification (§7, §8, §16) and from nothing else: no line of it is shared
 * with what decides in the kernel.
 */
export type Level = 1 | 2 | 3;

/** One case of each level; an accusation split out of an ordinary petition, and what that left behind. */
export type CaseName = "plain" | "confidential" | "accusation" | "toOrgan" | "leftBehind";

interface Case {
  readonly name: CaseName;
  readonly level: Level;
  readonly stage: Stage;
}

/** How a person stands to the case; held by the first battalion, about its company and about one person. */
export const relations = [
  "officerOfHolder",
  "clerkOfHolder",
  "handler",
  "handlerBefore",
  "handlerRecused",
  "decidedBefore",
  "decidedBeforeAndLeft",
  "officeHeadOfHolder",
  "signerOfHolder",
  "custodianOfHolder",
  "supervisorOfHolder",
  "chargeLeaderOfHolder",
  "superiorWithAllBelow",
  "superiorForItselfAlone",
  "officerOfOtherUnit",
  "officerOfAssistingUnit",
  "officerOfRespondentUnit",
  "headOfRespondentUnit",
  "respondentPerson",
  "colleagueOfRespondent",
  "organInCharge",
  "otherOrgan",
  "disciplineWithoutOrgan",
  "mediator",
  "talkOfficer",
  "dutyHelper",
  "analyst",
  "auditor",
  "unitAdmin",
  "platformAdmin",
  "kinOfPetitioner",
  "disputeMediator",
  "letInBefore",
  "letInNow",
  "letInOnce",
  "petitioner",
  "petitionerOnDuty",
  "otherPetitioner",
  "delegate",
  "delegateOfAccuser",
  "formerDelegate",
  "nobody",
] as const;
export type Relation = (typeof relations)[number];

/** Whoever stood near an ordinary petition before an accusation was split out of it, or stands near what came of it. */
export const nearTheSplit: readonly Relation[] = [
  "officerOfHolder",
  "clerkOfHolder",
  "handler",
  "handlerBefore",
  "signerOfHolder",
  "superiorWithAllBelow",
  "officerOfOtherUnit",
  "respondentPerson",
  "organInCharge",
  "otherOrgan",
  "letInNow",
  "petitioner",
  "delegateOfAccuser",
  "nobody",
];

/** The highest level seen at the desk; an accusation belongs to its organ alone, whatever somebody holds at a unit. */
const upTo: Partial<Readonly<Record<Relation, 1 | 2>>> = {
  clerkOfHolder: 1,
  officerOfHolder: 2,
  handler: 2,
  handlerBefore: 2,
  // he must not handle or review it again (§6.8); what his role shows him he sees as before
  decidedBefore: 2,
  officeHeadOfHolder: 2,
  signerOfHolder: 2,
  custodianOfHolder: 2,
  supervisorOfHolder: 2,
  chargeLeaderOfHolder: 2,
  superiorWithAllBelow: 2,
};

/** How far the cases have come: more is written in them, and more lists could show them. */
export type Stage = "received" | "inHandling" | "replied";

/** Before the registration nobody has said whom it is about, and nobody stands out for what comes only with the handling. */
const notYetOut: readonly Relation[] = [
  "handlerRecused",
  "respondentPerson",
  "colleagueOfRespondent",
  "disputeMediator",
];

export function seesAtDesk(relation: Relation, { name, level, stage }: Case): boolean {
  if (relation === "letInNow") return true;
  // what accuses goes to the organ above the unit that had it
  if (level === 3) return relation === (name === "toOrgan" ? "otherOrgan" : "organInCharge");
  // while something is owed: once the petition is answered, no more
  if (relation === "officerOfAssistingUnit") return stage === "inHandling" && name !== "leftBehind";
  if (stage !== "received") return (upTo[relation] ?? 0) >= level;
  // the level, too, is said at the registration
  return notYetOut.includes(relation) || (upTo[relation] ?? 0) >= 1;
}

/** Covered words are read by those who handle the case or lead them: not by whoever was let in, or asked to assist (§8). */
export const readsCovered = (relation: Relation): boolean =>
  relation !== "letInNow" && relation !== "officerOfAssistingUnit";

/** A mandate is for one petition. */
export const delegateOf = {
  delegate: "confidential",
  delegateOfAccuser: "toOrgan",
  formerDelegate: "plain",
} as const satisfies Partial<Record<Relation, CaseName>>;

/** His own matter, on his own page; nobody else's, and never the other way round. */
export const isPetitioner = (relation: Relation): boolean =>
  relation === "petitioner" || relation === "petitionerOnDuty";

/** Whoever speaks for the petitioner sees his matter as long as he may, but not what is the petitioner's alone. */
export const seesAsOwner = (relation: Relation, { name }: Case): boolean =>
  isPetitioner(relation) ||
  (relation === "delegate" && name === delegateOf.delegate) ||
  (relation === "delegateOfAccuser" && name === delegateOf.delegateOfAccuser);
