import type { CaseView } from "@doorstep/contracts";
import { EmptyState, formatDate, formatInstant, Timeline } from "@doorstep/ui";
import { WhoSees } from "../shared/who-sees.tsx";
import { nameOf, useDeskText } from "../text.ts";
import { FileList } from "./file-list.tsx";

type Message = CaseView["thread"][number];

/** The conversation with the petitioner and the notes of the house, each marked with who can see it. */
export function ThreadTab(props: { readonly c: CaseView }) {
  const { text, language } = useDeskText();
  const { c } = props;
  const who = (message: Message): string => {
    if (message.from === "petitioner") {
      const mandate = c.mandates.find((one) => one.id === message.mandateId);
      return mandate
        ? text("desk.case.spoken", { relation: nameOf(text, "relation", mandate.relation) })
        : c.petitionerLabel[language];
    }
    return message.author ?? message.fromName?.[language] ?? text("desk.case.system");
  };
  const tone = (message: Message) => {
    if (message.visibility === "internal") return "note" as const;
    return message.from === "petitioner" ? ("plain" as const) : ("mine" as const);
  };
  if (c.thread.length === 0) return <EmptyState title={text("desk.case.noThread")} />;
  return (
    <Timeline
      label={text("desk.case.thread")}
      entries={c.thread.map((message) => ({
        key: message.id,
        when: formatInstant(message.at, language),
        title: who(message),
        tone: tone(message),
        body: (
          <>
            <p className="ds-text">{message.text}</p>
            <FileList files={message.files} />
            {message.takenDown && (
              <p className="ds-hint">
                {text("desk.case.takenDown", {
                  channel: message.takenDown.channel[language],
                  date: formatDate(message.takenDown.receivedOn, language),
                  by: message.takenDown.by ?? text("desk.case.system"),
                })}
              </p>
            )}
            <WhoSees who={message.visibility} />
            {message.from === "office" && message.visibility === "petitioner" && (
              <p className="ds-hint">
                {message.readAt
                  ? text("desk.case.readAt", { when: formatInstant(message.readAt, language) })
                  : text("desk.case.unread")}
              </p>
            )}
          </>
        ),
      }))}
    />
  );
}
