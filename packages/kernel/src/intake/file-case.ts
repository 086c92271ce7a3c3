import {
  type ClockRole,
  DoorstepError,
  type FileInput,
  type FileResult,
  type IntakeChannel,
  type Locale,
  mandateScopes,
  type PetitionerIdentity,
  type Text,
} from "@doorstep/contracts";
import { type AudienceKey, audienceOf, PERSON_DEPTH } from "../audience/audience-of.ts";
import { explainText } from "../clocks/explain-sentence.ts";
import { localDateOf } from "../clocks/local-time.ts";
import { raisedRow } from "../duty/acts.ts";
import { underOrgansKey } from "../files/file-keys.ts";
import type { Kernel } from "../kernel.ts";
import { canonical } from "../ledger/canonical.ts";
import { GENESIS, type LedgerActor, nextEntry } from "../ledger/entry.ts";
import type { ClockEffect, Scene } from "../life-cycle/rule.ts";
import { transitionOf } from "../life-cycle/table.ts";
import { ownLookOf } from "../notices/common-facts.ts";
import { contactOf, hotlineOf } from "../notices/contact.ts";
import { dueFacts } from "../notices/due-facts.ts";
import { issuedNotice, lettersSealed } from "../notices/notice-row.ts";
import { apply, isCodeTaken, isMoved, isNumberTaken, isRepeatedKey, isStale } from "../pipeline/apply.ts";
import type { Batch } from "../pipeline/batch.ts";
import { OPEN_END, type StartedClock, shortenedFacts, startClock } from "../pipeline/clock-changes.ts";
import { logKeyOf } from "../pipeline/execute.ts";
import { inputHash, type Prior } from "../pipeline/load-case.ts";
import { treeFence } from "../pipeline/tree-fence.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";
import { type Conflict, conflictRows, conflictsOf, personNamed } from "../recusal/conflicts.ts";
import { caseNoOf } from "../vault/case-no.ts";
import { personKey } from "../vault/keys.ts";
import { protectText } from "../vault/protected-text.ts";
import { returnCodeOf, returnTag } from "../vault/return-code.ts";
import { hex } from "../vault/seal.ts";
import { type CoSigner, conflictsOfSigners, coSignerRows } from "./co-signers.ts";
import { partyRows } from "./party-rows.ts";
import { receiptProofOf } from "./receipt-proof.ts";

/** A petition as it comes in, by whatever way. */
export interface Filing {
  readonly key: string;
  readonly unitId: string | null;
  readonly via: IntakeChannel;
  /** `<module>/<channel>`; `kernel/<way>` for what the desk takes down */
  readonly channelKey: string;
  readonly channelLabel: Text;
  readonly purpose: FileInput["purpose"];
  readonly title: string;
  readonly body: string;
  readonly alreadyTried: string;
  readonly desiredOutcome: string;
  readonly concernsLeader: boolean;
  readonly urgentSafety: boolean;
  readonly anonymity: FileInput["anonymity"];
  readonly petitioner?: PetitionerIdentity | undefined;
  readonly headcount: number;
  readonly fileIds: readonly string[];
  readonly locale: Locale;
  /** the day it arrived, where that was before today (a letter) */
  readonly receivedOn?: string | undefined;
  /** who signed beside the petitioner */
  readonly coSigners?: readonly CoSigner[] | undefined;
}

/** Who files: nobody known, a signed-in petitioner, or a clerk who takes it down. */
export interface Filer {
  readonly actor: LedgerActor;
  /** the signed-in petitioner's person id; never set for an anonymous petition */
  readonly petitionerId: string | null;
  /** it came in a flood: a person lets it through first */
  readonly quarantined?: boolean;
}

interface Destination {
  /** the unit that takes it in, itself first, then its ancestors */
  readonly lineage: readonly UnitFacts[];
  readonly organId: string | null;
  readonly respondentUnitId: string | null;
}

