import {
  Badge,
  Button,
  ConfirmDialog,
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
  usePage,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { UploadPart } from "./upload-part.tsx";
import { useLedgerImport } from "./words.ts";

/** Point `admin/page@1`: a new import, and those of the unit so far. */
export function ImportsPage() {
  const { say, rpc } = useLedgerImport();
  const errorText = useErrorText();
  const list = useQuery(rpc.list.queryOptions());
  return (
    <Screen title={say("list.title")} width="wide">
      <Stack gap="xl">
        <Text>{say("list.lead")}</Text>
        <UploadPart />
        <section aria-label={say("list.earlier")}>
          <Title order={2}>{say("list.earlier")}</Title>
          {list.isPending && <Skeleton lines={3} />}
          {list.isError && <ErrorState title={errorText(list.error)} onRetry={() => void list.refetch()} />}
          {list.data?.length === 0 && <EmptyState title={say("list.empty")} />}
          {list.data && list.data.length > 0 && <Earlier imports={list.data} />}
        </section>
      </Stack>
    </Screen>
  );
}

interface EarlierImport {
  readonly importId: string;
  readonly fileName: string;
  readonly createdAt: string;
  readonly state: "uploading" | "uploaded" | "checking" | "checked" | "running" | "done";
  readonly counts: { readonly created: number };
}

function Earlier(props: { readonly imports: readonly EarlierImport[] }) {
  const { say, rpc, language } = useLedgerImport();
  const { go } = usePage();
  const client = useQueryClient();
  const [leaving, setLeaving] = useState<string>();
  const discard = useMutation(
    rpc.discard.mutationOptions({
      onSuccess: async () => {
        setLeaving(undefined);
        await client.invalidateQueries(rpc.list.queryFilter());
      },
    }),
  );
  return (
    <>
      <ul style={{ listStyle: "none", padding: 0 }}>
        {props.imports.map((one) => (
          <li key={one.importId} style={{ paddingBlock: "0.75rem" }}>
            <Group justify="space-between">
              <div>
                <Text fw={600}>{one.fileName}</Text>
                <Group gap="sm">
                  <Badge variant="light">{say(`state.${one.state}`)}</Badge>
                  <Text size="sm">{formatInstant(one.createdAt, language)}</Text>
                  {one.counts.created > 0 && <Text size="sm">{say("list.rows", { count: one.counts.created })}</Text>}
                </Group>
              </div>
              <Group gap="sm">
                {one.state !== "uploading" && (
                  <Button
                    variant="default"
                    onClick={() => go(`/${one.importId}`)}
                    aria-label={`${say("list.open")} ${one.fileName}`}
                  >
                    {say("list.open")}
                  </Button>
                )}
                {one.state !== "done" && one.state !== "running" && (
                  <Button
                    variant="subtle"
                    color="red"
                    onClick={() => setLeaving(one.importId)}
                    aria-label={`${say("list.discard")} ${one.fileName}`}
                  >
                    {say("list.discard")}
                  </Button>
                )}
              </Group>
            </Group>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        opened={leaving !== undefined}
        title={say("list.discardTitle")}
        confirmLabel={say("list.discard")}
        danger
        onConfirm={() => leaving !== undefined && discard.mutate({ importId: leaving })}
        onClose={() => setLeaving(undefined)}
        busy={discard.isPending}
      >
        {say("list.discardNote")}
      </ConfirmDialog>
    </>
  );
}
