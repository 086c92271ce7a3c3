import { Table } from "@doorstep/sdk/ui";

/** A way of many steps leaves the heads of the other columns no room of their own. */
const WHOLE = { whiteSpace: "nowrap" } as const;

/** A table of facts that can be scrolled by keyboard where it is wider than the screen; the first cell names its row. */
export function FactsTable(props: {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly string[] }[];
}) {
  return (
    <Table.ScrollContainer minWidth={520} type="native" tabIndex={0} role="group" aria-label={props.caption}>
      <Table>
        <Table.Caption>{props.caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {props.columns.map((column) => (
              <Table.Th key={column} scope="col" style={WHOLE}>
                {column}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.rows.map(({ key, cells: [name, ...cells] }) => (
            <Table.Tr key={key}>
              <Table.Th scope="row">{name}</Table.Th>
              {cells.map((cell, n) => (
                <Table.Td key={props.columns[n + 1]}>{cell}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
