import {
  Alert,
  Button,
  ConfirmDialog,
  ErrorState,
  Group,
  Screen,
  Skeleton,
  Stack,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import type { ProcessMap } from "../mining/map-of.ts";
import { FactsTable } from "./facts-table.tsx";
import { MapView } from "./map-view.tsx";
import { monthsUntil } from "./months.ts";
import { useProcess } from "./words.ts";

/** The map of a log of another system, beside what the own petitions of a year came to. */
export default function LogPage() {
  const { say, rpc } = useProcess();
  const { params, go } = usePage();
  const errorText = useErrorText();
  const logId = params.logId ?? "";
  const found = useQuery(rpc.logMap.queryOptions({ logId }, { staleTime: 0 }));
  const [asks, setAsks] = useState(false);
  const remove = useMutation(rpc.remove.mutationOptions({ onSuccess: () => go("/logs") }));
  return (
    <Screen title={found.data?.name ?? say("logs.title")} width="wide">
      <Stack gap="lg">
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.isPending && <Skeleton lines={8} />}
        {found.data && (
          <>
            <Compared name={found.data.name} map={found.data.map} />
            <MapView map={found.data.map} />
          </>
        )}
        {remove.isError && (
          <Alert color="red" role="alert" className="ds-alert">
            {errorText(remove.error)}
          </Alert>
        )}
        <Group>
          <Button variant="default" onClick={() => go("/logs")}>
            {say("back")}
          </Button>
          {found.data?.mayRemove && (
            <Button variant="default" onClick={() => setAsks(true)}>
              {say("remove.go")}
            </Button>
          )}
        </Group>
        <ConfirmDialog
          opened={asks}
          title={say("remove.go")}
          confirmLabel={say("remove.go")}
          danger
          busy={remove.isPending}
          onClose={() => setAsks(false)}
          onConfirm={() => remove.mutate({ logId })}
        >
          {say("remove.what")}
        </ConfirmDialog>
      </Stack>
    </Screen>
  );
}

type Sums = Pick<ProcessMap, "cases" | "events" | "variantCount" | "medianHours" | "again" | "ended">;
const YEAR = 12;

function Compared({ name, map }: { readonly name: string; readonly map: Sums }) {
  const { say, rpc, number, duration } = useProcess();
  const start = useQuery(rpc.today.queryOptions(undefined, { staleTime: 0 }));
  const months = start.data ? monthsUntil(start.data, YEAR) : [];
  const asked = { from: months.at(-1) ?? "", to: months[0] ?? "" };
  const own = useQuery(rpc.map.queryOptions(asked, { staleTime: 0, enabled: start.data !== undefined }));
  const share = (part: number, whole: number): string =>
    whole === 0 ? say("compare.nothing") : `${number(Math.round((part / whole) * 1_000) / 10)}%`;
  const cellsOf = (sums: Sums): readonly string[] =>
    sums.cases === 0
      ? Array.from({ length: 6 }, (_, n) => (n === 0 ? number(0) : say("compare.nothing")))
      : [
          number(sums.cases),
          number(Math.round((sums.events / sums.cases) * 10) / 10),
          number(sums.variantCount),
          duration(sums.medianHours),
          share(sums.again, sums.cases),
          share(sums.ended.late, sums.ended.withDay),
        ];
  const theirs = cellsOf(map);
  const ours = own.data ? cellsOf(own.data) : undefined;
  const none = say(own.data === null ? "compare.tooMany" : "compare.nothing");
  const lines = ["cases", "length", "ways", "median", "again", "late"] as const;
  return (
    <FactsTable
      caption={say("compare.title")}
      columns={[say("compare.what"), name, say("compare.own")]}
      rows={lines.map((line, n) => ({
        key: line,
        cells: [say(`compare.${line}`), theirs[n] ?? "", ours?.[n] ?? none],
      }))}
    />
  );
}
