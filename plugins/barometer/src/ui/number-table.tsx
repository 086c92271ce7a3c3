import { Anchor, Table } from "@doorstep/sdk/ui";
import type { CSSProperties } from "react";

interface Cell {
  readonly key: string;
  readonly text: string;
  readonly style?: CSSProperties;
  /** where what is behind the number can be seen */
  readonly opens?: { readonly href: string; readonly label: string } | null;
}

interface NumberTableProps {
  readonly caption: string;
  readonly columns: readonly string[];
  /** `key` is what a row is about. */
  readonly rows: readonly { readonly key: string; readonly title: string; readonly cells: readonly Cell[] }[];
}

/** On every shade of a cell the words stand out as those beside them do; the line below says that they open. */
const ON_SHADE = { color: "inherit", textDecoration: "underline" } as const;

/** Numbers to be read one by one, by whoever does not look at a chart. */
export function NumberTable({ caption, columns, rows }: NumberTableProps) {
  return (
    <Table.ScrollContainer minWidth={360} type="native" tabIndex={0} role="group" aria-label={caption}>
      <Table>
        <Table.Caption>{caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column} scope="col">
                {column}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.key}>
              <Table.Th scope="row">{row.title}</Table.Th>
              {row.cells.map((cell) => (
                <Table.Td key={cell.key} style={cell.style}>
                  {cell.opens ? (
                    <Anchor href={cell.opens.href} aria-label={cell.opens.label} style={ON_SHADE}>
                      {cell.text}
                    </Anchor>
                  ) : (
                    cell.text
                  )}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
