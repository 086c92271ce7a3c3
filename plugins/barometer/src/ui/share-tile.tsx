import { Anchor, Text, useQuery } from "@doorstep/sdk/ui";
import { Bar, BarChart, CartesianGrid, LabelList, Tooltip, XAxis, YAxis } from "recharts";
import type { ShareName } from "../figures/share-names.ts";
import { NumberTable } from "./number-table.tsx";
import { useNumbers } from "./numbers.ts";
import { useOpenNumbers } from "./open-numbers.ts";
import { usePagePart } from "./page-part.ts";
import { Tile } from "./tile.tsx";
import { useBarometer } from "./words.ts";

/** Under which number of the field it is counted exactly; none for what is no indicator. */
const codes = { repeat: "I7", joint: null, onTime: "I2", satisfied: "I5" } as const satisfies Record<
  ShareName,
  unknown
>;

/** A share of the unit and of those right below it. */
export function ShareTile({ name }: { readonly name: ShareName }) {
  const { say, rpc } = useBarometer();
  const { share, unitOf } = useNumbers();
  const opens = useOpenNumbers();
  const code = codes[name];
  const part = usePagePart(name);
  const asked = part.or(useQuery(rpc.share.queryOptions({ name }, part.alone)));
  return (
    <Tile title={say(`shares.${name}.title`)} asked={asked} isEmpty={(found) => found === null}>
      {(found) => {
        if (!found) return null;
        const bars = found.rows.flatMap((row) =>
          row.above === null || !row.below
            ? []
            : [{ unit: unitOf(row), percent: Math.round((row.above / row.below) * 1_000) / 10 }],
        );
        return (
          <figure className="barometer-figure">
            <figcaption>
              {found.whole && say("whole", { month: found.month, share: share(found.whole.above, found.whole.below) })}
            </figcaption>
            <Text size="sm">{say(`shares.${name}.note`)}</Text>
            {bars.length > 0 && (
              <BarChart
                data={bars}
                layout="vertical"
                className="barometer-chart"
                responsive
                title={say(`shares.${name}.title`)}
                desc={say("chart")}
                margin={{ top: 8, right: 56, bottom: 0, left: 0 }}
              >
                <CartesianGrid strokeDasharray="2 4" horizontal={false} />
                <XAxis type="number" domain={[0, 100]} unit="%" />
                <YAxis type="category" dataKey="unit" width={112} />
                <Tooltip />
                <Bar name={say("percent")} dataKey="percent" unit="%" fill="#2b3f9e" isAnimationActive={false}>
                  <LabelList dataKey="percent" position="right" formatter={(value) => `${String(value)}%`} />
                </Bar>
              </BarChart>
            )}
            {opens && code !== null && (
              <Text size="sm">
                <Anchor
                  href={opens.indicator(found.month, code)}
                  aria-label={`${say("exact.share")} ${say(`shares.${name}.title`)}`}
                >
                  {say("exact.share")}
                </Anchor>
              </Text>
            )}
            <details>
              <summary>{say("table")}</summary>
              <NumberTable
                caption={say("shares.caption", { month: found.month })}
                columns={[say("unit"), say("percent")]}
                rows={found.rows.map((row) => ({
                  ...{ key: `${row.unitId} ${row.own}`, title: unitOf(row) },
                  cells: [{ key: "share", text: share(row.above, row.below) }],
                }))}
              />
            </details>
          </figure>
        );
      }}
    </Tile>
  );
}
