import {
  Badge,
  Button,
  EmptyState,
  ErrorState,
  formatDate,
  Group,
  Screen,
  Skeleton,
  Stack,
  Text,
  Title,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { Introduction } from "./introduction.tsx";
import { TalkList } from "./talk-line.tsx";
import { useTalks } from "./words.ts";

/** D6: whom the talk officer talks with, who has waited longest first, and his talks. Nobody else sees either. */
export default function WorkPage() {
  const { say, rpc, language } = useTalks();
  const { go } = usePage();
  const errorText = useErrorText();
  const work = useQuery(rpc.work.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Screen
      title={say("title")}
      width="wide"
      actions={<Button onClick={() => go("/people")}>{say("work.add")}</Button>}
    >
      <Stack gap="xl">
        <Text>{say("privacy")}</Text>
        {work.isPending && <Skeleton lines={6} />}
        {work.isError && <ErrorState title={errorText(work.error)} onRetry={() => void work.refetch()} />}
        {work.data && work.data.newcomers.length > 0 && (
          <section aria-labelledby="talk-new">
            <Title order={2} id="talk-new">
              {say("work.newcomers")}
            </Title>
            <ul className="ds-list">
              {work.data.newcomers.map((one) => (
                <li key={one.personId} className="ds-panel">
                  <Group justify="space-between">
                    <div>
                      <Text fw={600}>{one.name}</Text>
                      <Group gap="sm">
                        {one.isDue && <Badge color="orange">{say("work.due")}</Badge>}
                        <Text size="sm">{one.unit[language]}</Text>
                        <Text size="sm">{say("work.dueOn", { date: formatDate(one.dueOn, language) })}</Text>
                      </Group>
                    </div>
                    <Button
                      variant={one.isDue ? "filled" : "default"}
                      onClick={() => go(`/with/${one.personId}`)}
                      aria-label={`${say("work.firstTalk")} ${one.name}`}
                    >
                      {say("work.firstTalk")}
                    </Button>
                  </Group>
                </li>
              ))}
            </ul>
          </section>
        )}
        {work.data && (
          <section aria-labelledby="talk-circle">
            <Title order={2} id="talk-circle">
              {say("work.circle")}
            </Title>
            {work.data.circle.length === 0 && <EmptyState title={say("work.empty")} />}
            <ul className="ds-list">
              {work.data.circle.map((one) => (
                <li key={one.personId} className="ds-panel">
                  <Group justify="space-between">
                    <div>
                      <Text fw={600}>{one.name}</Text>
                      <Group gap="sm">
                        {one.isDue && <Badge color="orange">{say("work.due")}</Badge>}
                        <Text size="sm">{one.unit[language]}</Text>
                        <Text size="sm">
                          {one.lastHeldOn
                            ? say("work.last", { date: formatDate(one.lastHeldOn, language) })
                            : say("work.never")}
                        </Text>
                        <Text size="sm">{say("work.dueOn", { date: formatDate(one.dueOn, language) })}</Text>
                      </Group>
                    </div>
                    <Button
                      variant={one.isDue ? "filled" : "default"}
                      onClick={() => go(one.talkId ? `/t/${one.talkId}` : `/with/${one.personId}`)}
                      aria-label={`${say(one.talkId ? "work.openTalk" : "work.offer")} ${one.name}`}
                    >
                      {say(one.talkId ? "work.openTalk" : "work.offer")}
                    </Button>
                  </Group>
                </li>
              ))}
            </ul>
          </section>
        )}
        <Introduction />
        {work.data && <TalkList id="talk-all" title={say("work.talks")} talks={work.data.talks} />}
      </Stack>
    </Screen>
  );
}
