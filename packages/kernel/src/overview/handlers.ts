import type { UnitSummary } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { inScope, scopeOf } from "../actor-scope.ts";
import { addDays } from "../calendars/local-days.ts";
import { localDateOf } from "../clocks/local-time.ts";
import { hasDuty, unpagedItems } from "../duty/duty-items.ts";
import { standIns } from "../duty/ladder.ts";
import type { Handlers } from "../handlers.ts";
import type { Kernel } from "../kernel.ts";
import { pendingGrants } from "../people/change-grants.ts";
import { signedIn } from "../request-context.ts";
import { hasOrganAbove, intakeRoles, isCovered, signerRoles } from "../units/coverage.ts";
import { isLiving } from "../units/living.ts";
import { summaryJson } from "../units/read-unit.ts";
import { backupItems } from "./backup-items.ts";

export interface OverviewItem {
  level: "red" | "amber";
  code: string;
  params: Record<string, string | number>;
  unit: UnitSummary | null;
}

/** The longest usual period of a petition: holidays have to be known that far ahead. */
const CALENDAR_AHEAD_DAYS = 90;
const UNITS_SHOWN = 20;
/** Calendars are announced for a country; its date is the one of its capital. */
const HOME_TIME_ZONE = "Asia/Shanghai";

/**
 * Units of the actor where something is missing; where it is missing above too, only the topmost is named, with how
 * many below it share the lack.
 */
async function lacking(
  kernel: Kernel,
  actor: Actor,
  lack: {
    readonly level: OverviewItem["level"];
    readonly code: string;
    readonly sql: string;
    readonly params: unknown[];
  },
): Promise<OverviewItem[]> {
  const { subtree, flat } = scopeOf(actor, "units.read");
  const { rows } = await kernel.pool.query<{ unit: UnitSummary; below: number }>(
    `with bare as materialized (
       select u.* from kernel.units u where ${inScope("u", "$1", "$2")} and ${isLiving("u", "$3")} and not ${lack.sql})
     select ${summaryJson("b")} as unit,
       (select count(*)::int from bare d where d.path @> array[b.id] and d.id <> b.id) as below
      from bare b where not exists (select 1 from bare a where a.id <> b.id and a.id = any(b.path))
      order by b.level, b.code limit ${UNITS_SHOWN}`,
    [subtree, flat, kernel.now(), ...lack.params],
  );
  return rows.map((row) => ({ level: lack.level, code: lack.code, params: { below: row.below }, unit: row.unit }));
}

async function calendarItems(kernel: Kernel): Promise<OverviewItem[]> {
  const today = localDateOf(kernel.now().toISOString(), HOME_TIME_ZONE);
  const { rows } = await kernel.pool.query<{ region: string; until: string | null }>(
    `select r.region, max(c.official_until) as until
       from (select distinct calendar_region as region from kernel.units where valid_until is null) r
       left join kernel.calendars c on c.region = r.region group by r.region order by r.region`,
  );
  return rows.flatMap(({ region, until }): OverviewItem[] => {
    if (until === null) return [{ level: "red", code: "calendarMissing", params: { region }, unit: null }];
    if (until >= addDays(today, CALENDAR_AHEAD_DAYS)) return [];
    return [{ level: until < today ? "red" : "amber", code: "calendarEnds", params: { region, until }, unit: null }];
  });
}

async function strandedPeople(kernel: Kernel, actor: Actor): Promise<OverviewItem[]> {
  const { subtree, flat } = scopeOf(actor, "units.read");
  const { rows } = await kernel.pool.query<{ unit: UnitSummary; count: number }>(
    `select ${summaryJson("u")} as unit, count(*)::int as count from kernel.people p join kernel.units u on u.id = p.unit_id
      where p.active and not ${isLiving("u", "$3")} and ${inScope("u", "$1", "$2")}
      group by u.id order by u.code limit ${UNITS_SHOWN}`,
    [subtree, flat, kernel.now()],
  );
  return rows.map((row) => ({
    level: "amber",
    code: "peopleInRetiredUnit",
    params: { count: row.count },
    unit: row.unit,
  }));
}

