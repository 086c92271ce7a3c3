import {
  Alert,
  Button,
  ErrorState,
  formatInstant,
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
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { CellsTable } from "./cells-table.tsx";
import { useOpenData } from "./words.ts";

const MONTHS = 36;
const monthsUntil = (today: string): readonly string[] =>
  Array.from({ length: MONTHS }, (_, n) =>
    new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 2 - n, 1)).toISOString().slice(0, 7),
  );

/** What the unit has published, and what it may publish. */
export default function PublishPage() {
  const { say, rpc } = useOpenData();
  const errorText = useErrorText();
  const start = useQuery(rpc.today.queryOptions(undefined, { staleTime: 0 }));
  const found = useQuery(rpc.choices.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Screen title={say("title")} width="wide">
      <Stack gap="lg">
        <Text>{say("desk.intro")}</Text>
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.isPending && <Skeleton lines={6} />}
        {found.data?.length === 0 && <Alert role="status">{say("desk.nothing")}</Alert>}
        {found.data && found.data.length > 0 && start.data && (
          <>
            <Publish choices={found.data} months={monthsUntil(start.data)} />
            <Versions choices={found.data} />
          </>
        )}
      </Stack>
    </Screen>
  );
}

interface Version {
  readonly id: string;
  readonly version: number;
  readonly from: string;
  readonly to: string;
  readonly publishedAt: string;
  readonly withdrawnAt: string | null;
  readonly why: string | null;
}
interface Choice {
  readonly dataset: string;
  readonly title: { readonly "zh-CN": string; readonly en: string };
  readonly module: { readonly "zh-CN": string; readonly en: string };
  readonly versions: readonly Version[];
}
interface Choices {
  readonly choices: readonly Choice[];
}

function Publish({ choices, months }: Choices & { readonly months: readonly string[] }) {
  const { say, rpc, language } = useOpenData();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [dataset, setDataset] = useState(choices[0]?.dataset ?? "");
  const [from, setFrom] = useState(months[0] ?? "");
  const [to, setTo] = useState(months[0] ?? "");
  const [first = "", last = ""] = [from, to].toSorted();
  const chosen = { dataset, from: first, to: last };
  const preview = useQuery(rpc.preview.queryOptions(chosen, { staleTime: 0, retry: false }));
  const publish = useMutation(
    rpc.publish.mutationOptions({ onSuccess: () => client.invalidateQueries({ queryKey: rpc.choices.queryKey() }) }),
  );
  const options = months.map((value) => ({ value, label: value }));
  return (
    <Stack gap="md">
      <Title order={2}>{say("desk.publish")}</Title>
      <Group>
        <Select
          name="dataset"
          label={say("desk.dataset")}
          options={choices.map((one) => ({
            value: one.dataset,
            label: `${one.module[language]}: ${one.title[language]}`,
          }))}
          value={dataset}
          onChange={setDataset}
        />
        <Select name="from" label={say("desk.from")} options={options} value={from} onChange={setFrom} />
        <Select name="to" label={say("desk.to")} options={options} value={to} onChange={setTo} />
      </Group>
      {preview.isPending && <Skeleton lines={4} />}
      {preview.isError && <Alert role="status">{errorText(preview.error)}</Alert>}
      {publish.isError && (
        <Alert color="red" role="alert" className="ds-alert">
          {errorText(publish.error)}
        </Alert>
      )}
      {publish.isSuccess && <Alert role="status">{say("desk.done", { version: publish.data.version })}</Alert>}
      {preview.data && (
        <>
          <div>
            <Button loading={publish.isPending} onClick={() => publish.mutate(chosen)}>
              {say("desk.go")}
            </Button>
          </div>
          <CellsTable content={preview.data} />
        </>
      )}
    </Stack>
  );
}

function Versions({ choices }: Choices) {
  const { say, language, factsOf } = useOpenData();
  const published = choices.filter((one) => one.versions.length > 0);
  return (
    <div>
      <Title order={2}>{say("desk.published")}</Title>
      {published.length === 0 && <Text>{say("desk.none")}</Text>}
      <ul className="ds-list">
        {published.flatMap((one) =>
          one.versions.map((version) => (
            <li key={version.id} className="ds-panel">
              <Text fw={600}>{`${one.module[language]}: ${one.title[language]}`}</Text>
              <Text size="sm">{factsOf(version)}</Text>
              {version.withdrawnAt ? (
                <Text size="sm">
                  {say("withdrawn", {
                    ...{ version: version.version, why: version.why ?? "" },
                    on: formatInstant(version.withdrawnAt, language),
                  })}
                </Text>
              ) : (
                <Withdraw version={version} title={one.title[language]} />
              )}
            </li>
          )),
        )}
      </ul>
    </div>
  );
}

function Withdraw({ version, title }: { readonly version: Version; readonly title: string }) {
  const { say, rpc } = useOpenData();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [opened, setOpened] = useState(false);
  const [why, setWhy] = useState("");
  const withdraw = useMutation(
    rpc.withdraw.mutationOptions({ onSuccess: () => client.invalidateQueries({ queryKey: rpc.choices.queryKey() }) }),
  );
  const name = say("desk.withdraw", { title, version: version.version });
  if (!opened)
    return (
      <Button variant="default" onClick={() => setOpened(true)}>
        {name}
      </Button>
    );
  return (
    <Stack gap="sm">
      <TextField name="why" label={say("desk.why")} hint={say("desk.whyHint")} value={why} onChange={setWhy} required />
      {withdraw.isError && (
        <Alert color="red" role="alert" className="ds-alert">
          {errorText(withdraw.error)}
        </Alert>
      )}
      <div>
        <Button
          color="red.9"
          loading={withdraw.isPending}
          onClick={() => withdraw.mutate({ id: version.id, why: why.trim() })}
        >
          {name}
        </Button>
      </div>
    </Stack>
  );
}
