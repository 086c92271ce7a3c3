import {
  Button,
  EmptyState,
  ErrorState,
  Group,
  Screen,
  Skeleton,
  Stack,
  Text,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useOpenData } from "./words.ts";

/** All that is published, for everybody. */
export default function PublishedPage() {
  const { say, rpc, language, factsOf } = useOpenData();
  const { go } = usePage();
  const errorText = useErrorText();
  const found = useQuery(rpc.published.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Screen title={say("title")}>
      <Stack gap="lg">
        <Text>{say("intro")}</Text>
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.isPending && <Skeleton lines={5} />}
        {found.data?.length === 0 && <EmptyState title={say("none")} />}
        <ul className="ds-list">
          {found.data?.map((one) => (
            <li key={one.seriesId} className="ds-panel">
              <Group justify="space-between">
                <div>
                  <Text fw={600}>{`${one.unit[language]} ${one.title[language]}`}</Text>
                  <Text size="sm">{factsOf(one)}</Text>
                </div>
                <Button
                  variant="default"
                  onClick={() => go(`/d/${one.seriesId}`)}
                  aria-label={`${say("open")} ${one.unit[language]} ${one.title[language]}`}
                >
                  {say("open")}
                </Button>
              </Group>
            </li>
          ))}
        </ul>
      </Stack>
    </Screen>
  );
}
