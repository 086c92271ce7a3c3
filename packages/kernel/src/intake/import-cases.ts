import { hash } from "node:crypto";
import { DoorstepError, type ImportInput, type importOutcome, type State } from "@doorstep/contracts";
import type { z } from "zod";
import { type Actor, mayAt } from "../actor.ts";
import { audienceOf } from "../audience/audience-of.ts";
import { ledgerActorOf } from "../change.ts";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import { canonical } from "../ledger/canonical.ts";
import { GENESIS, nextEntry } from "../ledger/entry.ts";
import { apply, isMoved } from "../pipeline/apply.ts";
import type { Batch } from "../pipeline/batch.ts";
import { OPEN_END, startClock } from "../pipeline/clock-changes.ts";
import { isOpen } from "../pipeline/rows.ts";
import { treeFence } from "../pipeline/tree-fence.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";
import { caseNoOf } from "../vault/case-no.ts";

type Outcome = z.output<typeof importOutcome>;

const label = { "zh-CN": "旧台账转入", en: "Imported from a register" } as const;

/** The state an old record proves: ended, answered, or taken in. Nothing in between is invented. */
export function provenState(r: Pick<ImportInput, "reply" | "repliedAt" | "closedAt">): State {
  if (r.closedAt) return "final";
  return r.reply ? "final" : "registered";
}

/** What the record does not say, so that nobody takes a gap for a fact. */
const notStated = (r: ImportInput): readonly string[] =>
  [
    r.petitionerAlias === null && "petitioner",
    r.category === null && "category",
    r.reply === null && "reply",
    r.reply !== null && r.repliedAt === null && "repliedAt",
    r.closedAt === null && "closedAt",
    "handler",
    "approval",
    "delivery",
    "acceptance",
  ].filter((x) => x !== false);

function problemOf(r: ImportInput, now: Date): Outcome["problem"] {
  const refuse = (code: string) => ({ code, params: {} });
  if (Date.parse(r.receivedAt) > now.getTime()) return refuse("import.future");
  const ends = [r.repliedAt, r.closedAt].filter((x) => x !== null);
  if (ends.some((x) => Date.parse(x) < Date.parse(r.receivedAt))) return refuse("import.endBeforeStart");
  return r.title.includes("\uFFFD") || r.body.includes("\uFFFD") ? refuse("import.brokenEncoding") : null;
}

const contentHash = (r: ImportInput): string => hash("sha256", `doorstep.import.1\n${canonical(r)}`, "hex");

interface Target {
  readonly lineage: readonly UnitFacts[];
}

function importedRows(
  k: Kernel,
  actor: Actor,
  r: ImportInput,
  to: Target,
  hashed: string,
): { readonly caseNo: string; readonly batch: Batch } {
  const [unit] = to.lineage as readonly [UnitFacts, ...UnitFacts[]];
  const now = k.now();
  const at = now.toISOString();
  const today = localDateOf(at, unit.timeZone);
  const receivedOn = localDateOf(r.receivedAt, unit.timeZone);
  const pack = k.rules.packFor(unit.policyPack, receivedOn);
  const calendar = k.rules.newestCalendar(unit.calendarRegion, unit.path).id;
  const status = provenState(r);
  const open = isOpen(status);
  const caseId = k.newId();
  const caseNo = caseNoOf(k.keys.code, Number(receivedOn.slice(0, 4)), caseId);
  const track = r.category === "suggestion" ? "suggestion" : "ordinary";
  // finished records start no clock; an open one starts at its own date, its effects begin now
  const clock = open
    ? startClock(
        k,
        { id: caseId, track, calendar, timeZone: unit.timeZone, holderPath: unit.path },
        { pack, now, today },
        "route",
        {
          startsOn: receivedOn,
          effectsFrom: at,
        },
      )
    : null;
  const entry = nextEntry(
    caseId,
    { seq: 0, hash: GENESIS },
    {
      at,
      type: "case.imported",
      actor: ledgerActorOf(actor),
      facts: {
        act: "import",
        to: status,
        caseNo,
        unit: unit.id,
        channel: r.via,
        category: r.category,
        track,
        source: r.source,
        statedReceivedOn: receivedOn,
        statedRepliedOn: r.repliedAt ? localDateOf(r.repliedAt, unit.timeZone) : null,
        content: hashed,
      },
    },
  );
  const demandId = k.newId();
  const shared = {
    due: clock?.dueOn ?? OPEN_END,
    received: r.receivedAt,
    conf: 1,
    status,
    open,
    category: r.category,
    channel: r.via,
    holder: unit.id,
    to_approve: false,
    backlog: false,
    to_deliver: false,
  };
  const path = to.lineage.map((u) => u.id);
  return {
    caseNo,
    batch: {
      cases: [
        {
          id: caseId,
          case_no: caseNo,
          intake_unit_id: unit.id,
          holder_unit_id: unit.id,
          status,
          level: "handle",
          flags: [],
          channel: r.via,
          channel_key: "kernel/import",
          channel_label_zh: label["zh-CN"],
          channel_label_en: label.en,
          track,
          category: r.category,
          sub_route: null,
          purpose: r.category === "suggestion" ? "suggest" : "solve",
          severity: "ordinary",
          urgent_safety: false,
          confidentiality: 1,
          anonymity: r.petitionerAlias === null ? "anonymous" : "confidential",
          headcount: 1,
          title: r.title,
          body: r.body,
          already_tried: "",
          desired_outcome: "",
          locale: "zh-CN",
          pack: pack.id,
          pack_version: pack.version,
          calendar,
          hops: 0,
          imported: true,
          received_at: r.receivedAt,
          entered_at: at,
          version: 1,
          ledger_seq: 1,
          ledger_hash: entry.row.hash,
        },
      ],
      // what the old office answered is kept as it was; no outcome, approval or delivery is made up for it
      demands: [
        {
          id: demandId,
          case_id: caseId,
          no: 1,
          text: r.title,
          desired_outcome: "",
          outcome: null,
          opinion: r.reply,
          facts: null,
          basis: null,
          steps: null,
        },
      ],
      clocks: clock ? [clock.row] : [],
      case_audience: audienceOf({
        confidentiality: 1,
        organId: null,
        holderPath: path,
        intakePath: null,
        handlingPath: null,
        respondentUnits: [],
        quarantined: false,
      }).map((a) => ({ ...a, ...shared, case_id: caseId })),
      case_imports: [
        {
          source: r.source,
          source_key: r.sourceKey,
          case_id: caseId,
          content_hash: `\\x${hashed}`,
          stated: {
            receivedAt: r.receivedAt,
            repliedAt: r.repliedAt,
            closedAt: r.closedAt,
            topicCode: r.topicCode,
            alias: r.petitionerAlias,
            original: r.original,
            notStated: notStated(r),
          },
        },
      ],
      ledger: [entry.row],
      outbox: [
        {
          id: k.newId(),
          at,
          case_id: caseId,
          seq: 1,
          unit_id: unit.id,
          type: "case.imported",
          payload: { to: status, act: "import" },
        },
      ],
    },
  };
}

