import { Form, formatDate, RadioCards, Screen, Skeleton, usePage, useQuery } from "@doorstep/sdk/ui";
import { useState } from "react";
import { type OtherWay, waysFor } from "../other-ways.ts";
import { type Topic, topics } from "../topics.ts";
import { useHelp } from "./help-words.ts";

/** Questions that guide to an answer, to other bodies and to their time limits. The button that files is always there. */
export default function BeforePage() {
  const { say } = useHelp();
  const { go } = usePage();
  const [topic, setTopic] = useState<Topic | "">("");
  return (
    <Screen title={say("before.title")} width="narrow">
      <p>{say("before.lead")}</p>
      <p className="ds-panel">
        {say("before.never")} {say("before.advice")}
      </p>
      <Form<{ topic: Topic | "" }>
        initial={{ topic }}
        onChange={(values) => setTopic(values.topic)}
        onSubmit={() => go("/1")}
        submitLabel={say("before.file")}
        sticky
      >
        <RadioCards
          name="topic"
          label={say("before.topic")}
          cards={topics.map((value) => ({ value, label: say(`topics.${value}`) }))}
        />
        {topic !== "" && <Answers topic={topic} />}
        {topic !== "" && <Ways ways={waysFor(topic)} />}
      </Form>
    </Screen>
  );
}

function Answers({ topic }: { readonly topic: Topic }) {
  const { say, rpc, language } = useHelp();
  const found = useQuery(rpc.answers.queryOptions(undefined, { staleTime: 60_000 }));
  const about = (found.data ?? []).filter((one) => one.topic === topic);
  const words = (key: "elsewhere" | "timeLimit" | "source", text: string) =>
    text !== "" && <p>{say(`before.${key}`, { words: text })}</p>;
  return (
    <section aria-live="polite">
      <h2>{say("before.answers")}</h2>
      {found.isPending && <Skeleton />}
      {found.isError && <p>{say("before.failed")}</p>}
      {found.data && about.length === 0 && <p>{say("before.none")}</p>}
      <ul className="ds-list">
        {about.map((one) => (
          <li key={one.id} className="ds-panel">
            <details>
              <summary>{one.question[language]}</summary>
              {one.answer[language].split("\n").map((line, n) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text stay in their order
                <p key={n}>{line}</p>
              ))}
              {words("elsewhere", one.elsewhere[language])}
              {words("timeLimit", one.timeLimit[language])}
              {words("source", one.source)}
              <p className="ds-hint">
                {say("before.by", { unit: one.by[language], date: formatDate(one.at.slice(0, 10), language) })}
              </p>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Ways({ ways }: { readonly ways: readonly OtherWay[] }) {
  const { say, language } = useHelp();
  return (
    <section>
      <h2>{say("before.ways")}</h2>
      <p>{say("before.running")}</p>
      <ul className="ds-list">
        {ways.map((way) => (
          <li key={way.title.en} className="ds-panel">
            <strong>{way.title[language]}</strong>
            <p>{say("before.where", { words: way.where[language] })}</p>
            <p>{say("before.timeLimit", { words: way.timeLimit[language] })}</p>
            <p className="ds-hint">{say("before.source", { words: way.source[language] })}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
