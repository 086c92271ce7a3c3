import {
  Alert,
  Anchor,
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
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useBox } from "./words.ts";

/** What others suggested and agree to show, and what came of it. */
export default function BoardPage() {
  const { say, rpc, language, user } = useBox();
  const { go } = usePage();
  const errorText = useErrorText();
  const found = useQuery(rpc.board.queryOptions(undefined, { staleTime: 0 }));
  const support = useMutation(rpc.support.mutationOptions({ onSuccess: () => found.refetch() }));
  const board = found.data;
  return (
    <Screen title={say("title")}>
      <Stack gap="lg">
        <Text>{say("board.lead")}</Text>
        <p className="ds-panel ds-panel-warn">{say("board.notHere")}</p>
        <Group>
          <Button onClick={() => go("/new")}>{say("board.write")}</Button>
          <Button variant="default" onClick={() => go("/own")}>
            {say("board.mine")}
          </Button>
        </Group>
        {found.isPending && <Skeleton lines={6} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {support.isError && (
          <Alert color="red" role="alert">
            {errorText(support.error)}
          </Alert>
        )}
        {board && (
          <section aria-labelledby="box-open">
            <Title order={2} id="box-open">
              {say("board.open")}
            </Title>
            {board.open.length === 0 && <EmptyState title={say("board.none")} />}
            {board.open.length > 0 && !user && (
              <p>
                {say("board.signIn")} <Anchor href="/sign-in?to=/p/suggestion-box">{say("board.signInAction")}</Anchor>
              </p>
            )}
            <ul className="ds-list">
              {board.open.map((one) => (
                <li key={one.id} className="ds-panel">
                  <Text fw={600}>{one.title}</Text>
                  <p style={{ whiteSpace: "pre-wrap" }}>{one.text}</p>
                  <Group>
                    <Text size="sm">
                      {one.supports === null ? say("supports.few") : say("supports.many", { count: one.supports })}
                      {one.studied && ` ${say("board.studied")}`}
                    </Text>
                    {user && (
                      <Button
                        variant={one.mine ? "filled" : "default"}
                        aria-label={say(one.mine ? "board.supportedNamed" : "board.supportNamed", { title: one.title })}
                        loading={support.isPending && support.variables.id === one.id}
                        onClick={() => support.mutate({ id: one.id, yes: !one.mine })}
                      >
                        {say(one.mine ? "board.supported" : "board.support")}
                      </Button>
                    )}
                  </Group>
                </li>
              ))}
            </ul>
          </section>
        )}
        {(board?.answered.length ?? 0) > 0 && (
          <section aria-labelledby="box-answered">
            <Title order={2} id="box-answered">
              {say("board.answered")}
            </Title>
            <ul className="ds-list">
              {board?.answered.map((one) => (
                <li key={one.id} className="ds-panel">
                  <Text fw={600}>{one.title}</Text>
                  <p>
                    <strong>{say(`outcomes.${one.outcome}`)}</strong>
                  </p>
                  <p style={{ whiteSpace: "pre-wrap" }}>{one.words}</p>
                  <p className="ds-hint">
                    {formatDate(one.at.slice(0, 10), language)}{" "}
                    {one.credits.length > 0 && say("board.credits", { names: one.credits.join(say("comma")) })}
                  </p>
                </li>
              ))}
            </ul>
          </section>
        )}
      </Stack>
    </Screen>
  );
}
