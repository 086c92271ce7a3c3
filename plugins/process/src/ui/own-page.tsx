import {
  Alert,
  Button,
  ErrorState,
  Group,
  RadioCards,
  Screen,
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
import { useState } from "react";
import type { Deviation } from "../own/deviations.ts";
import { MapView } from "./map-view.tsx";
import { monthsUntil } from "./months.ts";
import { saveFile } from "./save-file.ts";
import { useProcess } from "./words.ts";

type Scope = "below" | "own";

interface Chosen {
  readonly from: string;
  readonly to: string;
  readonly scope: Scope;
}

const MONTHS = 36;

/** How the petitions of some months went. */
export default function OwnPage() {
  const { say, rpc } = useProcess();
  const { go } = usePage();
  const errorText = useErrorText();
  const start = useQuery(rpc.today.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Screen title={say("title")} width="wide">
      <Stack gap="lg">
        <Text>{say("intro")}</Text>
        {start.isError && <ErrorState title={errorText(start.error)} onRetry={() => void start.refetch()} />}
        {start.isPending && <Skeleton lines={8} />}
        <div>
          <Button variant="default" onClick={() => go("/logs")}>
            {say("logs.title")}
          </Button>
        </div>
        {start.data && <Months months={monthsUntil(start.data, MONTHS)} />}
      </Stack>
    </Screen>
  );
}

function Months({ months }: { readonly months: readonly string[] }) {
  const { say } = useProcess();
  const [from, setFrom] = useState(months[2] ?? "");
  const [to, setTo] = useState(months[0] ?? "");
  const [scope, setScope] = useState<Scope | "">("below");
  const options = months.map((value) => ({ value, label: value }));
  // chosen the wrong way round the same months are meant
  const [first = "", last = ""] = [from, to].toSorted();
  const chosen: Chosen = { from: first, to: last, scope: scope === "own" ? "own" : "below" };
  return (
    <>
      <Group>
        <Select name="from" label={say("from")} options={options} value={from} onChange={setFrom} />
        <Select name="to" label={say("to")} options={options} value={to} onChange={setTo} />
      </Group>
      <RadioCards
        name="scope"
        label={say("scope.which")}
        value={scope}
        onChange={setScope}
        cards={(["below", "own"] as const).map((value) => ({ value, label: say(`scope.${value}`) }))}
      />
      <OwnMap chosen={chosen} />
    </>
  );
}

function OwnMap({ chosen }: { readonly chosen: Chosen }) {
  const { say, rpc } = useProcess();
  const errorText = useErrorText();
  const asked = { from: chosen.from, to: chosen.to, below: chosen.scope === "below" };
  const found = useQuery(rpc.map.queryOptions(asked, { staleTime: 0 }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton lines={8} />;
  if (!found.data) return <Alert role="status">{say("tooMany")}</Alert>;
  return (
    <>
      <MapView map={found.data} />
      {found.data.cases > 0 && <Deviations chosen={chosen} counts={found.data.deviations} />}
      {found.data.cases > 0 && <Exports asked={asked} />}
    </>
  );
}

function Deviations(props: {
  readonly chosen: Chosen;
  readonly counts: readonly { readonly code: Deviation; readonly cases: number }[];
}) {
  const { say, number } = useProcess();
  const { go } = usePage();
  const { from, to, scope } = props.chosen;
  return (
    <div>
      <Title order={2}>{say("off.title")}</Title>
      <Text size="sm">{say("off.how")}</Text>
      <ul className="ds-list">
        {props.counts.map(({ code, cases }) => (
          <li key={code} className="ds-panel">
            <Group justify="space-between">
              <Text>{say("off.count", { what: say(`off.${code}`), n: number(cases) })}</Text>
              {cases > 0 && (
                <Button
                  variant="default"
                  onClick={() => go(`/off/${from}/${to}/${scope}/${code}`)}
                  aria-label={`${say("off.go")} ${say(`off.${code}`)}`}
                >
                  {say("off.go")}
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Exports({
  asked,
}: {
  readonly asked: { readonly from: string; readonly to: string; readonly below: boolean };
}) {
  const { say, rpc } = useProcess();
  const client = useQueryClient();
  const errorText = useErrorText();
  const save = useMutation({
    mutationFn: (format: "xes" | "ocel") =>
      client.fetchQuery(rpc.export.queryOptions({ ...asked, format }, { staleTime: 0, gcTime: 0 })),
    onSuccess: saveFile,
  });
  return (
    <div className="ds-no-print">
      <Title order={2}>{say("export.title")}</Title>
      <Text size="sm">{say("export.how")}</Text>
      {save.isError && (
        <Alert color="red" role="alert" className="ds-alert">
          {errorText(save.error)}
        </Alert>
      )}
      <Group>
        {(["xes", "ocel"] as const).map((format) => (
          <Button key={format} variant="default" loading={save.isPending} onClick={() => save.mutate(format)}>
            {say(`export.${format}`)}
          </Button>
        ))}
      </Group>
    </div>
  );
}
