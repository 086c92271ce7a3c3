import type { Text as Words } from "@doorstep/sdk";
import {
  Button,
  ErrorState,
  formatDate,
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
import { categoryTexts, channelTexts } from "../facts/texts.ts";
import { OthersPart } from "./others-part.tsx";
import { ALL, type Part, partOf } from "./part.ts";
import { useShown, useSpreadWords } from "./shown.ts";
import { useIndicators } from "./words.ts";

type Scope = "below" | "own";

/** The months that can be chosen: this one and the eleven before it. */
function monthsUntil(today: string): readonly string[] {
  const [year = 0, month = 1] = today.split("-").map(Number);
  return Array.from({ length: 12 }, (_, n) => new Date(Date.UTC(year, month - 1 - n, 1)).toISOString().slice(0, 7));
}

/** All indicators of a month: exact, by what the reader may open, and as they were released. */
export default function MonthPage() {
  const { say, rpc, language } = useIndicators();
  const errorText = useErrorText();
  const { go } = usePage();
  const optionsOf = (texts: Readonly<Record<string, Words>>) => [
    { value: ALL, label: say("part.all") },
    ...Object.entries(texts).map(([value, text]) => ({ value, label: text[language] })),
  ];
  const start = useQuery(rpc.today.queryOptions(undefined, { staleTime: 0 }));
  const [chosen, setChosen] = useState("");
  const [scope, setScope] = useState<Scope | "">("below");
  const [category, setCategory] = useState<string>(ALL);
  const [channel, setChannel] = useState<string>(ALL);
  const month = chosen || start.data?.slice(0, 7);
  return (
    <Screen title={say("title")} width="wide">
      <Stack gap="lg">
        <Text>{say("intro")}</Text>
        <div>
          <Button variant="default" onClick={() => go("/registers")}>
            {say("registers.open")}
          </Button>
        </div>
        {start.isError && <ErrorState title={errorText(start.error)} onRetry={() => void start.refetch()} />}
        {start.data && month && (
          <>
            <Select
              name="month"
              label={say("month")}
              options={monthsUntil(start.data).map((value) => ({ value, label: value }))}
              value={month}
              onChange={setChosen}
            />
            <RadioCards
              name="scope"
              label={say("scope.which")}
              value={scope}
              onChange={setScope}
              cards={(["below", "own"] as const).map((value) => ({ value, label: say(`scope.${value}`) }))}
            />
            <Select
              name="category"
              label={say("part.category")}
              options={optionsOf(categoryTexts)}
              value={category}
              onChange={setCategory}
            />
            <Select
              name="channel"
              label={say("part.channel")}
              options={optionsOf(channelTexts)}
              value={channel}
              onChange={setChannel}
            />
            <Figures month={month} scope={scope === "own" ? "own" : "below"} part={partOf(category, channel)} />
            {category === ALL && channel === ALL && <OthersPart month={month} below={scope !== "own"} />}
          </>
        )}
      </Stack>
    </Screen>
  );
}

interface FiguresProps {
  readonly month: string;
  readonly scope: Scope;
  readonly part: Part;
}

function Figures({ month, scope, part }: FiguresProps) {
  const { say, rpc, language } = useIndicators();
  const shown = useShown();
  const spreadWords = useSpreadWords();
  const { go } = usePage();
  const errorText = useErrorText();
  const found = useQuery(rpc.month.queryOptions({ month, below: scope === "below", ...part }, { staleTime: 0 }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton lines={8} />;
  const caption = say("caption", { month });
  const isWhole = part.category === undefined && part.channel === undefined;
  const opens = isWhole ? "" : `/${part.category ?? ALL}/${part.channel ?? ALL}`;
  return (
    <Table.ScrollContainer minWidth={560} type="native" tabIndex={0} role="group" aria-label={caption}>
      <Table>
        <Table.Caption>{caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {(["indicator", "live", "released", "open"] as const).map((column) => (
              <Table.Th key={column} scope="col">
                {say(`column.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {found.data.indicators.map(({ code, live, spreads, released }) => (
            <Table.Tr key={code}>
              <Table.Th scope="row">{say(`name.${code}`)}</Table.Th>
              <Table.Td>
                {shown(live)}
                {spreads.map((spread) => (
                  <Text key={spread.track} size="sm">
                    {spreadWords(code, spread)}
                  </Text>
                ))}
              </Table.Td>
              <Table.Td>
                {released ? shown(released) : say(isWhole ? "notReleased" : "part.notReleased")}
                {released && released.number > 1 && (
                  <Text size="sm">
                    {say("corrected", { number: released.number, on: formatDate(released.releasedAt, language) })}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <Button
                  variant="default"
                  onClick={() => go(`/${month}/${scope}/${code}${opens}`)}
                  aria-label={`${say("go")} ${say(`name.${code}`)}`}
                >
                  {say("go")}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
