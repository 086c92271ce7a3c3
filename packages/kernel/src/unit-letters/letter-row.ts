import { DoorstepError, type Role, type Text, type UnitLetterItem } from "@doorstep/contracts";
import type { PoolClient } from "pg";
import { type Actor, holdsRoleAt } from "../actor.ts";
import { MAY_SEE, maySeeValues } from "../audience/visible.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import { revealFacts } from "../notices/notice-row.ts";
import { readCursor, writeCursor } from "../queue/list-cases.ts";

/** Whose business letters between units are: whoever works at petitions in one of the two. */
const readers: readonly Role[] = [
  "clerk",
  "officer",
  "handler",
  "officeHead",
  "signer",
  "chargeLeader",
  "reviewer",
  "discipline",
  "supervisor",
];
const signers: readonly Role[] = ["signer"];

export interface LetterRow {
  readonly id: string;
  readonly from_unit_id: string;
  readonly to_unit_id: string;
  readonly case_id: string | null;
  readonly plugin_id: string;
  readonly template: string;
  readonly version: number;
  readonly facts: object;
  readonly state: UnitLetterItem["state"];
  readonly drafted_by: string | null;
  readonly drafted_at: Date;
  readonly sent_back_reason: string;
  readonly number: string | null;
  readonly hash: Buffer | null;
  readonly signed_by: string | null;
  readonly issued_at: Date | null;
  readonly received_at: Date | null;
  readonly case_no: string | null;
  readonly organ_id: string | null;
  /** of the unit that stands in its place today, itself first */
  readonly from_path: readonly string[];
  readonly to_path: readonly string[];
  readonly from_zh: string;
  readonly from_en: string;
  readonly to_zh: string;
  readonly to_en: string;
  readonly held: boolean;
  readonly hold_asked: "hold" | "lift" | null;
  readonly hold_by: string | null;
  readonly hold_at: Date | null;
  readonly hold_reason: string;
  readonly holder: string | null;
  readonly drafter: string | null;
  readonly signer: string | null;
  readonly receiver: string | null;
}

const COLUMNS = `l.*, c.case_no, c.organ_id, f.name_zh as from_zh, f.name_en as from_en, t.name_zh as to_zh, t.name_en as to_en,
    array_reverse(fh.path) as from_path, array_reverse(th.path) as to_path, hb.name as holder, d.name as drafter, s.name as signer, r.name as receiver
  from kernel.unit_letters l
    join kernel.units f on f.id = l.from_unit_id join kernel.units t on t.id = l.to_unit_id
    join kernel.units fh on fh.id = kernel.heir(l.from_unit_id) join kernel.units th on th.id = kernel.heir(l.to_unit_id)
    left join kernel.cases c on c.id = l.case_id
    left join kernel.people hb on hb.id = l.hold_by
    left join kernel.people d on d.id = l.drafted_by left join kernel.people s on s.id = l.signed_by
    left join kernel.people r on r.id = l.received_by`;
/** What was destroyed by rule is there no more for anybody. */
const THERE = "l.facts <> '{}'";

type Reader = Pick<Kernel["pool"] | PoolClient, "query">;

/** Letters as they lie there, asked for nobody. */
export async function lettersNamed(db: Reader, letterIds: readonly string[]): Promise<readonly LetterRow[]> {
  const { rows } = await db.query<LetterRow>(`select ${COLUMNS} where l.id = any ($1::uuid[]) and ${THERE}`, [
    letterIds,
  ]);
  return rows;
}

export const letterNamed = async (db: Reader, letterId: string): Promise<LetterRow | undefined> =>
  (await lettersNamed(db, [letterId]))[0];

export const maySign = (actor: Actor, letter: LetterRow): boolean => holdsRoleAt(actor, signers, letter.from_path);
const isReader = (actor: Actor, path: readonly string[]): boolean => holdsRoleAt(actor, readers, path);
const isOfReceiver = (actor: Actor, letter: LetterRow): boolean =>
  letter.state === "issued" && isReader(actor, letter.to_path);

const holders: readonly Role[] = ["officer", "supervisor"];
/** As a legal hold of a petition is asked by an officer and set by another one or whoever signs for the unit. */
export const mayAskHold = (actor: Actor, letter: LetterRow): boolean =>
  letter.case_id === null && holdsRoleAt(actor, holders, letter.from_path);
export const mayDecideHold = (actor: Actor, letter: LetterRow): boolean =>
  letter.case_id === null && holdsRoleAt(actor, [...holders, ...signers], letter.from_path);

function holdSteps(actor: Actor, letter: LetterRow): UnitLetterItem["steps"] {
  if (letter.hold_asked === null) return mayAskHold(actor, letter) ? [letter.held ? "askLift" : "askHold"] : [];
  if (letter.hold_by === actor.personId) return ["dropHold"];
  return mayDecideHold(actor, letter) ? ["decideHold", "dropHold"] : [];
}

function holdShown(actor: Actor, letter: LetterRow): UnitLetterItem["holdAsked"] {
  const { hold_asked: asked, hold_at: at, holder, hold_reason: reason } = letter;
  if (asked === null || at === null || !isReader(actor, letter.from_path)) return null;
  return { on: asked === "hold", by: holder ?? "", at: at.toISOString(), reason };
}

/** Whoever reaches the receiving unit only from the one that wrote, or from above both, says nothing in its name. */
export const mayConfirm = (actor: Actor, { state, from_path, to_path, received_at }: LetterRow): boolean =>
  state === "issued" &&
  received_at === null &&
  actor.grants.some(
    ({ role, unitId, subtree }) =>
      readers.includes(role) &&
      (unitId === to_path[0] || (subtree && to_path.includes(unitId) && !from_path.includes(unitId))),
  );

