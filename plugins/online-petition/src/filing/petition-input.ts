import { type Answers, STORY_MAX, UNKNOWN_UNIT } from "./answers.ts";
import { proposeTitle } from "./propose-title.ts";

/** The platform's name for this way in. */
export const CHANNEL = "online-petition/online";

export interface PetitionContext {
  readonly key: string;
  readonly language: "zh-CN" | "en";
  readonly fileIds: readonly string[];
  /** What another module asked, in words. */
  readonly further: string;
  /** Used where the story gives no title. */
  readonly fallbackTitle: string;
}

/** The title that will be filed: the writer's own, else the proposed one. */
export function titleOf(answers: Answers, fallback: string): string {
  return answers.title.trim() || proposeTitle(answers.story) || fallback;
}

/** What a module asked gives way to the writer's own words. */
const bodyOf = (story: string, further: string): string =>
  further === "" ? story : `${story}\n\n${further}`.slice(0, Math.max(story.length, STORY_MAX)).trimEnd();

export type PetitionInput = ReturnType<typeof petitionInput>;

/** Makes the petition from the answers. Whoever stays anonymous sends neither name nor contact, whatever was typed. */
export function petitionInput(answers: Answers, context: PetitionContext) {
  const { purpose, identity, unit, kind } = answers;
  if (purpose === "" || identity === "" || unit === null) throw new Error("the questions are not all answered");
  const base = {
    key: context.key,
    unitId: unit === UNKNOWN_UNIT ? null : unit.id,
    channel: CHANNEL,
    via: "online" as const,
    purpose,
    title: titleOf(answers, context.fallbackTitle),
    body: bodyOf(answers.story.trim(), context.further),
    alreadyTried: answers.alreadyTried.trim(),
    concernsLeader: answers.concernsLeader,
    urgentSafety: answers.danger,
    fileIds: [...context.fileIds],
    locale: context.language,
  };
  if (identity === "anonymous" || kind === "") return { ...base, anonymity: "anonymous" as const };
  return {
    ...base,
    anonymity: identity,
    petitioner: {
      name: answers.name.trim(),
      kind,
      contact: answers.contact.trim(),
      filingFor: answers.relation,
      ...(answers.relation === "self"
        ? {}
        : { onBehalfOf: answers.onBehalfOf.trim(), relation: answers.tie, consent: answers.consent }),
    },
  };
}
