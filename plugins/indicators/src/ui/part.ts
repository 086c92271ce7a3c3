import { type Category, categories, type IntakeChannel, intakeChannels } from "@doorstep/sdk";

type Chosen<T extends string> = T | "none" | undefined;

/** A part of all petitions: of one category, by one way in. Absent: all of them. */
export interface Part {
  readonly category: Chosen<Category>;
  readonly channel: Chosen<IntakeChannel>;
}

/** In an address, and in a list to choose from. */
export const ALL = "all";

const among = <T extends string>(all: readonly T[], given: string | undefined): Chosen<T> =>
  [...all, "none" as const].find((one) => one === given);

export const partOf = (category: string | undefined, channel: string | undefined): Part => ({
  category: among(categories, category),
  channel: among(intakeChannels, channel),
});
