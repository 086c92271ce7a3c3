import {
  Button,
  EmptyState,
  ErrorState,
  formatNumber,
  RadioCards,
  Screen,
  Select,
  Skeleton,
  Stack,
  Table,
  Text,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { ALL } from "./part.ts";
import { useIndicators } from "./words.ts";

/** What old registers state, apart from what the platform itself has counted. */
export default function RegistersPage() {
  const { say, rpc } = useIndicators();
  const { back } = usePage();
  const errorText = useErrorText();
  const found = useQuery(rpc.registers.queryOptions(undefined, { staleTime: 0 }));
  const [chosen, setChosen] = useState("");
  const [scope, setScope] = useState<"below" | "own" | "">("below");
  const [period, setPeriod] = useState<string>(ALL);
  const register = found.data?.find(({ source }) => source === chosen) ?? found.data?.[0];
  return (
    <Screen title={say("registers.title")} width="wide">
      <Stack gap="lg">
        <Text>{say("registers.intro")}</Text>
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.isPending && <Skeleton lines={6} />}
        {found.data && !register && <EmptyState title={say("registers.none")} />}
        {found.data && register && (
          <>
            <Select
              name="register"
              label={say("registers.which")}
              options={found.data.map(({ source }) => ({ value: source, label: source }))}
              value={register.source}
              onChange={(source) => {
                setChosen(source);
                setPeriod(ALL);
              }}
            />
            <RadioCards
              name="scope"
              label={say("scope.which")}
              value={scope}
              onChange={setScope}
              cards={(["below", "own"] as const).map((value) => ({ value, label: say(`scope.${value}`) }))}
            />
            <Select
              name="period"
              label={say("registers.period")}
              options={[
                { value: ALL, label: say("registers.always") },
                ...periodsOf(register.months).map((value) => ({ value, label: value })),
              ]}
              value={period}
              onChange={setPeriod}
            />
            <Register source={register.source} below={scope !== "own"} period={period === ALL ? undefined : period} />
          </>
        )}
        <div>
          <Button variant="default" onClick={back}>
            {say("registers.toMonth")}
          </Button>
        </div>
      </Stack>
    </Screen>
  );
}

/** The newest first, each year before its months. */
function periodsOf(months: readonly string[]): readonly string[] {
  const years = [...new Set(months.map((month) => month.slice(0, 4)))].toReversed();
  return years.flatMap((year) => [year, ...months.filter((month) => month.startsWith(year)).toReversed()]);
}

interface RegisterProps {
  readonly source: string;
  readonly below: boolean;
  readonly period: string | undefined;
}

function Register({ source, below, period }: RegisterProps) {
  const { say, rpc, language } = useIndicators();
  const errorText = useErrorText();
  const asked = { source, below, ...(period !== undefined && { period }) };
  const found = useQuery(rpc.register.queryOptions(asked, { staleTime: 0 }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton lines={8} />;
  if (found.data === null) return <EmptyState title={say("registers.tooMany")} />;
  const { all, units, months, topics, moreTopics } = found.data;
  if (all.count === 0) return <EmptyState title={say("registers.empty")} />;
  const named = (key: string | null) => key ?? say("registers.notStated");
  return (
    <>
      <FiguresTable of="all" first="name" rows={[{ ...all, label: source }]} />
      <Text size="sm">{say("registers.how")}</Text>
      <FiguresTable
        of="units"
        first="unit"
        rows={units.map((one) => ({ ...one, label: one.name?.[language] ?? one.code }))}
      />
      <FiguresTable of="months" first="month" rows={months.map((one) => ({ ...one, label: named(one.key) }))} />
      <FiguresTable of="topics" first="topic" rows={topics.map((one) => ({ ...one, label: named(one.key) }))} />
      {moreTopics > 0 && <Text size="sm">{say("registers.moreTopics", { count: moreTopics })}</Text>}
    </>
  );
}

interface Row {
  readonly label: string;
  readonly count: number;
  readonly ended: number;
  readonly median: number | null;
  readonly ninetieth: number | null;
  readonly within: readonly { readonly term: number; readonly count: number }[];
  readonly named: number;
  readonly repeats: number;
}

interface FiguresTableProps {
  readonly of: "all" | "units" | "months" | "topics";
  readonly first: "name" | "unit" | "month" | "topic";
  readonly rows: readonly Row[];
}

function FiguresTable({ of, first, rows }: FiguresTableProps) {
  const { say, language } = useIndicators();
  const number = (value: number | null): string =>
    value === null ? say("registers.notStated") : formatNumber(Math.round(value * 10) / 10, language);
  const share = (above: number, below: number): string =>
    below === 0
      ? say("registers.notStated")
      : say("registers.share", {
          percent: `${number((above / below) * 100)}%`,
          above: number(above),
          below: number(below),
        });
  const caption = say(`registers.caption.${of}`);
  const terms = rows[0]?.within.map(({ term }) => term) ?? [];
  const columns = [
    say(`registers.column.${first}`),
    ...(["count", "ended", "median", "ninetieth"] as const).map((column) => say(`registers.column.${column}`)),
    ...terms.map((term) => say("registers.column.within", { term })),
    say("registers.column.repeats"),
  ];
  return (
    <Table.ScrollContainer minWidth={720} type="native" tabIndex={0} role="group" aria-label={caption}>
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
            <Table.Tr key={row.label}>
              <Table.Th scope="row">{row.label}</Table.Th>
              <Table.Td>{number(row.count)}</Table.Td>
              <Table.Td>{share(row.ended, row.count)}</Table.Td>
              <Table.Td>{number(row.median)}</Table.Td>
              <Table.Td>{number(row.ninetieth)}</Table.Td>
              {row.within.map(({ term, count }) => (
                <Table.Td key={term}>{share(count, row.ended)}</Table.Td>
              ))}
              <Table.Td>{share(row.repeats, row.named)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
