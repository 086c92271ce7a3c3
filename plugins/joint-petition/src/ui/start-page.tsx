import {
  Button,
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
import { useJoint } from "./words.ts";

/** Where one begins, signs by a code, and finds again what one began or signed by one's account. */
export default function StartPage() {
  const { say, rpc, language, user } = useJoint();
  const { go } = usePage();
  const errorText = useErrorText();
  const mine = useQuery({ ...rpc.mine.queryOptions(undefined, { staleTime: 0 }), enabled: user !== null });
  return (
    <Screen title={say("title")}>
      <Stack gap="lg">
        <Text>{say("start.lead")}</Text>
        <p className="ds-panel ds-panel-warn">{say("start.alone")}</p>
        <Group>
          <Button onClick={() => go("/new")}>{say("start.begin")}</Button>
          <Button variant="default" onClick={() => go("/sign")}>
            {say("start.byCode")}
          </Button>
        </Group>
        {user !== null && mine.isPending && <Skeleton lines={3} />}
        {mine.isError && <ErrorState title={errorText(mine.error)} onRetry={() => void mine.refetch()} />}
        {(mine.data?.length ?? 0) > 0 && (
          <section aria-labelledby="my-drafts">
            <Title order={2} id="my-drafts">
              {say("start.mine")}
            </Title>
            <ul className="ds-list">
              {mine.data?.map((one) => (
                <li key={one.draftId} className="ds-panel">
                  <Stack gap="sm">
                    <Text fw={600}>{one.title}</Text>
                    <Text size="sm">
                      {say("standing", { signed: one.signed, on: formatDate(one.closesOn, language) })}
                    </Text>
                    <div>
                      <Button
                        variant="default"
                        onClick={() => go(one.began ? `/${one.draftId}` : `/signed/${one.draftId}`)}
                        aria-label={say("start.openNamed", { title: one.title })}
                      >
                        {say("start.open")}
                      </Button>
                    </div>
                  </Stack>
                </li>
              ))}
            </ul>
          </section>
        )}
      </Stack>
    </Screen>
  );
}
