import {
  Button,
  EmptyState,
  ErrorState,
  Group,
  RadioCards,
  Screen,
  Skeleton,
  Stack,
  Text,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { AffairHead } from "./affair-lines.tsx";
import type { AffairView } from "./affair-view.ts";
import { useLiaison } from "./words.ts";

/** What the unit stays with: the next word to a petitioner first. */
export default function ListPage() {
  const { say, rpc } = useLiaison();
  const errorText = useErrorText();
  const [which, setWhich] = useState<"open" | "over" | "">("open");
  const list = useQuery(rpc.list.queryOptions({ over: which === "over" }, { staleTime: 0 }));
  return (
    <Screen title={say("title")} width="wide">
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
        {list.data && <Lines affairs={list.data} />}
      </Stack>
    </Screen>
  );
}

function Lines(props: { readonly affairs: readonly AffairView[] }) {
  const { say, language } = useLiaison();
  const { go } = usePage();
  return (
    <ul className="ds-list">
      {props.affairs.map((one) => (
        <li key={one.affairId} className="ds-panel">
          <Group justify="space-between">
            <div>
              <Text fw={600}>{one.title}</Text>
              <Text size="sm">
                <span className="ds-mono">{one.caseNo}</span> · {one.holder[language]}
              </Text>
              <AffairHead affair={one} />
              {one.letters.map((letter) => (
                <Text key={letter.letterId} size="sm">
                  {letter.office} · {say(`letter.${letter.state}`)}
                </Text>
              ))}
            </div>
            <Button
              variant="default"
              onClick={() => go(`/a/${one.affairId}`)}
              aria-label={`${say("open")} ${one.title}`}
            >
              {say("open")}
            </Button>
          </Group>
        </li>
      ))}
    </ul>
  );
}
