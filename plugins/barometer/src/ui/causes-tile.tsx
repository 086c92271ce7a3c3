import { Text, useQuery } from "@doorstep/sdk/ui";
import { Bar, BarChart, CartesianGrid, LabelList, Tooltip, XAxis, YAxis } from "recharts";
import { NumberTable } from "./number-table.tsx";
import { useNumbers } from "./numbers.ts";
import { usePagePart } from "./page-part.ts";
import { Tile } from "./tile.tsx";
import { useBarometer } from "./words.ts";

/** What lies behind petitions, the most frequent first; not there where nobody counts causes. */
export function CausesTile() {
  const { say, rpc, language } = useBarometer();
  const { count, percent } = useNumbers();
  const part = usePagePart("causes");
  const asked = part.or(useQuery(rpc.causes.queryOptions(undefined, part.alone)));
  if (asked.data === null) return null;
  return (
    <Tile
      title={say("causes.title")}
      asked={asked}
      isEmpty={(found) => found === null || found.causes.length === 0}
      empty={say("causes.none")}
    >
      {(found) => {
        if (!found) return null;
        const caption = say("causes.caption", { from: found.from ?? "", to: found.to ?? "" });
        const bars = found.causes.map((one) => ({
          ...{ kind: one.name[language], count: one.count },
          label: say("causes.bar", { count: count(one.count), share: percent(one.upTo) }),
        }));
        return (
          <figure className="barometer-figure">
            <figcaption>{caption}</figcaption>
            <Text size="sm">{say("causes.note")}</Text>
            <BarChart
              data={bars}
              layout="vertical"
              className="barometer-chart"
              responsive
              title={say("causes.title")}
              desc={say("chart")}
              margin={{ top: 8, right: 120, bottom: 0, left: 0 }}
            >
              <CartesianGrid strokeDasharray="2 4" horizontal={false} />
              <XAxis type="number" allowDecimals={false} />
              <YAxis type="category" dataKey="kind" width={112} />
              <Tooltip />
              <Bar name={say("causes.count")} dataKey="count" fill="#2b3f9e" isAnimationActive={false}>
                <LabelList dataKey="label" position="right" />
              </Bar>
            </BarChart>
            <details>
              <summary>{say("table")}</summary>
              <NumberTable
                caption={caption}
                columns={[say("causes.kind"), say("causes.count"), say("causes.upTo")]}
                rows={found.causes.map((one) => ({
                  ...{ key: one.kind, title: one.name[language] },
                  cells: [
                    { key: "count", text: count(one.count) },
                    { key: "upTo", text: percent(one.upTo) },
                  ],
                }))}
              />
            </details>
          </figure>
        );
      }}
    </Tile>
  );
}
