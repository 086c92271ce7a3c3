import type { PetitionerCase } from "@doorstep/contracts";
import { Form, formatDate, formatInstant, TextArea, Timeline, type TimelineEntry } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useErrorText } from "../../shell/error-text.ts";
import { useLanguage, useText } from "../../shell/i18n.ts";
import { newKey } from "../../shell/new-key.ts";
import { kernel, queryClient } from "../../shell/rpc.ts";
import { type AttachedFile, AttachFiles } from "./attach-files.tsx";
import { useOwnWords } from "./own-acts/own-words.ts";
import { useOwnCaseKey } from "./use-own-case.ts";

interface Dated extends TimelineEntry {
  readonly at: string;
}

/** Messages and public events in one row, oldest first, and the box to write to whoever handles it. */
export function CaseThread(props: { readonly matter: PetitionerCase }) {
  const { matter } = props;
  const text = useText();
  const language = useLanguage();
  const words = useOwnWords();
  const { mandates, actsBy } = matter;
  /** Whose words they are, as the one who reads them calls him. */
  const writer = (mandateId: string | null): string => {
    if (mandateId === actsBy) return text("case.you");
    if (mandateId === null) return text("case.himself");
    const mandate = mandates.find((one) => one.id === mandateId);
    return mandate
      ? text("case.delegate", { relation: words(`relation.${mandate.relation}`) ?? "" })
      : text("case.otherDelegate");
  };
  const messages: Dated[] = matter.thread.map((message) => ({
    key: message.id,
    at: message.at,
    when: formatInstant(message.at, language, matter.timeZone),
    title:
      message.from === "petitioner"
        ? writer(message.mandateId)
        : (message.fromName?.[language] ?? text(message.from === "office" ? "case.office" : "case.system")),
    tone: message.from === "petitioner" && message.mandateId === actsBy ? "mine" : "plain",
    body: (
      <>
        {message.text}
        {message.files.map((file) => (
          <p key={file.id} className="ds-hint">
            {text("case.file", { name: file.name })}
          </p>
        ))}
        {message.takenDown && (
          <p className="ds-hint">
            {text("case.takenDown", {
              channel: message.takenDown.channel[language],
              date: formatDate(message.takenDown.receivedOn, language),
            })}
          </p>
        )}
        {message.from === "petitioner" && message.readAt && <p className="ds-hint">{text("case.read")}</p>}
      </>
    ),
  }));
  const events: Dated[] = matter.history.map((event, index) => ({
    key: `event-${index}`,
    at: event.at,
    when: formatInstant(event.at, language, matter.timeZone),
    title: event.text[language],
  }));
  const entries = [...messages, ...events].sort((one, other) => one.at.localeCompare(other.at));
  return (
    <section>
      <h2>{text("case.thread")}</h2>
      {messages.length === 0 && <p>{text("case.noMessages")}</p>}
      <Timeline label={text("case.thread")} entries={entries} />
      <WriteMessage />
    </section>
  );
}

function WriteMessage() {
  const text = useText();
  const errorText = useErrorText();
  const own = useOwnCaseKey();
  const [key, setKey] = useState(newKey);
  const [files, setFiles] = useState<readonly AttachedFile[]>([]);
  const send = useMutation(
    kernel.intake.message.mutationOptions({
      onSuccess: async () => {
        setFiles([]);
        setKey(newKey());
        await queryClient.invalidateQueries({ queryKey: kernel.intake.case.queryKey(own) });
      },
    }),
  );
  return (
    <>
      <p role="status" className="ds-hint">
        {send.isSuccess ? text("case.sent") : ""}
      </p>
      {/* A new key starts the box over once its words have arrived. */}
      <Form
        key={key}
        initial={{ text: "" }}
        onSubmit={(values) =>
          send.mutate({ ...own, key, text: values.text, fileIds: files.flatMap((file) => (file.id ? [file.id] : [])) })
        }
        submitLabel={text("case.send")}
        busy={send.isPending || files.some((file) => file.state === "sending")}
        error={send.error ? errorText(send.error) : undefined}
      >
        <TextArea name="text" label={text("case.write")} hint={text("case.writeHint")} required maxLength={5000} />
        <AttachFiles cleaned files={files} onChange={setFiles} />
      </Form>
    </>
  );
}
