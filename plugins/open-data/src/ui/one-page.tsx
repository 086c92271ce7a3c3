import {
  Alert,
  Anchor,
  Button,
  ErrorState,
  formatInstant,
  Group,
  Screen,
  Select,
  Skeleton,
  Stack,
  Text,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import type { Content } from "../content.ts";
import { CellsTable } from "./cells-table.tsx";
import { saveFile } from "./save-file.ts";
import { useOpenData } from "./words.ts";

/** One set of figures with its versions, to be read and taken. */
export default function OnePage() {
  const { say, rpc, language, factsOf, addressOf } = useOpenData();
  const { params, go } = usePage();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [version, setVersion] = useState("");
  const wanted = { seriesId: params.seriesId ?? "", ...(version !== "" && { version: Number(version) }) };
  const found = useQuery(rpc.one.queryOptions(wanted, { staleTime: 0 }));
  const take = useMutation({
    mutationFn: (format: "csv" | "json" | "dictionary") =>
      client.fetchQuery(rpc.file.queryOptions({ ...wanted, format }, { staleTime: 0, gcTime: 0 })),
    onSuccess: saveFile,
  });
  const shown = found.data?.shown;
  const address = addressOf(wanted.seriesId, "figures.json");
  const withdrawn = found.data?.versions.filter((one) => one.withdrawnAt !== null) ?? [];
  const title = shown ? `${shown.content.unit.name[language]} ${shown.content.about.title[language]}` : say("title");
  return (
    <Screen title={title} width="wide">
      <Stack gap="lg">
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.isPending && <Skeleton lines={8} />}
        {found.data && !shown && <Alert role="status">{say("gone")}</Alert>}
        {withdrawn.map((one) => (
          <Text key={one.version} size="sm">
            {say("withdrawn", {
              ...{ version: one.version, why: one.why ?? "" },
              on: formatInstant(one.withdrawnAt ?? "", language, found.data?.timeZone),
            })}
          </Text>
        ))}
        {shown && (
          <>
            <Text>{factsOf({ ...shown, timeZone: found.data?.timeZone })}</Text>
            <Select
              name="version"
              label={say("version")}
              options={(found.data?.versions ?? [])
                .filter((one) => one.withdrawnAt === null)
                .map((one) => ({ value: String(one.version), label: String(one.version) }))}
              value={String(shown.version)}
              onChange={setVersion}
            />
            <Group className="ds-no-print">
              {(["csv", "json", "dictionary"] as const).map((format) => (
                <Button key={format} variant="default" loading={take.isPending} onClick={() => take.mutate(format)}>
                  {say(`take.${format}`)}
                </Button>
              ))}
            </Group>
            {address !== null && (
              <Text size="sm">
                {say("address")} <Anchor href={address}>{address}</Anchor>
              </Text>
            )}
            {take.isError && (
              <Alert color="red" role="alert" className="ds-alert">
                {errorText(take.error)}
              </Alert>
            )}
            <MonthOf key={shown.version} content={shown.content} />
          </>
        )}
        <div>
          <Button variant="default" onClick={() => go("/")}>
            {say("back")}
          </Button>
        </div>
      </Stack>
    </Screen>
  );
}

const ALL = "all";

/** The newest month first: a year of figures at once is too long to be read. */
function MonthOf({ content }: { readonly content: Content }) {
  const { say } = useOpenData();
  const months = [...new Set(content.cells.map((cell) => cell.month))].toSorted().reverse();
  const [chosen, setMonth] = useState("");
  const month = chosen || (months[0] ?? ALL);
  const cells = month === ALL ? content.cells : content.cells.filter((cell) => cell.month === month);
  return (
    <>
      <Select
        name="month"
        label={say("month")}
        options={[...months.map((value) => ({ value, label: value })), { value: ALL, label: say("allMonths") }]}
        value={month}
        onChange={setMonth}
      />
      <CellsTable content={{ ...content, cells }} />
    </>
  );
}