/** Petitions that came in a flood and wait for a person: by unit, how many. Accusations are the organ's, and not counted. */
async function quarantineItems(kernel: Kernel, actor: Actor): Promise<OverviewItem[]> {
  const { subtree, flat } = scopeOf(actor, "units.manage");
  const { rows } = await kernel.pool.query<{ unit: UnitSummary; count: number }>(
    `select ${summaryJson("u")} as unit, count(*)::int as count from kernel.cases c join kernel.units u on u.id = c.holder_unit_id
      where 'quarantined' = any (c.flags) and c.confidentiality < 3 and ${inScope("u", "$1", "$2")}
      group by u.id order by count(*) desc, u.code limit ${UNITS_SHOWN}`,
    [subtree, flat],
  );
  return rows.map((row) => ({ level: "red", code: "quarantine", params: { count: row.count }, unit: row.unit }));
}

async function waitingGrants(kernel: Kernel, actor: Actor): Promise<OverviewItem[]> {
  const waiting = (await pendingGrants(kernel.pool, actor, kernel.now())).filter((grant) => grant.mayConfirm).length;
  return waiting === 0 ? [] : [{ level: "amber", code: "grantsWaiting", params: { count: waiting }, unit: null }];
}

/** E-mails and the like that were given up: by unit, how many; never to whom. */
async function parkedNews(kernel: Kernel, actor: Actor): Promise<OverviewItem[]> {
  const { subtree, flat } = scopeOf(actor, "modules.read");
  const { rows } = await kernel.pool.query<{ unit: UnitSummary; count: number }>(
    `select ${summaryJson("u")} as unit, count(*)::int as count
       from kernel.notification_deliveries d join kernel.units u on u.id = d.unit_id
      where d.state = 'parked' and ${inScope("u", "$1", "$2")} group by u.id order by u.code limit ${UNITS_SHOWN}`,
    [subtree, flat],
  );
  return rows.map((row) => ({ level: "amber", code: "newsParked", params: { count: row.count }, unit: row.unit }));
}

export const overviewHandlers: Handlers["overview"] = {
  get: async (ctx) => {
    const { kernel } = ctx;
    const actor = signedIn(ctx);
    const modules = await kernel.modules.installed();
    const [intake, organ, signer, calendars, stranded, grants, parked, flooded, backups, duty, unpaged, counts] =
      await Promise.all([
        lacking(kernel, actor, {
          level: "red",
          code: "noIntakePerson",
          sql: isCovered("u", "$4", "$3"),
          params: [intakeRoles],
        }),
        lacking(kernel, actor, {
          level: "amber",
          code: "noDisciplineOrganAbove",
          sql: hasOrganAbove("u", "$3"),
          params: [],
        }),
        lacking(kernel, actor, {
          level: "amber",
          code: "noSigner",
          sql: isCovered("u", "$4", "$3"),
          params: [signerRoles],
        }),
        calendarItems(kernel),
        strandedPeople(kernel, actor),
        waitingGrants(kernel, actor),
        parkedNews(kernel, actor),
        quarantineItems(kernel, actor),
        backupItems(kernel, actor),
        lacking(kernel, actor, {
          level: "red",
          code: "dutyGap",
          sql: hasDuty("u", "$4", "$3"),
          params: [standIns],
        }),
        unpagedItems(kernel, actor),
        countsOf(kernel, actor),
      ]);
    const troubled = modules.troubled.map(
      (module): OverviewItem => ({
        level: module.state === "degraded" ? "amber" : "red",
        code: `module.${module.state}`,
        params: { zh: module.title["zh-CN"], en: module.title.en, id: module.id },
        unit: null,
      }),
    );
    const items = [
      ...unpaged,
      ...troubled,
      ...flooded,
      ...intake,
      ...duty,
      ...calendars,
      ...organ,
      ...signer,
      ...stranded,
      ...parked,
      ...grants,
      ...backups,
    ];
    return {
      items: items.toSorted((a, b) => Number(b.level === "red") - Number(a.level === "red")),
      version: kernel.version,
      checkedAt: kernel.now().toISOString(),
      modules: modules.count,
      ...counts,
    };
  },
};

async function countsOf(kernel: Kernel, actor: Actor): Promise<{ units: number; people: number }> {
  const { subtree, flat } = scopeOf(actor, "units.read");
  const { rows } = await kernel.pool.query<{ units: number; people: number }>(
    `select (select count(*)::int from kernel.units u where ${inScope("u", "$1", "$2")} and ${isLiving("u", "$3")}) as units,
       (select count(*)::int from kernel.people p join kernel.units u on u.id = p.unit_id
         where p.active and ${inScope("u", "$1", "$2")}) as people`,
    [subtree, flat, kernel.now()],
  );
  return rows[0] ?? { units: 0, people: 0 };
}
