import { Anchor, Screen, Stack, Text } from "@doorstep/sdk/ui";
import "./barometer.css";
import { shareNames } from "../figures/share-names.ts";
import { CausesTile } from "./causes-tile.tsx";
import { ForecastTile } from "./forecast-tile.tsx";
import { Headline } from "./headline.tsx";
import { HeatTile } from "./heat-tile.tsx";
import { useOpenNumbers } from "./open-numbers.ts";
import { RetaliationTile } from "./retaliation-tile.tsx";
import { ShareTile } from "./share-tile.tsx";
import { ThemesTile } from "./themes-tile.tsx";
import { TrendTile } from "./trend-tile.tsx";
import { WarningsTile } from "./warnings-tile.tsx";
import { useBarometer } from "./words.ts";

/** Where petitions rise, what they are about, and how they are answered: each tile fails alone. */
export default function BarometerPage() {
  const { say } = useBarometer();
  const opens = useOpenNumbers();
  return (
    <Screen title={say("title")} width="wide">
      <Stack gap="lg">
        <Headline />
        <Text>{say("intro")}</Text>
        {opens && (
          <Text>
            <Anchor href={opens.today}>{say("exact.today")}</Anchor>
          </Text>
        )}
        <WarningsTile />
        <RetaliationTile />
        <TrendTile />
        <ForecastTile />
        <HeatTile />
        <ThemesTile />
        <CausesTile />
        {shareNames.map((name) => (
          <ShareTile key={name} name={name} />
        ))}
      </Stack>
    </Screen>
  );
}
