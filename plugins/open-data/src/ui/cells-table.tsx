import { formatNumber, Table } from "@doorstep/sdk/ui";
import type { Cell, Content } from "../content.ts";
import { useOpenData } from "./words.ts";

/** A month or a day is read in one piece, on a phone too. */
const WHOLE = { whiteSpace: "nowrap" } as const;
const isWhole = (column: string): boolean => column === "month" || column === "release";

/** The figures of a publication in words; the files hold the same by codes. */
export function CellsTable({ content }: { readonly content: Content }) {
  const { say, language } = useOpenData();
  const { dimensions, measures, title } = content.about;
  const whatOf = ({ kind, name, value }: Cell): string => {
    if (kind === "total") return say("cells.total");
    if (kind === "measure")
      return say(value === "yes" ? "cells.yes" : "cells.no", { what: measures[name]?.[language] ?? name });
    const dimension = dimensions[name];
    return `${dimension?.title[language] ?? name}: ${dimension?.values[value]?.[language] ?? value}`;
  };
  const caption = say("cells.caption", { what: title[language] });
  return (
    <Table.ScrollContainer minWidth={560} type="native" tabIndex={0} role="group" aria-label={caption}>
      <Table>
        <Table.Caption>{caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {(["what", "count", "unit", "month", "release"] as const).map((column) => (
              <Table.Th key={column} scope="col" {...(isWhole(column) && { style: WHOLE })}>
                {say(`cells.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {content.cells.map((cell) => (
            <Table.Tr key={`${cell.month} ${cell.unit} ${cell.scope} ${cell.kind} ${cell.name} ${cell.value}`}>
              <Table.Td>{whatOf(cell)}</Table.Td>
              <Table.Td>{cell.count === null ? say("cells.hidden") : formatNumber(cell.count, language)}</Table.Td>
              <Table.Td>
                {say(`cells.${cell.scope}`, { unit: content.units[cell.unit]?.[language] ?? cell.unit })}
              </Table.Td>
              <Table.Td style={WHOLE}>{cell.month}</Table.Td>
              <Table.Td style={WHOLE}>
                {say(cell.release > 1 ? "cells.corrected" : "cells.first", { n: cell.release, on: cell.releasedOn })}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
