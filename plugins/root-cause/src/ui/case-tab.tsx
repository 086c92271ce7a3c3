import {
  Anchor,
  Button,
  type CasePartProps,
  EmptyState,
  ErrorState,
  Form,
  Group,
  Select,
  Skeleton,
  Stack,
  Text,
  Title,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { StateBadge } from "./cause-list.tsx";
import { useRootCause } from "./words.ts";

/** Point `desk/case-tab@1`: what lies behind this petition, and linking it with a cause. */
export function CaseTab({ caseId }: CasePartProps) {
  const { say, rpc } = useRootCause();
  const { go } = usePage();
  const errorText = useErrorText();
  const client = useQueryClient();
  const found = useQuery(rpc.ofCase.queryOptions({ caseId }, { staleTime: 0 }));
  const link = useMutation(rpc.link.mutationOptions({ onSuccess: () => client.invalidateQueries() }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton lines={3} />;
  if (!found.data) return <EmptyState title={say("tab.none")} />;
  const { causes, others, mayKeep } = found.data;
  return (
    <Stack>
      {causes.length === 0 && <EmptyState title={say("tab.none")} />}
      <ul className="ds-list">
        {causes.map((one) => (
          <li key={one.causeId}>
            {one.mayOpen ? (
              <Anchor href={`/desk/p/root-cause/c/${one.causeId}`}>{one.title}</Anchor>
            ) : (
              <Text>{one.title}</Text>
            )}
            <Group gap="sm">
              <StateBadge cause={one} />
              <Text size="sm">{say(`kind.${one.kind}`)}</Text>
            </Group>
          </li>
        ))}
      </ul>
      {mayKeep && others.length > 0 && (
        <section aria-label={say("tab.link")}>
          <Title order={2}>{say("tab.link")}</Title>
          <Form
            initial={{ causeId: "" }}
            submitLabel={say("tab.send")}
            busy={link.isPending}
            error={link.isError ? errorText(link.error) : undefined}
            onSubmit={({ causeId }) => link.mutate({ causeId, caseId })}
          >
            <Select
              name="causeId"
              label={say("tab.which")}
              options={others.map((one) => ({ value: one.causeId, label: one.title }))}
              required
            />
          </Form>
        </section>
      )}
      {mayKeep && (
        <div>
          <Button variant="default" onClick={() => go(`portal:/desk/p/root-cause/new/case/${caseId}`)}>
            {say("tab.open")}
          </Button>
        </div>
      )}
    </Stack>
  );
}
