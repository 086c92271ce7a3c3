import { type CaseView, type ClockRole, DoorstepError, type Text } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { readAs } from "../audience/read-as.ts";
import { MAY_SEE, maySeeValues } from "../audience/visible.ts";
import { ledgerActorOf } from "../change.ts";
import { localDateOf } from "../clocks/local-time.ts";
import { refFor } from "../clocks/policy-rules.ts";
import type { Kernel } from "../kernel.ts";
import { recordAccess } from "../ledger/record-access.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { partyRefusals } from "../life-cycle/party-refusals.ts";
import { type ActingParty, allowedActs } from "../life-cycle/refusals.ts";
import type { ClockEffect, Refusal } from "../life-cycle/rule.ts";
import { isCoSigner, mandatesOf, thoseWhoSpeak } from "../mandates/mandate.ts";
import { readsByAccess, sceneOf } from "../pipeline/execute.ts";
import { type Loaded, loadCase } from "../pipeline/load-case.ts";
import { proposalsOf } from "../proposals/read-proposals.ts";
import { isDecidable, mayDecideRecusals } from "../recusal/recusal.ts";
import { coverFor, isInCircle } from "../redaction/circle.ts";
import { type Cover, covered } from "../redaction/cover.ts";
import { marksOf } from "../redaction/marks.ts";
import { mayOpenIdentity } from "../vault/open-identity.ts";
import { assistsShown } from "./assist-views.ts";
import { clockShown, noticeShown } from "./case-parts.ts";
import { draftedPromises, promisesShown } from "./promise-views.ts";
import { linksFor } from "./read-links.ts";
import { refusedUntilHead } from "./reply.ts";
import { places, shelterOf } from "./reveal.ts";
import { sideActs } from "./side-acts.ts";

// biome-ignore lint/suspicious/noExplicitAny: the statement's own shape, mapped field by field below.
type Raw = Record<string, any>;

/** Refuses in the same way, with the same work, whether the case is invisible or does not exist. */
export async function assertMaySee(k: Kernel, actor: Actor, caseId: string): Promise<void> {
  const { rows } = await k.pool.query({ name: "may_see", text: MAY_SEE, values: [...maySeeValues(actor, caseId)] });
  if (rows.length === 0) throw new DoorstepError("case.notFound");
}

const DETAILS = `select c.body, c.already_tried, c.desired_outcome, c.headcount, c.urgent_safety, c.entered_at,
  (select jsonb_build_object('id', u.id, 'code', u.code, 'zh', u.name_zh, 'en', u.name_en, 'level', u.level, 'parentId', u.parent_id) from kernel.units u where u.id = c.intake_unit_id) as intake,
  (select jsonb_build_object('id', u.id, 'code', u.code, 'zh', u.name_zh, 'en', u.name_en, 'level', u.level, 'parentId', u.parent_id) from kernel.units u where u.id = c.holder_unit_id) as holder,
  (select jsonb_build_object('id', p.id, 'code', p.code, 'zh', p.name_zh, 'en', p.name_en, 'level', p.level, 'parentId', p.parent_id)
     from kernel.units u join kernel.units p on p.id = u.parent_id where u.id = coalesce(c.handling_unit_id, c.holder_unit_id)) as review_body,
  (select jsonb_build_object('id', p.id, 'name', p.name) from kernel.people p where p.id = c.handler_id) as handler,
  (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'kind', r.kind, 'label', coalesce(p.name, u.name_zh, r.label))), '[]')
     from kernel.respondents r left join kernel.people p on p.id = r.person_id left join kernel.units u on u.id = r.unit_id where r.case_id = c.id) as respondents,
  (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'zh', t.name_zh, 'en', t.name_en, 'neverMediated', t.never_mediated) order by t.code), '[]')
     from kernel.case_topics ct join kernel.topics t on t.id = ct.topic_id where ct.case_id = c.id) as topics,
  (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'at', m.at, 'author', m.author, 'mandate', m.mandate_id, 'authorName', p.name, 'zh', u.name_zh, 'en', u.name_en,
       'visibility', m.visibility, 'text', m.text, 'takenBy', m.taken_by, 'takerName', w.name, 'receivedOn', m.received_on::text, 'channelZh', m.channel_label_zh, 'channelEn', m.channel_label_en, 'readAt', m.read_at, 'files', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'size', f.size, 'type', f.type, 'scanned', f.scanned) order by f.uploaded_at), '[]') from kernel.files f where f.message_id = m.id)) order by m.at, m.id), '[]')
     from kernel.messages m left join kernel.people p on p.id = m.author_id left join kernel.people w on w.id = m.taken_by left join kernel.units u on u.id = m.unit_id where m.case_id = c.id) as thread,
  (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'size', f.size, 'type', f.type, 'at', f.uploaded_at, 'scanned', f.scanned) order by f.uploaded_at), '[]')
     from kernel.files f where f.case_id = c.id
       or f.case_id in (select l.case_id from kernel.case_links l where l.other_case_id = c.id and l.kind = 'mergedInto' and l.ended_at is null)) as files,
  (select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'level', v.level, 'requestedAt', v.requested_at, 'grounds', v.grounds, 'text', v.text, 'outcome', v.outcome) order by v.requested_at), '[]')
     from kernel.reviews v where v.case_id = c.id) as reviews,
  (select coalesce(jsonb_object_agg(p.id, p.name), '{}') from kernel.notices n join kernel.people p on p.id in (n.drafted_by, n.first_approved_by, n.approved_by) where n.case_id = c.id) as names,
  (select coalesce(jsonb_agg(jsonb_build_object('id', r.person_id, 'name', p.name, 'source', r.source, 'state', r.state, 'reason', r.reason, 'at', r.at, 'decidedBy', d.name) order by r.at, r.person_id), '[]')
     from kernel.recusals r join kernel.people p on p.id = r.person_id left join kernel.people d on d.id = r.decided_by where r.case_id = c.id and r.ground is distinct from 'kin') as recusals,
  (select coalesce(jsonb_object_agg(p.id, p.name), '{}') from kernel.proposals q join kernel.people p on p.id = q.proposed_by where q.case_id = c.id) as proposers,
  (select coalesce(jsonb_object_agg(u.id, jsonb_build_object('zh-CN', u.name_zh, 'en', u.name_en)), '{}') from kernel.units u
     where u.id in (select x.unit_id from kernel.assists x where x.case_id = c.id)) as assisting,
  (select i.stated from kernel.case_imports i where i.case_id = c.id limit 1) as stated
  from kernel.cases c where c.id = $1`;

