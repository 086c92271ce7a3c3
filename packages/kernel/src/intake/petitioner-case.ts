import { DoorstepError, type PetitionerCase, type PublicStatus, type State, type Text } from "@doorstep/contracts";
import { clockShown, isForPetitioner, letterOf } from "../cases/case-parts.ts";
import { promisesShown } from "../cases/promise-views.ts";
import { linkKindOf, otherOf } from "../cases/read-links.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import { sideActs } from "../cases/side-acts.ts";
import { localDateOf } from "../clocks/local-time.ts";
import { consentsOf } from "../consents/consents.ts";
import type { Kernel } from "../kernel.ts";
import { allowedActs, refusals } from "../life-cycle/refusals.ts";
import { transitionOf } from "../life-cycle/table.ts";
import { type Mandate, mandatesOf, thoseWhoSpeak } from "../mandates/mandate.ts";
import { sceneOf } from "../pipeline/execute.ts";
import { type Loaded, loadCase } from "../pipeline/load-case.ts";
import { publicEvents } from "./public-events.ts";

// biome-ignore lint/suspicious/noExplicitAny: the statement's own shape, mapped field by field below.
type Raw = Record<string, any>;

const statuses: Readonly<Record<State, PublicStatus>> = {
  received: "received",
  registered: "received",
  routed: "received",
  accepted: "accepted",
  inHandling: "handling",
  replied: "replied",
  review: "handling",
  rereview: "handling",
  final: "closed",
  archived: "closed",
  diverted: "notAccepted",
  guided: "notAccepted",
  merged: "notAccepted",
  notReaccepted: "notAccepted",
  withdrawn: "closed",
};
export const publicStatusOf = (state: State): PublicStatus => statuses[state];

/** Dates that concern the petitioner: when he is answered, and how long his own rights run. */
const shownClocks = ["K2", "K4", "K8", "K9", "K12", "K14", "K15", "K16", "K19", "K21", "K25", "K26", "K30"];

/** An opening that would harm an investigation is told afterwards: after its day, or when the matter has ended. */
const TOLD = "(o.tell_after is null or o.tell_after < $3::date or c.status in ('final', 'archived'))";

const DETAILS = `select c.body, c.destroyed_on::text as destroyed_on,
  (select jsonb_build_object('zh', u.name_zh, 'en', u.name_en) from kernel.units u where u.id = c.holder_unit_id) as holder,
  (select jsonb_build_object('zh', o.name_zh, 'en', o.name_en) from kernel.offices o where o.id = c.organ_id) as organ,
  (select jsonb_build_object('zh', p.name_zh, 'en', p.name_en) from kernel.units u join kernel.units p on p.id = u.parent_id where u.id = c.holder_unit_id) as above,
  (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'at', m.at, 'author', m.author, 'mandate', m.mandate_id, 'zh', u.name_zh, 'en', u.name_en, 'text', m.text, 'readAt', m.read_at, 'receivedOn', m.received_on::text, 'channelZh', m.channel_label_zh, 'channelEn', m.channel_label_en, 'files', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'size', f.size, 'type', f.type, 'scanned', f.scanned) order by f.uploaded_at), '[]') from kernel.files f where f.message_id = m.id)) order by m.at, m.id), '[]')
     from kernel.messages m left join kernel.units u on u.id = m.unit_id where m.case_id = c.id and m.visibility = 'petitioner') as thread,
  (select coalesce(jsonb_object_agg(r.target, jsonb_build_object('result', r.result, 'comment', r.comment)), '{}') from kernel.ratings r where r.case_id = c.id) as ratings,
  (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'no', o.case_no, 'status', o.status) order by o.case_no), '[]')
     from kernel.case_links l join kernel.cases o on o.id = case when l.case_id = c.id then l.other_case_id else l.case_id end
    where (l.case_id = c.id or l.other_case_id = c.id) and l.ended_at is null) as linked,
  (select v.outcome from kernel.reviews v where v.case_id = c.id order by v.requested_at desc limit 1) as review_outcome,
  (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'at', o.at, 'purpose', o.purpose) order by o.at), '[]') from vault.openings o where o.case_id = c.id and ${TOLD}) as opened,
  (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'at', x.decided_at, 'until', x.until, 'zh', u.name_zh, 'en', u.name_en, 'reason', x.reason) order by x.decided_at), '[]')
     from kernel.accesses x join kernel.people p on p.id = x.person_id join kernel.units u on u.id = p.unit_id
    where x.case_id = c.id and x.state in ('granted', 'ended') and (not x.tell_after or x.until <= $4)) as accesses,
  (select coalesce(jsonb_agg(jsonb_build_object('at', r.at, 'state', r.state) order by r.at), '[]') from kernel.recusals r where r.case_id = c.id and r.source = 'petitioner') as recusals_asked,
  (select coalesce(jsonb_agg(jsonb_build_object('at', l.at, 'type', l.type) order by l.seq), '[]') from kernel.ledger l where l.stream = c.id and l.type = any ($2)
      and not exists (select from vault.openings o where o.case_id = c.id and o.at = l.at and l.type = 'access.identityOpened' and not ${TOLD})) as history
  from kernel.cases c where c.id = $1`;