/**
 * Where a new petition goes. An accusation: the discipline organ one level above the unit complained of, never the
 * unit [R22:30]. "My leader is concerned", or must not get it: the level above, and the unit stays out of it like one complained
 * of, so that nobody passes it back down [R22:22(2)]; at the top, where nobody stands above, the unit itself. Else the unit.
 */
export function destinationOf(
  lineage: readonly UnitFacts[],
  filing: Pick<Filing, "purpose" | "concernsLeader" | "unitId">,
  twoUp = false,
): Destination {
  const above = lineage.length > 1 ? lineage.slice(1) : lineage;
  if (filing.purpose === "accuse") {
    const farther = twoUp ? above.findIndex((u, n) => n > 0 && u.disciplineOrgan !== null) : -1;
    const index = farther >= 0 ? farther : above.findIndex((u) => u.disciplineOrgan !== null);
    const organ = above[index]?.disciplineOrgan;
    if (!organ) throw new DoorstepError("intake.noOrgan");
    return { lineage: above.slice(index), organId: organ.id, respondentUnitId: filing.unitId };
  }
  const passedBy = filing.concernsLeader && lineage.length > 1;
  return {
    lineage: passedBy ? above : lineage,
    organId: null,
    respondentUnitId: passedBy ? (lineage[0]?.id ?? null) : null,
  };
}

/** What is filed beside a petition in the same statement, and the days that run for it instead of the usual ones. */
export interface FiledBeside {
  /** to the organ two levels up, where there is one [SPEC §12.4] */
  readonly twoUp: boolean;
  readonly clocks: readonly ClockRole[];
  rows(caseId: string, at: string): Batch;
}

const danger: readonly ClockEffect[] = [
  { do: "start", role: "urgentPhone" },
  { do: "start", role: "urgentWritten" },
];

const startsOf = (filing: Filing, beside: FiledBeside | undefined): readonly ClockEffect[] => [
  ...(filing.urgentSafety ? danger : []),
  ...(beside?.clocks.map((role) => ({ do: "start", role }) as const) ?? transitionOf("file").clocks),
];

const raisedBy = (filing: Filing, caseId: string, at: string): readonly object[] =>
  filing.urgentSafety ? [raisedRow(caseId, at)] : [];

interface Parts {
  readonly caseId: string;
  readonly caseNo: string;
  readonly code: string;
  readonly batch: Batch;
  readonly clocks: readonly StartedClock[];
  readonly unit: UnitFacts;
}

function sceneFor(k: Kernel, unit: UnitFacts): Scene {
  const now = k.now();
  const today = localDateOf(now.toISOString(), unit.timeZone);
  return { pack: k.rules.packFor(unit.policyPack, today), now, today };
}

/** What was found out before a petition is written. */
interface Found {
  readonly hashed: string;
  /** how often a number was drawn for it */
  readonly draw: number;
  readonly conflicts: readonly Conflict[];
}

/** @throws DoorstepError `intake.receivedLater` */
function dayReceived({ receivedOn = "" }: Filing, today: string): string {
  if (receivedOn > today) throw new DoorstepError("intake.receivedLater");
  return receivedOn || today;
}

