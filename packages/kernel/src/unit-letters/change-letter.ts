import { DoorstepError, type EventType } from "@doorstep/contracts";
import type { Change } from "../change.ts";
import type { Facts } from "../ledger/entry.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { type LetterRow, letterNamed } from "./letter-row.ts";

/** A petition that a letter may belong to. */
export interface OpenCase {
  readonly id: string;
  readonly caseNo: string;
  readonly title: string;
  readonly organId: string | null;
}

/**
 * Moves the petition on by a version: an act that puts its words under another key reads them anew, this letter among them.
 *
 * @throws DoorstepError `case.notFound`, `module.sealed` for accusations
 */
export async function touchCase({ client }: Change, caseId: string): Promise<OpenCase> {
  const { rows } = await client.query<OpenCase & { readonly level: number }>(
    `update kernel.cases set version = version + 1 where id = $1 and destroyed_on is null
      returning id, case_no as "caseNo", title, organ_id as "organId", confidentiality as level`,
    [caseId],
  );
  const [found] = rows;
  if (!found) throw new DoorstepError("case.notFound");
  if (found.level === 3) throw new DoorstepError("module.sealed");
  return found;
}

/**
 * The letter as nobody else changes it until the transaction ends; its petition first, as every act takes it.
 *
 * @throws DoorstepError `notice.notFound`, `module.sealed`
 */
export async function lockLetter(change: Change, letterId: string): Promise<LetterRow> {
  const before = await letterNamed(change.client, letterId);
  if (!before) throw new DoorstepError("notice.notFound");
  if (before.case_id !== null) await touchCase(change, before.case_id);
  await change.client.query("select from kernel.unit_letters where id = $1 for update", [letterId]);
  const letter = await letterNamed(change.client, letterId);
  if (!letter) throw new DoorstepError("notice.notFound");
  return letter;
}

type LetterEvent = Extract<EventType, `unitLetter.${string}`>;

/** Each letter is a chain of its own: what is in it and which petition it belongs to is not said there. */
export const noteLetter = (
  { client, at, by }: Change,
  type: LetterEvent,
  letter: Pick<LetterRow, "id" | "from_unit_id" | "to_unit_id" | "plugin_id" | "template" | "version">,
  more: Facts = {},
): Promise<void> =>
  recordFact(client, {
    stream: letter.id,
    at,
    type,
    actor: by,
    facts: {
      ...{ unit: letter.from_unit_id, toUnit: letter.to_unit_id, module: letter.plugin_id, code: letter.template },
      ...{ version: letter.version, ...more },
    },
  });
