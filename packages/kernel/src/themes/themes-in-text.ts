import { type Theme, themes } from "@doorstep/contracts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { caseDocument } from "../search-index/case-document.ts";
import type { Reader } from "../units/unit-path.ts";

type Loaded = Pick<LoadedCase, "organId" | "channel" | "anonymity" | "respondentPeople">;
interface Registered {
  readonly confidentiality: number;
  readonly respondents: readonly { readonly kind: "person" | "unit" | "words" }[];
}

/**
 * Whether a petition's words may be sorted into themes: never those of an accusation or of anything else that is kept to few, never
 * what somebody said in a talk, never where the writer keeps who he is from the unit, and nothing that is about a person [SPEC §14].
 */
export const mayHaveThemes = (
  { organId, channel, anonymity, respondentPeople }: Loaded,
  { confidentiality, respondents }: Registered,
): boolean =>
  confidentiality === 1 &&
  organId === null &&
  channel !== "talkConverted" &&
  anonymity !== "confidential" &&
  respondentPeople.length === 0 &&
  respondents.every(({ kind }) => kind === "unit");

/** Nobody's matter is told by the end of a longer text, and an index of words is kept for no more. */
const MOST_CHARACTERS = 20_000;

/** The words of a unit: the platform's, those of the units above and its own, each as the search asks for it. */
const FIND = `with d as materialized (select to_tsvector('english', $1) as words)
  select distinct w.theme from d join kernel.theme_words w on d.words @@ w.query
   where w.ended_at is null and (w.unit_id is null or w.unit_id = any ($2::uuid[]))`;

/**
 * The themes of a text, by the words that its unit knows them by and the very index by which the search finds it. Only these are kept
 * of it, at the moment of registration: words that are added or ended later change nothing that was counted.
 *
 * @param at - the unit and all above it
 */
export async function themesIn(
  reader: Pick<Reader, "query">,
  { title, body }: { readonly title: string; readonly body: string },
  { path }: { readonly path: readonly string[] },
): Promise<readonly Theme[]> {
  const document = caseDocument({ title, body: body.slice(0, MOST_CHARACTERS), demands: [] });
  const { rows } = await reader.query<{ theme: string }>({
    name: "themes_in_text",
    text: FIND,
    values: [document, path],
  });
  const found = new Set(rows.map(({ theme }) => theme));
  return themes.filter((theme) => found.has(theme));
}
