import type { Text } from "@doorstep/contracts";
import type { Pool } from "pg";
import { type ChosenFont, chosenFonts } from "../fonts/read-fonts.ts";
import { approvedTexts, type StoredText } from "../texts/read-texts.ts";

export interface OfficeFacts {
  readonly id: string;
  readonly name: Text;
  readonly phone: string;
  readonly address: string;
}

/** What a command needs of a unit: where it stands, how it counts days, how its letters are headed. */
export interface UnitFacts {
  readonly id: string;
  readonly code: string;
  readonly name: Text;
  readonly level: number;
  readonly parentId: string | null;
  /** itself first, the root last */
  readonly path: readonly string[];
  readonly timeZone: string;
  readonly calendarRegion: string;
  readonly policyPack: string;
  readonly living: boolean;
  /** how many people approve a reply; `null` where the unit above decides */
  readonly replyApprovals: 1 | 2 | null;
  /** its own words as they were approved, whatever day they hold from */
  readonly texts: readonly StoredText[];
  /** the faces it chose for its letters, newest first */
  readonly fonts: readonly ChosenFont[];
  readonly petitionOffice: OfficeFacts | null;
  readonly disciplineOrgan: OfficeFacts | null;
}

const office = (kind: string): string =>
  `(select jsonb_build_object('id', o.id, 'zh', o.name_zh, 'en', o.name_en, 'phone', o.phone, 'address', o.address)
     from kernel.offices o where o.unit_id = u.id and o.kind = '${kind}' and o.valid_until is null order by o.id limit 1)`;

const COLUMNS = `u.id, u.code, u.name_zh, u.name_en, u.level, u.parent_id, u.path, u.time_zone, u.calendar_region, u.policy_pack, u.reply_approvals, ${approvedTexts("u.id")} as texts, ${chosenFonts("u.id")} as fonts,
  u.valid_until is null as living, ${office("petitionOffice")} as petition_office, ${office("disciplineOrgan")} as discipline_organ`;

// biome-ignore lint/suspicious/noExplicitAny: the statement's own shape, mapped field by field below.
type Raw = Record<string, any>;

const officeOf = (o: Raw | null): OfficeFacts | null =>
  o && { id: o.id, name: { "zh-CN": o.zh, en: o.en }, phone: o.phone, address: o.address };

const unitOf = (u: Raw): UnitFacts => ({
  id: u.id,
  code: u.code,
  name: { "zh-CN": u.name_zh, en: u.name_en },
  level: u.level,
  parentId: u.parent_id,
  path: u.path.toReversed(),
  timeZone: u.time_zone,
  calendarRegion: u.calendar_region,
  policyPack: u.policy_pack,
  living: u.living,
  replyApprovals: u.reply_approvals,
  texts: u.texts,
  fonts: u.fonts,
  petitionOffice: officeOf(u.petition_office),
  disciplineOrgan: officeOf(u.discipline_organ),
});

/** The unit and all its ancestors, itself first; empty when there is no such unit. `null` asks for the root. */
export async function unitAndAncestors(pool: Pool, unitId: string | null): Promise<readonly UnitFacts[]> {
  const { rows } = await pool.query<Raw>({
    name: "unit_and_ancestors",
    text: `select ${COLUMNS} from kernel.units u
      where u.id = any ((select x.path from kernel.units x where x.id = $1 or ($1::uuid is null and x.parent_id is null and x.valid_until is null) order by x.id limit 1)::uuid[])
      order by u.level desc`,
    values: [unitId],
  });
  return rows.map(unitOf);
}