function filed(
  k: Kernel,
  filing: Filing,
  filer: Filer,
  to: Destination,
  { hashed, draw, conflicts }: Found,
  beside?: FiledBeside,
): Parts {
  const [unit] = to.lineage;
  if (!unit) throw new DoorstepError("unit.notFound");
  const scene = sceneFor(k, unit);
  const at = scene.now.toISOString();
  assertRepresentatives(filing.coSigners, scene);
  const x = transitionOf("file");
  const accusation = to.organId !== null;
  const quarantined = filer.quarantined === true;
  const confidentiality = accusation ? 3 : 1;
  const track = accusation ? "accusation" : "ordinary";
  const caseId = k.newId();
  const calendar = k.rules.newestCalendar(unit.calendarRegion, unit.path).id;
  const receivedOn = dayReceived(filing, scene.today);
  const caseNo = caseNoOf(k.keys.code, Number(receivedOn.slice(0, 4)), `${caseId}:${draw}`);
  const code = returnCodeOf(k.keys.code, filing.key);
  const clocks = startsOf(filing, beside).flatMap((e) =>
    // online the receipt is in the petitioner's hands at the same moment: nothing is left to acknowledge (K1)
    e.do === "start" && !(e.role === "acknowledge" && filing.via === "online")
      ? (startClock(k, { id: caseId, track, calendar, timeZone: unit.timeZone, holderPath: unit.path }, scene, e.role, {
          startsOn: filing.receivedOn,
        }) ?? [])
      : [],
  );
  const route = clocks.find((c) => c.code === "K2") ?? clocks.at(-1);
  const due = clocks.map((c) => c.dueOn).sort()[0] ?? OPEN_END;
  const audience = firstAudience(k, to, filer, confidentiality);
  const receivedAt = filing.receivedOn && filing.receivedOn < scene.today ? `${filing.receivedOn}T12:00:00Z` : at;
  const notices = route ? [receipt(k, filing, caseId, caseNo, to.lineage, receivedAt, at, route, to.organId)] : [];
  const entry = nextEntry(
    caseId,
    { seq: 0, hash: GENESIS },
    {
      at,
      type: x.entry,
      // whose account it was is the vault's to know, and the ledger forgets nothing
      actor: filer.petitionerId ? "petitioner" : filer.actor,
      facts: {
        act: x.act,
        to: "received",
        caseNo,
        unit: unit.id,
        channel: filing.via,
        track,
        anonymity: filing.anonymity,
        urgent: filing.urgentSafety,
        headcount: filing.headcount,
        ...(filing.coSigners && { coSigners: filing.coSigners.length }),
        receivedOn,
        ...(quarantined && { quarantined }),
        pack: scene.pack.key,
        due: Object.fromEntries(clocks.map((c) => [c.ref, c.dueOn])),
        ...lettersSealed(notices),
        ...shortenedFacts(clocks),
      },
    },
  );
  const protect = (field: string, plain: string): string =>
    protectText(k.keys, to.organId, `cases:${caseId}:${field}`, plain);
  const shared = {
    due,
    received: receivedAt,
    conf: confidentiality,
    status: "received",
    open: true,
    category: accusation ? "accusation" : null,
    channel: filing.via,
    holder: unit.id,
    to_approve: false,
    backlog: false,
    to_deliver: false,
  };
  const batch: Batch = {
    ...beside?.rows(caseId, at),
    cases: [
      {
        id: caseId,
        case_no: caseNo,
        intake_unit_id: unit.id,
        holder_unit_id: unit.id,
        organ_id: to.organId,
        status: "received",
        level: "handle",
        flags: quarantined ? ["quarantined"] : [],
        channel: filing.via,
        channel_key: filing.channelKey,
        channel_label_zh: filing.channelLabel["zh-CN"],
        channel_label_en: filing.channelLabel.en,
        track,
        category: shared.category,
        purpose: filing.purpose,
        severity: filing.urgentSafety ? "urgent" : "ordinary",
        urgent_safety: filing.urgentSafety,
        confidentiality,
        anonymity: filing.anonymity,
        headcount: filing.headcount,
        title: protect("title", filing.title),
        body: protect("body", filing.body),
        already_tried: protect("already_tried", filing.alreadyTried),
        desired_outcome: protect("desired_outcome", filing.desiredOutcome),
        locale: filing.locale,
        pack: scene.pack.id,
        pack_version: scene.pack.version,
        calendar,
        hops: 0,
        imported: false,
        received_at: receivedAt,
        entered_at: at,
        petitioner_wrote_at: at,
        return_tag: hex(returnTag(k.keys.code, code)),
        version: 1,
        ledger_seq: entry.row.seq,
        ledger_hash: entry.row.hash,
      },
    ],
    respondents: to.respondentUnitId
      ? [{ id: k.newId(), case_id: caseId, kind: "unit", unit_id: to.respondentUnitId, label: "" }]
      : [],
    ...everybody(k, caseId, filing, filer.petitionerId, at),
    recusals: conflictRows(caseId, at, conflicts),
    clocks: clocks.map((c) => c.row),
    duty_pages: raisedBy(filing, caseId, at),
    notices,
    case_audience: audience.map((a) => ({ ...a, ...shared, case_id: caseId })),
    file_claims: filing.fileIds.map((id) => ({ id, case_id: caseId, message_id: null, visibility: "petitioner" })),
    ledger: [entry.row],
    outbox: [
      {
        id: k.newId(),
        at,
        case_id: caseId,
        seq: 1,
        unit_id: unit.id,
        type: x.entry,
        payload: { to: "received", act: x.act },
      },
    ],
    command_log: [
      {
        actor: filer.actor,
        key: logKeyOf(k, filing.key),
        command: x.act,
        input_hash: `\\x${hashed}`,
        result: { caseId, caseNo, unitId: unit.id, receivedAt, delayed: quarantined },
        at,
      },
    ],
  };
  return { caseId, caseNo, code, batch, clocks, unit };
}

