import { Text, useQuery } from "@doorstep/sdk/ui";
import { NumberTable } from "./number-table.tsx";
import { useNumbers } from "./numbers.ts";
import { usePagePart } from "./page-part.ts";
import { Tile } from "./tile.tsx";
import { useBarometer } from "./words.ts";

interface Coming {
  readonly month: string;
  readonly isExpected: boolean;
  readonly season: "discharge" | "promotion" | "school" | "pay" | null;
}

/** What falls due in the months to come, beside what the unit answers in a month so far. */
export function ForecastTile() {
  const { say, rpc } = useBarometer();
  const { count } = useNumbers();
  const part = usePagePart("forecast");
  const asked = part.or(useQuery(rpc.forecast.queryOptions(undefined, part.alone)));
  const nameOf = ({ month, isExpected, season }: Coming): string => {
    if (season) return say("forecast.season", { month, season: say(`season.${season}`) });
    return isExpected ? say("forecast.expected", { month }) : month;
  };
  return (
    <Tile
      title={say("forecast.title")}
      asked={asked}
      isEmpty={(forecast) => forecast === null}
      empty={say("forecast.none")}
    >
      {(forecast) =>
        forecast && (
          <>
            <Text size="sm">{say("forecast.note")}</Text>
            <Text>{say("forecast.pace", { count: count(Math.round(forecast.pace)) })}</Text>
            <NumberTable
              caption={say("forecast.title")}
              columns={[say("month"), say("forecast.due"), say("forecast.over")]}
              rows={forecast.months.map((one) => ({
                ...{ key: one.month, title: nameOf(one) },
                cells: [
                  { key: "due", text: count(Math.round(one.due)) },
                  { key: "over", text: count(Math.max(0, Math.round(one.due - forecast.pace))) },
                ],
              }))}
            />
          </>
        )
      }
    </Tile>
  );
}
