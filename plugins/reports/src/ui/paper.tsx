import { formatInstant, formatNumber, Stack, Table, Text, Title } from "@doorstep/sdk/ui";
import { useReports } from "./words.ts";

type Words = Readonly<Record<"zh-CN" | "en", string>>;
type Value = string | number | boolean | null | undefined | Words;
type Row = Readonly<Record<string, Value>>;

/** A report as the platform answers it. */
export interface Result {
  readonly title: Words;
  readonly unit: { readonly name: Words };
  /** instant */
  readonly at: string;
  readonly table: {
    readonly columns: readonly {
      readonly key: string;
      readonly title: Words;
    }[];
    readonly rows: readonly Row[];
    readonly period?: Words | undefined;
    readonly groupBy?: string | undefined;
  };
}

/** Rows in their order, those that follow each other in one part together. */
function partsOf(rows: readonly Row[], groupBy: string | undefined, words: (value: Value) => string) {
  const parts: { readonly title: string; readonly rows: Row[] }[] = [];
  for (const row of rows) {
    const title = groupBy === undefined ? "" : words(row[groupBy]);
    const last = parts.at(-1);
    if (last?.title === title) last.rows.push(row);
    else parts.push({ title, rows: [row] });
  }
  return parts;
}

/** A report as it is read, on the screen and on paper. */
export function Paper({ result }: { readonly result: Result }) {
  const { say, language } = useReports();
  const { columns, rows, groupBy, period } = result.table;
  const shown = columns.filter((column) => column.key !== groupBy);
  const words = (value: Value): string => {
    if (value === null || value === undefined) return say("none");
    if (typeof value === "object") return value[language];
    return typeof value === "number" ? formatNumber(value, language) : String(value);
  };
  return (
    <Stack gap="lg" className="reports-paper">
      <div>
        <Title order={2}>{result.title[language]}</Title>
        {period && <Text size="sm">{period[language]}</Text>}
        <Text size="sm">{say("of", { unit: result.unit.name[language], at: formatInstant(result.at, language) })}</Text>
        <Text size="sm">{say("rule")}</Text>
      </div>
      {partsOf(rows, groupBy, words).map((part) => {
        const caption = part.title || result.title[language];
        return (
          <Table.ScrollContainer
            key={caption}
            minWidth={420}
            type="native"
            tabIndex={0}
            role="group"
            aria-label={caption}
          >
            <Table>
              <Table.Caption>{caption}</Table.Caption>
              <Table.Thead>
                <Table.Tr>
                  {shown.map((column) => (
                    <Table.Th key={column.key} scope="col">
                      {column.title[language]}
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {part.rows.map((row) => {
                  const [first, ...others] = shown;
                  const name = words(row[first?.key ?? ""]);
                  return (
                    <Table.Tr key={name}>
                      <Table.Th scope="row">{name}</Table.Th>
                      {others.map(({ key }) => (
                        <Table.Td key={key}>{words(row[key])}</Table.Td>
                      ))}
                    </Table.Tr>
                  );
                })}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        );
      })}
    </Stack>
  );
}
