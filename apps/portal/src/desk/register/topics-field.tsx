import { Checkbox, useField } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { kernel } from "../../shell/rpc.ts";
import { useDeskText } from "../text.ts";

const MAX_TOPICS = 5;
const SHOWN = 12;

/** Up to five topics of the unit's own catalogue, found by typing. */
export function TopicsField(props: {
  readonly name: string;
  readonly label: string;
  readonly onChoose: (topicIds: readonly string[]) => void;
}) {
  const { text, language } = useDeskText();
  const id = useId();
  const field = useField<readonly string[]>({ name: props.name, label: props.label }, []);
  const [words, setWords] = useState("");
  const catalogue = useQuery(kernel.topics.list.queryOptions({}, { staleTime: 600_000 }));
  const topics = (catalogue.data?.topics ?? []).filter((topic) => !topic.retired);
  const wanted = words.trim().toLowerCase();
  const matching = topics.filter(
    (topic) =>
      field.value.includes(topic.id) ||
      `${topic.name["zh-CN"]} ${topic.name.en} ${topic.code}`.toLowerCase().includes(wanted),
  );
  if (topics.length === 0) return null;
  return (
    <fieldset className="ds-cards" id={field.id} tabIndex={-1}>
      <legend className="ds-legend">{props.label}</legend>
      {topics.length > SHOWN && (
        <>
          <label htmlFor={id}>{text("desk.register.topicSearch")}</label>
          <input
            id={id}
            type="search"
            className="desk-input"
            value={words}
            autoComplete="off"
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        </>
      )}
      <div className="desk-topics">
        {matching.slice(0, Math.max(SHOWN, field.value.length)).map((topic) => {
          const on = field.value.includes(topic.id);
          return (
            <Checkbox
              key={topic.id}
              label={topic.name[language]}
              checked={on}
              disabled={!on && field.value.length >= MAX_TOPICS}
              onChange={() => {
                const chosen = on ? field.value.filter((one) => one !== topic.id) : [...field.value, topic.id];
                field.set(chosen);
                props.onChoose(chosen);
              }}
            />
          );
        })}
      </div>
    </fieldset>
  );
}
