import { DoorstepError, type RetaliationAct } from "@doorstep/contracts";
import { type Filer, type Filing, fileCase } from "../intake/file-case.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";

export interface Report {
  readonly key: string;
  readonly acts: readonly RetaliationAct[];
  readonly text: string;
  readonly fileIds: readonly string[];
  /** who is said to retaliate; the unit complained of in the matter, else the one it was filed at */
  readonly unitId?: string | undefined;
}

const label = { "zh-CN": "打击报复报告", en: "Report of retaliation" } as const;

const filingOf = (origin: LoadedCase, r: Report): Filing => ({
  key: `retaliation:${r.key}`,
  unitId: r.unitId ?? origin.respondentUnits[0] ?? origin.handlingUnitId ?? origin.intakeUnitId,
  via: "online",
  channelKey: "kernel/retaliation",
  channelLabel: label,
  purpose: "accuse",
  title: label["zh-CN"],
  body: r.text,
  alreadyTried: "",
  desiredOutcome: "",
  concernsLeader: true,
  urgentSafety: false,
  // by the same code or account; the name stays where it was
  anonymity: "anonymous",
  headcount: 1,
  fileIds: r.fileIds,
  locale: origin.locale,
});

/**
 * Files a report of retaliation: a case of its own that the discipline organ two levels up alone sees (one level up
 * where there is none further), with the days of K24. Nothing is written in the matter it belongs to: neither a count,
 * a date nor an entry tells those who see that matter.
 *
 * @throws DoorstepError `report.isReport`, `intake.noOrgan`
 */
export async function reportRetaliation(
  k: Kernel,
  origin: LoadedCase,
  r: Report,
  by: { readonly reporter: "petitioner" | "staff"; readonly personId: string | null },
): Promise<string> {
  if (origin.report)
    throw new DoorstepError("act.refused", { reasons: "report.isReport" }, [{ code: "report.isReport" }]);
  const filing = filingOf(origin, r);
  const filer: Filer = {
    actor: by.reporter === "staff" && by.personId ? `person:${by.personId}` : "anonymous",
    petitionerId: by.personId,
  };
  const filed = await fileCase(k, filing, filer, {
    twoUp: true,
    clocks: ["retaliationAcknowledge", "retaliationProtection", "retaliationFindings"],
    rows: (caseId, at) => ({
      retaliations: [
        {
          case_id: caseId,
          origin_case_id: origin.id,
          reporter: by.reporter,
          unit_id: filing.unitId,
          acts: r.acts,
          reported_at: at,
          check_ins: 0,
        },
      ],
    }),
  });
  return filed.caseId;
}
