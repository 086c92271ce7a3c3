import { Stack, Text } from "@doorstep/sdk/ui";
import { useState } from "react";
import type { Passage, ProcessMap } from "../mining/map-of.ts";
import { useProcess } from "./words.ts";

const ROW = 46;
const WIDTH = 104;
/** Passages that are drawn; all of them stand in the table. */
const DRAWN = 60;

interface Place {
  readonly from: number;
  readonly to: number;
}

/** An arc beside the list: the further it goes, the wider it is. */
function arcOf({ from, to }: Place, most: number): string {
  const [start, end] = [from * ROW + ROW / 2, to * ROW + ROW / 2];
  if (from === to)
    return `M${WIDTH} ${start - 8} C${WIDTH - 26} ${start - 16} ${WIDTH - 26} ${start + 16} ${WIDTH} ${start + 8}`;
  const out = WIDTH - 14 - (Math.abs(to - from) / Math.max(1, most)) * (WIDTH - 22);
  return `M${WIDTH} ${start} C${out} ${start} ${out} ${end} ${WIDTH} ${end}`;
}

/**
 * The steps in the order in which they usually come, and arcs for what follows what: solid onwards, dashed back. Each step is a
 * button that says in words what its arcs show.
 */
export function ProcessChart(props: { readonly map: ProcessMap }) {
  const { say, nameOf, number } = useProcess();
  const { activities, passages } = props.map;
  const [chosen, setChosen] = useState(activities[0]?.activity);
  const placeOf = new Map(activities.map(({ activity }, n) => [activity, n]));
  const most = Math.max(1, ...passages.map((one) => one.count));
  const height = activities.length * ROW;
  return (
    <Stack gap="sm">
      <Text size="sm">{say("chart.how")}</Text>
      <div style={{ display: "flex" }}>
        <svg width={WIDTH} height={height} viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden style={{ flex: "none" }}>
          {passages.slice(0, DRAWN).map((one) => {
            const place = { from: placeOf.get(one.from) ?? 0, to: placeOf.get(one.to) ?? 0 };
            const isChosen = one.from === chosen || one.to === chosen;
            return (
              <path
                key={`${one.from} ${one.to}`}
                d={arcOf(place, activities.length - 1)}
                fill="none"
                stroke={isChosen ? "var(--ds-accent)" : "var(--ds-text-2)"}
                strokeOpacity={isChosen ? 1 : 0.45}
                strokeWidth={1 + (4 * one.count) / most}
                strokeDasharray={place.to > place.from ? undefined : "5 4"}
              />
            );
          })}
        </svg>
        <ol style={{ listStyle: "none", margin: 0, padding: 0, flex: 1, minWidth: 0 }} aria-label={say("chart.steps")}>
          {activities.map(({ activity, events }) => (
            <li key={activity} style={{ height: ROW, paddingBlock: 1 }}>
              <button
                type="button"
                aria-pressed={activity === chosen}
                onClick={() => setChosen(activity)}
                style={{
                  ...{ width: "100%", height: "100%", textAlign: "start", cursor: "pointer", background: "none" },
                  ...{ color: "inherit", font: "inherit", borderRadius: "var(--ds-radius)", paddingInline: "0.5rem" },
                  border: activity === chosen ? "3px solid var(--ds-accent)" : "1px solid var(--ds-line)",
                  ...{ overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
                }}
              >
                {say("chart.step", { name: nameOf(activity), n: number(events) })}
              </button>
            </li>
          ))}
        </ol>
      </div>
      {chosen !== undefined && <Around activity={chosen} passages={passages} />}
    </Stack>
  );
}

/** What comes before a step and after it, in words. */
function Around({ activity, passages }: { readonly activity: string; readonly passages: readonly Passage[] }) {
  const { say, nameOf, number, duration } = useProcess();
  const sides = {
    before: passages.filter((one) => one.to === activity),
    after: passages.filter((one) => one.from === activity),
  };
  return (
    <div role="status" className="ds-panel">
      <Text fw={600}>{nameOf(activity)}</Text>
      {(["before", "after"] as const).map((side) => (
        <div key={side}>
          <Text size="sm">{say(sides[side].length > 0 ? `chart.${side}` : `chart.${side}None`)}</Text>
          <ul>
            {sides[side].map((one) => (
              <li key={`${one.from} ${one.to}`}>
                {say("chart.passage", {
                  name: nameOf(side === "before" ? one.from : one.to),
                  n: number(one.count),
                  median: duration(one.medianHours),
                })}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
