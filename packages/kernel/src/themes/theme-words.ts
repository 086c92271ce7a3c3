import { DoorstepError, type Theme, themes } from "@doorstep/contracts";
import type { Change } from "../change.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { textQuery } from "../queue/bigrams.ts";
import { type Reader, unitPath } from "../units/unit-path.ts";
import { themeNames } from "./theme-names.ts";

/** Of one unit in one theme: each is looked for in every petition that is registered. */
const MOST = 50;

interface Word {
  readonly theme: Theme;
  readonly id: string;
  readonly word: string;
  readonly unitId: string | null;
  readonly zh: string | null;
  readonly en: string | null;
  readonly addedAt: Date | null;
}

/** The themes with the words by which they are known at a unit, inherited ones first. */
export async function readThemes(reader: Reader, unitId: string) {
  const path = await unitPath(reader, unitId);
  const { rows } = await reader.query<Word>(
    `select w.theme, w.id, w.word, w.unit_id as "unitId", u.name_zh as zh, u.name_en as en, w.added_at as "addedAt"
       from kernel.theme_words w left join kernel.units u on u.id = w.unit_id
      where w.ended_at is null and (w.unit_id is null or w.unit_id = any ($1::uuid[]))
      order by cardinality(u.path) nulls first, w.added_at nulls first, w.id`,
    [path],
  );
  return themes.map((theme) => ({
    ...{ theme, name: themeNames[theme] },
    words: rows
      .filter((row) => row.theme === theme)
      .map(({ id, word, unitId: ownerId, zh, en, addedAt }) => ({
        ...{ id, word, isOwn: ownerId === unitId, addedAt: addedAt?.toISOString() ?? null },
        unit: zh === null ? null : { "zh-CN": zh, en: en ?? zh },
      })),
  }));
}

/** A number by which somebody is reached or known, or an address. */
const OF_A_PERSON = /\d{6,}|@/;
const LONE_HAN = /(?<!\p{Script=Han})\p{Script=Han}(?!\p{Script=Han})/u;

/** Names of people of the house; petitioners' names are sealed and cannot be asked for. */
async function assertNobodys(reader: Reader, word: string): Promise<void> {
  const { rowCount } = await reader.query(
    `select from kernel.people where length(name) > 1
        and (position(lower(name) in lower($1)) > 0 or lower(username) = lower($1)) limit 1`,
    [word],
  );
  if (OF_A_PERSON.test(word) || rowCount !== 0) throw new DoorstepError("themes.personal", { word });
}

const normalised = (word: string): string => word.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trim();

export interface NewWord {
  readonly unitId: string;
  readonly theme: Theme;
  readonly id: string;
  readonly word: string;
}

/**
 * Adds a word by which a theme is known at a unit and below it, for petitions registered from now on. A second press adds nothing. A word
 * belongs to one theme: nobody makes one theme lie within another by giving it the other's words [ADR 44].
 *
 * @throws DoorstepError `themes.personal`, `themes.noWord`, `themes.wordTaken`, `themes.tooMany`
 */
export async function addWord(change: Change, by: string, { unitId, theme, id, word: said }: NewWord): Promise<void> {
  const { client, at } = change;
  const word = normalised(said);
  // one after the other at a unit, so that the limit holds
  await client.query("select from kernel.units where id = $1 for no key update", [unitId]);
  const before = await client.query("select from kernel.theme_words where id = $1 and unit_id = $2 and word = $3", [
    ...[id, unitId, word],
  ]);
  if (before.rowCount === 1) return;
  await assertNobodys(client, word);
  const { han, words } = textQuery(word);
  const asked = "nullif($1, '')::tsquery";
  const { rows } = await client.query<{ query: string | null }>(
    `select q::text as query from (select case when $1 = '' then phraseto_tsquery('english', $2)
        when $2 = '' then ${asked} else ${asked} && phraseto_tsquery('english', $2) end as q) x where numnode(q) > 0`,
    [han, words],
  );
  const query = rows[0]?.query;
  if (!query || word.length < 2 || LONE_HAN.test(word)) throw new DoorstepError("themes.noWord", { word });
  const live = await client.query<{ mine: boolean; same: boolean }>(
    `select theme = $1 and unit_id is not distinct from $2 as mine, word = $3 or query = $5::tsquery as same from kernel.theme_words
      where ended_at is null and (unit_id is null or unit_id = any ($4::uuid[]))`,
    [theme, unitId, word, await unitPath(client, unitId), query],
  );
  if (live.rows.some(({ same }) => same)) throw new DoorstepError("themes.wordTaken", { word });
  if (live.rows.filter(({ mine }) => mine).length >= MOST) throw new DoorstepError("themes.tooMany", { most: MOST });
  const { rowCount } = await client.query(
    `insert into kernel.theme_words (id, theme, unit_id, word, query, added_at, added_by)
     values ($1, $2, $3, $4, $5::tsquery, $6, $7) on conflict (id) do nothing`,
    [id, theme, unitId, word, query, at, by],
  );
  if (rowCount !== 1) throw new DoorstepError("input.invalid");
  await recordFact(client, {
    ...{ stream: unitId, at, type: "theme.changed", actor: change.by },
    facts: { theme, word: id, act: "added" },
  });
}

/** Ends a word of the unit's own; what it has sorted stays sorted. A second press ends nothing. @throws DoorstepError `themes.wordGone` */
export async function endWord(change: Change, by: string, on: { readonly unitId: string; readonly id: string }) {
  const { client, at } = change;
  const { rows } = await client.query<{ theme: Theme; ended: boolean }>(
    "select theme, ended_at is not null as ended from kernel.theme_words where id = $1 and unit_id = $2 for update",
    [on.id, on.unitId],
  );
  const [row] = rows;
  if (!row) throw new DoorstepError("themes.wordGone");
  if (row.ended) return;
  await client.query("update kernel.theme_words set ended_at = $2, ended_by = $3 where id = $1", [on.id, at, by]);
  await recordFact(client, {
    ...{ stream: on.unitId, at, type: "theme.changed", actor: change.by },
    facts: { theme: row.theme, word: on.id, act: "ended" },
  });
}
