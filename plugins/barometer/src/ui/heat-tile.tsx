import { Text, useQuery } from "@doorstep/sdk/ui";
import { NumberTable } from "./number-table.tsx";
import { useNumbers } from "./numbers.ts";
import { useOpenNumbers } from "./open-numbers.ts";
import { usePagePart } from "./page-part.ts";
import { Tile } from "./tile.tsx";
import { useBarometer } from "./words.ts";

/** So light that black words stand out on it everywhere. */
const DARKEST = 0.4;

/** Units by category: the number stands in each cell, the shade only helps to find it. */
export function HeatTile() {
  const { say, rpc, language } = useBarometer();
  const { count, unitOf } = useNumbers();
  const opens = useOpenNumbers();
  const part = usePagePart("heat");
  const asked = part.or(useQuery(rpc.heat.queryOptions(undefined, part.alone)));
  return (
    <Tile title={say("heat.title")} asked={asked} isEmpty={(heat) => heat === null}>
      {(heat) => {
        if (!heat) return null;
        const categories = [...new Set(heat.rows.flatMap((row) => Object.keys(row.categories)))];
        const most = Math.max(1, ...heat.rows.flatMap((row) => Object.values(row.categories).map((n) => n ?? 0)));
        return (
          <>
            <Text size="sm">{say("heat.note")}</Text>
            {opens && <Text size="sm">{say("heat.opens")}</Text>}
            <NumberTable
              caption={say("heat.caption", { month: heat.month })}
              columns={[say("unit"), ...categories.map((one) => heat.names[one]?.[language] ?? one), say("all")]}
              rows={heat.rows.map((row) => ({
                ...{ key: `${row.unitId} ${row.own}`, title: unitOf(row) },
                cells: [
                  ...categories.map((category) => {
                    const value = row.categories[category] ?? null;
                    const shade = ((value ?? 0) / most) * DARKEST;
                    const text = count(value);
                    const name = heat.names[category]?.[language] ?? category;
                    return {
                      ...{ key: category, text },
                      opens: opens && {
                        href: opens.registered(heat.month, row, category),
                        label: say("heat.open", { unit: unitOf(row), category: name, count: text }),
                      },
                      style: { backgroundColor: `rgba(214, 118, 18, ${shade.toFixed(2)})` },
                    };
                  }),
                  {
                    ...{ key: "all", text: count(row.total) },
                    opens: opens && {
                      href: opens.registered(heat.month, row, "all"),
                      label: say("heat.open", { unit: unitOf(row), category: say("all"), count: count(row.total) }),
                    },
                  },
                ],
              }))}
            />
          </>
        );
      }}
    </Tile>
  );
}
