import {
  Anchor,
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  Group,
  Screen,
  Skeleton,
  Stack,
  Text,
  useErrorText,
  useKernel,
  useMutation,
  usePage,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import type { WaitingView } from "./charge-view.ts";
import { useLeaderDesk } from "./words.ts";

/** What another leader handed over, and the backlog by age: one of them is taken by the kernel's own act. */
export default function TakePage() {
  const { say, rpc } = useLeaderDesk();
  const errorText = useErrorText();
  const [chosen, setChosen] = useState<WaitingView | null>(null);
  const waiting = useQuery(rpc.waiting.queryOptions(undefined, { staleTime: 0 }));
  const { handedOver = [], backlog = [] } = waiting.data ?? {};
  return (
    <Screen title={say("take.title")} width="wide">
      <Stack gap="lg">
        {waiting.isPending && <Skeleton lines={5} />}
        {waiting.isError && <ErrorState title={errorText(waiting.error)} onRetry={() => void waiting.refetch()} />}
        {waiting.data && handedOver.length + backlog.length === 0 && <EmptyState title={say("take.none")} />}
        <Waiting title={say("take.handedOver")} cases={handedOver} onTake={setChosen} />
        <Waiting title={say("take.backlog")} cases={backlog} onTake={setChosen} />
        {chosen && <Take petition={chosen} onClose={() => setChosen(null)} />}
      </Stack>
    </Screen>
  );
}

function Waiting(props: {
  readonly title: string;
  readonly cases: readonly WaitingView[];
  readonly onTake: (petition: WaitingView) => void;
}) {
  const { say, language } = useLeaderDesk();
  if (props.cases.length === 0) return null;
  return (
    <section>
      <h2>{props.title}</h2>
      <ul className="ds-list">
        {props.cases.map((one) => (
          <li key={one.caseId} className="ds-panel">
            <Group justify="space-between">
              <div>
                <Text fw={700}>{say("age", { n: one.ageDays })}</Text>
                <Anchor href={`/desk/c/${one.caseNo}`}>{one.title}</Anchor>
                <Text size="sm">
                  <span className="ds-mono">{one.caseNo}</span> · {one.holder[language]}
                </Text>
              </div>
              <Button
                variant="default"
                onClick={() => props.onTake(one)}
                aria-label={`${say("take.this")} ${one.title}`}
              >
                {say("take.this")}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Take(props: { readonly petition: WaitingView; readonly onClose: () => void }) {
  const { say } = useLeaderDesk();
  const { go } = usePage();
  const kernel = useKernel();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [key] = useState(() => crypto.randomUUID());
  const { caseId, title } = props.petition;
  const onSuccess = () => go(`/c/${caseId}`, { replace: true });
  const take = useMutation(kernel.cases.takeCharge.mutationOptions({ onSuccess }));
  const look = useMutation({
    mutationFn: () => client.fetchQuery(kernel.cases.get.queryOptions({ caseId }, { staleTime: 0 })),
    onSuccess: ({ version }) => take.mutate({ caseId, version, key }),
  });
  const error = look.error ?? take.error;
  return (
    <ConfirmDialog
      opened
      title={title}
      confirmLabel={say("take.confirm")}
      busy={look.isPending || take.isPending}
      onConfirm={() => look.mutate()}
      onClose={props.onClose}
    >
      <p>{say("take.means")}</p>
      {error && <p role="alert">{errorText(error)}</p>}
    </ConfirmDialog>
  );
}
