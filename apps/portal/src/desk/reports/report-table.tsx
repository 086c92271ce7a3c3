import type { ReportResult } from "@doorstep/contracts";
import { EmptyState, formatInstant, formatNumber, Table } from "@doorstep/ui";
import { Fragment } from "react";
import { useDeskText } from "../text.ts";
import { useCellText } from "./use-cell-text.ts";

/** More rows than anybody reads on a screen; the files hold all of them. */
const SHOWN = 200;

/** Days, numbers and names up to this many characters are read in one piece. */
const WHOLE = 14;

/** What a report answered. */
export function ReportTable(props: { readonly result: ReportResult }) {
  const { text, language } = useDeskText();
  const cell = useCellText();
  const { unit, at, table } = props.result;
  const columns = table.columns.filter((column) => column.key !== table.groupBy);
  const groupOf = (row: ReportResult["table"]["rows"][number] | undefined): string =>
    row && table.groupBy !== undefined ? cell(row[table.groupBy]) : "";
  const count = formatNumber(table.rows.length, language);
  return (
    <>
      <p role="status">
        {table.period && `${table.period[language]} · `}
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
                {columns.map((column) => (
                  <Table.Th key={column.key} scope="col">
                    {column.title[language]}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {table.rows.slice(0, SHOWN).map((row, n) => (
                <Fragment key={n}>
                  {groupOf(row) !== groupOf(table.rows[n - 1]) && (
                    <Table.Tr>
                      <Table.Th scope="rowgroup" colSpan={columns.length}>
                        {groupOf(row)}
                      </Table.Th>
                    </Table.Tr>
                  )}
                  <Table.Tr>
                    {columns.map((column) => {
                      const words = cell(row[column.key]);
                      return (
                        <Table.Td key={column.key} data-whole={words.length <= WHOLE || undefined}>
                          {words}
                        </Table.Td>
                      );
                    })}
                  </Table.Tr>
                </Fragment>
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
