import {
  Alert,
  Button,
  EmptyState,
  ErrorState,
  Group,
  Screen,
  Select,
  Skeleton,
  Stack,
  Text,
  TextField,
  useDebouncedValue,
  useErrorText,
  useMutation,
  usePage,
  usePlugin,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { plugin } from "../plugin.ts";
import type server from "../server.ts";
import { useTalks } from "./words.ts";

/** Adds people of the unit to those the talk officer talks with. */
export default function PeoplePage() {
  const { say, rpc, language } = useTalks();
  const { settings } = usePlugin<typeof server>(plugin);
  const { go } = usePage();
  const errorText = useErrorText();
  const [q, setQ] = useState("");
  const [pace, setPace] = useState<"near" | "further">("near");
  const [added, setAdded] = useState<string>();
  const [asked] = useDebouncedValue(q, 300);
  const people = useQuery(rpc.people.queryOptions({ q: asked }, { staleTime: 0, placeholderData: (before) => before }));
  const keep = useMutation(rpc.keep.mutationOptions({ onSuccess: () => void people.refetch() }));
  const paces = [
    { value: "near", label: say("people.near", { days: settings.nearDays ?? 30 }) },
    { value: "further", label: say("people.further", { days: settings.furtherDays ?? 90 }) },
  ];
  return (
    <Screen title={say("people.title")} notice={added}>
      <Stack gap="lg">
        <Sample />
        <TextField name="q" label={say("people.search")} value={q} onChange={setQ} />
        <Select
          name="pace"
          label={say("people.pace")}
          options={paces}
          value={pace}
          onChange={(value) => setPace(value === "further" ? "further" : "near")}
        />
        {keep.isError && (
          <Alert color="red" role="alert">
            {errorText(keep.error)}
          </Alert>
        )}
        {people.isPending && <Skeleton lines={6} />}
        {people.isError && <ErrorState title={errorText(people.error)} onRetry={() => void people.refetch()} />}
        {people.data?.length === 0 && <EmptyState title={say("people.empty")} />}
        <ul className="ds-list">
          {people.data?.map((one) => (
            <li key={one.id} className="ds-panel">
              <Group justify="space-between">
                <div>
                  <Text fw={600}>{one.name}</Text>
                  <Text size="sm">{`${one.unit[language]} · ${say(one.hasTalker ? "people.hasTalker" : "people.noTalker")}`}</Text>
                </div>
                <Button
                  variant="default"
                  aria-label={say("people.keepNamed", { name: one.name })}
                  onClick={() =>
                    keep.mutate(
                      { personId: one.id, pace },
                      { onSuccess: () => setAdded(say("people.added", { name: one.name })) },
                    )
                  }
                >
                  {say("people.keep")}
                </Button>
              </Group>
            </li>
          ))}
        </ul>
        <div>
          <Button variant="default" onClick={() => go("/")}>
            {say("back")}
          </Button>
        </div>
      </Stack>
    </Screen>
  );
}

/** Twice a year chance names some of the unit, so that it is not always the same whom somebody thinks of. */
function Sample() {
  const { say, rpc } = useTalks();
  const { settings } = usePlugin<typeof server>(plugin);
  const errorText = useErrorText();
  const drawn = useQuery(rpc.sample.queryOptions(undefined, { staleTime: 0 }));
  const draw = useMutation(rpc.drawSample.mutationOptions({ onSuccess: () => void drawn.refetch() }));
  const percent = settings.samplePercent ?? 10;
  if (percent === 0 || drawn.data === undefined) return null;
  return (
    <section className="ds-panel">
      <Stack gap="sm">
        <Text>{say("sample.lead", { percent })}</Text>
        {draw.isError && (
          <Alert color="red" role="alert">
            {errorText(draw.error)}
          </Alert>
        )}
        {drawn.data === null ? (
          <div>
            <Button variant="default" loading={draw.isPending} onClick={() => draw.mutate()}>
              {say("sample.draw")}
            </Button>
          </div>
        ) : (
          <Text role="status">{say("sample.drawn", { drawn: drawn.data.drawn, people: drawn.data.people })}</Text>
        )}
      </Stack>
    </section>
  );
}
