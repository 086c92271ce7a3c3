import { errorText, type ImportReport } from "@doorstep/contracts";
import { Button, saveCsv, Table } from "@doorstep/ui";
import { useLanguage, useText } from "../app/i18n.ts";

const SHOWN = 200;

interface ProblemTableProps {
  readonly report: ImportReport;
  readonly columnName: (column: string) => string;
}

/** Every row that is left out, with its column and why. */
export function ProblemTable(props: ProblemTableProps) {
  const text = useText();
  const language = useLanguage();
  const wrong = props.report.rows.filter((row) => row.action === "error");
  if (wrong.length === 0) return <p>{text("importing.noProblems")}</p>;
  const lines = wrong.map((row) => ({
    row: row.row,
    key: row.key,
    problem: row.problems
      .map((one) => `${props.columnName(one.column)}: ${errorText(one.code, one.params, language)}`)
      .join(" "),
  }));
  const headings = [text("importing.row"), text("importing.key"), text("importing.problem")];
  const download = () =>
    saveCsv("problems.csv", [headings, ...lines.map((line) => [String(line.row), line.key, line.problem])]);
  return (
    <section aria-labelledby="problems">
      <h2 id="problems">{text("importing.problems")}</h2>
      <p className="ds-hint">{text("importing.problemsNote")}</p>
      <Table.ScrollContainer minWidth={320} tabIndex={0} aria-label={text("importing.problems")} role="group">
        <Table>
          <Table.Thead>
            <Table.Tr>
              {headings.map((heading) => (
                <Table.Th key={heading}>{heading}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.slice(0, SHOWN).map((line) => (
              <Table.Tr key={line.row}>
                <Table.Td>{line.row}</Table.Td>
                <Table.Td>{line.key}</Table.Td>
                <Table.Td>{line.problem}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Button variant="default" onClick={download}>
        {text("importing.download")}
      </Button>
    </section>
  );
}
