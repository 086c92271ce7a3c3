import type { Category, Confidentiality, Mark, Track } from "@doorstep/contracts";
import { audienceOf, PERSON_DEPTH } from "../audience/audience-of.ts";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import { GENESIS, type LedgerActor, nextEntry } from "../ledger/entry.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { Scene } from "../life-cycle/rule.ts";
import type { Batch } from "../pipeline/batch.ts";
import { OPEN_END, startClock } from "../pipeline/clock-changes.ts";
import type { ClockRow, Loaded } from "../pipeline/load-case.ts";
import { returnCodeOf, returnTag } from "../vault/return-code.ts";
import { hex, open, seal } from "../vault/seal.ts";
import { places, shelterOf } from "./reveal.ts";

/** A case as it comes out of another one. */
export interface Born {
  readonly id: string;
  readonly caseNo: string;
  readonly title: string;
  readonly body: string;
  readonly kind: {
    readonly track: Track;
    readonly category: Category | null;
    readonly subRoute: number | null;
    readonly confidentiality: Confidentiality;
  };
  /** an accusation is not named as the origin: to those who see this one it is a petition like any other */
  readonly secret: boolean;
  /** duties that were running for its demands */
  readonly clocks: readonly ClockRow[];
  readonly marks: readonly Mark[];
}

interface Party {
  readonly id: string;
  readonly role: string;
  readonly sealed: Buffer;
  readonly person_tag: Buffer | null;
}
interface Respondent {
  readonly id: string;
  readonly kind: string;
  readonly person_id: string | null;
  readonly unit_id: string | null;
  readonly label: string;
}
interface Recusal {
  readonly person_id: string;
  readonly source: string;
  readonly state: string;
  readonly reason: string;
  readonly decided_by: string | null;
  readonly at: Date;
}
/** What goes with the demands: whose they are, whom they are about, who must stand out. */
export interface Inherited {
  readonly parties: readonly Party[];
  readonly respondents: readonly Respondent[];
  readonly recusals: readonly Recusal[];
  readonly topics: readonly { readonly topic_id: string }[];
}

/** Whom an accusation is about, and who stands out for it, is known to its organ alone: neither goes with what is taken out. */
export async function inherited(k: Kernel, c: LoadedCase): Promise<Inherited> {
  const parties = await k.pool.query<Party>(
    "select id, role, sealed, person_tag from kernel.party_links where case_id = $1 order by id",
    [c.id],
  );
  if (c.confidentiality === 3) return { parties: parties.rows, respondents: [], recusals: [], topics: [] };
  const [respondents, recusals, topics] = await Promise.all([
    k.pool.query<Respondent>(
      "select id, kind, person_id, unit_id, label from kernel.respondents where case_id = $1 order by id",
      [c.id],
    ),
    k.pool.query<Recusal>(
      "select person_id, source, state, reason, decided_by, at from kernel.recusals where case_id = $1 and state <> 'refused'",
      [c.id],
    ),
    k.pool.query<Inherited["topics"][number]>("select topic_id from kernel.case_topics where case_id = $1", [c.id]),
  ]);
  return {
    ...{ parties: parties.rows, respondents: respondents.rows },
    ...{ recusals: recusals.rows, topics: topics.rows },
  };
}

function peopleRows(k: Kernel, c: LoadedCase, born: Born, from: Inherited): Batch {
  const { reveal } = shelterOf(k.keys, c);
  const { protect } = shelterOf(k.keys, { id: born.id, organId: null });
  return {
    party_links: from.parties.map((p) => {
      const id = k.newId();
      const person = open(k.keys.link.key, p.sealed, `link:${p.id}`);
      return {
        id,
        case_id: born.id,
        role: p.role,
        kek: k.keys.link.id,
        sealed: hex(seal(k.keys.link.key, person, `link:${id}`)),
        person_tag: p.person_tag && hex(p.person_tag),
      };
    }),
    respondents: from.respondents.map((r) => {
      const id = k.newId();
      const label = r.label && protect(places.respondent(id), reveal(places.respondent(r.id), r.label));
      return { ...r, id, case_id: born.id, label };
    }),
    case_topics: from.topics.map(({ topic_id }) => ({ case_id: born.id, topic_id })),
    recusals: from.recusals.map((r) => ({
      ...r,
      case_id: born.id,
      reason:
        r.reason && protect(places.recusal(born.id, r.person_id), reveal(places.recusal(c.id, r.person_id), r.reason)),
    })),
  };
}

interface CopiedClock {
  readonly code: string;
  readonly due_on: string;
  readonly state: string;
}