const text = (u: Raw | null): Text | null => u && { "zh-CN": u.zh, en: u.en };
const iso = (at: string): string => new Date(at).toISOString();

/** P9. What the petitioner sees of his own case; the status is the kernel's own [SPEC §16(9)]. */
export async function readPetitionerCase(k: Kernel, caseId: string, mandate?: Mandate): Promise<PetitionerCase> {
  const [loaded, details] = await Promise.all([
    loadCase(k.pool, caseId, "", ""),
    k.pool.query<Raw>({
      name: "petitioner_details",
      text: DETAILS,
      values: [caseId, Object.keys(publicEvents), k.now().toISOString().slice(0, 10), k.now()],
    }),
  ]);
  const [d] = details.rows;
  if (!loaded || !d) throw new DoorstepError("case.notFound");
  if (d.destroyed_on) throw new DoorstepError("case.destroyed", { on: d.destroyed_on });
  await k.pool.query(
    "update kernel.messages set read_at = $2 where case_id = $1 and author = 'office' and visibility = 'petitioner' and read_at is null",
    [caseId, k.now()],
  );
  const today = localDateOf(k.now().toISOString(), loaded.case.timeZone);
  const mandates = await mandatesOf(k.pool, caseId, today);
  return {
    ...viewOf(k, loaded, d, mandate),
    consents: await consentsOf(k, loaded.case),
    mandates: mandate ? mandates.filter((one) => one.id === mandate.id) : [...thoseWhoSpeak(mandates)],
    actsBy: mandate?.id ?? null,
    // who looked at the petitioner's name is told to him
    ...(mandate && { opened: [], accesses: [], belongsTo: [] }),
  };
}

/** What is being decided, for the first time or anew: a draft is nobody's answer, whatever was delivered before. */
const undecided: readonly State[] = ["received", "registered", "routed", "accepted", "inHandling"];