const unitOf = (u: Raw) => ({
  id: u.id,
  code: u.code,
  name: { "zh-CN": u.zh, en: u.en },
  level: u.level,
  parentId: u.parentId,
});
const iso = (at: string): string => new Date(at).toISOString();

/** Marks what the petitioner wrote as read: he sees that it was [UI.md P9]. */
async function markRead(k: Kernel, caseId: string): Promise<void> {
  await k.pool.query(
    "update kernel.messages set read_at = $2 where case_id = $1 and author = 'petitioner' and read_at is null",
    [caseId, k.now()],
  );
}

/** C2 and C3 content, and whatever was opened to somebody: who read it is in the ledger before the answer leaves [SPEC §16(12)]. */
export async function recordRead(
  k: Kernel,
  actor: Actor,
  c: Pick<LoadedCase, "id" | "confidentiality">,
  letIn = false,
): Promise<void> {
  if (c.confidentiality === 1 && !letIn) return;
  await recordAccess(k, {
    type: "access.contentRead",
    actor: ledgerActorOf(actor),
    facts: { case: c.id, level: c.confidentiality, ...(letIn && { letIn }) },
  });
}

/** What people wrote, covered; where it stands and what may be done with it stays. */
const coveredView = (view: CaseView, cover: Cover): CaseView => {
  const { title, body, alreadyTried, desiredOutcome, acts, clocks, holder, intakeUnit, handler, mandates, ...rest } =
    view;
  return {
    ...covered(rest, cover),
    ...covered({ title, body, alreadyTried, desiredOutcome }, cover),
    ...{ acts, clocks, holder, intakeUnit, handler, mandates },
  };
};

const petitionerLabels: Readonly<Record<LoadedCase["anonymity"], Text>> = {
  named: { "zh-CN": "来信人", en: "Petitioner" },
  confidential: { "zh-CN": "来信人（身份保密）", en: "Petitioner (confidential)" },
  anonymous: { "zh-CN": "匿名来信人", en: "Anonymous petitioner" },
};

const roleOf = (effect: ClockEffect): string => ("role" in effect ? effect.role : "*");

const said = ({ code, params }: Refusal) => ({ code, params: { ...params } });
const isOpen = (act: CaseView["acts"][number]): boolean => act.refusals.length === 0;

function actsOf(loaded: Loaded, party: ActingParty, k: Kernel) {
  if (readsByAccess(party, loaded.case, loaded.audience)) return [];
  const scene = sceneOf(k, loaded.case);
  const isCounted = (role: ClockRole) => refFor(scene.pack, role, loaded.case.track) !== null;
  return [...allowedActs(loaded.case, party, scene), ...sideActs(loaded.case, party, scene)].map((a) => ({
    act: a.act,
    transition: a.transition.id,
    refusals: [...a.refusals, ...partyRefusals(a.act, loaded.case, party)].map(said),
    effect: {
      to: a.transition.to,
      notices: [...a.transition.notice],
      starts: a.transition.clocks.filter((x) => x.do === "start" && isCounted(x.role)).map(roleOf),
      stops: a.transition.clocks
        .filter((x) => x.do === "stop" || x.do === "stopAll")
        .map(roleOf)
        .filter((role) => a.act !== "designate" || role !== "assignedReport"),
    },
  }));
}