/** Petitioner and co-signers: into the vault, with what each may do. */
function everybody(k: Kernel, caseId: string, filing: Filing, accountId: string | null, at: string): Batch {
  const { persons = [], tags = [], party_links = [] } = partyRows(k, caseId, filing, accountId);
  const signed = coSignerRows(k, caseId, at, filing.coSigners ?? []);
  return {
    persons: [...persons, ...signed.persons],
    tags: [...tags, ...signed.tags],
    party_links: [...party_links, ...signed.party_links],
    mandates: [...filedFor(k, caseId, filing, at), ...signed.mandates],
  };
}

/** Few speak for many: whoever files is one of them [R22:20]. @throws DoorstepError `intake.representatives` */
function assertRepresentatives(coSigners: readonly CoSigner[] = [], { pack }: Scene): void {
  const most = pack.maxRepresentatives;
  if (coSigners.length > 0 && 1 + coSigners.filter((one) => one.represents).length > most)
    throw new DoorstepError("intake.representatives", { most });
}

/** Whoever files for somebody else has the code of the petition, and is bound to what that person has agreed to. */
function filedFor(k: Kernel, caseId: string, { petitioner }: Filing, at: string): readonly object[] {
  if (!petitioner || petitioner.filingFor === "self") return [];
  return [
    {
      id: k.newId(),
      case_id: caseId,
      filed: true,
      kind: petitioner.filingFor,
      relation: petitioner.relation ?? "other",
      scope: mandateScopes,
      consent: petitioner.consent ?? "notYet",
      given_at: at,
      until: null,
      return_tag: null,
    },
  ];
}

/** Who sees it from the first moment, the petitioner's account among them. */
const firstAudience = (k: Kernel, to: Destination, filer: Filer, confidentiality: number): readonly AudienceKey[] => [
  ...audienceOf({
    confidentiality,
    organId: to.organId,
    holderPath: to.lineage.map((u) => u.id),
    intakePath: null,
    handlingPath: null,
    respondentUnits: to.respondentUnitId ? [to.respondentUnitId] : [],
    quarantined: filer.quarantined === true,
  }),
  ...(filer.petitionerId ? [{ key: personKey(k.keys, filer.petitionerId), depth: PERSON_DEPTH }] : []),
];

