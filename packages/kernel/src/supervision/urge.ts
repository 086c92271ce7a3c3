import { type ClockCode, clockNames, type Mark, states, type Text } from "@doorstep/contracts";
import { addDays } from "../calendars/local-days.ts";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import type { Scene } from "../life-cycle/rule.ts";
import { dueFacts } from "../notices/due-facts.ts";
import { type Issuer, issued, issuerOf } from "../notices/issue.ts";
import { startClock } from "../pipeline/clock-changes.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import type { ClockRow, Loaded } from "../pipeline/load-case.ts";
import { unitAndAncestors } from "../pipeline/unit-facts.ts";

const DAY_MS = 86_400_000;
/** Days for an answer where the pack names none [SPEC §5 K28]. */
const ANSWER_DAYS = 10;

/** What sets a breach of this clock apart; every other one is told to the unit above [SPEC §5]. */
const special: Partial<
  Readonly<Record<ClockCode, { readonly own?: true; readonly leader?: true; readonly sets?: Mark }>>
> = {
  K1: { own: true },
  K4: { leader: true, sets: "listed" },
  K29: { leader: true },
};

/** Who urges: the nearest unit above that is not inside a unit complained of; an accusation goes to the organ above. */
async function superiorOf(
  k: Kernel,
  c: LoadedCase,
  own: boolean,
): Promise<{ readonly byUnit: string | null; readonly byOrgan: string | null; readonly issuer: string }> {
  if (c.confidentiality === 3) {
    const organs = c.organUnitId ? await unitAndAncestors(k.pool, c.organUnitId) : [];
    const above = organs.slice(1).find((u) => u.disciplineOrgan !== null) ?? organs[0];
    return { byUnit: null, byOrgan: above?.disciplineOrgan?.id ?? c.organId, issuer: above?.id ?? c.holderUnitId };
  }
  const free = (n: number): boolean => !c.holderPath.slice(n).some((u) => c.respondentUnits.includes(u));
  const from = own || c.holderPath.length === 1 ? 0 : 1;
  const byUnit = c.holderPath.find((_, n) => n >= from && free(n)) ?? null;
  return { byUnit, byOrgan: null, issuer: byUnit ?? c.holderUnitId };
}

/** Whose period was missed: an assisting unit's own report is owed by that unit. */
function owing(c: LoadedCase, clockId: string): LoadedCase {
  const assist = c.assists.find((a) => a.clockId === clockId);
  return assist ? { ...c, holderPath: assist.path, holderUnitId: assist.path[0] ?? assist.unitId } : c;
}

/** Until when the letter is to be answered, and when it is urged again. */
function answerBy(k: Kernel, c: LoadedCase, s: Scene): { readonly on: string; readonly at: string } {
  const clock = startClock(k, c, s, "urgingReply");
  const row = clock?.row as { due_at: string } | undefined;
  return clock && row
    ? { on: clock.dueOn, at: new Date(row.due_at).toISOString() }
    : { on: addDays(s.today, ANSWER_DAYS), at: new Date(s.now.getTime() + ANSWER_DAYS * DAY_MS).toISOString() };
}

const clockOf = (loaded: Loaded, id: string): ClockRow => {
  const row = loaded.clockRows.find((r) => r.id === id);
  if (!row) throw new Error("the breached clock is not of this case");
  return row;
};

interface Superior {
  readonly byUnit: string | null;
  readonly byOrgan: string | null;
  readonly issuer: Issuer;
  readonly toUnit: Text;
}

function letter(
  on: { readonly k: Kernel; readonly case: LoadedCase; readonly scene: Scene; readonly party: ActingParty },
  row: ClockRow,
  p: Superior,
  more: { readonly step: number; readonly answerBy: string; readonly forLeader: boolean },
): { readonly id: string } {
  const late = on.scene.now.getTime() - Date.parse(row.due_at) > DAY_MS && more.step === 1;
  return issued(
    { ...on, issuer: p.issuer },
    "D27",
    {
      toUnit: p.toUnit,
      period: clockNames[row.code as ClockCode],
      sentence: dueFacts(row).sentence,
      dueOn: row.due_on,
      noticedOn: late ? on.scene.today : null,
      ...more,
    },
    { posted: false },
  ) as { readonly id: string };
}

async function superior(
  k: Kernel,
  c: LoadedCase,
  s: Scene,
  by: Awaited<ReturnType<typeof superiorOf>>,
): Promise<Superior> {
  const toUnit = c.confidentiality === 3 ? (c.organUnitId ?? c.holderUnitId) : c.holderUnitId;
  const issuer = await issuerOf(k, by.issuer, s, ["D27"]);
  const [unit] = await unitAndAncestors(k.pool, toUnit);
  return { ...by, issuer, toUnit: unit?.name ?? issuer.unit[0].name };
}

const opening = (sets?: Mark): SideAct => ({
  act: sets ? "urgeListed" : "urge",
  from: states,
  to: "same",
  who: [{ role: "system", at: "anywhere" }],
  guards: [],
  clocks: [],
  entry: "supervision.opened",
  ...(sets && { sets }),
});

