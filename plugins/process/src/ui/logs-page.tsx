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
  TextField,
  Title,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { type SubmitEvent, useId, useState } from "react";
import { sendLog } from "./send-log.ts";
import { useProcess } from "./words.ts";

/** Logs of other systems: what the unit has, and a way to bring one. */
export default function LogsPage() {
  const { say, rpc, number, language } = useProcess();
  const { go } = usePage();
  const errorText = useErrorText();
  const found = useQuery(rpc.logs.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Screen title={say("logs.title")} width="wide">
      <Stack gap="lg">
        <Text>{say("logs.intro")}</Text>
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.isPending && <Skeleton lines={5} />}
        {found.data?.logs.length === 0 && <EmptyState title={say("logs.none")} />}
        <ul className="ds-list">
          {found.data?.logs.map((log) => (
            <li key={log.logId} className="ds-panel">
              <Group justify="space-between">
                <div>
                  <Text fw={600}>{log.name}</Text>
                  <Text size="sm">
                    {say("logs.facts", {
                      ...{ cases: number(log.cases), events: number(log.events) },
                      on: formatInstant(log.keptAt ?? "", language),
                    })}
                  </Text>
                </div>
                <Button
                  variant="default"
                  onClick={() => go(`/logs/${log.logId}`)}
                  aria-label={`${say("logs.go")} ${log.name}`}
                >
                  {say("logs.go")}
                </Button>
              </Group>
            </li>
          ))}
        </ul>
        {found.data?.mayChange && <BringLog />}
        <div>
          <Button variant="default" onClick={() => go("/")}>
            {say("logs.own")}
          </Button>
        </div>
      </Stack>
    </Screen>
  );
}

function BringLog() {
  const { say, rpc } = useProcess();
  const client = useQueryClient();
  const errorText = useErrorText();
  const id = useId();
  const [name, setName] = useState("");
  const [file, setFile] = useState<File>();
  const [missing, setMissing] = useState(false);
  const begin = useMutation(rpc.begin.mutationOptions());
  const piece = useMutation(rpc.piece.mutationOptions());
  const finish = useMutation(rpc.finish.mutationOptions());
  const send = useMutation({
    mutationFn: (chosen: File) =>
      sendLog({ begin: begin.mutateAsync, piece: piece.mutateAsync, finish: finish.mutateAsync }, name.trim(), chosen),
    onSuccess: () => client.invalidateQueries({ queryKey: rpc.logs.queryKey() }),
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const isReady = file !== undefined && name.trim().length > 1;
    setMissing(!isReady);
    if (isReady) send.mutate(file);
  };
  const said = send.data;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Title order={2}>{say("bring.title")}</Title>
        <TextField
          name="name"
          label={say("bring.name")}
          hint={say("bring.nameHint")}
          value={name}
          onChange={setName}
          required
        />
        <div>
          <label htmlFor={id} className="ds-legend">
            {say("bring.file")}
          </label>
          <p className="ds-hint" id={`${id}-hint`}>
            {say("bring.fileHint")}
          </p>
          <input
            id={id}
            type="file"
            accept=".csv,.txt,.xes,text/csv,application/xml"
            aria-describedby={`${id}-hint`}
            aria-invalid={(missing && !file) || undefined}
            onChange={(event) => setFile(event.currentTarget.files?.[0])}
          />
        </div>
        {(missing || send.isError) && (
          <Alert color="red" role="alert" className="ds-alert">
            {missing ? say("bring.chooseFirst") : errorText(send.error)}
          </Alert>
        )}
        {said && !said.kept && (
          <Alert color="red" role="alert" className="ds-alert">
            {say(said.place > 0 ? "bring.refusedAt" : "bring.refused", {
              place: said.place,
              why: say(`flaw.${said.flaw}`),
            })}
          </Alert>
        )}
        {said?.kept && <Alert role="status">{say("bring.kept")}</Alert>}
        <div>
          <Button type="submit" loading={send.isPending}>
            {say("bring.go")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
