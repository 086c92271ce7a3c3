import {
  Alert,
  Button,
  ErrorState,
  Group,
  Skeleton,
  Stack,
  Text,
  useErrorText,
  useKernel,
  useMutation,
  useQuery,
} from "@doorstep/sdk/ui";
import { useEffect, useState } from "react";
import type { Chart as Kind } from "../own/choices.ts";
import { Chart } from "./chart.tsx";
import { Paper } from "./paper.tsx";
import "./reports.css";
import { type FileFormat, fileFormats, saveFile } from "./save-file.ts";
import { useReports } from "./words.ts";

interface ReportViewProps {
  /** the report's name in this plugin; with its module, another's */
  readonly report: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** @defaultValue "none" */
  readonly chart?: Kind;
  /** Instead of the report's own title. */
  readonly heading?: string;
}

const forms = [...fileFormats, "print"] as const;
const isFile = (form: (typeof forms)[number]): form is FileFormat => form !== "print";

/** A report to be read and taken along; whatever leaves the house is written into the log and bears its mark. */
export function ReportView({ report, params, chart = "none", heading }: ReportViewProps) {
  const { say, language, unit, can } = useReports();
  const mayTake = report.startsWith("kernel/") || can("take");
  const kernel = useKernel();
  const errorText = useErrorText();
  const [mark, setMark] = useState<string>();
  const asked = { key: report.includes("/") ? report : `reports/${report}`, params, ...(unit && { unitId: unit.id }) };
  const found = useQuery(kernel.reports.run.queryOptions(asked, { staleTime: 0, retry: false }));
  const take = useMutation(
    kernel.reports.take.mutationOptions({
      onSuccess: ({ file, fileName, mark: taken }, { format }) => {
        if (isFile(format)) saveFile(format, fileName, file ?? "");
        else setMark(taken[language]);
      },
    }),
  );
  useEffect(() => {
    if (mark === undefined) return;
    window.print();
    setMark(undefined);
  }, [mark]);
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton lines={8} />;
  const result = heading === undefined ? found.data : { ...found.data, title: { "zh-CN": heading, en: heading } };
  return (
    <Stack gap="lg">
      <Group className="ds-no-print">
        {mayTake &&
          forms.map((format) => (
            <Button
              key={format}
              variant="default"
              loading={take.isPending && take.variables.format === format}
              onClick={() => take.mutate({ ...asked, format, locale: language })}
            >
              {say(`take.${format}`)}
            </Button>
          ))}
      </Group>
      <Text size="sm" className="ds-no-print">
        {say(mayTake ? "take.note" : "take.readOnly")}
      </Text>
      {take.isError && (
        <Alert color="red" role="alert" className="ds-alert">
          {errorText(take.error)}
        </Alert>
      )}
      <div>
        {mark === undefined ? (
          <p className="reports-not-taken">{say(mayTake ? "take.byButton" : "take.readOnly")}</p>
        ) : (
          <p className="reports-mark">{mark}</p>
        )}
        {chart !== "none" && found.data.table.rows.length > 0 && <Chart kind={chart} result={result} />}
        <Paper result={result} />
      </div>
    </Stack>
  );
}
