import {
  Alert,
  Button,
  type CasePartProps,
  DateField,
  EmptyState,
  ErrorState,
  Form,
  formatInstant,
  Group,
  Select,
  Skeleton,
  Stack,
  Text,
  TextArea,
  TextField,
  Tick,
  Title,
  useErrorText,
  useKernel,
  useMutation,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useId, useState } from "react";
import { base64Of, saveFile } from "./files.ts";
import { isFailure, useReferral } from "./words.ts";

/** Point `desk/case-tab@1`: what went to others, and a package for one of them. */
export function CaseTab({ caseId }: CasePartProps) {
  const { say, rpc, language } = useReferral();
  const errorText = useErrorText();
  const client = useQueryClient();
  const [isSending, setSending] = useState(false);
  const sent = useQuery(rpc.sent.queryOptions({ caseId }, { staleTime: 0 }));
  const take = useMutation({
    mutationFn: (referralId: string) =>
      client.fetchQuery(rpc.package.queryOptions({ referralId }, { staleTime: 0, gcTime: 0 })),
    onSuccess: saveFile,
  });
  if (sent.isError) return <ErrorState title={errorText(sent.error)} onRetry={() => void sent.refetch()} />;
  if (!sent.data) return <Skeleton lines={3} />;
  return (
    <Stack>
      {sent.data.length === 0 && <EmptyState title={say("tab.none")} />}
      <ul className="ds-list">
        {sent.data.map((one) => (
          <li key={one.referralId} className="ds-panel">
            <Group justify="space-between">
              <div>
                <Text fw={600}>{one.partner}</Text>
                <Text size="sm">
                  {formatInstant(one.at, language)} · {say("tab.version", { version: one.version })} ·{" "}
                  {say(`state.${one.state}`)}
                </Text>
                {one.state === "sent" && isFailure(one.reason) && <Text size="sm">{say(`failure.${one.reason}`)}</Text>}
              </div>
              {one.state === "sent" && (
                <Button variant="default" loading={take.isPending} onClick={() => take.mutate(one.referralId)}>
                  {say("tab.take")}
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
      {take.isError && <Text role="alert">{errorText(take.error)}</Text>}
      {isSending ? (
        <SendForm
          caseId={caseId}
          onDone={() => {
            setSending(false);
            void sent.refetch();
          }}
        />
      ) : (
        <div>
          <Button variant="default" onClick={() => setSending(true)}>
            {say("send.title")}
          </Button>
        </div>
      )}
    </Stack>
  );
}

/** as the server counts them, all together */
const MOST_BYTES = 1_200_000;
const nothing = { partnerId: "", title: "", body: "", ground: "", reportBy: "", withName: false, urgent: false };

function SendForm({ caseId, onDone }: { readonly caseId: string; readonly onDone: () => void }) {
  const { say, rpc } = useReferral();
  const errorText = useErrorText();
  const kernel = useKernel();
  const id = useId();
  const [referralId] = useState(() => crypto.randomUUID());
  const [chosen, setChosen] = useState<readonly File[]>([]);
  const receivers = useQuery(rpc.receivers.queryOptions(undefined, { staleTime: 0 }));
  const call = useMutation(rpc.send.mutationOptions());
  const send = useMutation({
    mutationFn: async (values: typeof nothing) => {
      const files = await Promise.all(chosen.map(async (one) => ({ name: one.name, data: await base64Of(one) })));
      return await call.mutateAsync({ ...values, referralId, caseId, reportBy: values.reportBy || null, files });
    },
    onSuccess: onDone,
  });
  const isTooMuch = chosen.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES;
  // as somebody outside of the circle reads it
  const covered = useQuery(kernel.cases.covered.queryOptions({ caseId }, { staleTime: 0, gcTime: 0 }));
  if (!receivers.data || covered.isPending) return <Skeleton lines={2} />;
  if (receivers.data.length === 0) return <Alert role="status">{say("send.noReceivers")}</Alert>;
  return (
    <section aria-labelledby={`${id}-title`}>
      <Title order={2} id={`${id}-title`}>
        {say("send.title")}
      </Title>
      <p>{say("send.lead")}</p>
      <Form
        initial={{ ...nothing, title: covered.data?.title ?? "", body: covered.data?.body ?? "" }}
        submitLabel={say("send.go")}
        busy={send.isPending}
        error={isTooMuch ? say("send.tooMuch") : send.isError ? errorText(send.error) : undefined}
        onSubmit={(values) => {
          if (!isTooMuch) send.mutate(values);
        }}
      >
        <Select
          name="partnerId"
          label={say("send.to")}
          options={receivers.data.map((one) => ({ value: one.partnerId, label: one.name }))}
          required
        />
        <TextField name="title" label={say("send.matter")} required maxLength={120} />
        <TextArea
          name="body"
          label={say("send.body")}
          hint={say("send.bodyHint")}
          rows={8}
          maxLength={20_000}
          required
        />
        <TextField name="ground" label={say("send.ground")} required maxLength={300} />
        <DateField name="reportBy" label={say("send.reportBy")} hint={say("send.reportByHint")} />
        <Tick name="urgent" label={say("send.urgent")} />
        <Tick name="withName" label={say("send.withName")} />
        <div>
          <label htmlFor={id} className="ds-legend">
            {say("send.files")}
          </label>
          <p className="ds-hint" id={`${id}-hint`}>
            {say("send.filesHint")}
          </p>
          <input
            id={id}
            type="file"
            multiple
            aria-describedby={`${id}-hint`}
            aria-invalid={isTooMuch || undefined}
            onChange={(event) => setChosen([...(event.currentTarget.files ?? [])])}
          />
        </div>
      </Form>
    </section>
  );
}
