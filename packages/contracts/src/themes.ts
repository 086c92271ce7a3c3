import { z } from "zod";
import { id } from "./ids.ts";
import { themes } from "./names.ts";
import { bilingual } from "./text.ts";

const theme = z.enum(themes);

/** The words by which a theme is known at a unit: those of the platform, of the units above, and its own. */
export const themeList = z.array(
  z.object({
    theme,
    name: bilingual,
    words: z.array(
      z.object({
        id,
        word: z.string(),
        /** whose it is; `null`: the platform's */
        unit: bilingual.nullable(),
        isOwn: z.boolean(),
        /** `null`: it came with the platform */
        addedAt: z.iso.datetime().nullable(),
      }),
    ),
  }),
);
export const addThemeWordInput = z.object({ unitId: id, theme, id, word: z.string().trim().min(1).max(40) });
export const endThemeWordInput = z.object({ unitId: id, id });
