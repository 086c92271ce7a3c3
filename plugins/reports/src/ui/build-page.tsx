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
  TextField,
  Tick,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { axes, charts, receivers, schedules } from "../own/choices.ts";
import type { Definition, Saving } from "../own/definition.ts";
import { Chart } from "./chart.tsx";
import { Paper, type Result } from "./paper.tsx";
import "./reports.css";
import { useReports } from "./words.ts";

type Words = Readonly<Record<"zh-CN" | "en", string>>;
interface About {
  readonly dataset: string;
  readonly title: Words;
  readonly module: Words;
  readonly dimensions: Readonly<
    Record<string, { readonly title: Words; readonly values: Readonly<Record<string, Words>> }>
  >;
  readonly measures: Readonly<Record<string, Words>>;
}
type Draft = Omit<Saving, "id">;

const LEAST_TITLE = 2;
const SPANS = [1, 3, 6, 12, 24] as const;
const toggled = (list: readonly string[], one: string, on: boolean): string[] =>
  on ? [...list.filter((other) => other !== one), one] : list.filter((other) => other !== one);

const draftOf = (dataset: string): Draft => ({
  ...{ title: "", schedule: "none", receiver: "officeHead" },
  definition: {
    ...{ dataset, rows: "month", total: true, measures: [], dimension: null, values: [], months: 12, chart: "none" },
  },
});

/** A report of the unit's own is put together: only what is released can be chosen. */
export default function BuildPage() {
  const { say, rpc } = useReports();
  const { params } = usePage();
  const errorText = useErrorText();
  const choices = useQuery(rpc.datasets.queryOptions(undefined, { staleTime: 0 }));
  const saved = useQuery(rpc.list.queryOptions(undefined, { staleTime: 0 }));
  const failed = choices.error ?? saved.error;
  const known = saved.data?.reports.find((one) => one.id === params.id);
  const [newId] = useState(() => crypto.randomUUID());
  const first = choices.data?.[0];
  return (
    <Screen title={say("build.title")} width="wide">
      {failed && (
        <ErrorState
          title={errorText(failed)}
          onRetry={() => {
            void choices.refetch();
            void saved.refetch();
          }}
        />
      )}
      {!failed && !(choices.data && saved.data) && <Skeleton lines={8} />}
      {choices.data && saved.data && !first && <Alert role="status">{say("build.nothing")}</Alert>}
      {choices.data && saved.data && first && (
        <Build
          key={known?.id ?? newId}
          id={known?.id ?? newId}
          isKnown={known !== undefined}
          choices={choices.data}
          initial={
            known
              ? { ...known, receiver: receivers.find((one) => one === known.receiver) ?? "officeHead" }
              : draftOf(first.dataset)
          }
        />
      )}
    </Screen>
  );
}

interface BuildProps {
  readonly id: string;
  readonly isKnown: boolean;
  readonly choices: readonly About[];
  readonly initial: Draft;
}

