import {
  type Acted,
  type acknowledgeReportInput,
  type answerCheckInInput,
  type askExplanationInput,
  type concludeReportInput,
  type protectInput,
  type retaliationOutcomes,
  states,
  type Text,
} from "@doorstep/contracts";
import type { z } from "zod";
import { acted, personOf } from "../cases/acted.ts";
import { noteRow } from "../cases/note-row.ts";
import { localDateOf } from "../clocks/local-time.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { guard, type Who } from "../life-cycle/rule.ts";
import { type Issuer, issued, issuerOf } from "../notices/issue.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import type { LoadedReport } from "./loaded-report.ts";

type Typed<S extends z.ZodType> = Omit<z.output<S>, "caseId" | "version" | "key">;

const organ: Who = { role: "discipline", at: "organ" };
const petitioner: Who = { role: "petitioner", at: "case" };

const stage = (id: string, holds: (r: LoadedReport) => boolean) =>
  guard(id, "SPEC:12", (c) => c.report !== null && holds(c.report));
const unacknowledged = stage("report.acknowledged", (r) => r.acknowledgedAt === null);
const acknowledged = stage("report.notAcknowledged", (r) => r.acknowledgedAt !== null);
const decidedOn = stage("report.notDecided", (r) => r.decidedAt !== null);
const unconcluded = stage("report.concluded", (r) => r.concludedAt === null);

const side = (
  act: string,
  entry: SideAct["entry"],
  more: Partial<SideAct> & Pick<SideAct, "guards" | "clocks">,
): SideAct => ({ act, from: ["received"], to: "same", who: [organ], entry, ...more });

const patchOf = (caseId: string, r: LoadedReport | null, change: object): object => ({
  case_id: caseId,
  acknowledged_at: r?.acknowledgedAt ?? null,
  decided_at: r?.decidedAt ?? null,
  concluded_at: r?.concludedAt ?? null,
  outcome: r?.outcome ?? null,
  check_ins: r?.checkIns ?? 0,
  ...change,
});

const takenNote = "已收到您反映的打击报复情况，正在处理。/ Your report of retaliation has been taken up.";

/** K24, one working day: the person knows that it was read. */
export const acknowledgeReport: Command<Typed<typeof acknowledgeReportInput>, Acted> = {
  act: side("acknowledgeReport", "retaliation.acknowledged", {
    guards: [unacknowledged],
    clocks: [{ do: "stop", role: "retaliationAcknowledge" }],
  }),
  decide(k, loaded, s, _i, party) {
    const c = loaded.case;
    const at = s.now.toISOString();
    return {
      result: acted(c),
      facts: {},
      rows: {
        retaliation_patch: [patchOf(c.id, c.report, { acknowledged_at: at })],
        messages: [noteRow(k, c, { at, text: takenNote, visibility: "petitioner", party })],
      },
    };
  },
};

/** K24, five working days: measures, or why none is needed; D30 says it to the person. A later change is another D30. */
export const decideProtection: Command<Typed<typeof protectInput>, Acted> = {
  act: side("decideProtection", "retaliation.protected", {
    guards: [acknowledged, unconcluded],
    clocks: [{ do: "stop", role: "retaliationProtection" }],
  }),
  prepare: (k, c, _i, s) => issuerOf(k, c.organUnitId ?? c.holderUnitId, s, ["D30"]),
  checks: (_c, _s, i) => (i.till !== null && i.till < i.from ? [{ code: "report.dates" }] : []),
  decide(k, loaded, s, i, party, prepared) {
    const c = loaded.case;
    const at = s.now.toISOString();
    const facts = { measures: i.measures, text: i.text, from: i.from, till: i.till, contactPerson: i.contact };
    return {
      result: acted(c),
      facts: { measures: i.measures, from: i.from, till: i.till },
      rows: {
        retaliation_patch: [patchOf(c.id, c.report, { decided_at: c.report?.decidedAt ?? at })],
        notices: [issued({ k, case: c, scene: s, party, issuer: prepared as Issuer }, "D30", facts, { posted: true })],
      },
    };
  },
};

/** The unit explains itself in writing. It reads these neutral words and nothing else: no number, no name, no text. */
export const askExplanation: Command<Typed<typeof askExplanationInput>, Acted> = {
  act: side("askExplanation", "retaliation.explanationAsked", { guards: [acknowledged, unconcluded], clocks: [] }),
  checks: (_c, s, i) => (i.dueOn < s.today ? [{ code: "report.dates" }] : []),
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const id = k.newId();
    return {
      result: acted(c),
      facts: { explanation: id, dueOn: i.dueOn },
      rows: {
        explanations: [
          {
            id,
            case_id: c.id,
            unit_id: c.report?.unitId,
            question: i.question,
            due_on: i.dueOn,
            asked_at: s.now.toISOString(),
            asked_by: personOf(party),
          },
        ],
      },
    };
  },
};

interface Concluding {
  readonly issuer: Issuer;
  /** the unit of the organ above; `null` at the top */
  readonly above: Text | null;
}

const outcomeNames: Readonly<Record<(typeof retaliationOutcomes)[number], Text>> = {
  found: { "zh-CN": "查实", en: "found to be true" },
  partly: { "zh-CN": "部分查实", en: "true in part" },
  notFound: { "zh-CN": "未查实", en: "not found" },
};

