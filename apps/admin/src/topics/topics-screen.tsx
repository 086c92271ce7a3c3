import { Alert, Button, EmptyState, Form, Screen, Select, SidePanel, TextField, Tick } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { refusalOf } from "../app/error-text.ts";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { possibleParents, type Topic, type TopicChanges, topicRows, withChanges } from "./topic-tree.ts";

const blank = (parentId: string | null): Topic => ({
  id: crypto.randomUUID(),
  code: "",
  name: { "zh-CN": "", en: "" },
  parentId,
  retired: false,
  neverMediated: false,
  platformOwn: false,
});

/** The topic catalogue: changes are collected here and saved as one new version. */
export function TopicsScreen() {
  const text = useText();
  const [changes, setChanges] = useState<TopicChanges>(new Map());
  const [open, setOpen] = useState<Topic>();
  const catalogue = useQuery(kernel.topics.list.queryOptions({}));
  const save = useAct(kernelClient.topics.save.mutate, { done: () => setChanges(new Map()) });
  const change = (topic: Topic) => setChanges((before) => new Map(before).set(topic.id, topic));
  const stale = refusalOf(save.cause)?.code === "topics.stale";
  const retry = async () => {
    save.reset();
    await catalogue.refetch();
  };
  return (
    <Screen
      title={text("topics.title")}
      width="wide"
      notice={save.result ? text("topics.saved", { version: save.result.version }) : undefined}
      error={save.error}
      actions={<Button onClick={() => setOpen(blank(null))}>{text("topics.add")}</Button>}
    >
      <p>{text("topics.intro")}</p>
      {stale && (
        <Alert color="orange" className="ds-alert">
          <p>{text("topics.stale")}</p>
          <Button variant="default" onClick={() => void retry()}>
            {text("topics.done")}
          </Button>
        </Alert>
      )}
      <Loaded query={catalogue}>
        {({ version, topics }) => {
          const all = withChanges(topics, changes);
          return (
            <>
              <p className="ds-hint">{text("topics.version", { version })}</p>
              {changes.size > 0 && (
                <div className="ds-panel ds-panel-warn ds-row ds-row-between">
                  <span>{text("topics.pending", { count: changes.size })}</span>
                  <span className="ds-row">
                    <Button variant="default" onClick={() => setChanges(new Map())}>
                      {text("topics.discard")}
                    </Button>
                    <Button loading={save.busy} onClick={() => save.run({ version, topics: [...all] })}>
                      {text("topics.save")}
                    </Button>
                  </span>
                </div>
              )}
              <TopicList topics={all} changed={changes} onOpen={setOpen} onChange={change} />
              <TopicPanel
                topic={open}
                saved={topics}
                topics={all}
                onClose={() => setOpen(undefined)}
                onDone={(topic) => {
                  change(topic);
                  setOpen(undefined);
                }}
              />
            </>
          );
        }}
      </Loaded>
    </Screen>
  );
}

interface TopicListProps {
  readonly topics: readonly Topic[];
  readonly changed: TopicChanges;
  readonly onOpen: (topic: Topic) => void;
  readonly onChange: (topic: Topic) => void;
}

function TopicList(props: TopicListProps) {
  const text = useText();
  const name = useName();
  if (props.topics.length === 0) return <EmptyState title={text("topics.empty")} />;
  return (
    <ul className="ad-plain">
      {topicRows(props.topics).map(({ topic, depth }) => (
        <li key={topic.id} className="ad-topic" style={{ paddingInlineStart: `${depth * 1.5}rem` }}>
          <span>
            <strong>{name(topic.name)}</strong>
            <span className="ds-hint ad-code">{` ${topic.code}`}</span>
            {topic.neverMediated && <span className="ds-hint">{` · ${text("topics.neverMediated")}`}</span>}
            {topic.platformOwn && <span className="ds-hint">{` · ${text("topics.platformOwn")}`}</span>}
            {topic.retired && <span className="ds-hint">{` · ${text("topics.retired")}`}</span>}
            {props.changed.has(topic.id) && <span aria-hidden="true">{" ✎"}</span>}
          </span>
          <span className="ds-row">
            <button
              type="button"
              className="ds-link"
              aria-label={text("topics.editTopic", { topic: name(topic.name) })}
              onClick={() => props.onOpen(topic)}
            >
              {text("app.edit")}
            </button>
            {!topic.platformOwn && (
              <button
                type="button"
                className="ds-link"
                aria-label={`${text(topic.retired ? "topics.restore" : "topics.retire")}: ${name(topic.name)}`}
                onClick={() => props.onChange({ ...topic, retired: !topic.retired })}
              >
                {text(topic.retired ? "topics.restore" : "topics.retire")}
              </button>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface TopicPanelProps {
  /** as they lie on the server: a mark that is there stays */
  readonly saved: readonly Topic[];
  readonly topic: Topic | undefined;
  readonly topics: readonly Topic[];
  readonly onClose: () => void;
  readonly onDone: (topic: Topic) => void;
}

function TopicPanel(props: TopicPanelProps) {
  const text = useText();
  const name = useName();
  const { topic } = props;
  const marked = new Set(props.saved.flatMap((one) => (one.neverMediated ? [one.id] : [])));
  const known = topic !== undefined && topic.name["zh-CN"] !== "";
  return (
    <SidePanel
      opened={topic !== undefined}
      title={known ? text("topics.editTopic", { topic: name(topic.name) }) : text("topics.newTopic")}
      onClose={props.onClose}
    >
      {topic && (
        <Form
          key={topic.id}
          initial={{
            code: topic.code,
            nameZh: topic.name["zh-CN"],
            nameEn: topic.name.en,
            parent: topic.parentId ?? "",
            neverMediated: topic.neverMediated,
          }}
          submitLabel={text("topics.done")}
          onSubmit={(values) =>
            props.onDone({
              ...topic,
              code: values.code.trim(),
              name: { "zh-CN": values.nameZh.trim(), en: values.nameEn.trim() },
              parentId: values.parent || null,
              neverMediated: values.neverMediated,
            })
          }
        >
          {topic.platformOwn ? (
            <p>{text("topics.ownCode", { code: topic.code })}</p>
          ) : (
            <TextField name="code" label={text("app.code")} required maxLength={40} />
          )}
          <TextField name="nameZh" label={text("app.nameZh")} required maxLength={200} />
          <TextField name="nameEn" label={text("app.nameEn")} required maxLength={200} />
          <Select
            name="parent"
            label={text("topics.parent")}
            hint={text("topics.noParent")}
            options={possibleParents(props.topics, topic.id).map((one) => ({ value: one.id, label: name(one.name) }))}
          />
          {marked.has(topic.id) ? (
            <p>{text("topics.staysMarked")}</p>
          ) : (
            <Tick name="neverMediated" label={text("topics.mark")} note={text("topics.markNote")} />
          )}
        </Form>
      )}
    </SidePanel>
  );
}