/** Counted from the first receipt: what was running goes on with its own dates, and where nothing was, the time to be told runs. */
function clockRowsOf(k: Kernel, c: LoadedCase, s: Scene, born: Born): readonly CopiedClock[] {
  const copies = born.clocks.map((r) => ({ ...r, id: k.newId(), case_id: born.id }));
  if (copies.some((r) => r.state !== "stopped")) return copies;
  const target = { ...c, id: born.id, track: born.kind.track };
  const route = startClock(k, target, s, "route", { startsOn: localDateOf(c.receivedAt, c.timeZone) });
  return route ? [...copies, route.row as CopiedClock] : copies;
}

/** All rows of the new case: registered, at the same unit, reached by the same petitioner. */
export function bornRows(
  k: Kernel,
  loaded: Loaded,
  s: Scene,
  on: { readonly actor: LedgerActor; readonly born: Born; readonly from: Inherited },
): Batch {
  const { born } = on;
  const c = loaded.case;
  const at = s.now.toISOString();
  const { protect } = shelterOf(k.keys, { id: born.id, organId: null });
  const clocks = clockRowsOf(k, c, s, born);
  const due =
    clocks
      .filter((r) => r.state !== "stopped")
      .map((r) => r.due_on)
      .sort()[0] ?? OPEN_END;
  const { secret } = born;
  const facts = {
    act: "split",
    to: "registered",
    caseNo: born.caseNo,
    unit: c.holderUnitId,
    channel: c.channel,
    track: born.kind.track,
    category: born.kind.category,
    anonymity: c.anonymity,
    headcount: c.headcount,
    receivedOn: localDateOf(c.receivedAt, c.timeZone),
    pack: c.pack,
    due: Object.fromEntries(clocks.map((r) => [r.code, r.due_on])),
    ...(!secret && { from: c.id }),
  };
  const entry = nextEntry(
    born.id,
    { seq: 0, hash: GENESIS },
    { at, type: secret ? "case.registered" : "case.splitOff", actor: on.actor, facts },
  );
  const respondentUnits = on.from.respondents.flatMap((r) => (r.unit_id === null ? [] : [r.unit_id]));
  const audience = [
    ...audienceOf({
      confidentiality: born.kind.confidentiality,
      organId: null,
      holderPath: c.holderPath,
      intakePath: null,
      handlingPath: null,
      respondentUnits,
      quarantined: false,
    }),
    ...loaded.audience.filter((a) => a.depth === PERSON_DEPTH),
  ];
  return {
    ...peopleRows(k, c, born, on.from),
    cases: [
      {
        id: born.id,
        case_no: born.caseNo,
        intake_unit_id: c.holderUnitId,
        holder_unit_id: c.holderUnitId,
        organ_id: null,
        status: "registered",
        level: "handle",
        flags: born.marks,
        channel: c.channel,
        channel_key: null,
        channel_label_zh: c.channelLabel["zh-CN"],
        channel_label_en: c.channelLabel.en,
        track: born.kind.track,
        category: born.kind.category,
        sub_route: born.kind.subRoute,
        purpose: secret ? "solve" : c.purpose,
        severity: secret ? "ordinary" : loaded.severity,
        urgent_safety: false,
        confidentiality: born.kind.confidentiality,
        anonymity: c.anonymity,
        headcount: c.headcount,
        title: protect(places.case(born.id, "title"), born.title),
        body: protect(places.case(born.id, "body"), born.body),
        already_tried: "",
        desired_outcome: "",
        locale: c.locale,
        pack: c.pack,
        pack_version: c.packVersion,
        calendar: c.calendar,
        hops: 0,
        imported: c.imported,
        received_at: c.receivedAt,
        entered_at: at,
        petitioner_wrote_at: loaded.petitionerWroteAt,
        // reached by the code of the first petition alone: this one is known to nobody
        return_tag: hex(returnTag(k.keys.code, returnCodeOf(k.keys.code, `split:${born.id}`))),
        version: 1,
        ledger_seq: entry.row.seq,
        ledger_hash: entry.row.hash,
      },
    ],
    clocks,
    case_audience: audience.map((a) => ({
      ...a,
      case_id: born.id,
      due,
      received: c.receivedAt,
      conf: born.kind.confidentiality,
      status: "registered",
      open: true,
      category: born.kind.category,
      channel: c.channel,
      holder: c.holderUnitId,
      to_approve: false,
      to_deliver: false,
      backlog: false,
    })),
    ledger: [entry.row],
    outbox: [
      {
        id: k.newId(),
        at,
        case_id: born.id,
        seq: 1,
        unit_id: c.holderUnitId,
        type: secret ? "case.registered" : "case.splitOff",
        payload: { to: "registered", act: "split" },
      },
    ],
  };
}
