import { type Acted, type Confidentiality, DoorstepError, type registerInput, type Theme } from "@doorstep/contracts";
import type { z } from "zod";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { Refusal } from "../life-cycle/rule.ts";
import { commonFacts } from "../notices/common-facts.ts";
import { issuedNotice } from "../notices/notice-row.ts";
import type { Command } from "../pipeline/execute.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";
import { type Conflict, conflictRows, conflictsOf } from "../recusal/conflicts.ts";
import { mayHaveThemes, themesIn } from "../themes/themes-in-text.ts";
import { acted, personOf } from "./acted.ts";
import { places, shelterOf } from "./reveal.ts";
import { notSimple } from "./tracks.ts";

type Input = Omit<z.output<typeof registerInput>, "caseId" | "version" | "key">;

interface Prepared {
  /** holder from now on: the level above a unit that is complained of */
  readonly holder: readonly UnitFacts[];
  readonly organId: string | null;
  readonly respondentUnits: readonly string[];
  /** people who must not touch the case [SPEC §6(8)] */
  readonly conflicted: readonly Conflict[];
  readonly text: { readonly body: string; readonly already_tried: string; readonly desired_outcome: string };
  readonly topics: readonly { readonly zh: string; readonly en: string; readonly never: boolean }[];
  readonly confidentiality: Confidentiality;
  /** by its own words, which go no further */
  readonly themes: readonly Theme[];
}

const trackFits = (i: Input): boolean =>
  (i.category === "accusation") === (i.track === "accusation") &&
  (i.category === "suggestion") === (i.track === "suggestion") &&
  (i.category === "accusation") === (i.confidentiality === 3);

export async function assertKnown(k: Kernel, i: Pick<Input, "respondents" | "topicIds">): Promise<Prepared["topics"]> {
  const people = i.respondents.flatMap((r) => (r.kind === "person" ? [r.personId] : []));
  const units = i.respondents.flatMap((r) => (r.kind === "unit" ? [r.unitId] : []));
  const [p, u, t] = await Promise.all([
    k.pool.query("select 1 from kernel.people where id = any ($1)", [people]),
    k.pool.query("select 1 from kernel.units where id = any ($1)", [units]),
    k.pool.query<Prepared["topics"][number]>(
      "select name_zh as zh, name_en as en, never_mediated as never from kernel.topics where id = any ($1) and not retired",
      [i.topicIds],
    ),
  ]);
  if (p.rowCount !== new Set(people).size) throw new DoorstepError("person.notFound");
  if (u.rowCount !== new Set(units).size) throw new DoorstepError("unit.notFound");
  if (t.rowCount !== new Set(i.topicIds).size) throw new DoorstepError("topics.stale");
  return t.rows;
}

/** Violence and harassment are sensitive whatever was chosen, as when they are found out later (`markTopic`) [SPEC §4 T13, §8]. */
const levelOf = (i: Pick<Input, "confidentiality">, topics: Prepared["topics"]): Confidentiality =>
  i.confidentiality === 1 && topics.some((topic) => topic.never) ? 2 : i.confidentiality;

/** Holder of a case that complains of units: the nearest level outside all of them [R22:22(2)]. */
export function outsideOf(lineage: readonly UnitFacts[], respondents: readonly string[]): readonly UnitFacts[] {
  const last = lineage.findLastIndex((u) => respondents.includes(u.id));
  return last >= 0 && last + 1 < lineage.length ? lineage.slice(last + 1) : lineage;
}

/** The units and people that the case is about from now on, and whom that keeps out of it [SPEC §6(8)]. */
export async function concernedBy(k: Kernel, c: LoadedCase, respondents: Input["respondents"]) {
  const units = respondents.flatMap((r) => (r.kind === "unit" ? [r.unitId] : []));
  const people = respondents.flatMap((r) => (r.kind === "person" ? [r.personId] : []));
  const respondentUnits = [...new Set([...c.respondentUnits, ...units])];
  return { respondentUnits, conflicted: await conflictsOf(k, { people, units: respondentUnits }) };
}

/** The nearest discipline organ above the unit that is not the one complained of [R22:30]. @throws DoorstepError `intake.noOrgan` */
export function organAbove(lineage: readonly UnitFacts[], respondentUnits: readonly string[]) {
  const above = lineage.length > 1 ? lineage.slice(1) : lineage;
  const at = above.findIndex((u) => u.disciplineOrgan !== null && !respondentUnits.includes(u.id));
  const organ = above[at]?.disciplineOrgan;
  if (!organ) throw new DoorstepError("intake.noOrgan");
  return { holder: above.slice(at), organId: organ.id };
}

/** Whom it is about, as rows; words under the key of the case's organ. */
export function respondentRows(
  k: Kernel,
  c: { readonly id: string; readonly organId: string | null },
  respondents: Input["respondents"],
): readonly object[] {
  const { protect } = shelterOf(k.keys, c);
  return respondents.map((r) => {
    const id = k.newId();
    return {
      id,
      case_id: c.id,
      kind: r.kind,
      person_id: r.kind === "person" ? r.personId : null,
      unit_id: r.kind === "unit" ? r.unitId : null,
      label: r.kind === "words" ? protect(places.respondent(id), r.label) : "",
    };
  });
}