function merged(batches: readonly Batch[]): Batch {
  const all: Record<string, object[]> = {};
  for (const batch of batches) {
    for (const [arm, rows] of Object.entries(batch)) {
      const known = all[arm] ?? [];
      known.push(...(rows ?? []));
      all[arm] = known;
    }
  }
  return all as Batch;
}

const code = (error: unknown): string => String((error as { code?: unknown }).code ?? "");

async function knownOf(
  k: Kernel,
  records: readonly ImportInput[],
): Promise<ReadonlyMap<string, { readonly caseNo: string; readonly hash: string }>> {
  const { rows } = await k.pool.query<{ source: string; source_key: string; case_no: string; hash: string }>(
    `select i.source, i.source_key, c.case_no, encode(i.content_hash, 'hex') as hash from kernel.case_imports i
       join kernel.cases c on c.id = i.case_id
       join unnest($1::text[], $2::text[]) w(source, source_key) on w.source = i.source and w.source_key = i.source_key`,
    [records.map((r) => r.source), records.map((r) => r.sourceKey)],
  );
  return new Map(rows.map((r) => [`${r.source}\n${r.source_key}`, { caseNo: r.case_no, hash: r.hash }]));
}

/**
 * Takes old records over, a chunk in one statement. Each key once: a record that is there already is `same`, one with
 * other content is refused and nothing is overwritten; so a broken-off import is simply started again.
 *
 * @throws DoorstepError `unit.notFound`, `forbidden` for a unit where the person may not import.
 */
export async function importCases(k: Kernel, actor: Actor, records: readonly ImportInput[]): Promise<Outcome[]> {
  const targets = new Map<string, Target>();
  for (const unitId of new Set(records.map((r) => r.unitId))) {
    const lineage = await unitAndAncestors(k.pool, unitId);
    if (lineage.length === 0) throw new DoorstepError("unit.notFound");
    if (
      !mayAt(
        actor,
        "import.run",
        lineage.map((u) => u.id),
      )
    )
      throw new DoorstepError("forbidden");
    targets.set(unitId, { lineage });
  }
  const known = await knownOf(k, records);
  const seen = new Set<string>();
  const batches: Batch[] = [];
  const outcomes = records.map((r): Outcome => {
    const key = `${r.source}\n${r.sourceKey}`;
    const hashed = contentHash(r);
    const before = known.get(key);
    const refused = (problem: Outcome["problem"], caseNo: string | null = null): Outcome => ({
      sourceKey: r.sourceKey,
      result: "refused",
      caseNo,
      problem,
    });
    if (before?.hash === hashed)
      return { sourceKey: r.sourceKey, result: "same", caseNo: before.caseNo, problem: null };
    if (before) return refused({ code: "import.changedKey", params: { key: r.sourceKey } }, before.caseNo);
    if (seen.has(key)) return refused({ code: "import.repeatedKey", params: { key: r.sourceKey } });
    const problem = problemOf(r, k.now());
    if (problem) return refused(problem);
    seen.add(key);
    const made = importedRows(k, actor, r, targets.get(r.unitId) as Target, hashed);
    batches.push(made.batch);
    return { sourceKey: r.sourceKey, result: "created", caseNo: made.caseNo, problem: null };
  });
  if (batches.length === 0) return outcomes;
  try {
    const paths = [...targets.values()].map((to) => to.lineage.map((u) => u.id));
    await apply(k.pool, { ...merged(batches), unit_fence: treeFence(paths) });
    return outcomes;
  } catch (error) {
    // another run brought one of these keys in this very moment, or a unit was moved: look again
    if (code(error) !== "23505" && !isMoved(error)) throw error;
    return importCases(k, actor, records);
  }
}