/** D1, issued and posted by the system in the moment of filing; the code itself is not in it. */
function receipt(
  k: Kernel,
  filing: Filing,
  caseId: string,
  caseNo: string,
  lineage: readonly UnitFacts[],
  receivedAt: string,
  at: string,
  route: StartedClock,
  organId: string | null,
): object {
  const [unit] = lineage as readonly [UnitFacts];
  const today = localDateOf(at, unit.timeZone);
  return issuedNotice(
    { keys: k.keys, organId },
    {
      id: k.newId(),
      caseId,
      code: "D1",
      at,
      issuerUnitId: unit.id,
      draftedBy: null,
      facts: {
        caseNo,
        subject: filing.purpose === "accuse" ? "检举控告" : filing.title,
        number: caseNo,
        issuedOn: today,
        unit: unit.name,
        contact: contactOf(lineage),
        timeZone: unit.timeZone,
        addressee: null,
        trackUrl: null,
        receivedAt,
        channel: filing.via,
        pages: 1,
        attachments: filing.fileIds.length,
        anonymity: filing.anonymity,
        due: dueFacts(route),
        retaliationHotline: hotlineOf(lineage),
        returnCode: null,
        ...ownLookOf(k, lineage, "D1"),
      },
    },
    { posted: today },
  );
}

interface FiledLog {
  readonly caseId: string;
  readonly caseNo: string;
  readonly unitId: string;
  readonly receivedAt: string;
  readonly delayed?: boolean;
}

const DRAWS = 5;

/** A number or key that somebody else took in this very moment: look again. */
function assertMayDrawAgain(error: unknown, draw: number): void {
  if (isStale(error)) throw new DoorstepError("file.notFound");
  if (isCodeTaken(error)) throw new DoorstepError("key.reused");
  if (draw === DRAWS || !(isNumberTaken(error) || isRepeatedKey(error) || isMoved(error))) throw error;
}

/**
 * T1. Takes a petition in: row, vault, clocks, receipt, ledger entry and event in one statement, after one look at the
 * unit and at the key. The same key again gives the same number and code and files nothing twice.
 *
 * @throws DoorstepError `unit.notFound`, `unit.retired`, `intake.noOrgan`, `intake.receivedLater`, `file.notFound`, `key.reused`.
 */
export async function fileCase(
  k: Kernel,
  filing: Filing,
  filer: Filer,
  beside?: FiledBeside,
): Promise<FileResult & { readonly caseId: string }> {
  const hashed = inputHash("file", canonical(filing));
  for (let draw = 0; ; draw++) {
    const [lineage, prior] = await Promise.all([
      unitAndAncestors(k.pool, filing.unitId),
      priorFiling(k, filer.actor, filing.key),
    ]);
    if (!lineage[0]) throw new DoorstepError("unit.notFound");
    if (prior) return repeated(k, prior, hashed, filing, lineage);
    if (!lineage[0].living) throw new DoorstepError("unit.retired");
    const to = destinationOf(lineage, filing, beside?.twoUp);
    const conflicts = await everyConflict(k, filing, filer, to);
    const parts = filed(k, filing, filer, to, { hashed, draw, conflicts }, beside);
    try {
      const c = { id: parts.caseId, organId: to.organId, formerOrganId: to.organId };
      // an organ is found by the place of the unit complained of; every other unit it goes to stands in that path too
      const batch = { ...parts.batch, unit_fence: treeFence([lineage.map((u) => u.id)]) };
      await apply(k.pool, await underOrgansKey(k, c, batch));
      return resultOf(k, parts, filing);
    } catch (error) {
      assertMayDrawAgain(error, draw);
    }
  }
}

async function everyConflict(k: Kernel, filing: Filing, filer: Filer, to: Destination): Promise<readonly Conflict[]> {
  const [ofPetitioner, ofSigners] = await Promise.all([
    conflictsOf(k, {
      people: [],
      units: to.respondentUnitId ? [to.respondentUnitId] : [],
      petitionerId: filer.petitionerId ?? (await personNamed(k, filing)),
    }),
    conflictsOfSigners(k, filing.coSigners ?? []),
  ]);
  const standing = new Set(ofPetitioner.map((one) => one.personId));
  return [...ofPetitioner, ...ofSigners.filter((one) => !standing.has(one.personId))];
}

