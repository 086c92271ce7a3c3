import { type CasePartProps, ErrorState, Skeleton, Table, useErrorText, usePlugin, useQuery } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";
import type server from "../server.ts";

/** Point `desk/case-tab@1`: the row of the old register behind the case, column by column. */
export function OriginalRow(props: CasePartProps) {
  const { rpc, t } = usePlugin<typeof server>(plugin);
  const errorText = useErrorText();
  const found = useQuery(rpc.original.queryOptions({ caseId: props.caseId }));
  if (found.isPending) return <Skeleton lines={4} />;
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  const row = found.data;
  if (!row) return <p>{t("original.none")}</p>;
  return (
    <>
      <p>{t("original.lead")}</p>
      <p className="ds-hint">
        {t("original.source")} {row.source} · {t("original.key")} {row.sourceKey}
      </p>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("original.column")}</Table.Th>
            <Table.Th scope="col">{t("original.value")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {row.cells.map((cell) => (
            <Table.Tr key={cell.column}>
              <Table.Th scope="row">{cell.column}</Table.Th>
              <Table.Td className="ds-text">{cell.value || t("original.empty")}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {row.withheld.length > 0 && <p>{t("original.withheld", { columns: row.withheld.join("、") })}</p>}
    </>
  );
}
