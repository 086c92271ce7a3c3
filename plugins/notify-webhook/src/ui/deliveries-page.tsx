import {
  Alert,
  Button,
  EmptyState,
  ErrorState,
  formatInstant,
  Group,
  Screen,
  Skeleton,
  Stack,
  Text,
  Title,
  useErrorText,
  useMutation,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import type { ParkedDelivery, Receiver } from "../overview.ts";
import { useWebhook } from "./words.ts";

/** Point `admin/page@1`: how it stands with the unit's receivers, and what none of them took. */
export function DeliveriesPage() {
  const { say, rpc } = useWebhook();
  const errorText = useErrorText();
  const state = useQuery(rpc.overview.queryOptions());
  return (
    <Screen title={say("title")} width="wide">
      <Stack gap="xl">
        <Text>{say("lead")}</Text>
        {state.isPending && <Skeleton lines={4} />}
        {state.isError && <ErrorState title={errorText(state.error)} onRetry={() => void state.refetch()} />}
        {state.data && (
          <>
            {!state.data.hasSecret && state.data.receivers.length > 0 && <Alert>{say("noSecret")}</Alert>}
            <Receivers receivers={state.data.receivers} />
            <Parked parked={state.data.parked} />
          </>
        )}
      </Stack>
    </Screen>
  );
}

function Receivers(props: { readonly receivers: readonly Receiver[] }) {
  const { say, language } = useWebhook();
  if (props.receivers.length === 0) return <EmptyState title={say("none")} action={<Text>{say("noneNote")}</Text>} />;
  return (
    <section aria-label={say("receivers")}>
      <Title order={2}>{say("receivers")}</Title>
      <ul style={{ listStyle: "none", padding: 0 }}>
        {props.receivers.map(({ address, waiting, parked, sentAt }) => (
          <li key={address} style={{ paddingBlock: "0.5rem" }}>
            <Text fw={600} style={{ overflowWrap: "anywhere" }}>
              {address}
            </Text>
            <Group gap="sm">
              <Text size="sm">
                {sentAt ? say("lastSent", { at: formatInstant(sentAt, language) }) : say("neverSent")}
              </Text>
              <Text size="sm">{say("waiting", { count: waiting })}</Text>
              <Text size="sm">{say("parked", { count: parked })}</Text>
            </Group>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Parked(props: { readonly parked: readonly ParkedDelivery[] }) {
  const { say, rpc, language } = useWebhook();
  const errorText = useErrorText();
  const client = useQueryClient();
  const give = useMutation(
    rpc.again.mutationOptions({ onSuccess: () => client.invalidateQueries(rpc.overview.queryFilter()) }),
  );
  const why = (error: string | null): string =>
    error?.startsWith("http.") ? say("error.status", { status: error.slice(5) }) : say("error.unreachable");
  return (
    <section aria-label={say("parkedTitle")}>
      <Title order={2}>{say("parkedTitle")}</Title>
      <Text>{say("parkedLead")}</Text>
      <div role="status">{give.data && <Text>{say("given", { count: give.data.count })}</Text>}</div>
      {give.isError && <Alert>{errorText(give.error)}</Alert>}
      {props.parked.length === 0 && <Text>{say("nothingParked")}</Text>}
      <ul style={{ listStyle: "none", padding: 0 }}>
        {props.parked.map(({ no, type, at, address, attempts, error }) => (
          <li key={no} style={{ paddingBlock: "0.5rem" }}>
            <Group justify="space-between">
              <div>
                <Text fw={600}>{type}</Text>
                <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                  {address}
                </Text>
                <Text size="sm">
                  {[formatInstant(at, language), why(error), say("attempts", { count: attempts })].join(" · ")}
                </Text>
              </div>
              <Button
                variant="default"
                onClick={() => give.mutate({ no })}
                disabled={give.isPending}
                aria-label={`${say("again")} ${type} ${no}`}
              >
                {say("again")}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
      {props.parked.length > 1 && (
        <Button onClick={() => give.mutate({ no: null })} disabled={give.isPending}>
          {say("againAll")}
        </Button>
      )}
    </section>
  );
}
