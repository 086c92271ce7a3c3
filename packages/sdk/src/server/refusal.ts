import { DoorstepError, type Text } from "@doorstep/contracts";

/**
 * A refusal in the plugin's own words: throw it where somebody has to act on it. He reads what is in the way and what to do
 * next; `reason` is for whoever calls.
 *
 * @since 0.1
 */
export const refusal = (reason: string, words: Text): DoorstepError =>
  new DoorstepError("module.refused", { reason, why: words["zh-CN"], whyEn: words.en });
