import type { InName } from "../case-data/open-to-module.ts";
import type { Kernel } from "../kernel.ts";
import { factsOfLetter, type LetterRow, lettersFor, lettersNamed } from "./letter-row.ts";

/** A letter between units as its module reads it. */
export interface OwnUnitLetter {
  readonly letterId: string;
  readonly template: string;
  readonly state: LetterRow["state"];
  readonly toUnit: string;
  readonly number: string | null;
  readonly issuedOn: string | null;
  readonly receivedAt: string | null;
}

/** In repeated work: a signed letter of no petition, or one of the unit or for it; a sealed petition's is nobody's there. */
const isOfUnit = (letter: LetterRow, unitId: string): boolean =>
  letter.organ_id === null &&
  (letter.from_path[0] === unitId ||
    (letter.state === "issued" && (letter.case_id === null || letter.to_path[0] === unitId)));

async function read(k: Kernel, { by, unitId }: InName, ids: readonly string[]): Promise<readonly LetterRow[]> {
  if (by) return await lettersFor(k, by, ids);
  return (await lettersNamed(k.pool, ids)).filter((letter) => isOfUnit(letter, unitId));
}

/** Those of one module among these that whoever asks may read, in the order in which they were asked. */
export async function unitLettersOfModule(
  k: Kernel,
  name: InName,
  pluginId: string,
  letterIds: readonly string[],
): Promise<readonly OwnUnitLetter[]> {
  const found = new Map((await read(k, name, letterIds)).map((letter) => [letter.id, letter]));
  return letterIds.flatMap((letterId) => {
    const letter = found.get(letterId);
    if (letter?.plugin_id !== pluginId) return [];
    return {
      ...{ letterId, template: letter.template, state: letter.state, toUnit: letter.to_unit_id },
      ...{ number: letter.number, issuedOn: factsOfLetter(k, letter).issuedOn },
      receivedAt: letter.received_at?.toISOString() ?? null,
    };
  });
}