/**
 * Those among these that the actor may read: he works at petitions in one of the two units and, where it belongs to a
 * petition, may see that. One he may not is like none, and takes the same one statement.
 */
export async function lettersFor(
  k: Pick<Kernel, "pool">,
  actor: Actor,
  letterIds: readonly string[],
): Promise<readonly LetterRow[]> {
  const [, ...ways] = maySeeValues(actor, "");
  const { rows } = await k.pool.query<LetterRow>(
    `select ${COLUMNS} where l.id = any ($1::uuid[]) and ${THERE}
       and (l.case_id is null or exists (${MAY_SEE.replaceAll("$1", "l.case_id")}))`,
    [letterIds, ...ways],
  );
  return rows.filter((letter) => isReader(actor, letter.from_path) || isOfReceiver(actor, letter));
}

/** @throws DoorstepError `notice.notFound` */
export async function letterFor(k: Pick<Kernel, "pool">, actor: Actor, letterId: string): Promise<LetterRow> {
  const [letter] = await lettersFor(k, actor, [letterId]);
  if (!letter) throw new DoorstepError("notice.notFound");
  return letter;
}

/** Units where he has one of the roles, with those below where it reaches there, and those whose place they took. */
const HELD = (subtree: string, flat: string): string =>
  `(select u.id from kernel.units u where u.path && ${subtree}::uuid[] or u.id = any(${flat}::uuid[])
      or u.valid_until is not null and exists (select from kernel.units h where h.id = kernel.heir(u.id)
        and (h.path && ${subtree}::uuid[] or h.id = any(${flat}::uuid[]))))`;

export type LetterList = "toSign" | "received" | "sent";

const lists: Readonly<
  Record<LetterList, { readonly at: string; readonly where: string; readonly roles: typeof readers }>
> = {
  toSign: { at: "drafted_at", where: `l.state = 'toSign' and l.from_unit_id in ${HELD("$6", "$7")}`, roles: signers },
  received: { at: "issued_at", where: `l.state = 'issued' and l.to_unit_id in ${HELD("$6", "$7")}`, roles: readers },
  sent: { at: "drafted_at", where: `l.from_unit_id in ${HELD("$6", "$7")}`, roles: readers },
};

/** Newest first, a page at a time; letters of petitions by the one predicate. */
export async function letterPage(
  k: Pick<Kernel, "pool">,
  actor: Actor,
  asked: { readonly list: LetterList; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ readonly rows: readonly LetterRow[]; readonly nextCursor: string | null }> {
  const { at, where, roles } = lists[asked.list];
  const held = actor.grants.filter((grant) => roles.includes(grant.role));
  const [, ...ways] = maySeeValues(actor, "");
  const { rows } = await k.pool.query<LetterRow & { readonly listed_at: Date }>(
    `select l.${at} as listed_at, ${COLUMNS} where ${where} and ${THERE}
       and (l.case_id is null or exists (${MAY_SEE.replaceAll("$1", "l.case_id")}))
       and (l.${at}, l.id) < ($8::timestamptz, $9::uuid) order by l.${at} desc, l.id desc limit $1`,
    [
      asked.limit + 1,
      ...ways,
      held.filter((grant) => grant.subtree).map((grant) => grant.unitId),
      held.filter((grant) => !grant.subtree).map((grant) => grant.unitId),
      ...(readCursor(asked.cursor) ?? ["infinity", "ffffffff-ffff-ffff-ffff-ffffffffffff"]),
    ],
  );
  const page = rows.slice(0, asked.limit);
  const last = page.at(-1);
  const more = rows.length > asked.limit && last;
  return { rows: page, nextCursor: more ? writeCursor([last.listed_at.toISOString(), last.id]) : null };
}

export interface LetterFactsKept {
  readonly title: Text;
  readonly issuedOn: string | null;
  readonly font?: string;
  readonly signer?: { readonly picture: string };
}

export const factsOfLetter = (k: Pick<Kernel, "keys">, letter: LetterRow): LetterFactsKept & object =>
  revealFacts({ keys: k.keys, organId: letter.organ_id }, letter.id, letter.facts) as LetterFactsKept;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** As it is shown to somebody who may read it, with what he may do. */
export function shownLetter(k: Pick<Kernel, "keys">, actor: Actor, letter: LetterRow): UnitLetterItem {
  const { reveal } = shelterOf(k.keys, { id: letter.id, organId: letter.organ_id });
  const signs = letter.state === "toSign" && maySign(actor, letter);
  return {
    letterId: letter.id,
    title: factsOfLetter(k, letter).title,
    from: { id: letter.from_unit_id, name: { "zh-CN": letter.from_zh, en: letter.from_en } },
    to: { id: letter.to_unit_id, name: { "zh-CN": letter.to_zh, en: letter.to_en } },
    case: letter.case_id === null ? null : { id: letter.case_id, caseNo: letter.case_no ?? "" },
    module: letter.plugin_id,
    state: letter.state,
    version: letter.version,
    number: letter.number,
    draftedAt: letter.drafted_at.toISOString(),
    draftedBy: letter.drafter,
    sentBackReason: reveal(places.unitLetter(letter.id), letter.sent_back_reason),
    issuedAt: iso(letter.issued_at),
    signedBy: letter.signer,
    receivedAt: iso(letter.received_at),
    receivedBy: letter.receiver,
    held: letter.held,
    holdAsked: holdShown(actor, letter),
    steps: [
      ...holdSteps(actor, letter),
      ...(signs && letter.drafted_by !== actor.personId ? (["sign"] as const) : []),
      ...(signs ? (["sendBack"] as const) : []),
      ...(mayConfirm(actor, letter) ? (["confirm"] as const) : []),
    ],
  };
}
