import { DoorstepError } from "@doorstep/contracts";
import { assertInReach, type InName, partyOf } from "../case-data/open-to-module.ts";
import type { Kernel } from "../kernel.ts";
import { execute } from "../pipeline/execute.ts";
import {
  draftModuleLetter,
  MODULE_LETTER,
  type ModuleLetter,
  type TakenBack,
  takeBackModuleLetter,
} from "./letter-acts.ts";

/**
 * Puts a module's letter before whoever signs for the unit; one of a template that was not signed yet is replaced.
 *
 * @throws DoorstepError `case.notFound`, `forbidden`, `notice.glyphMissing`; `act.refused` with `module.sealed`
 */
export async function draftLetterOf(
  k: Kernel,
  name: InName,
  caseId: string,
  letter: ModuleLetter,
): Promise<{ readonly noticeId: string }> {
  await assertInReach(k, name, caseId);
  return await execute(k, draftModuleLetter, { caseId, key: k.newId(), party: partyOf(name) }, letter);
}

/**
 * Takes back what a module has put before whoever signs and nobody has signed.
 *
 * @returns `false` where nothing waits
 * @throws DoorstepError `case.notFound`, `forbidden`; `act.refused` with `module.sealed`
 */
export async function takeBackLetterOf(k: Kernel, name: InName, caseId: string, taken: TakenBack): Promise<boolean> {
  await assertInReach(k, name, caseId);
  try {
    await execute(k, takeBackModuleLetter, { caseId, key: k.newId(), party: partyOf(name) }, taken);
    return true;
  } catch (error) {
    if (error instanceof DoorstepError && error.code === "notice.notFound") return false;
    throw error;
  }
}

/** A letter as its module reads it. */
export interface OwnLetter {
  readonly noticeId: string;
  readonly template: string;
  readonly state: "draft" | "issued";
  readonly sentBack: boolean;
  readonly number: string | null;
  readonly issuedOn: string | null;
}

/**
 * Letters of one module at a petition, oldest first; none of an accusation.
 *
 * @throws DoorstepError `case.notFound`
 */
export async function lettersOfModule(
  k: Kernel,
  name: InName,
  caseId: string,
  pluginId: string,
): Promise<readonly OwnLetter[]> {
  await assertInReach(k, name, caseId);
  const { rows } = await k.pool.query<{
    id: string;
    template: string;
    state: string;
    back: boolean;
    number: string | null;
    issued_on: string | null;
  }>(
    `select n.id, n.facts #>> '{module,template}' as template, n.state, n.sent_back_reason is not null as back, n.number,
        n.facts ->> 'issuedOn' as issued_on
      from kernel.notices n join kernel.cases c on c.id = n.case_id and c.confidentiality < 3
     where n.case_id = $1 and n.code = $3 and n.facts #>> '{module,id}' = $2 order by n.created_at, n.id`,
    [caseId, pluginId, MODULE_LETTER],
  );
  return rows.map((row) => ({
    noticeId: row.id,
    template: row.template,
    state: row.state === "draft" ? "draft" : "issued",
    sentBack: row.back,
    number: row.number,
    issuedOn: row.issued_on,
  }));
}