/**
 * D3. Everything of a case that this person may see, with the acts open to him.
 *
 * @throws DoorstepError `case.notFound`: no such case, or not for him; nobody can tell which.
 */
export async function readCase(k: Kernel, actor: Actor, caseId: string): Promise<CaseView> {
  return (await readBoth(k, actor, caseId)).view;
}

/**
 * The case as it may leave the circle: whoever asks, the words are covered in it, and nothing can be done from there.
 *
 * @throws DoorstepError `case.notFound`, as `readCase`
 */
export async function readCovered(k: Kernel, actor: Actor, caseId: string): Promise<CaseView> {
  const { view, c } = await readBoth(k, actor, caseId);
  const outside = { ...view, acts: [], redactions: [], mayOpenIdentity: false };
  return { ...coveredView(outside, coverFor(k, c)), covered: c.redactions.length > 0 };
}

async function readBoth(
  k: Kernel,
  actor: Actor,
  caseId: string,
): Promise<{ readonly view: CaseView; readonly c: LoadedCase }> {
  await assertMaySee(k, actor, caseId);
  const [loaded, detail] = await Promise.all([
    loadCase(k.pool, caseId, "", ""),
    readAs(
      k,
      actor,
      async (client) => (await client.query<Raw>({ name: "case_details", text: DETAILS, values: [caseId] })).rows[0],
    ),
  ]);
  if (!loaded || !detail) throw new DoorstepError("case.notFound");
  const c = loaded.case;
  const party = { kind: "person", actor } as const;
  const letIn = readsByAccess(party, c, loaded.audience);
  const [mayOpen, headFirst, mandates, links] = await Promise.all([
    mayOpenIdentity(k, c, party),
    refusedUntilHead(k, c, party),
    mandatesOf(k.pool, c.id, localDateOf(k.now().toISOString(), c.timeZone)),
    c.links.length > 0 ? readAs(k, actor, (client) => linksFor(k, client, actor, c)) : [],
    // neither who was let in nor a connected system reads for the office: what the petitioner wrote stays unread
    letIn || actor.isSystem ? undefined : markRead(k, caseId),
    recordRead(k, actor, c, letIn),
  ]);
  const seen = viewOf(k, actor, loaded, detail, links);
  const speaks = mandates.some((one) => one.state === "active" && !isCoSigner(one));
  const view = {
    ...seen,
    acts: seen.acts
      .filter((a) => a.act !== "judgeMandate" || speaks)
      .map((a) => (a.act === "seal" && isOpen(a) ? { ...a, refusals: headFirst.map(said) } : a)),
    mandates: [...thoseWhoSpeak(mandates)],
    mayOpenIdentity: mayOpen,
    redactions: [],
    covered: false,
  };
  if (c.redactions.length === 0) return { view, c };
  return isInCircle(actor, loaded)
    ? { view: { ...view, redactions: await marksOf(k, c) }, c }
    : { view: { ...coveredView(view, coverFor(k, c)), covered: true }, c };
}

