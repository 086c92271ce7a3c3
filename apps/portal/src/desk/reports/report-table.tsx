import type { ReportResult } from "@doorstep/contracts";
import { EmptyState, formatInstant, formatNumber, Table } from "@doorstep/ui";
import { useDeskText } from "../text.ts";
import { useCellText } from "./use-cell-text.ts";

/** More rows than anybody reads on a screen; the files hold all of them. */
const SHOWN = 200;

/** What a report answered. */
export function ReportTable(props: { readonly result: ReportResult }) {
  const { text, language } = useDeskText();
  const cell = useCellText();
  const { unit, at, table } = props.result;
  const count = formatNumber(table.rows.length, language);
  return (
    <>
      <p role="status">
        {text("desk.reports.rows", { count, unit: unit.name[language], at: formatInstant(at, language) })}
      </p>
      {table.rows.length === 0 ? (
        <EmptyState title={text("desk.reports.noRows")} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        <section className="desk-report-table" aria-label={text("desk.reports.table")} tabIndex={0}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                {table.columns.map((column) => (
                  <Table.Th key={column.key} scope="col">
                    {column.title[language]}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {table.rows.slice(0, SHOWN).map((row, n) => (
                <Table.Tr key={n}>
                  {table.columns.map((column) => (
                    <Table.Td key={column.key}>{cell(row[column.key])}</Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      )}
      {table.rows.length > SHOWN && (
        <p className="ds-hint">{text("desk.reports.part", { shown: formatNumber(SHOWN, language) })}</p>
      )}
    </>
  );
}
