import { calendar as calendarSchema, type PolicyPack } from "@doorstep/contracts";
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

const byId = new Intl.Collator("en", { numeric: true });

/** Reads packs and calendars from the kernel's tables; call `reload` when a plugin has brought new ones. */
export async function loadRules(pool: Pool): Promise<Rules & { reload(): Promise<void> }> {
  let packs: readonly PolicyPack[] = [];
  let calendars: ReadonlyMap<string, { readonly region: string; readonly calendar: WorkCalendar }> = new Map();
  const effective = new Map<string, EffectivePack>();

  const reload = async (): Promise<void> => {
    const [p, c] = await Promise.all([
      pool.query<{ body: unknown }>("select body from kernel.policy_packs order by id, version"),
      pool.query<{ id: string; region: string; body: unknown }>("select id, region, body from kernel.calendars"),
    ]);
    packs = p.rows.map((r) => readPack(r.body));
    calendars = new Map(
      c.rows.map((r) => [r.id, { region: r.region, calendar: workCalendar(calendarSchema.parse(r.body)) }]),
    );
    effective.clear();
  };
  await reload();

  const newest = (id: string): PolicyPack | undefined =>
    packs.filter((x) => x.id === id).toSorted((a, b) => compareVersions(b.version, a.version))[0];
  const join = (pack: PolicyPack): EffectivePack => {
    const key = `${pack.id}@${pack.version}`;
    const known = effective.get(key);
    if (known) return known;
    const made = effectivePack(pack, (key) => packs.find((x) => packKey(x) === key));
    effective.set(key, made);
    return made;
  };
  const missing = (what: string, id: string): Error => new Error(`${what} ${id} is not installed`);

  return {
    reload,
    pack: (id, version) => {
      const found = packs.find((x) => x.id === id && x.version === version);
      if (!found) throw missing("policy pack", `${id}@${version}`);
      return join(found);
    },
    packFor: (id, on) => {
      const found = packFor(packs, id, on) ?? newest(id);
      if (!found) throw missing("policy pack", id);
      return join(found);
    },
    calendar: (id) => {
      const found = calendars.get(id);
      if (!found) throw missing("calendar", id);
      return found.calendar;
    },
    newestCalendar: (region) => {
      const found = [...calendars].filter(([, c]) => c.region === region).toSorted(([a], [b]) => byId.compare(b, a))[0];
      if (!found) throw missing("calendar for", region);
      return found[1].calendar;
    },
  };
}
