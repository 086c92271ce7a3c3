import { errorText } from "@doorstep/sdk";
import { DataList, ErrorState, Skeleton, Text, useErrorText, useQueryClient } from "@doorstep/sdk/ui";
import { useCallback, useEffect, useRef, useState } from "react";
import { useLedgerImport } from "./words.ts";

interface ReportRow {
  readonly row: number;
  readonly key: string;
  readonly title: string | null;
  readonly problems: readonly { readonly code: string; readonly params: Readonly<Record<string, string | number>> }[];
}

/** The rows that were not or cannot be imported, each with its reasons; loaded as one scrolls. */
export function ReportList(props: { readonly importId: string; readonly label: string }) {
  const { say, rpc, language } = useLedgerImport();
  const refusalText = useErrorText();
  const client = useQueryClient();
  const { importId } = props;
  const [rows, setRows] = useState<readonly ReportRow[]>();
  const [error, setError] = useState<unknown>();
  const next = useRef<number | null>(0);
  const isLoading = useRef(false);
  const more = useCallback(async () => {
    const after = next.current;
    if (after === null || isLoading.current) return;
    isLoading.current = true;
    setError(undefined);
    try {
      const page = await client.fetchQuery(
        rpc.report.queryOptions({ importId, only: "bad", after, limit: 200 }, { staleTime: 0 }),
      );
      next.current = page.next;
      setRows((before) => [...(before ?? []), ...page.items]);
    } catch (thrown) {
      setError(thrown);
    } finally {
      isLoading.current = false;
    }
  }, [client, rpc, importId]);
  useEffect(() => void more(), [more]);
  if (error !== undefined) return <ErrorState title={refusalText(error)} onRetry={() => void more()} />;
  if (!rows) return <Skeleton lines={4} />;
  return (
    <DataList label={props.label} items={rows} keyOf={(one) => String(one.row)} height="50vh" onEnd={() => void more()}>
      {(one) => (
        <div style={{ paddingBlock: "0.5rem" }}>
          <Text fw={600}>{`${say("check.row", { row: one.row })} · ${one.key}`}</Text>
          {one.problems.map((problem) => (
            <Text key={`${problem.code} ${JSON.stringify(problem.params)}`}>
              {errorText(problem.code, problem.params, language)}
            </Text>
          ))}
        </div>
      )}
    </DataList>
  );
}
