import { EmptyState, Screen, Select, Skeleton } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { kernel } from "../../shell/rpc.ts";
import { FailedState } from "../shared/failed-state.tsx";
import { useDeskText } from "../text.ts";
import { ReportPart } from "./report-part.tsx";

/** Tables that the modules of one's unit answer: choose one, ask, read, take along. */
export const ReportsScreen = () => <Choice kind="reports" />;

/** The registers of the unit and of its modules, line by line, as far as their reader may open what stands in them. */
export const RegistersScreen = () => <Choice kind="registers" />;

function Choice({ kind }: { readonly kind: "reports" | "registers" }) {
  const { text, language } = useDeskText();
  const [chosen, setChosen] = useState("");
  const reports = useQuery(kernel.reports.list.queryOptions({}));
  const all = (reports.data ?? []).filter((one) => one.register === (kind === "registers"));
  const report = all.find((one) => one.key === chosen) ?? (all.length === 1 ? all[0] : undefined);
  return (
    <Screen title={text(`desk.${kind}.title`)} width="wide">
      {reports.isPending && <Skeleton lines={3} />}
      {reports.isError && <FailedState error={reports.error} onRetry={() => void reports.refetch()} />}
      {reports.isSuccess && all.length === 0 && <EmptyState title={text(`desk.${kind}.none`)} />}
      {all.length > 0 && (
        <Select
          name="report"
          label={text(`desk.${kind}.which`)}
          value={report?.key ?? ""}
          onChange={setChosen}
          options={all.map((one) => ({
            value: one.key,
            label: `${one.title[language]} (${one.module[language]})`,
          }))}
        />
      )}
      {report && (
        <section className="ds-panel" aria-labelledby="desk-report">
          <h2 id="desk-report">{report.title[language]}</h2>
          <ReportPart key={report.key} report={report} />
        </section>
      )}
    </Screen>
  );
}
