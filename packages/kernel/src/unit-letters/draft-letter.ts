import {
  DoorstepError,
  type LetterFacts,
  locales,
  type ModuleLetterTexts,
  type Role,
  type Text,
} from "@doorstep/contracts";
import { type Actor, holdsRoleAt } from "../actor.ts";
import { assertInReach, type InName } from "../case-data/open-to-module.ts";
import { type Change, inChange, ledgerActorOf } from "../change.ts";
import { faceNamed } from "../fonts/keep-font.ts";
import type { Kernel } from "../kernel.ts";
import { canonical } from "../ledger/canonical.ts";
import type { LedgerActor } from "../ledger/entry.ts";
import { composeLetter } from "../letters/compose-letter.ts";
import { assertNoneMissing, missingGlyphs } from "../letters/letter-fonts.ts";
import { commonFacts } from "../notices/common-facts.ts";
import { protectFacts } from "../notices/notice-row.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";
import { lockLetter, noteLetter, type OpenCase, touchCase } from "./change-letter.ts";
import { factsOfLetter, type LetterRow, letterNamed } from "./letter-row.ts";

const TEMPLATE = "DM";
type Facts = LetterFacts<typeof TEMPLATE>;

/** A letter to another unit as its module has written it. */
export interface UnitLetter {
  readonly pluginId: string;
  readonly letterId: string;
  readonly template: string;
  readonly title: Text;
  readonly letter: ModuleLetterTexts;
  readonly toUnitId: string;
  /** the petition it belongs to, and with which it is kept and destroyed */
  readonly caseId?: string | undefined;
}

/** Who may have a letter of a unit written. */
const writers: readonly Role[] = ["officer", "officeHead", "signer", "chargeLeader", "supervisor", "discipline"];

/** What stands where a letter of no petition has neither number nor subject of one. */
const NONE = "—";

const actorOf = ({ by }: InName): LedgerActor => (by ? ledgerActorOf(by) : "system");

function assertWriter(by: Actor | null, path: readonly string[]): void {
  if (by && !holdsRoleAt(by, writers, path)) throw new DoorstepError("forbidden");
}

async function living(k: Kernel, unitId: string): Promise<readonly [UnitFacts, ...UnitFacts[]]> {
  const [unit, ...above] = await unitAndAncestors(k.pool, unitId);
  if (!unit?.living) throw new DoorstepError("unit.notFound");
  return [unit, ...above];
}

async function factsFor(
  k: Kernel,
  c: OpenCase | null,
  from: readonly UnitFacts[],
  to: UnitFacts,
  i: UnitLetter,
): Promise<Facts> {
  const about = c ?? { id: i.letterId, caseNo: NONE, title: NONE, organId: null };
  const facts: Facts = {
    ...commonFacts(k, TEMPLATE, about, from, null, null),
    module: { id: i.pluginId, template: i.template },
    title: i.title,
    letter: i.letter,
    toUnit: { name: to.name, ofPetition: c !== null },
  };
  const own = await faceNamed(k, facts.font);
  for (const locale of locales) assertNoneMissing(missingGlyphs(composeLetter(TEMPLATE, facts, locale), own));
  return facts;
}

async function insert(
  k: Kernel,
  change: Change,
  of: { by: Actor | null; c: OpenCase | null; facts: Facts },
  from: UnitFacts,
  i: UnitLetter,
) {
  const { client, at } = change;
  const facts = protectFacts({ keys: k.keys, organId: of.c?.organId ?? null }, i.letterId, of.facts);
  const { rowCount } = await client.query(
    `insert into kernel.unit_letters (id, from_unit_id, to_unit_id, case_id, plugin_id, template, version, facts, state, drafted_by, drafted_at)
      values ($1, $2, $3, $4, $5, $6, 1, $7, 'toSign', $8, $9) on conflict do nothing`,
    [i.letterId, from.id, i.toUnitId, i.caseId ?? null, i.pluginId, i.template, facts, of.by?.personId ?? null, at],
  );
  if (rowCount === 0) throw new DoorstepError("notice.state");
}

