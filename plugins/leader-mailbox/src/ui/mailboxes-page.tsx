import {
  Button,
  EmptyState,
  ErrorState,
  Screen,
  Skeleton,
  Stack,
  Text,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useMailbox } from "./words.ts";

/** Leaders to whom people can write: post, name and portfolio, of the unit and of those above it. */
export default function MailboxesPage() {
  const { say, rpc, language } = useMailbox();
  const { go } = usePage();
  const errorText = useErrorText();
  const found = useQuery(rpc.mailboxes.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Screen title={say("title")}>
      <Stack gap="lg">
        <Text>{say("list.lead")}</Text>
        {found.isPending && <Skeleton lines={5} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.data?.mailboxes.length === 0 && (
          <EmptyState
            title={say("list.empty")}
            action={<Button onClick={() => go("portal:/file")}>{say("list.toFiling")}</Button>}
          />
        )}
        <ul className="ds-list">
          {found.data?.mailboxes.map((one) => (
            <li key={one.mailboxId} className="ds-panel">
              <Stack gap="sm">
                <Text fw={600}>
                  {one.post} {one.leader}
                </Text>
                <Text size="sm">{one.unit[language]}</Text>
                {one.portfolio && <Text size="sm">{say("list.portfolio", { portfolio: one.portfolio })}</Text>}
                <div>
                  <Button
                    aria-label={say("list.writeNamed", { post: one.post, leader: one.leader })}
                    onClick={() => go(`/${one.mailboxId}`)}
                  >
                    {say("list.write")}
                  </Button>
                </div>
              </Stack>
            </li>
          ))}
        </ul>
      </Stack>
    </Screen>
  );
}
