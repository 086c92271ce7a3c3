import { formatNumber, Text, useKernel, useQuery } from "@doorstep/sdk/ui";
import { NumberTable } from "./number-table.tsx";
import { Tile } from "./tile.tsx";
import { useBarometer } from "./words.ts";

/**
 * Reports of retaliation by the unit complained of, for whoever may open each of them: the organ two levels up. For everybody else
 * there is nothing, and it does not stand there that there is nothing.
 */
export function RetaliationTile() {
  const { say, language } = useBarometer();
  const kernel = useKernel();
  const asked = useQuery(kernel.retaliation.signal.queryOptions({}, { staleTime: 0 }));
  if (!asked.isError && !asked.data?.length) return null;
  return (
    <Tile title={say("retaliation.title")} asked={asked} isEmpty={(units) => units.length === 0}>
      {(units) => (
        <>
          <Text size="sm">{say("retaliation.note")}</Text>
          <NumberTable
            caption={say("retaliation.title")}
            columns={[say("unit"), ...(["reports", "open", "found"] as const).map((one) => say(`retaliation.${one}`))]}
            rows={units.map(({ unit, ...counts }) => ({
              ...{ key: unit["zh-CN"], title: unit[language] },
              cells: (["reports", "open", "found"] as const).map((one) => ({
                ...{ key: one, text: formatNumber(counts[one], language) },
              })),
            }))}
          />
          <Text fw={600}>{say("retaliation.question")}</Text>
        </>
      )}
    </Tile>
  );
}