/** The same words again change nothing; other words take the place of what nobody has signed. */
async function rewrite(
  k: Kernel,
  change: Change,
  of: { by: Actor | null; c: OpenCase | null; facts: Facts },
  letter: LetterRow,
  i: UnitLetter,
): Promise<boolean> {
  const isSame =
    letter.plugin_id === i.pluginId && letter.template === i.template && letter.case_id === (i.caseId ?? null);
  if (!isSame || letter.to_unit_id !== i.toUnitId || letter.state === "issued") throw new DoorstepError("notice.state");
  if (letter.state === "toSign" && canonical(factsOfLetter(k, letter)) === canonical(of.facts)) return false;
  const facts = protectFacts({ keys: k.keys, organId: of.c?.organId ?? null }, letter.id, of.facts);
  await change.client.query(
    `update kernel.unit_letters set facts = $2, version = version + 1, state = 'toSign', sent_back_reason = '',
       drafted_by = $3, drafted_at = $4 where id = $1`,
    [letter.id, facts, of.by?.personId ?? null, change.at],
  );
  return true;
}

/**
 * Puts a letter of the call's unit to another one before whoever signs for it. The same id is one letter: until it is signed
 * its words may be written anew.
 *
 * @throws DoorstepError `forbidden`, `unit.notFound`, `case.notFound`, `module.sealed`, `notice.glyphMissing`; `notice.state`
 * where the id is another letter's, or it is signed
 */
export async function draftUnitLetter(k: Kernel, name: InName, i: UnitLetter): Promise<void> {
  const [from, ...above] = await living(k, name.unitId);
  assertWriter(name.by, from.path);
  const { rows } = await k.pool.query<{ id: string }>("select kernel.heir($1) as id", [i.toUnitId]);
  const [to] = await living(k, rows[0]?.id ?? i.toUnitId);
  if (to.id === from.id) throw new DoorstepError("unit.notFound");
  if (i.caseId !== undefined) await assertInReach(k, name, i.caseId);
  await inChange(k, actorOf(name), async (change) => {
    const c = i.caseId === undefined ? null : await touchCase(change, i.caseId);
    const before = await letterNamed(change.client, i.letterId);
    const letter = before && (await lockLetter(change, i.letterId));
    if (letter && letter.from_unit_id !== from.id) throw new DoorstepError("notice.state");
    const of = { by: name.by, c, facts: await factsFor(k, c, [from, ...above], to, i) };
    if (letter) {
      if (!(await rewrite(k, change, of, letter, i))) return;
    } else await insert(k, change, of, from, i);
    const written = await letterNamed(change.client, i.letterId);
    if (written) await noteLetter(change, "unitLetter.drafted", written);
  });
}

/**
 * Takes back what nobody has signed: it is gone. What is not there any more is taken back already.
 *
 * @throws DoorstepError `notice.state` once it is signed; `notice.notFound` for a letter of another unit or module
 */
export async function withdrawUnitLetter(
  k: Kernel,
  name: InName,
  of: { readonly pluginId: string; readonly letterId: string },
): Promise<void> {
  const [from] = await living(k, name.unitId);
  assertWriter(name.by, from.path);
  const before = await letterNamed(k.pool, of.letterId);
  if (!before) return;
  if (before.plugin_id !== of.pluginId || before.from_path[0] !== from.id) throw new DoorstepError("notice.notFound");
  await inChange(k, actorOf(name), async (change) => {
    const letter = await lockLetter(change, of.letterId);
    if (letter.state === "issued") throw new DoorstepError("notice.state");
    await change.client.query("delete from kernel.unit_letters where id = $1", [letter.id]);
    await noteLetter(change, "unitLetter.withdrawn", letter);
  });
}
