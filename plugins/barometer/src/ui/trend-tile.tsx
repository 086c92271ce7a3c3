import { formatDate, useQuery } from "@doorstep/sdk/ui";
import { CartesianGrid, Legend, Line, LineChart, Tooltip, XAxis, YAxis } from "recharts";
import { NumberTable } from "./number-table.tsx";
import { useNumbers } from "./numbers.ts";
import { usePagePart } from "./page-part.ts";
import { Tile } from "./tile.tsx";
import { useBarometer } from "./words.ts";

interface Correction {
  readonly month: string;
  readonly number: number;
  readonly on: string;
}
/** A page that was kept by an earlier release of the module does not say. */
const correctionsIn = (months: readonly { readonly corrections?: readonly Correction[] }[]): readonly Correction[] =>
  months.flatMap(({ corrections = [] }) => corrections);

/** Twelve months beside the same months of the year before. The lines differ by dash and mark, not by colour alone. */
export function TrendTile() {
  const { say, rpc, language } = useBarometer();
  const { count } = useNumbers();
  const part = usePagePart("trend");
  const asked = part.or(useQuery(rpc.trend.queryOptions(undefined, part.alone)));
  return (
    <Tile title={say("trend.title")} asked={asked} isEmpty={(months) => months.length === 0}>
      {(months) => (
        <figure className="barometer-figure">
          <LineChart
            data={[...months]}
            className="barometer-chart"
            responsive
            title={say("trend.title")}
            desc={say("chart")}
            margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
          >
            <CartesianGrid strokeDasharray="2 4" />
            <XAxis dataKey="month" />
            <YAxis allowDecimals={false} width={48} />
            <Tooltip filterNull={false} formatter={(value) => count(typeof value === "number" ? value : null)} />
            <Legend />
            <Line
              name={say("trend.total")}
              dataKey="total"
              stroke="#2b3f9e"
              strokeWidth={3}
              dot={{ r: 4, fill: "#2b3f9e" }}
              isAnimationActive={false}
            />
            <Line
              name={say("trend.yearBefore")}
              dataKey="yearBefore"
              stroke="#9c4a12"
              strokeWidth={2}
              strokeDasharray="6 4"
              dot={{ r: 3, fill: "#ffffff" }}
              isAnimationActive={false}
            />
          </LineChart>
          {months.some((one) => one.season) && (
            <ul className="barometer-seasons" aria-label={say("trend.season")}>
              {months.flatMap(({ month, season }) =>
                season
                  ? [<li key={month}>{say("trend.inSeason", { month, season: say(`season.${season}`) })}</li>]
                  : [],
              )}
            </ul>
          )}
          {correctionsIn(months).length > 0 && (
            <ul className="barometer-seasons" aria-label={say("trend.corrections")}>
              {correctionsIn(months).map(({ month, number, on }) => (
                <li key={month}>{say("trend.corrected", { month, number, on: formatDate(on, language) })}</li>
              ))}
            </ul>
          )}
          <details>
            <summary>{say("table")}</summary>
            <NumberTable
              caption={say("trend.title")}
              columns={[say("month"), say("trend.total"), say("trend.yearBefore"), say("trend.season")]}
              rows={months.map(({ month, season, total, yearBefore }) => ({
                ...{ key: month, title: month },
                cells: [
                  { key: "total", text: count(total) },
                  { key: "yearBefore", text: count(yearBefore) },
                  { key: "season", text: season ? say(`season.${season}`) : say("nothing") },
                ],
              }))}
            />
          </details>
        </figure>
      )}
    </Tile>
  );
}
