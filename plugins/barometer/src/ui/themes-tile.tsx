import { Text, useQuery } from "@doorstep/sdk/ui";
import { NumberTable } from "./number-table.tsx";
import { useNumbers } from "./numbers.ts";
import { usePagePart } from "./page-part.ts";
import { Tile } from "./tile.tsx";
import { useBarometer } from "./words.ts";

/** What petitions are about by their own words, what rose the most first. */
export function ThemesTile() {
  const { say, rpc, language } = useBarometer();
  const { count } = useNumbers();
  const part = usePagePart("themes");
  const asked = part.or(useQuery(rpc.themes.queryOptions(undefined, part.alone)));
  const number = (of: number | null | undefined): string => (of === undefined ? say("themes.notLooked") : count(of));
  return (
    <Tile
      title={say("themes.title")}
      asked={asked}
      isEmpty={(found) => found === null || found.rows.length === 0}
      empty={say("themes.none")}
    >
      {(found) =>
        found && (
          <>
            <Text size="sm">{say("themes.note")}</Text>
            <NumberTable
              caption={say("themes.caption", { month: found.month })}
              columns={[say("themes.theme"), say("themes.now"), say("themes.before"), say("themes.yearBefore")]}
              rows={found.rows.map((row) => ({
                ...{ key: row.theme, title: found.names[row.theme]?.[language] ?? row.theme },
                cells: [
                  { key: "now", text: number(row.now) },
                  { key: "before", text: number(row.before) },
                  { key: "yearBefore", text: number(row.yearBefore) },
                ],
              }))}
            />
          </>
        )
      }
    </Tile>
  );
}
