import {
  Alert,
  Button,
  ErrorState,
  Group,
  Screen,
  Select,
  Skeleton,
  Stack,
  Text,
  TextArea,
  Title,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { useReports } from "./words.ts";

const YEARS = 3;
const FEWEST = 10;
const MOST = 1_800;

/** What was changed in a year, in words: each version is signed and stays. */
export default function ChangedPage() {
  const { say, rpc, can } = useReports();
  const { go } = usePage();
  const errorText = useErrorText();
  const [year, setYear] = useState(String(new Date().getUTCFullYear()));
  const found = useQuery(rpc.changed.queryOptions({ year: Number(year) }, { staleTime: 0 }));
  const last = Number(new Date().getUTCFullYear());
  return (
    <Screen title={say("changed.title")}>
      <Stack gap="lg">
        <Text>{say("changed.intro")}</Text>
        <Select
          name="year"
          label={say("year")}
          value={year}
          onChange={setYear}
          options={Array.from({ length: YEARS }, (_, n) => String(last - n)).map((value) => ({ value, label: value }))}
        />
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.isPending && <Skeleton lines={4} />}
        {found.data && can("sign") && (
          <Sign
            key={`${year} ${found.data[0]?.version ?? 0}`}
            year={Number(year)}
            after={found.data[0]?.version ?? 0}
            words={found.data[0]?.words ?? ""}
          />
        )}
        <Title order={2}>{say("changed.versions")}</Title>
        {found.data?.length === 0 && <Text>{say("changed.none")}</Text>}
        <ul className="ds-list">
          {found.data?.map((one) => (
            <li key={one.id} className="ds-panel">
              <Text style={{ whiteSpace: "pre-wrap" }}>{one.words}</Text>
              <Text size="sm">
                {say("changed.signed", { version: one.version, signer: one.signer, on: one.signedOn })}
              </Text>
            </li>
          ))}
        </ul>
        <div>
          <Button variant="default" onClick={() => go("/")}>
            {say("own.standing")}
          </Button>
        </div>
      </Stack>
    </Screen>
  );
}

interface SignProps {
  readonly year: number;
  readonly after: number;
  readonly words: string;
}

function Sign({ year, after, words: before }: SignProps) {
  const { say, rpc } = useReports();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [id] = useState(() => crypto.randomUUID());
  const [words, setWords] = useState(before);
  const sign = useMutation(
    rpc.sign.mutationOptions({
      onSuccess: () => client.invalidateQueries({ queryKey: rpc.changed.queryKey({ year }) }),
    }),
  );
  const isNew = words.trim().length >= FEWEST && words.trim() !== before;
  return (
    <Stack gap="md">
      <TextArea
        name="words"
        label={say("changed.words")}
        hint={say("changed.hint")}
        value={words}
        onChange={setWords}
        maxLength={MOST}
      />
      {sign.isError && (
        <Alert color="red" role="alert" className="ds-alert">
          {errorText(sign.error)}
        </Alert>
      )}
      <Group>
        <Button
          loading={sign.isPending}
          disabled={!isNew}
          onClick={() => sign.mutate({ id, year, after, words: words.trim() })}
        >
          {say("changed.sign")}
        </Button>
      </Group>
    </Stack>
  );
}