function Build({ id, isKnown, choices, initial }: BuildProps) {
  const { say, rpc, language } = useReports();
  const { go } = usePage();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [draft, setDraft] = useState<Draft>(initial);
  const { definition } = draft;
  const about = choices.find((one) => one.dataset === definition.dataset);
  const set = (what: Partial<Definition>) => setDraft({ ...draft, definition: { ...definition, ...what } });
  const done = {
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: rpc.list.queryKey() });
      go("/own");
    },
  };
  const save = useMutation(rpc.save.mutationOptions(done));
  const remove = useMutation(rpc.remove.mutationOptions(done));
  const failed = save.error ?? remove.error;
  const [pressed, setPressed] = useState(false);
  const title = draft.title.trim();
  const isNamed = title.length >= LEAST_TITLE;
  const values = definition.dimension === null ? {} : (about?.dimensions[definition.dimension]?.values ?? {});
  return (
    <Stack gap="lg">
      <Text>{say("build.intro")}</Text>
      <Select
        name="dataset"
        label={say("build.dataset")}
        options={choices.map((one) => ({
          value: one.dataset,
          label: say("build.ofModule", { module: one.module[language], what: one.title[language] }),
        }))}
        value={definition.dataset}
        onChange={(dataset) => set({ dataset, measures: [], dimension: null, values: [], rows: "month", total: true })}
      />
      <RadioCards
        name="rows"
        label={say("build.rows")}
        value={definition.rows}
        onChange={(rows) => {
          if (rows === "") return;
          const [dimension = null] = Object.keys(about?.dimensions ?? {});
          set(rows === "value" ? { rows, measures: [], dimension: definition.dimension ?? dimension } : { rows });
        }}
        cards={axes.map((value) => ({ value, label: say(`rows.${value}`) }))}
      />
      <Group>
        <Select
          name="dimension"
          label={say("build.dimension")}
          options={[
            ...(definition.rows === "value" ? [] : [{ value: "none", label: say("build.noDimension") }]),
            ...Object.entries(about?.dimensions ?? {}).map(([value, { title }]) => ({ value, label: title[language] })),
          ]}
          value={definition.dimension ?? "none"}
          onChange={(value) => set({ dimension: value === "none" ? null : value, values: [] })}
        />
        <Select
          name="months"
          label={say("span")}
          options={SPANS.map((value) => ({ value: String(value), label: say("months", { value }) }))}
          value={String(definition.months)}
          onChange={(value) => set({ months: Number(value) })}
        />
        <Select
          name="chart"
          label={say("build.chart")}
          options={charts.map((value) => ({ value, label: say(`chart.${value}`) }))}
          value={definition.chart}
          onChange={(value) => set({ chart: charts.find((one) => one === value) ?? "none" })}
        />
      </Group>
      {definition.rows !== "value" && (
        <fieldset className="ds-panel">
          <legend>{say("build.columns")}</legend>
          <Tick name="total" label={say("build.total")} value={definition.total} onChange={(total) => set({ total })} />
          {Object.entries(about?.measures ?? {}).map(([measure, title]) => (
            <Tick
              key={measure}
              name={`measure-${measure}`}
              label={say("build.share", { what: title[language] })}
              value={definition.measures.includes(measure)}
              onChange={(on) => set({ measures: toggled(definition.measures, measure, on) })}
            />
          ))}
        </fieldset>
      )}
      {Object.keys(values).length > 0 && (
        <fieldset className="ds-panel">
          <legend>{say("build.values")}</legend>
          {Object.entries(values).map(([value, title]) => (
            <Tick
              key={value}
              name={`value-${value}`}
              label={title[language]}
              value={definition.values.includes(value)}
              onChange={(on) => set({ values: toggled(definition.values, value, on) })}
            />
          ))}
        </fieldset>
      )}
      <Preview definition={definition} title={title} about={about?.title} />
      <TextField
        name="title"
        label={say("build.name")}
        value={draft.title}
        onChange={(title) => setDraft({ ...draft, title })}
        maxLength={80}
        required
        error={pressed && !isNamed ? say("build.nameMissing") : undefined}
      />
      <Group>
        <Select
          name="schedule"
          label={say("build.schedule")}
          options={schedules.map((value) => ({ value, label: say(`schedule.${value}`) }))}
          value={draft.schedule}
          onChange={(value) => setDraft({ ...draft, schedule: schedules.find((one) => one === value) ?? "none" })}
        />
        {draft.schedule !== "none" && (
          <Select
            name="receiver"
            label={say("build.receiver")}
            options={receivers.map((value) => ({ value, label: say(`receiver.${value}`) }))}
            value={draft.receiver}
            onChange={(value) =>
              setDraft({ ...draft, receiver: receivers.find((one) => one === value) ?? "officeHead" })
            }
          />
        )}
      </Group>
      {failed && (
        <Alert color="red" role="alert" className="ds-alert">
          {errorText(failed)}
        </Alert>
      )}
      <Group>
        <Button
          loading={save.isPending}
          onClick={() => {
            setPressed(true);
            const { schedule, receiver } = draft;
            if (isNamed) save.mutate({ id, title, definition, schedule, receiver });
          }}
        >
          {say("build.save")}
        </Button>
        {isKnown && (
          <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate({ id })}>
            {say("build.remove")}
          </Button>
        )}
        <Button variant="default" onClick={() => go("/own")}>
          {say("own.back")}
        </Button>
      </Group>
    </Stack>
  );
}

/** What the report would show now. */
function Preview(props: {
  readonly definition: Definition;
  readonly title: string;
  readonly about: Words | undefined;
}) {
  const { say, rpc, unit, language } = useReports();
  const { definition } = props;
  const title = props.title || (props.about?.[language] ?? "");
  const errorText = useErrorText();
  const found = useQuery(rpc.preview.queryOptions(definition, { staleTime: 0, retry: false }));
  const [at] = useState(() => new Date().toISOString());
  const result: Result | undefined =
    found.data && unit ? { title: { "zh-CN": title, en: title }, unit, at, table: found.data } : undefined;
  return (
    <section aria-label={say("build.preview")}>
      {found.isError && <Alert role="status">{errorText(found.error)}</Alert>}
      {found.isPending && <Skeleton lines={4} />}
      {result && definition.chart !== "none" && <Chart kind={definition.chart} result={result} />}
      {result && <Paper result={result} />}
    </section>
  );
}
