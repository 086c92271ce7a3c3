import { ConfirmDialog, Form, formatDate, Screen, SidePanel, TextField } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { UnitPicker } from "../units/unit-picker.tsx";
import { useUnitInView } from "../units/use-unit-in-view.ts";

type Theme = Awaited<ReturnType<typeof kernelClient.themes.list.query>>[number];
type Word = Theme["words"][number];

/** The words by which themes are known at a unit: the platform's, those of the units above, and its own. */
export function ThemesScreen() {
  const text = useText();
  const navigate = useNavigate();
  const search = useSearch({ from: "/themes" });
  const inView = useUnitInView(search.unit);
  const [notice, setNotice] = useState<string>();
  return (
    <Screen title={text("themes.title")} width="wide" notice={notice}>
      <p>{text("themes.intro")}</p>
      <p>{text("themes.from")}</p>
      <p>{text("themes.people")}</p>
      <Loaded query={inView}>
        {(unit) => (
          <>
            <UnitPicker
              name="unit"
              required
              label={text("themes.unit")}
              first={unit}
              value={unit.id}
              onChange={(id) => {
                setNotice(undefined);
                if (id) void navigate({ to: "/themes", search: { unit: id } });
              }}
            />
            <ThemesOf key={unit.id} unitId={unit.id} onNotice={setNotice} />
          </>
        )}
      </Loaded>
    </Screen>
  );
}

interface ThemesOfProps {
  readonly unitId: string;
  readonly onNotice: (notice: string) => void;
}

function ThemesOf({ unitId, onNotice }: ThemesOfProps) {
  const text = useText();
  const name = useName();
  const [adding, setAdding] = useState<Theme>();
  const [ending, setEnding] = useState<Word>();
  const list = useQuery(kernel.themes.list.queryOptions({ unitId }));
  const end = useAct(kernelClient.themes.end.mutate, {
    done: () => {
      onNotice(text("themes.ended", { word: ending?.word ?? "" }));
      setEnding(undefined);
    },
  });
  return (
    <Loaded query={list}>
      {(themes) => (
        <>
          {themes.map((theme) => (
            <section key={theme.theme} className="ds-panel" aria-label={name(theme.name)}>
              <div className="ds-row ds-row-between">
                <h2>{name(theme.name)}</h2>
                <button
                  type="button"
                  className="ds-link"
                  aria-label={text("themes.add", { theme: name(theme.name) })}
                  onClick={() => setAdding(theme)}
                >
                  {text("themes.addShort")}
                </button>
              </div>
              <Inherited words={theme.words.filter((one) => !one.isOwn)} />
              <Own words={theme.words.filter((one) => one.isOwn)} onEnd={setEnding} />
            </section>
          ))}
          <AddPanel
            key={adding?.theme}
            unitId={unitId}
            theme={adding}
            onClose={() => setAdding(undefined)}
            onAdded={(word) => {
              setAdding(undefined);
              onNotice(text("themes.added", { word }));
            }}
          />
          <ConfirmDialog
            opened={ending !== undefined}
            title={text("themes.endWord", { word: ending?.word ?? "" })}
            busy={end.busy}
            confirmLabel={text("themes.end")}
            onClose={() => setEnding(undefined)}
            onConfirm={() => ending && end.run({ unitId, id: ending.id })}
          >
            <p>{text("themes.endQuestion", { word: ending?.word ?? "" })}</p>
            {end.error && <p role="alert">{end.error}</p>}
          </ConfirmDialog>
        </>
      )}
    </Loaded>
  );
}

/** Words of whoever is above, each group under whose it is. */
function Inherited({ words }: { readonly words: readonly Word[] }) {
  const text = useText();
  const name = useName();
  const groups = Map.groupBy(words, (one) =>
    one.unit ? text("themes.inherited", { unit: name(one.unit) }) : text("themes.platform"),
  );
  return [...groups].map(([whose, of]) => (
    <p key={whose}>
      <span className="ds-hint">{`${whose}: `}</span>
      {of.map((one) => one.word).join(" · ")}
    </p>
  ));
}

interface OwnProps {
  readonly words: readonly Word[];
  readonly onEnd: (word: Word) => void;
}

function Own({ words, onEnd }: OwnProps) {
  const text = useText();
  const language = useLanguage();
  if (words.length === 0) return <p className="ds-hint">{text("themes.noOwn")}</p>;
  return (
    <>
      <p className="ds-hint">{text("themes.own")}</p>
      <ul className="ad-plain">
        {words.map((one) => (
          <li key={one.id} className="ad-topic">
            <span>
              <strong>{one.word}</strong>
              {one.addedAt !== null && (
                <span className="ds-hint">
                  {` ${text("themes.since", { on: formatDate(one.addedAt.slice(0, 10), language) })}`}
                </span>
              )}
            </span>
            <button
              type="button"
              className="ds-link"
              aria-label={text("themes.endWord", { word: one.word })}
              onClick={() => onEnd(one)}
            >
              {text("themes.end")}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

interface AddPanelProps {
  readonly unitId: string;
  readonly theme: Theme | undefined;
  readonly onClose: () => void;
  readonly onAdded: (word: string) => void;
}

function AddPanel({ unitId, theme, onClose, onAdded }: AddPanelProps) {
  const text = useText();
  const name = useName();
  // one for each time the panel is opened: pressed twice, the word is added once
  const [id] = useState(() => crypto.randomUUID());
  const add = useAct(kernelClient.themes.add.mutate, {
    done: (list) => onAdded(list.flatMap(({ words }) => words).find((one) => one.id === id)?.word ?? ""),
  });
  return (
    <SidePanel
      opened={theme !== undefined}
      title={text("themes.add", { theme: theme ? name(theme.name) : "" })}
      onClose={onClose}
    >
      {theme && (
        <Form
          initial={{ word: "" }}
          submitLabel={text("themes.addShort")}
          error={add.error}
          busy={add.busy}
          onSubmit={({ word }) => add.run({ unitId, theme: theme.theme, id, word: word.trim() })}
        >
          <TextField name="word" label={text("themes.word")} hint={text("themes.wordHint")} required maxLength={40} />
        </Form>
      )}
    </SidePanel>
  );
}
