import {
  Form,
  RadioCards,
  TextField,
  Tick,
  useDebouncedValue,
  useKernel,
  usePage,
  usePlugin,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { type ChosenUnit, UNKNOWN_UNIT } from "../filing/answers.ts";
import { filingStore, useFiling } from "../filing/use-filing.ts";
import { plugin } from "../plugin.ts";
import { QuestionPage } from "./question-page.tsx";
import { useText } from "./use-text.ts";

const SEARCH_AFTER_MS = 250;
const SHOWN = 8;

interface Found extends ChosenUnit {
  readonly path: { readonly "zh-CN": string; readonly en: string };
}

/** Step 3: the unit of the notice board first, then what a search by name or pinyin finds, then "I do not know". */
export function UnitStep() {
  const text = useText();
  const { go } = usePage();
  const { filing } = useFiling();
  const { unit: here, language } = usePlugin(plugin);
  const { unit: chosen, concernsLeader, purpose } = filing.answers;
  const [words, setWords] = useState("");
  const [asked] = useDebouncedValue(words.trim(), SEARCH_AFTER_MS);
  const kernel = useKernel();
  const search = useQuery(
    kernel.units.find.queryOptions({ q: asked, limit: SHOWN }, { enabled: asked !== "", staleTime: 60_000 }),
  );
  const found: readonly Found[] = asked === "" ? [] : (search.data?.items ?? []);
  const offered = withoutRepeats([
    ...(chosen !== null && chosen !== UNKNOWN_UNIT ? [chosen] : []),
    ...(here ? [here] : []),
    ...found,
  ]);
  const choose = (id: string) =>
    filingStore.answer({ unit: id === UNKNOWN_UNIT ? UNKNOWN_UNIT : (offered.find((one) => one.id === id) ?? null) });

  return (
    <QuestionPage step={3} title={purpose === "accuse" ? text("unit.titleAccuse") : text("unit.title")}>
      <Form
        initial={{ unit: idOf(chosen) ?? here?.id ?? "", concernsLeader }}
        validate={(values) => (values.unit === "" ? { unit: text("unit.choose") } : {})}
        onChange={(values) => {
          choose(values.unit);
          filingStore.answer({ concernsLeader: values.concernsLeader });
        }}
        onSubmit={(values) => {
          choose(values.unit);
          go("/4");
        }}
        submitLabel={text("next")}
        sticky
      >
        <TextField
          name="search"
          label={text("unit.search")}
          required={false}
          type="search"
          value={words}
          onChange={setWords}
          maxLength={60}
        />
        <SearchStatus
          asked={asked}
          searching={search.isFetching}
          offline={search.fetchStatus === "paused" || search.isError}
          found={found.length}
        />
        <RadioCards
          name="unit"
          label={text("unit.label")}
          hideLegend
          cards={[
            ...offered.map((one) => ({
              value: one.id,
              label: one.name[language],
              note: found.find((other) => other.id === one.id)?.path[language],
            })),
            { value: UNKNOWN_UNIT, label: text("unit.unknown"), note: text("unit.unknownNote") },
          ]}
        />
        {purpose !== "accuse" && (
          <Tick name="concernsLeader" label={text("unit.leader")} note={text("unit.leaderNote")} />
        )}
      </Form>
    </QuestionPage>
  );
}

const idOf = (chosen: ChosenUnit | typeof UNKNOWN_UNIT | null): string | undefined =>
  chosen === null || chosen === UNKNOWN_UNIT ? (chosen ?? undefined) : chosen.id;

interface SearchStatusProps {
  readonly asked: string;
  readonly searching: boolean;
  readonly offline: boolean;
  readonly found: number;
}

function SearchStatus(props: SearchStatusProps) {
  const text = useText();
  const words = () => {
    if (props.asked === "") return "";
    if (props.offline) return text("unit.offline");
    if (props.searching) return text("unit.searching");
    return props.found === 0 ? text("unit.none", { words: props.asked }) : text("unit.found", { count: props.found });
  };
  return (
    <p role="status" className="ds-hint">
      {words()}
    </p>
  );
}

function withoutRepeats(units: readonly ChosenUnit[]): readonly ChosenUnit[] {
  const known = new Map<string, ChosenUnit>();
  for (const { id, name } of units) if (!known.has(id)) known.set(id, { id, name });
  return [...known.values()];
}
