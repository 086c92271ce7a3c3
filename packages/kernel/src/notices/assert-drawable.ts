import type { LetterTemplate } from "@doorstep/contracts";
import { faceNamed } from "../fonts/keep-font.ts";
import type { Kernel } from "../kernel.ts";
import { composeLetter } from "../letters/compose-letter.ts";
import { allTexts, assertNoneMissing, missingGlyphs, missingIn } from "../letters/letter-fonts.ts";
import { readable } from "../letters/readable-text.ts";
import type { Batch } from "../pipeline/batch.ts";
import { revealFacts } from "./notice-row.ts";

interface Row {
  readonly id: string;
  readonly code: LetterTemplate;
  readonly state: string;
  readonly facts: object;
}

interface Answered {
  readonly demands?: readonly { readonly text?: string; readonly desiredOutcome?: string }[];
  readonly plainSummary?: string;
  readonly font?: string;
}

/** Written down as it was said: what is in it is nobody's here to change. */
const RECORD: LetterTemplate = "D2";
const issued = ["submitted", "sealed", "delivered"];

/** What was typed into a reply before this act: it is sealed by somebody else than its author. */
const answersIn = ({ demands, plainSummary }: Answered): readonly string[] =>
  allTexts([(demands ?? []).map(({ text: _text, desiredOutcome: _wish, ...own }) => own), plainSummary]);

/**
 * A letter is sealed only if what people of the office wrote in it can be drawn. What the petitioner wrote is no
 * reason: nobody could change it, and where no font has a character it is named by its number.
 *
 * @throws DoorstepError `notice.glyphMissing`
 */
export async function assertDrawable(
  k: Pick<Kernel, "pool" | "keys">,
  organId: string | null,
  input: unknown,
  rows: Batch | undefined,
): Promise<void> {
  const letters = [...(rows?.notices ?? []), ...(rows?.notice_patch ?? [])] as readonly Row[];
  for (const { id, code, state, facts } of letters) {
    if (code === RECORD || !issued.includes(state)) continue;
    const { $previous: _before, ...open } = revealFacts({ keys: k.keys, organId }, id, facts) as Record<
      string,
      unknown
    >;
    const typed = [...allTexts(input), ...answersIn(open as Answered)].map((text) => readable(text, "zh-CN"));
    const lacking = missingIn(typed);
    if (lacking.length === 0) continue;
    const own = await faceNamed(k, (open as Answered).font);
    const drawn = missingGlyphs(composeLetter(code, open as never, "zh-CN"), own);
    assertNoneMissing(lacking.filter((character) => drawn.includes(character)));
  }
}
