import type { PolicyRow, PolicyTable } from "@doorstep/contracts";
import { Badge, Table, useMediaQuery } from "@doorstep/ui";
import { useName, useText } from "../app/i18n.ts";
import { usePeriodWords } from "./period-words.ts";

/** Every period with where it comes from; on a phone a list, as a table of eight columns would not fit. */
export function PeriodTable(props: { readonly table: PolicyTable }) {
  const text = useText();
  const wide = useMediaQuery("(min-width: 60em)", true, { getInitialValueInEffect: false });
  const { rows } = props.table;
  if (!wide)
    return (
      <ul className="ad-rows" aria-label={text("policies.table")}>
        {rows.map((row) => (
          <PeriodLine key={row.ref} row={row} />
        ))}
      </ul>
    );
  return (
    <Table className="ad-periods">
      <Table.Caption>{text("policies.table")}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          {(["step", "length", "starts", "warns", "breach", "basis"] as const).map((column) => (
            <Table.Th key={column} scope="col">
              {text(`policies.${column}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <PeriodRow key={row.ref} row={row} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface RowProps {
  readonly row: PolicyRow;
}

function Length({ row }: RowProps) {
  const words = usePeriodWords();
  return (
    <>
      <strong>{words.length(row)}</strong>
      {words.notes(row).map((note) => (
        <span key={note} className="ds-hint ad-note">
          {note}
        </span>
      ))}
    </>
  );
}

function Basis({ row }: RowProps) {
  const text = useText();
  const name = useName();
  return (
    <>
      {name(row.basis)}
      <Badge variant="outline" color="gray" c="dark.9" className="ad-standing">
        {text(`policies.standing.${row.standing}`)}
      </Badge>
    </>
  );
}

function PeriodRow({ row }: RowProps) {
  const text = useText();
  const name = useName();
  const words = usePeriodWords();
  return (
    <Table.Tr className={row.inherited ? "ad-inherited" : undefined}>
      <Table.Th scope="row">{words.title(row)}</Table.Th>
      <Table.Td>
        <Length row={row} />
      </Table.Td>
      <Table.Td>{name(row.startedBy)}</Table.Td>
      <Table.Td>{words.signals(row)}</Table.Td>
      <Table.Td>{text(`policies.outcome.${row.onBreach}`)}</Table.Td>
      <Table.Td>
        <Basis row={row} />
      </Table.Td>
    </Table.Tr>
  );
}

function PeriodLine({ row }: RowProps) {
  const text = useText();
  const name = useName();
  const words = usePeriodWords();
  return (
    <li className={row.inherited ? "ad-inherited" : undefined}>
      <p className="ad-line">{words.title(row)}</p>
      <Length row={row} />
      <dl className="ad-facts">
        <div>
          <dt>{text("policies.starts")}</dt>
          <dd>{name(row.startedBy)}</dd>
        </div>
        <div>
          <dt>{text("policies.breach")}</dt>
          <dd>{text(`policies.outcome.${row.onBreach}`)}</dd>
        </div>
        <div>
          <dt>{text("policies.basis")}</dt>
          <dd>
            <Basis row={row} />
          </dd>
        </div>
      </dl>
    </li>
  );
}
