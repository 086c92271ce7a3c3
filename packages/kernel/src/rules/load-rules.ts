import { type Calendar, calendar as calendarSchema, type PolicyPack } from "@doorstep/contracts";
import type { Pool } from "pg";
import { type WorkCalendar, workCalendar } from "../calendars/work-calendar.ts";
import {
  compareVersions,
  type EffectivePack,
  effectivePack,
  packFor,
  packKey,
  readPack,
} from "../clocks/policy-rules.ts";
import type { Rules } from "../kernel.ts";
import { calendarName, editsAlong, type OwnDays, partsOfName, withOwnDays } from "./own-days.ts";
import { shortenedAt, type Tightening } from "./tightenings.ts";

const byId = new Intl.Collator("en", { numeric: true });

const TIGHTENINGS = `select t.unit_id as "unitId", t.version, t.valid_from as "validFrom", t.numbers,
    jsonb_build_object('zh-CN', u.name_zh, 'en', u.name_en) as unit
  from kernel.tightenings t join kernel.units u on u.id = t.unit_id`;
const EDITS = `select revision, unit_id as "unitId", version, days from kernel.calendar_edits`;

interface Installed {
  readonly data: Calendar;
  readonly installedAt: number;
  readonly made: WorkCalendar;
}

interface Kept {
  readonly stamp: number;
  readonly packs: readonly PolicyPack[];
  readonly calendars: ReadonlyMap<string, Installed>;
  readonly tightenings: readonly Tightening[];
  readonly edits: readonly OwnDays[];
}

/** The stamp is read first: what comes in between makes it too old, and the next look reads again. */
async function read(pool: Pool): Promise<Kept> {
  const stamp = await pool.query<{ stamp: string }>("select kernel.rules_stamp() as stamp");
  const [p, c, t, e] = await Promise.all([
    pool.query<{ body: unknown }>("select body from kernel.policy_packs order by id, version"),
    pool.query<{ id: string; body: unknown; installed_at: Date }>(
      "select id, body, installed_at from kernel.calendars",
    ),
    pool.query<Tightening>(TIGHTENINGS),
    pool.query<OwnDays>(EDITS),
  ]);
  const installed = (body: unknown, at: Date): Installed => {
    const data = calendarSchema.parse(body);
    return { data, installedAt: at.getTime(), made: workCalendar(data) };
  };
  return {
    stamp: Number(stamp.rows[0]?.stamp),
    packs: p.rows.map((r) => readPack(r.body)),
    calendars: new Map(c.rows.map((r) => [r.id, installed(r.body, r.installed_at)])),
    tightenings: t.rows,
    edits: e.rows,
  };
}

/** Reads packs, calendars and what units have made of them from the kernel's tables. */
export async function loadRules(pool: Pool): Promise<Rules & { reload(): Promise<void> }> {
  let kept = await read(pool);
  const effective = new Map<string, EffectivePack>();
  const counted = new Map<string, WorkCalendar>();

  const reload = async (): Promise<void> => {
    kept = await read(pool);
    effective.clear();
    counted.clear();
  };

  const newest = (id: string): PolicyPack | undefined =>
    kept.packs.filter((x) => x.id === id).toSorted((a, b) => compareVersions(b.version, a.version))[0];
  const join = (pack: PolicyPack): EffectivePack => {
    const key = packKey(pack);
    const known = effective.get(key);
    if (known) return known;
    const made = effectivePack(pack, (parent) => kept.packs.find((x) => packKey(x) === parent));
    effective.set(key, made);
    return made;
  };
  const missing = (what: string, id: string): Error => new Error(`${what} ${id} is not installed`);
  const calendarNamed = (name: string): WorkCalendar => {
    const known = counted.get(name);
    if (known) return known;
    const { announced, revisions } = partsOfName(name);
    const found = kept.calendars.get(announced);
    const edits = revisions.map((revision) => kept.edits.find((e) => e.revision === revision));
    if (!found || edits.includes(undefined)) throw missing("calendar", name);
    const made = withOwnDays(found.made, edits as OwnDays[]);
    counted.set(name, made);
    return made;
  };
  const announced = (region: string): Installed => {
    // the farthest that is announced; of two the one brought in last, which corrects the other
    const [first] = [...kept.calendars.values()]
      .filter((c) => c.data.region === region)
      .toSorted(
        (a, b) =>
          b.made.officialUntil - a.made.officialUntil ||
          b.installedAt - a.installedAt ||
          byId.compare(b.data.id, a.data.id),
      );
    if (!first) throw missing("calendar for", region);
    return first;
  };

  return {
    reload,
    async refresh(stamp) {
      if (stamp !== kept.stamp) await reload();
    },
    pack: (id, version) => {
      const found = kept.packs.find((x) => x.id === id && x.version === version);
      if (!found) throw missing("policy pack", `${id}@${version}`);
      return join(found);
    },
    packFor: (id, on) => {
      const found = packFor(kept.packs, id, on) ?? newest(id);
      if (!found) throw missing("policy pack", id);
      return join(found);
    },
    packs: () => kept.packs,
    shortened: (pathToRoot, on) => shortenedAt(kept.tightenings, pathToRoot, on),
    calendar: calendarNamed,
    calendars: () => [...kept.calendars.values()].map((c) => c.data),
    announced: (region) => announced(region).data,
    newestCalendar: (region, pathToRoot) =>
      calendarNamed(calendarName(announced(region).data.id, editsAlong(kept.edits, pathToRoot))),
    // the petitioner's own time runs by what was announced, whatever a unit has added
    announcedFor: (name) => calendarNamed(partsOfName(name).announced),
  };
}
