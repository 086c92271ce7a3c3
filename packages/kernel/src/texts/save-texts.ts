import { DoorstepError, type draftTextInput, locales, type TextSubject, type UnitTexts } from "@doorstep/contracts";
import type { z } from "zod";
import type { Change } from "../change.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { assertNoneMissing, missingIn } from "../letters/letter-fonts.ts";

/** The privacy notice is one text; a letter has at least one part of its wording, and nothing else. */
function assertBelongs(subject: TextSubject, { body, ...wording }: UnitTexts): void {
  const worded = Object.values(wording).some((one) => one !== undefined);
  const fits = subject === "privacy" ? body !== undefined && !worded : body === undefined && worded;
  if (!fits) throw new DoorstepError("input.invalid");
}

/** @throws DoorstepError `notice.glyphMissing`: a letter with these words could never be sealed. */
function assertWritable(texts: UnitTexts): void {
  assertNoneMissing(
    missingIn(Object.values(texts).flatMap((one) => (one ? locales.map((locale) => one[locale]) : []))),
  );
}

/**
 * A new version that waits for another person. The unit's row is locked, so that two drafts never take one number.
 *
 * @throws DoorstepError `input.invalid`, `notice.glyphMissing`
 */
export async function draftText(
  change: Change,
  personId: string,
  input: z.output<typeof draftTextInput>,
): Promise<void> {
  const { unitId, subject, texts, validFrom } = input;
  assertBelongs(subject, texts);
  assertWritable(texts);
  const { client } = change;
  await client.query("select 1 from kernel.units where id = $1 for update", [unitId]);
  const { rows } = await client.query<{ version: number }>(
    `insert into kernel.unit_texts (id, unit_id, subject, version, texts, state, valid_from, drafted_by, drafted_at)
     select $1, $2, $3, coalesce(max(version), 0) + 1, $4, 'draft', $5, $6, $7 from kernel.unit_texts
      where unit_id = $2 and subject = $3 returning version`,
    [change.newId(), unitId, subject, texts, validFrom, personId, change.at],
  );
  await record(change, unitId, { act: "textDrafted", subject, version: rows[0]?.version, validFrom });
}

interface Waiting {
  readonly unit_id: string;
  readonly subject: string;
  readonly version: number;
  readonly state: string;
  readonly drafted_by: string;
}

/**
 * Approves or refuses a draft; nobody decides on his own.
 *
 * @throws DoorstepError `texts.notFound`, `texts.decided`, `second.samePerson`
 */
export async function decideText(
  change: Change,
  personId: string,
  input: { readonly unitId: string; readonly id: string; readonly approve: boolean },
): Promise<void> {
  const { client } = change;
  const { rows } = await client.query<Waiting>(
    "select unit_id, subject, version, state, drafted_by from kernel.unit_texts where id = $1 and unit_id = $2 for update",
    [input.id, input.unitId],
  );
  const [waiting] = rows;
  if (!waiting) throw new DoorstepError("texts.notFound");
  if (waiting.state !== "draft") throw new DoorstepError("texts.decided");
  if (waiting.drafted_by === personId) throw new DoorstepError("second.samePerson");
  await client.query("update kernel.unit_texts set state = $2, decided_by = $3, decided_at = $4 where id = $1", [
    input.id,
    input.approve ? "approved" : "refused",
    personId,
    change.at,
  ]);
  const { subject, version } = waiting;
  await record(change, input.unitId, { act: input.approve ? "textApproved" : "textRefused", subject, version });
}

/** Which words changed stands in the table; the ledger holds that they did, and who answers for it. */
const record = (change: Change, unitId: string, facts: Readonly<Record<string, unknown>>): Promise<void> =>
  recordFact(change.client, { stream: unitId, at: change.at, type: "unit.changed", actor: change.by, facts });