async function prepare(k: Kernel, c: LoadedCase, i: Input): Promise<Prepared> {
  const topics = await assertKnown(k, i);
  const lineage = await unitAndAncestors(k.pool, c.holderUnitId);
  const { rows } = await k.pool.query<Prepared["text"]>(
    "select body, already_tried, desired_outcome from kernel.cases where id = $1",
    [c.id],
  );
  const [stored] = rows;
  if (!stored) throw new DoorstepError("case.notFound");
  const { reveal } = shelterOf(k.keys, c);
  const text = {
    body: reveal(places.case(c.id, "body"), stored.body),
    already_tried: reveal(places.case(c.id, "already_tried"), stored.already_tried),
    desired_outcome: reveal(places.case(c.id, "desired_outcome"), stored.desired_outcome),
  };
  const concerned = await concernedBy(k, c, i.respondents);
  const { respondentUnits } = concerned;
  const title = reveal(places.case(c.id, "title"), c.title);
  const confidentiality = levelOf(i, topics);
  const themes = mayHaveThemes(c, { ...i, confidentiality })
    ? await themesIn(k.pool, { title, body: text.body }, { path: lineage.map((unit) => unit.id) })
    : [];
  const common = { ...concerned, text, topics, confidentiality, themes };
  if (i.confidentiality !== 3 || c.organId !== null) {
    return { ...common, holder: outsideOf(lineage, respondentUnits), organId: c.organId };
  }
  // it turns out to be an accusation: it leaves the unit for the discipline organ above [R22:30]
  return { ...common, ...organAbove(lineage, respondentUnits) };
}

/** T2. Registers what came in: demands one by one, category, track, whom it is about. The text itself stays as it was. */
export const registerCase: Command<Input, Acted> = {
  act: "register",
  prepare,
  checks(c, _s, i): readonly Refusal[] {
    const out: Refusal[] = [];
    if (!trackFits(i)) out.push({ code: "track.category" });
    if (c.organId !== null && i.category !== "accusation") out.push({ code: "track.accusationOnly" });
    return [...out, ...notSimple(c, i)];
  },
  decide(k, loaded, s, i, party, prepared) {
    const p = prepared as Prepared;
    const c = loaded.case;
    const at = s.now.toISOString();
    const { protect } = shelterOf(k.keys, { id: c.id, organId: p.organId });
    const [holder] = p.holder;
    const movedTo = holder && holder.id !== c.holderUnitId ? holder : null;
    const demands = i.demands.map((d, n) => ({ id: k.newId(), no: n + 1, ...d }));
    const title = shelterOf(k.keys, c).reveal(places.case(c.id, "title"), c.title);
    return {
      result: acted(c, "registered"),
      facts: {
        category: i.category,
        subRoute: i.subRoute,
        severity: i.severity,
        confidentiality: p.confidentiality,
        topics: i.topicIds,
        themes: p.themes,
        demands: demands.length,
        respondents: i.respondents.length,
        recused: p.conflicted.length,
      },
      patch: {
        track: i.track,
        category: i.category,
        subRoute: i.category === "claim" ? (i.subRoute ?? 6) : null,
        severity: i.severity,
        confidentiality: p.confidentiality,
        organId: p.organId,
        ...(movedTo && { holderUnitId: movedTo.id }),
      },
      // its organ has had it since it was filed
      ...(c.organId !== null && { parts: { handoverUpward: null } }),
      holderPath: p.holder.map((u) => u.id),
      holderTimeZone: holder?.timeZone ?? c.timeZone,
      respondentUnits: p.respondentUnits,
      // K6 counts from the receipt, however late it is registered [SIMP16]
      startsOn: { simpleAccept: localDateOf(c.receivedAt, c.timeZone) },
      rows: {
        demands: demands.map((d) => ({
          id: d.id,
          case_id: c.id,
          no: d.no,
          text: protect(places.demand(d.id, "text"), d.text),
          desired_outcome: protect(places.demand(d.id, "desired_outcome"), d.desiredOutcome),
        })),
        respondents: respondentRows(k, { id: c.id, organId: p.organId }, i.respondents),
        case_topics: i.topicIds.map((topic_id) => ({ case_id: c.id, topic_id })),
        recusals: conflictRows(c.id, at, p.conflicted),
        legs: movedTo
          ? [
              {
                id: k.newId(),
                case_id: c.id,
                no: c.legs + 1,
                from_unit_id: c.holderUnitId,
                to_unit_id: movedTo.id,
                kind: "transfer",
                reason: "unit.notRespondent",
                legal_ground: "R22:22(2)",
                sent_at: at,
                sent_by: personOf(party),
              },
            ]
          : [],
        notices: [
          issuedNotice(
            { keys: k.keys, organId: p.organId },
            {
              id: k.newId(),
              caseId: c.id,
              code: "D2",
              at,
              issuerUnitId: holder?.id ?? c.holderUnitId,
              draftedBy: personOf(party),
              facts: {
                ...commonFacts(k, "D2", { ...c, title, organId: null }, p.holder, c.caseNo, s.today),
                receivedAt: c.receivedAt,
                channel: c.channel,
                anonymity: c.anonymity,
                petitioner: null,
                personKind: null,
                petitionerContact: null,
                petitionerUnit: null,
                headcount: c.headcount,
                representatives: [],
                demands: demands.map((d) => ({
                  no: d.no,
                  text: d.text,
                  ...(d.desiredOutcome && { desiredOutcome: d.desiredOutcome }),
                })),
                facts: p.text.body,
                reasons: null,
                desiredOutcome: p.text.desired_outcome || demands.map((d) => d.desiredOutcome).find(Boolean) || "—",
                triedBefore: p.text.already_tried || null,
                category: i.category,
                topics:
                  p.topics.length > 0
                    ? p.topics.map((t) => ({ "zh-CN": t.zh, en: t.en }))
                    : [{ "zh-CN": "其他", en: "Other" }],
                severity: i.severity,
                track: i.track,
                secrecyChecked: true,
                readBack: null,
                clerk: party.kind === "person" ? party.actor.name : "—",
              },
            },
            { posted: null },
          ),
        ],
      },
    };
  },
};
