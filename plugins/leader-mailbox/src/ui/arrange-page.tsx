import {
  Alert,
  Button,
  EmptyState,
  ErrorState,
  Form,
  Group,
  Screen,
  Select,
  Skeleton,
  Stack,
  Text,
  TextField,
  Title,
  useErrorText,
  useMutation,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { useMailbox } from "./words.ts";

interface Values {
  readonly leaderId: string;
  readonly post: string;
  readonly portfolio: string;
  readonly deputyId: string;
}
const empty: Values = { leaderId: "", post: "", portfolio: "", deputyId: "" };

/** Which leaders of the unit people can write to. */
export default function ArrangePage() {
  const { say, rpc } = useMailbox();
  const errorText = useErrorText();
  const found = useQuery(rpc.arranged.queryOptions(undefined, { staleTime: 0 }));
  const close = useMutation(rpc.close.mutationOptions({ onSettled: () => found.refetch() }));
  return (
    <Screen title={say("arrange.title")}>
      <Stack gap="lg">
        <Text>{say("arrange.lead")}</Text>
        {found.isPending && <Skeleton lines={4} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {close.isError && (
          <Alert color="red" role="alert">
            {errorText(close.error)}
          </Alert>
        )}
        {found.data?.length === 0 && <EmptyState title={say("arrange.none")} />}
        <ul className="ds-list">
          {found.data?.map((one) => (
            <li key={one.mailboxId} className="ds-panel">
              <Group justify="space-between">
                <div>
                  <Text fw={600}>
                    {one.post} {one.leader}
                  </Text>
                  {one.portfolio && <Text size="sm">{say("list.portfolio", { portfolio: one.portfolio })}</Text>}
                  {one.hasDeputy && <Text size="sm">{say("arrange.deputy")}</Text>}
                </div>
                <Button
                  variant="default"
                  loading={close.isPending}
                  aria-label={say("arrange.closeNamed", { post: one.post, leader: one.leader })}
                  onClick={() => close.mutate({ mailboxId: one.mailboxId })}
                >
                  {say("arrange.close")}
                </Button>
              </Group>
            </li>
          ))}
        </ul>
        {found.data && <NewMailbox key={found.data.length} onDone={() => void found.refetch()} />}
      </Stack>
    </Screen>
  );
}

function NewMailbox({ onDone }: { readonly onDone: () => void }) {
  const { say, rpc, language } = useMailbox();
  const errorText = useErrorText();
  const [leaderId, setLeaderId] = useState("");
  const leaders = useQuery(rpc.leaders.queryOptions(undefined, { staleTime: 0 }));
  const open = useMutation(rpc.open.mutationOptions({ onSuccess: onDone }));
  const options = (leaders.data ?? []).map((one) => ({ value: one.id, label: `${one.name} · ${one.unit[language]}` }));
  return (
    <section aria-labelledby="new-mailbox">
      <Title order={2} id="new-mailbox">
        {say("arrange.new")}
      </Title>
      {leaders.isPending && <Skeleton lines={3} />}
      {leaders.isError && <ErrorState title={errorText(leaders.error)} onRetry={() => void leaders.refetch()} />}
      {leaders.data && (
        <Form<Values>
          initial={empty}
          submitLabel={say("arrange.open")}
          busy={open.isPending}
          error={open.isError ? errorText(open.error) : undefined}
          onChange={(values) => setLeaderId(values.leaderId)}
          onSubmit={({ deputyId, ...values }) => open.mutate({ ...values, deputyId: deputyId || null })}
        >
          <Select
            name="leaderId"
            label={say("arrange.leader")}
            hint={say("arrange.leaderHint")}
            options={options}
            required
          />
          <TextField name="post" label={say("arrange.post")} required maxLength={60} />
          <TextField name="portfolio" label={say("arrange.portfolio")} maxLength={120} />
          <Select
            name="deputyId"
            label={say("arrange.deputyFor")}
            options={options.filter((one) => one.value !== leaderId)}
          />
        </Form>
      )}
    </section>
  );
}
