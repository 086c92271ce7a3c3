import { type ConsentView, DoorstepError, type Text } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { assertInReach, type InName, partyOf } from "../case-data/open-to-module.ts";
import { assertMaySee, recordRead } from "../cases/read-case.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { execute, readsByAccess } from "../pipeline/execute.ts";
import { loadCase } from "../pipeline/load-case.ts";
import { coverFor, isInCircle } from "../redaction/circle.ts";
import { covered } from "../redaction/cover.ts";
import { type AskedConsent, askConsent, CONSENT_COLUMNS, type ConsentRow, dropConsent } from "./consent-acts.ts";

/**
 * Asks the petitioner for his consent.
 *
 * @throws DoorstepError `case.notFound`, `forbidden`; `act.refused` with `consent.stands`, `mediation.never` or `module.sealed`
 */
export async function askForConsent(k: Kernel, name: InName, caseId: string, asked: AskedConsent): Promise<string> {
  await assertInReach(k, name, caseId);
  return (await execute(k, askConsent, { caseId, key: k.newId(), party: partyOf(name) }, asked)).consentId;
}

/**
 * It is asked no more, or needed no more.
 *
 * @throws DoorstepError `case.notFound`, `forbidden`; `act.refused` with `consent.notAsked` or `module.sealed`
 */
export async function dropConsentOf(
  k: Kernel,
  name: InName,
  caseId: string,
  which: { readonly pluginId: string; readonly code: string },
): Promise<void> {
  await assertInReach(k, name, caseId);
  await execute(k, dropConsent, { caseId, key: k.newId(), party: partyOf(name) }, which);
}

const rowsOf = async (k: Pick<Kernel, "pool">, caseId: string): Promise<readonly ConsentRow[]> =>
  (
    await k.pool.query<ConsentRow>(
      `select ${CONSENT_COLUMNS} from kernel.consents where case_id = $1 and words <> '' order by asked_at, id`,
      [caseId],
    )
  ).rows;

/** A consent as its module reads it. */
export interface OwnConsent {
  readonly code: string;
  readonly state: ConsentRow["state"];
  readonly askedAt: string;
  readonly answeredAt: string | null;
}

/**
 * What one module has asked at a petition, oldest first; nothing of an accusation.
 *
 * @throws DoorstepError `case.notFound`
 */
export async function consentsOfModule(
  k: Kernel,
  name: InName,
  caseId: string,
  pluginId: string,
): Promise<readonly OwnConsent[]> {
  await assertInReach(k, name, caseId);
  const { rows } = await k.pool.query<ConsentRow>(
    `select ${CONSENT_COLUMNS} from kernel.consents
      where case_id = $1 and plugin_id = $2 and exists (select from kernel.cases c where c.id = $1 and c.confidentiality < 3)
      order by asked_at, id`,
    [caseId, pluginId],
  );
  return rows.map((row) => ({
    code: row.code,
    state: row.state,
    askedAt: row.asked_at.toISOString(),
    answeredAt: row.answered_at?.toISOString() ?? null,
  }));
}

/** All that was asked of the petitioner, as he reads it himself. */
export async function consentsOf(
  k: Pick<Kernel, "pool" | "keys">,
  c: Pick<LoadedCase, "id" | "organId">,
): Promise<ConsentView[]> {
  const { reveal } = shelterOf(k.keys, c);
  return (await rowsOf(k, c.id)).map((row) => ({
    id: row.id,
    module: { "zh-CN": row.title_zh, en: row.title_en },
    words: JSON.parse(reveal(places.consent(row.id), row.words)) as Text,
    state: row.state,
    askedAt: row.asked_at.toISOString(),
    answeredAt: row.answered_at?.toISOString() ?? null,
  }));
}

/**
 * The same for the desk; what is covered in the case is covered here.
 *
 * @throws DoorstepError `case.notFound`
 */
export async function readConsents(k: Kernel, actor: Actor, caseId: string): Promise<ConsentView[]> {
  await assertMaySee(k, actor, caseId);
  const loaded = await loadCase(k.pool, caseId, "", "");
  if (!loaded) throw new DoorstepError("case.notFound");
  const c = loaded.case;
  const found = await consentsOf(k, c);
  if (found.length > 0) await recordRead(k, actor, c, readsByAccess({ kind: "person", actor }, c, loaded.audience));
  return isInCircle(actor, loaded) ? found : covered(found, coverFor(k, c));
}
