import type { ModuleLetterTexts, Text } from "@doorstep/contracts";
import type { z } from "zod";
import type { Plugin, PluginSpec } from "../define-plugin.ts";

/**
 * What a letter says, in both languages, as plain data: `blocks` (headings, paragraphs, lists, tables), a last line, lines to
 * be signed by hand, and in `plain` what every letter answers in everyday words: what was decided, why, what the petitioner
 * can do, until when. Number, unit, date, seal, contact and layout are the kernel's.
 *
 * @since 0.1
 */
export type LetterTexts = ModuleLetterTexts;

/**
 * A letter of the plugin's own. Point `kernel/template@1`, capability `notices` or `letters`.
 *
 * @since 0.1
 */
export interface TemplateSpec<F extends z.ZodObject = z.ZodObject> {
  /** Over the letter, and in every list. */
  readonly title: Text;
  /** What the letter is made from. */
  readonly data: F;
  /** Nothing but its data: the same give the same letter. */
  render(data: z.output<F>): LetterTexts | Promise<LetterTexts>;
}

/**
 * Fixes the types of one template; returns what it is given.
 *
 * @since 0.1
 */
export const template = <P extends PluginSpec, F extends z.ZodObject>(
  _plugin: Plugin<P>,
  spec: TemplateSpec<F>,
): TemplateSpec<F> => spec;
