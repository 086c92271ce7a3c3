import { EmptyState, Form, formatDate, Screen, Skeleton, TextArea } from "@doorstep/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { newKey } from "../../shell/new-key.ts";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import { openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { FailedState } from "../shared/failed-state.tsx";
import { problemOf } from "../shared/problem.ts";
import { useDeskText } from "../text.ts";

interface Question {
  readonly id: string;
  readonly unit: Readonly<Record<"zh-CN" | "en", string>>;
  readonly askedBy: Readonly<Record<"zh-CN" | "en", string>>;
  readonly question: string;
  readonly dueOn: string;
}

function Asked(props: { readonly asked: Question; readonly onDone: () => void }) {
  const { text, language } = useDeskText();
  const { asked } = props;
  const [key, setKey] = useState(newKey);
  const send = useMutation({
    mutationFn: (answer: string) => kernelClient.retaliation.explain.mutate({ id: asked.id, key, answer }),
    onSuccess: props.onDone,
  });
  const problem = send.error && problemOf(send.error, language);
  return (
    <li className="ds-panel">
      <p>
        <strong>{asked.unit[language]}</strong>
        {" · "}
        {text("desk.explain.askedBy", { organ: asked.askedBy[language] })}
      </p>
      <p>{text("desk.explain.dueOn", { date: formatDate(asked.dueOn, language) })}</p>
      <h2>{text("desk.explain.question")}</h2>
      <p className="ds-text">{asked.question}</p>
      <Form<{ answer: string }>
        initial={{ answer: "" }}
        onChange={() => setKey(newKey())}
        submitLabel={text("desk.explain.send")}
        busy={send.isPending}
        error={problem?.message}
        onSubmit={(values) => send.mutate(values.answer)}
      >
        <TextArea
          name="answer"
          label={text("desk.explain.answer")}
          hint={text("desk.explain.hint")}
          required
          maxLength={8_000}
          rows={8}
          tone="internal"
        />
      </Form>
    </li>
  );
}

/** What the unit's leader is asked to explain in writing: neutral words, and nothing about who asked for it [SPEC §12.4]. */
export function ExplainScreen() {
  const { text } = useDeskText();
  const queries = useQueryClient();
  const [done, setDone] = useState<string>();
  const asked = useQuery(kernel.retaliation.asked.queryOptions({}));
  return (
    <Screen title={text("desk.explain.title")} notice={done}>
      <p className="ds-hint">{text("desk.explain.about")}</p>
      {asked.isError && <FailedState error={asked.error} onRetry={() => void asked.refetch()} />}
      {asked.isPending && <Skeleton lines={4} />}
      {asked.data?.length === 0 && (
        <EmptyState
          title={text("desk.explain.empty")}
          action={<DeskLink to={{ page: "queue", filter: openQueue }}>{text("desk.unknown.back")}</DeskLink>}
        />
      )}
      <ul className="ds-list">
        {asked.data?.map((one) => (
          <Asked
            key={one.id}
            asked={one}
            onDone={() => {
              setDone(text("desk.explain.done"));
              void queries.invalidateQueries({ queryKey: kernel.retaliation.asked.pathKey() });
              void queries.invalidateQueries({ queryKey: kernel.supervision.count.pathKey() });
            }}
          />
        ))}
      </ul>
    </Screen>
  );
}