/** What was filed under this key before; in the same trip, whether units have changed their periods or days. */
export async function priorFiling(k: Kernel, actor: LedgerActor, key: string): Promise<Prior | null> {
  const { rows } = await k.pool.query<{ stamp: string } & (Prior | { readonly input: null })>({
    name: "prior_filing",
    text: `select r.stamp, l.result, encode(l.input_hash, 'hex') as input from kernel.rules_stamp() as r(stamp)
      left join kernel.command_log l on l.actor = $1 and l.key = $2`,
    values: [actor, logKeyOf(k, key)],
  });
  const [found] = rows;
  if (found) await k.rules.refresh(Number(found.stamp));
  return found && found.input !== null ? { result: found.result, input: found.input } : null;
}

const publicUnit = (lineage: readonly UnitFacts[], unit: UnitFacts) => ({
  id: unit.id,
  code: unit.code,
  name: unit.name,
  path: {
    "zh-CN": lineage
      .map((u) => u.name["zh-CN"])
      .toReversed()
      .join(" / "),
    en: lineage
      .map((u) => u.name.en)
      .toReversed()
      .join(" / "),
  },
});

function nextSteps(
  k: Kernel,
  clocks: readonly Omit<StartedClock, "ref">[],
  unit: UnitFacts,
  track: "ordinary" | "accusation",
) {
  const scene = sceneFor(k, unit);
  const route = clocks.find((c) => c.code === "K2");
  const calendar = k.rules.newestCalendar(unit.calendarRegion, unit.path).id;
  // the latest day an answer can fall due: handling counted from the last day of acceptance
  const handling = startClock(
    k,
    { id: "", track, calendar, timeZone: unit.timeZone, holderPath: unit.path },
    scene,
    "handling",
    {
      startsOn: route?.dueOn,
    },
  );
  return [route, handling]
    .filter((c) => c !== null && c !== undefined)
    .map((c) => ({
      code: c.code,
      dueOn: c.dueOn,
      sentence: explainText((c.row as { explain: Parameters<typeof explainText>[0] }).explain),
    }));
}

function resultOf(k: Kernel, parts: Parts, filing: Filing): FileResult & { readonly caseId: string } {
  const log = parts.batch.command_log?.[0] as { result: FiledLog };
  return {
    caseId: parts.caseId,
    caseNo: parts.caseNo,
    returnCode: parts.code,
    proof: receiptProofOf(k.keys.code, parts.caseNo, new Date(log.result.receivedAt), filing.body),
    receivedAt: log.result.receivedAt,
    unit: publicUnit([parts.unit], parts.unit),
    timeZone: parts.unit.timeZone,
    next: nextSteps(k, parts.clocks, parts.unit, filing.purpose === "accuse" ? "accusation" : "ordinary"),
    delayed: log.result.delayed === true,
  };
}

/** The answer to a second press: nothing is written, the code is made anew from the same key. */
async function repeated(
  k: Kernel,
  prior: Prior,
  hashed: string,
  filing: Filing,
  lineage: readonly UnitFacts[],
): Promise<FileResult & { readonly caseId: string }> {
  if (prior.input !== hashed) throw new DoorstepError("key.reused");
  const log = prior.result as FiledLog;
  const { rows } = await k.pool.query<{ code: string; due_on: string; explain: object }>(
    "select code, due_on, explain from kernel.clocks where case_id = $1 order by started_at, id",
    [log.caseId],
  );
  const unit = lineage.find((u) => u.id === log.unitId) ?? (lineage[0] as UnitFacts);
  const clocks = rows.map((r) => ({ code: r.code, dueOn: r.due_on, row: { explain: r.explain } }));
  return {
    caseId: log.caseId,
    caseNo: log.caseNo,
    returnCode: returnCodeOf(k.keys.code, filing.key),
    proof: receiptProofOf(k.keys.code, log.caseNo, new Date(log.receivedAt), filing.body),
    receivedAt: log.receivedAt,
    unit: publicUnit([unit], unit),
    timeZone: unit.timeZone,
    next: nextSteps(k, clocks, unit, filing.purpose === "accuse" ? "accusation" : "ordinary"),
    delayed: log.delayed === true,
  };
}