/** The days of a report, as the case knows them. */
function courseOf(c: LoadedCase, today: string) {
  const day = (at: string | null | undefined): string | null => (at ? localDateOf(at, c.timeZone) : null);
  const steps: readonly (readonly [string | null, string, string])[] = [
    [day(c.receivedAt), "收到反映", "report received"],
    [day(c.report?.acknowledgedAt), "确认收到", "acknowledged"],
    [day(c.report?.decidedAt), "作出保护决定", "protection decided"],
    [today, "查结", "concluded"],
  ];
  return steps.flatMap(([on, zh, en]) => (on === null ? [] : [{ on, what: { "zh-CN": zh, en } }]));
}

/** K24, thirty days: what was found, said to the person; from then on he is asked three times how he fares (K32). D31 says it to the organ above. */
export const concludeReport: Command<Typed<typeof concludeReportInput>, Acted> = {
  act: side("concludeReport", "retaliation.concluded", {
    to: "final",
    guards: [acknowledged, decidedOn, unconcluded],
    clocks: [
      { do: "stopAll" },
      { do: "start", role: "checkInFirst" },
      { do: "start", role: "checkInSecond" },
      { do: "start", role: "checkInThird" },
    ],
  }),
  async prepare(k, c, _i, s): Promise<Concluding> {
    const issuer = await issuerOf(k, c.organUnitId ?? c.holderUnitId, s, ["D31"]);
    return { issuer, above: issuer.unit.slice(1).find((u) => u.disciplineOrgan !== null)?.name ?? null };
  },
  decide(k, loaded, s, i, party, prepared) {
    const c = loaded.case;
    const at = s.now.toISOString();
    const { issuer, above } = prepared as Concluding;
    return {
      result: acted(c, "final"),
      facts: { outcome: i.outcome },
      rows: {
        retaliation_patch: [patchOf(c.id, c.report, { concluded_at: at, outcome: i.outcome })],
        messages: [noteRow(k, c, { at, text: i.text, visibility: "petitioner", party })],
        notices: [
          issued(
            { k, case: c, scene: s, party, issuer },
            "D31",
            {
              toUnit: above,
              about: "retaliation",
              process: courseOf(c, s.today),
              demands: [],
              finding: { outcome: outcomeNames[i.outcome], text: i.text },
              delivery: null,
              attitude: null,
              execution: null,
            },
            { posted: false },
          ),
        ],
      },
    };
  },
};

/** The earliest of the three questions that has come and was not answered. */
const checkInDue = guard("report.noCheckIn", "SPEC:12", (c, s) =>
  c.clocks.some((k) => k.code === "K32" && k.state !== "stopped" && k.dueOn <= s.today),
);

const checkIn = (
  act: string,
  more: Partial<SideAct> & Pick<SideAct, "clocks">,
): Command<Typed<typeof answerCheckInInput>, Acted> => ({
  act: side(act, "retaliation.checkedIn", { from: ["final"], who: [petitioner], guards: [checkInDue], ...more }),
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const at = s.now.toISOString();
    const asked = c.clocks.find((x) => x.code === "K32" && x.state !== "stopped" && x.dueOn <= s.today);
    const again = more.to === "received";
    return {
      result: acted(c, again ? "received" : c.status),
      facts: { worse: i.worse },
      ...(asked && !again && { only: asked.id }),
      patch: { petitionerWroteAt: at },
      rows: {
        retaliation_patch: [
          patchOf(c.id, c.report, {
            check_ins: (c.report?.checkIns ?? 0) + 1,
            ...(again && { acknowledged_at: null, decided_at: null, concluded_at: null, outcome: null }),
          }),
        ],
        messages: i.text ? [noteRow(k, c, { at, text: i.text, visibility: "petitioner", party })] : [],
      },
    };
  },
});

/** No, or no answer to give: this question is over, the next one comes in its time. */
export const answerCheckIn = checkIn("answerCheckIn", {
  clocks: [
    { do: "stop", role: "checkInFirst" },
    { do: "stop", role: "checkInSecond" },
    { do: "stop", role: "checkInThird" },
  ],
});

/** Yes: the report begins anew, with all its days. */
export const worseAgain = checkIn("worseAgain", {
  to: "received",
  clocks: [
    { do: "stopAll" },
    { do: "start", role: "retaliationAcknowledge" },
    { do: "start", role: "retaliationProtection" },
    { do: "start", role: "retaliationFindings" },
  ],
});

/** The petitioner's press on his own page; the report itself is filed beside his matter and changes nothing in it. */
export const reporting: SideAct = {
  act: "reportRetaliation",
  from: states,
  to: "same",
  who: [petitioner],
  guards: [guard("report.isReport", "SPEC:12", (c) => c.report === null)],
  clocks: [],
  entry: "retaliation.reported",
};

const onReports = [acknowledgeReport, decideProtection, askExplanation, concludeReport, answerCheckIn] as const;
export const reportActs = [...onReports.map((command) => command.act as SideAct), reporting] as const;

/** Acts that stand in no other case's list. */
export const isReportAct = (name: string): boolean => onReports.some((x) => (x.act as SideAct).act === name);
