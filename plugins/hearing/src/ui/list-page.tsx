import {
  Anchor,
  EmptyState,
  ErrorState,
  RadioCards,
  Screen,
  Skeleton,
  Stack,
  Text,
  useErrorText,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { ConclusionLines, SettingLines } from "./hearing-story.tsx";
import { useHearing } from "./words.ts";

/** Hearings of the unit and below, in the order of the calendar. */
export default function ListPage() {
  const { say, rpc, language } = useHearing();
  const errorText = useErrorText();
  const [which, setWhich] = useState<"open" | "over" | "">("open");
  const list = useQuery(rpc.list.queryOptions({ over: which === "over" }, { staleTime: 0 }));
  return (
    <Screen title={say("list.title")} width="wide">
      <Stack gap="lg">
        <RadioCards
          name="which"
          label={say("list.which")}
          value={which}
          onChange={setWhich}
          cards={(["open", "over"] as const).map((value) => ({ value, label: say(`list.${value}`) }))}
        />
        {list.isPending && <Skeleton lines={5} />}
        {list.isError && <ErrorState title={errorText(list.error)} onRetry={() => void list.refetch()} />}
        {list.data?.length === 0 && <EmptyState title={say(which === "over" ? "list.noneOver" : "list.none")} />}
        <ul className="ds-list">
          {list.data?.map((one) => (
            <li key={one.hearingId} className="ds-panel">
              <SettingLines one={one} />
              <ConclusionLines one={one} />
              <Text size="sm">
                <Anchor href={`/desk/c/${one.caseNo}`}>{one.title}</Anchor> ·{" "}
                <span className="ds-mono">{one.caseNo}</span> · {one.holder[language]}
              </Text>
            </li>
          ))}
        </ul>
      </Stack>
    </Screen>
  );
}