function viewOf(
  k: Kernel,
  loaded: Loaded,
  d: Raw,
  mandate: Mandate | undefined,
): Omit<PetitionerCase, "mandates" | "actsBy" | "consents"> {
  const c = loaded.case;
  const { reveal } = shelterOf(k.keys, c);
  const today = localDateOf(k.now().toISOString(), c.timeZone);
  const kinds = new Map(c.links.map((l) => [otherOf(c, l), linkKindOf(c, l)]));
  const delivered =
    !undecided.includes(c.status) &&
    c.notices.some((n) => (n.code === "D14" || n.code === "D16") && n.state === "delivered");
  return {
    caseId: c.id,
    caseNo: c.caseNo,
    title: reveal(places.case(c.id, "title"), c.title),
    body: reveal(places.case(c.id, "body"), d.body),
    receivedAt: c.receivedAt,
    timeZone: c.timeZone,
    status: publicStatusOf(c.status),
    state: c.status,
    level: c.level,
    holder: text(d.organ) ?? text(d.holder) ?? { "zh-CN": "信访部门", en: "Petition office" },
    holderUnitId: d.organ === null ? c.holderUnitId : null,
    category: c.category,
    anonymity: c.anonymity,
    clocks: loaded.clockRows
      .filter((r) => shownClocks.includes(r.code))
      .map((r) => clockShown(r, today))
      // his own time that is over is nobody's delay
      .filter((clock) => !(clock.ofPetitioner && clock.state === "breached"))
      .map(({ code, name, dueOn, daysLeft, state, sentence }) => ({ code, name, dueOn, daysLeft, state, sentence })),
    demands: c.demands.map((x) => ({
      no: x.no,
      text: reveal(places.demand(x.id, "text"), x.text),
      // a draft is nobody's answer yet
      outcome: delivered ? x.outcome : null,
      opinion: delivered && x.opinion !== null ? reveal(places.demand(x.id, "opinion"), x.opinion) : null,
    })),
    history: d.history.map((h: Raw) => ({ at: iso(h.at), text: publicEvents[h.type as keyof typeof publicEvents] })),
    thread: d.thread.map((m: Raw) => ({
      id: m.id,
      at: iso(m.at),
      from: m.author,
      fromName: m.zh ? { "zh-CN": m.zh, en: m.en } : null,
      mandateId: m.mandate,
      text: reveal(places.message(m.id), m.text),
      files: m.files.map((f: Raw) => ({ ...f, name: reveal(places.fileName(f.id), f.name) })),
      readAt: m.readAt && iso(m.readAt),
      takenDown: m.receivedOn && { channel: { "zh-CN": m.channelZh, en: m.channelEn }, receivedOn: m.receivedOn },
    })),
    letters: loaded.noticeRows.filter(isForPetitioner).map(letterOf),
    rating: ratingOf(k, loaded, d, today),
    review: reviewOf(k, loaded, d, today, mandate),
    belongsTo: d.linked.map((l: Raw) => ({
      caseId: l.id,
      caseNo: l.no,
      kind: kinds.get(l.id),
      status: publicStatusOf(l.status),
    })),
    promises: promisesShown(k, c, today).map(({ madeAt: _m, dateChanged: _d, doneAt: _a, ...seen }) => seen),
    acts: ownActs(k, c, mandate),
    delayed: c.marks.includes("quarantined"),
    opened: d.opened.map((o: Raw) => ({ at: iso(o.at), purpose: reveal(places.opening(o.id), o.purpose) })),
    accesses: d.accesses.map((x: Raw) => ({
      at: iso(x.at),
      until: iso(x.until),
      unit: { "zh-CN": x.zh, en: x.en },
      reason: reveal(places.access(x.id), x.reason),
    })),
    recusalsAsked: d.recusals_asked.map((r: Raw) => ({ at: iso(r.at), state: r.state })),
    version: c.version,
  };
}

const byOf = (mandate: Mandate | undefined) => ({ kind: "petitioner" as const, ...(mandate && { mandate }) });

/** What the petitioner himself may do by the table: the portal draws its buttons from this list. */
function ownActs(k: Kernel, c: Loaded["case"], mandate: Mandate | undefined): PetitionerCase["acts"] {
  const party = byOf(mandate);
  const scene = sceneOf(k, c);
  return [...allowedActs(c, party, scene), ...sideActs(c, party, scene)].map((a) => ({
    act: a.act,
    refusals: a.refusals.map((r) => ({ code: r.code, params: { ...r.params } })),
  }));
}

function ratingOf(k: Kernel, loaded: Loaded, d: Raw, today: string): PetitionerCase["rating"] {
  const c = loaded.case;
  const window = c.clocks.findLast((x) => x.code === "K21");
  const open = (c.status === "replied" || c.status === "final") && window !== undefined && window.dueOn >= today;
  const { office, unit } = d.ratings;
  const comment = unit?.comment ? shelterOf(k.keys, c).reveal(places.rating(c.id), unit.comment) : "";
  return {
    open,
    until: window?.dueOn ?? null,
    given: office && unit ? { office: office.result, unit: unit.result, comment } : null,
  };
}

function reviewOf(
  k: Kernel,
  loaded: Loaded,
  d: Raw,
  today: string,
  mandate: Mandate | undefined,
): PetitionerCase["review"] {
  const c = loaded.case;
  // after a review opinion the next, and last, is the re-review
  const again = c.level !== "handle" || c.status === "rereview";
  const window = c.clocks.findLast((x) => x.code === (again ? "K15" : "K12"));
  const [refused] = refusals(
    transitionOf(again ? "requestRereview" : "requestReview"),
    c,
    byOf(mandate),
    sceneOf(k, c),
  );
  const late = window !== undefined && window.dueOn < today;
  const lapsed = late ? { code: "review.lapsed", params: { due: window.dueOn } } : null;
  const refusal = refused
    ? { code: refused.code, params: { ...refused.params } }
    : (lapsed ?? (window ? null : { code: "review.level", params: {} }));
  return {
    level: again ? "rereview" : "review",
    open: refusal === null,
    until: window?.dueOn ?? null,
    body: text(d.above),
    outcome: d.review_outcome,
    refusal,
  };
}
