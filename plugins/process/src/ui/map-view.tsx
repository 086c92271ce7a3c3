import { EmptyState, Stack, Text, Title } from "@doorstep/sdk/ui";
import type { ProcessMap } from "../mining/map-of.ts";
import { FactsTable } from "./facts-table.tsx";
import { ProcessChart } from "./process-chart.tsx";
import { useProcess } from "./words.ts";

/** A process map: the chart, and behind it the tables of steps, waits and ways. */
export function MapView({ map }: { readonly map: ProcessMap }) {
  const { say, nameOf, number, duration } = useProcess();
  if (map.cases === 0) return <EmptyState title={say("none")} />;
  const { late, withDay } = map.ended;
  return (
    <Stack gap="lg">
      <div>
        <Text>
          {say("sum", {
            ...{ cases: number(map.cases), events: number(map.events) },
            ...{ steps: number(map.activities.length), ways: number(map.variantCount) },
          })}
        </Text>
        {withDay > 0 && <Text>{say("late", { late: number(late), all: number(withDay) })}</Text>}
      </div>
      <div>
        <Title order={2}>{say("chart.title")}</Title>
        <ProcessChart map={map} />
      </div>
      <FactsTable
        caption={say("waits.title")}
        columns={(["from", "to", "count", "median", "slow"] as const).map((one) => say(`waits.${one}`))}
        rows={map.passages.map((one) => ({
          key: `${one.from} ${one.to}`,
          cells: [
            ...[nameOf(one.from), nameOf(one.to), number(one.count)],
            ...[duration(one.medianHours), duration(one.slowHours)],
          ],
        }))}
      />
      <FactsTable
        caption={say("steps.title")}
        columns={(["name", "events", "cases", "missing", "again"] as const).map((one) => say(`steps.${one}`))}
        rows={map.activities.map((one) => ({
          key: one.activity,
          cells: [nameOf(one.activity), ...[one.events, one.cases, one.missing, one.again].map(number)],
        }))}
      />
      <FactsTable
        caption={say("ways.title", { shown: number(map.variants.length), all: number(map.variantCount) })}
        columns={(["path", "cases", "median"] as const).map((one) => say(`ways.${one}`))}
        rows={map.variants.map((one) => ({
          key: JSON.stringify(one.path),
          cells: [one.path.map(nameOf).join(" → "), number(one.cases), duration(one.medianHours)],
        }))}
      />
    </Stack>
  );
}
