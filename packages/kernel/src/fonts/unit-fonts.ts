import { type chooseFontInput, DoorstepError, type UnitFontView } from "@doorstep/contracts";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import { assertMayAt } from "../actor-scope.ts";
import type { Change } from "../change.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { unitAndAncestors } from "../pipeline/unit-facts.ts";
import { type Reader, unitPath } from "../units/unit-path.ts";
import { fontInForce } from "./read-fonts.ts";

interface Row {
  readonly font: string | null;
  readonly name: string | null;
  readonly since: string;
  readonly chosenBy: string;
  readonly chosenAt: Date;
}

/** @throws DoorstepError `unit.notFound` */
export async function unitFonts(reader: Reader, actor: Actor, unitId: string, today: string): Promise<UnitFontView> {
  assertMayAt(actor, "units.read", await unitPath(reader, unitId), "unit.notFound");
  const now = fontInForce(await unitAndAncestors(reader as never, unitId), today);
  const { rows } = await reader.query<Row>(
    `select u.font, f.name, u.valid_from as since, p.name as "chosenBy", u.chosen_at as "chosenAt"
       from kernel.unit_fonts u left join kernel.fonts f on f.hash = u.font join kernel.people p on p.id = u.chosen_by
      where u.unit_id = $1 order by u.chosen_at desc, u.id desc`,
    [unitId],
  );
  const named = await reader.query<{ name: string }>("select name from kernel.fonts where hash = $1", [
    now?.font ?? null,
  ]);
  return {
    inForce: now && {
      font: now.font,
      name: named.rows[0]?.name ?? "",
      since: now.from,
      unit: now.of.name,
      inherited: now.of.id !== unitId,
    },
    choices: rows.map((row) => ({ ...row, chosenAt: row.chosenAt.toISOString() })),
  };
}

/**
 * From today on letters of the unit, and of those below that have chosen none, are set in that face. Letters that were
 * written before keep theirs.
 *
 * @throws DoorstepError `font.licenceMissing`, `font.notFound`
 */
export async function chooseFont(
  change: Change,
  personId: string,
  { unitId, font, licensed }: z.output<typeof chooseFontInput>,
  today: string,
): Promise<void> {
  const { client, at } = change;
  if (font !== null) {
    if (!licensed) throw new DoorstepError("font.licenceMissing");
    const { rowCount } = await client.query("select 1 from kernel.fonts where hash = $1 for share", [font]);
    if (rowCount === 0) throw new DoorstepError("font.notFound");
  }
  await client.query(
    `insert into kernel.unit_fonts (id, unit_id, font, valid_from, chosen_by, chosen_at) values ($1, $2, $3, $4, $5, $6)`,
    [change.newId(), unitId, font, today, personId, at],
  );
  const facts = font === null ? { act: "fontDropped" } : { act: "fontChosen", font, licensed };
  await recordFact(client, { stream: unitId, at, type: "unit.changed", actor: change.by, facts });
}