function viewOf(
  k: Kernel,
  actor: Actor,
  loaded: Loaded,
  d: Raw,
  links: CaseView["links"],
): Omit<CaseView, "mayOpenIdentity" | "mandates" | "redactions" | "covered"> {
  const c = loaded.case;
  const { reveal } = shelterOf(k.keys, c);
  const drafted = draftedPromises(k, loaded);
  const named = (f: Raw): Raw => ({ ...f, name: reveal(places.fileName(f.id), f.name) });
  const today = localDateOf(k.now().toISOString(), c.timeZone);
  return {
    caseId: c.id,
    caseNo: c.caseNo,
    version: c.version,
    state: c.status,
    level: c.level,
    marks: [...c.marks],
    track: c.track,
    category: c.category,
    subRoute: c.subRoute,
    purpose: c.purpose,
    severity: loaded.severity as CaseView["severity"],
    urgentSafety: d.urgent_safety,
    confidentiality: c.confidentiality,
    anonymity: c.anonymity,
    channel: c.channel,
    channelLabel: c.channelLabel,
    imported: c.imported,
    title: reveal(places.case(c.id, "title"), c.title),
    body: reveal(places.case(c.id, "body"), d.body),
    alreadyTried: reveal(places.case(c.id, "already_tried"), d.already_tried),
    desiredOutcome: reveal(places.case(c.id, "desired_outcome"), d.desired_outcome),
    headcount: d.headcount,
    receivedAt: c.receivedAt,
    enteredAt: d.entered_at.toISOString(),
    intakeUnit: unitOf(d.intake),
    holder: unitOf(d.holder),
    reviewBody: d.review_body && unitOf(d.review_body),
    handler: d.handler,
    respondents: d.respondents.map((r: Raw) => ({
      kind: r.kind,
      label: r.kind === "words" ? reveal(places.respondent(r.id), r.label) : r.label,
    })),
    topics: d.topics.map((t: Raw) => ({ id: t.id, name: { "zh-CN": t.zh, en: t.en }, neverMediated: t.neverMediated })),
    demands: c.demands.map((x) => {
      const field = (name: "facts" | "opinion" | "basis" | "steps"): string | null =>
        x[name] === null ? null : reveal(places.demand(x.id, name), x[name]);
      return {
        id: x.id,
        no: x.no,
        text: reveal(places.demand(x.id, "text"), x.text),
        desiredOutcome: reveal(places.demand(x.id, "desired_outcome"), x.desiredOutcome),
        outcome: x.outcome,
        facts: field("facts"),
        opinion: field("opinion"),
        basis: field("basis"),
        steps: field("steps"),
        promise: drafted.get(x.no) ?? null,
      };
    }),
    clocks: loaded.clockRows.map((r) => clockShown(r, today)),
    notices: loaded.noticeRows.map((n) => noticeShown(n, (id) => d.names[id] ?? null, reveal, c.replyApprovals)),
    files: d.files.map((f: Raw) => ({ ...named(f), at: iso(f.at) })),
    thread: d.thread.map((m: Raw) => ({
      id: m.id,
      at: iso(m.at),
      from: m.author,
      fromName: m.zh ? { "zh-CN": m.zh, en: m.en } : null,
      mandateId: m.mandate,
      text: reveal(places.message(m.id), m.text),
      files: m.files.map(named),
      readAt: m.readAt && iso(m.readAt),
      visibility: m.visibility,
      author: m.authorName,
      takenDown: m.takenBy && {
        channel: { "zh-CN": m.channelZh, en: m.channelEn },
        receivedOn: m.receivedOn,
        by: m.takerName,
      },
    })),
    // a handler never sees who rated how; the office sees sums in the indicators [SPEC §13]
    ratings: null,
    promises: promisesShown(k, c, today),
    assists: assistsShown(k, c, { kind: "person", actor }, today, d.assisting),
    reviews: d.reviews.map((r: Raw) => ({
      level: r.level,
      requestedAt: iso(r.requestedAt),
      grounds: r.grounds,
      text: reveal(places.review(r.id, "text"), r.text),
      outcome: r.outcome,
    })),
    links,
    contest: c.contest && {
      at: c.contest.requestedAt,
      text: reveal(places.contest(c.contest.id, "text"), c.contest.text),
      outcome: c.contest.outcome,
    },
    acts: actsOf(loaded, { kind: "person", actor }, k),
    proposals: proposalsOf(k, c, { kind: "person", actor }, sceneOf(k, c), (id) => d.proposers[id] ?? ""),
    petitionerLabel: petitionerLabels[c.anonymity],
    notStated: c.imported ? (d.stated?.notStated ?? []) : [],
    recusals: recusalsFor(loaded, { kind: "person", actor }, k, d),
  };
}

/** Names and reasons only for those who decide: nobody else needs to know why a colleague stands out. */
function recusalsFor(loaded: Loaded, party: ActingParty, k: Kernel, d: Raw): CaseView["recusals"] {
  if (!mayDecideRecusals(loaded.case, party, sceneOf(k, loaded.case))) return [];
  const { reveal } = shelterOf(k.keys, loaded.case);
  return d.recusals.map((r: Raw) => ({
    person: { id: r.id, name: r.name },
    source: r.source,
    state: r.state,
    reason: reveal(places.recusal(loaded.case.id, r.id), r.reason),
    at: iso(r.at),
    decidedBy: r.decidedBy,
    mayDecide: isDecidable(r.source),
  }));
}

const NOBODY = "00000000-0000-0000-0000-000000000000";

/** A number that stands for nothing gives an id that stands for nothing: the same refusal, the same work. */
export async function caseIdOf(k: Kernel, caseNo: string): Promise<string> {
  const { rows } = await k.pool.query<{ id: string }>({
    name: "case_id_of",
    text: "select id from kernel.cases where case_no = $1",
    values: [caseNo.trim().toUpperCase()],
  });
  return rows[0]?.id ?? NOBODY;
}