const urging = (act: SideAct): Command<{ readonly clockId: string }, { readonly item: string }> => ({
  act,
  async prepare(k, c, i, s): Promise<Superior> {
    const code = c.clocks.find((x) => x.id === i.clockId)?.code as ClockCode;
    const late = owing(c, i.clockId);
    return superior(k, late, s, await superiorOf(k, late, special[code]?.own === true));
  },
  decide(k, loaded, s, i, party, prepared) {
    const c = loaded.case;
    const p = prepared as Superior;
    const row = clockOf(loaded, i.clockId);
    const code = row.code as ClockCode;
    const kind = s.pack.clocks[code]?.onBreach === "urge" ? "urge" : "alert";
    const due = answerBy(k, c, s);
    const forLeader = special[code]?.leader === true;
    const notice =
      kind === "urge"
        ? letter({ k, case: c, scene: s, party }, row, p, { step: 1, answerBy: due.on, forLeader })
        : null;
    const item = k.newId();
    const to = c.confidentiality === 3 ? (c.organUnitId ?? c.holderUnitId) : owing(c, row.id).holderUnitId;
    const hoursLate = Math.floor((s.now.getTime() - Date.parse(row.due_at)) / 3_600_000);
    return {
      result: { item },
      facts: { item, kind, clock: row.id, code, dueOn: row.due_on, byUnit: p.byUnit, toUnit: to, hoursLate },
      breachDone: row.id,
      rows: {
        ...(notice && { notices: [notice] }),
        supervision_items: [
          {
            id: item,
            case_id: c.id,
            kind,
            trigger: "breach",
            clock_id: row.id,
            code,
            step: 1,
            by_unit_id: p.byUnit,
            by_organ_id: p.byOrgan,
            to_unit_id: to,
            for_leader: forLeader,
            late_since: localDateOf(row.due_at, c.timeZone),
            opened_at: s.now.toISOString(),
            due_on: kind === "urge" ? due.on : null,
            next_at: kind === "urge" ? due.at : null,
            notice_id: notice?.id ?? null,
          },
        ],
      },
    };
  },
});

const plain = urging(opening());
const listed = urging(opening("listed"));
/** Opens what a missed period calls for: a letter to the unit that is late, an item at the unit above [SPEC §16(19)]. */
export const urgeFor = (code: string): Command<{ readonly clockId: string }, { readonly item: string }> =>
  special[code as ClockCode]?.sets === "listed" ? listed : plain;

/** An item as it stands, with what an update leaves alone. */
export interface ItemRow {
  readonly id: string;
  readonly case_id: string;
  readonly clock_id: string;
  readonly step: number;
  readonly by_unit_id: string | null;
  readonly by_organ_id: string | null;
  readonly to_unit_id: string;
  readonly for_leader: boolean;
  readonly kind: "urge" | "alert";
  readonly answered_at: string | null;
  readonly closed_at: string | null;
  readonly [column: string]: unknown;
}

export async function itemOf(k: Pick<Kernel, "pool">, itemId: string): Promise<ItemRow | undefined> {
  const { rows } = await k.pool.query<{ i: ItemRow }>(
    "select to_jsonb(i) as i from kernel.supervision_items i where i.id = $1",
    [itemId],
  );
  return rows[0]?.i;
}

const again: SideAct = { ...opening(), act: "urgeAgain", entry: "supervision.again" };

/** No answer in its time: the next unit above urges, and its leader is told [SPEC §5 K28]. */
export const urgeAgain: Command<{ readonly itemId: string }, object> = {
  act: again,
  async prepare(k, c, i, s) {
    const item = await itemOf(k, i.itemId);
    if (!item) throw new Error("there is no such item");
    const path = (await unitAndAncestors(k.pool, item.by_unit_id ?? c.holderUnitId)).map((u) => u.id);
    const next = path.slice(1).find((_, n) => !path.slice(n + 1).some((u) => c.respondentUnits.includes(u)));
    const byUnit = item.by_unit_id === null ? null : (next ?? item.by_unit_id);
    const issuer = byUnit ?? (await superiorOf(k, c, false)).issuer;
    const late = owing(c, item.clock_id);
    return {
      item,
      top: next === undefined,
      p: await superior(k, late, s, { byUnit, byOrgan: item.by_organ_id, issuer }),
    };
  },
  decide(k, loaded, s, i, party, prepared) {
    const c = loaded.case;
    const { item, p, top } = prepared as { item: ItemRow; p: Superior; top: boolean };
    if (item.answered_at || item.closed_at) return { result: {}, facts: { item: i.itemId, answered: true } };
    const due = answerBy(k, c, s);
    const step = item.step + 1;
    const row = clockOf(loaded, item.clock_id);
    const notice = letter({ k, case: c, scene: s, party }, row, p, { step, answerBy: due.on, forLeader: true });
    return {
      result: {},
      facts: { item: item.id, step, byUnit: p.byUnit, toUnit: item.to_unit_id },
      rows: {
        notices: [notice],
        supervision_patch: [
          {
            ...item,
            step,
            by_unit_id: p.byUnit,
            for_leader: true,
            due_on: due.on,
            // above the topmost there is nobody: it stays with its leader, open
            next_at: top ? null : due.at,
            notice_id: notice.id,
          },
        ],
      },
    };
  },
};
