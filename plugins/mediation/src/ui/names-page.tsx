import {
  Badge,
  Button,
  DateField,
  EmptyState,
  ErrorState,
  Form,
  formatDate,
  formatNumber,
  Group,
  Screen,
  Skeleton,
  Stack,
  Text,
  TextField,
  Tick,
  useErrorText,
  useMutation,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { type Tier, tiers } from "../kinds.ts";
import { useMediation } from "./words.ts";

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly open: number;
  readonly isOver: boolean;
  readonly tiers: readonly Tier[];
  readonly languages: string;
  readonly topics: string;
  readonly trainedOn: string | null;
  readonly termUntil: string | null;
  readonly rated: { readonly mean: number; readonly ratings: number } | null;
}

/** Who mediates at the unit, where, in which languages and until when. */
export default function NamesPage() {
  const { say, rpc } = useMediation();
  const errorText = useErrorText();
  const [edited, setEdited] = useState<string>();
  const [done, setDone] = useState<string>();
  const found = useQuery(rpc.keptRoster.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Screen title={say("names.title")} notice={done}>
      {found.isPending && <Skeleton lines={5} />}
      {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
      {found.data?.length === 0 && <EmptyState title={say("names.none")} />}
      <ul className="ds-list">
        {(found.data ?? []).map((one) => (
          <li key={one.id} className="ds-panel">
            <EntryLines one={one} />
            {edited === one.id ? (
              <EntryForm
                one={one}
                onDone={() => {
                  setEdited(undefined);
                  setDone(say("names.saved"));
                  void found.refetch();
                }}
              />
            ) : (
              <Button
                variant="default"
                aria-label={`${say("names.edit")} ${one.name}`}
                onClick={() => {
                  setDone(undefined);
                  setEdited(one.id);
                }}
              >
                {say("names.edit")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Screen>
  );
}

function EntryLines(props: { readonly one: Entry }) {
  const { say, language } = useMediation();
  const { one } = props;
  const on = (day: string) => formatDate(day, language);
  const lines: readonly (readonly [string, string])[] = [
    [say("names.tiers"), one.tiers.map((tier) => say(`tier.${tier}`)).join(" · ") || say("names.anyTier")],
    [say("names.languages"), one.languages],
    [say("names.topics"), one.topics],
    [say("names.trainedOn"), one.trainedOn === null ? "" : on(one.trainedOn)],
    [say("names.termUntil"), one.termUntil === null ? "" : on(one.termUntil)],
  ];
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Text fw={600}>{one.name}</Text>
        <Text size="sm">{say("names.open", { count: one.open })}</Text>
        {one.isOver && (
          <Badge variant="light" c="dark.9" color="orange">
            {say("names.over")}
          </Badge>
        )}
      </Group>
      {lines.map(([label, value]) => value !== "" && <Text key={label} size="sm">{`${label}: ${value}`}</Text>)}
      {one.rated && (
        <Text size="sm">
          {say("names.rated", {
            count: one.rated.ratings,
            mean: formatNumber(Math.round(one.rated.mean * 10) / 10, language),
          })}
        </Text>
      )}
    </Stack>
  );
}

function EntryForm(props: { readonly one: Entry; readonly onDone: () => void }) {
  const { say, rpc } = useMediation();
  const errorText = useErrorText();
  const { one } = props;
  const enter = useMutation(rpc.enter.mutationOptions({ onSuccess: props.onDone }));
  const has = (tier: Tier) => one.tiers.includes(tier);
  return (
    <Form
      initial={{
        ...{ tier1: has(1), tier2: has(2), tier3: has(3), tier4: has(4) },
        ...{ languages: one.languages, topics: one.topics },
        ...{ trainedOn: one.trainedOn ?? "", termUntil: one.termUntil ?? "" },
      }}
      submitLabel={say("names.save")}
      busy={enter.isPending}
      error={enter.isError ? errorText(enter.error) : undefined}
      onSubmit={({ languages, topics, trainedOn, termUntil, ...ticked }) => {
        const chosen = tiers.filter((tier) => ticked[`tier${tier}`]);
        const days = { trainedOn: trainedOn || null, termUntil: termUntil || null };
        enter.mutate({ personId: one.id, tiers: chosen, languages, topics, ...days });
      }}
    >
      <fieldset className="ds-cards">
        <legend>{say("names.tiers")}</legend>
        {tiers.map((tier) => (
          <Tick key={tier} name={`tier${tier}`} label={say(`tier.${tier}`)} />
        ))}
      </fieldset>
      <TextField name="languages" label={say("names.languages")} maxLength={200} />
      <TextField name="topics" label={say("names.topics")} maxLength={500} />
      <DateField name="trainedOn" label={say("names.trainedOn")} />
      <DateField name="termUntil" label={say("names.termUntil")} hint={say("names.termHint")} />
    </Form>
  );
}
