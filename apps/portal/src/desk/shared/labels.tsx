import type { QueueItem } from "@doorstep/contracts";
import { Badge, DueBadge } from "@doorstep/ui";
import { useDeskText } from "../text.ts";
import { dueWords } from "./due.ts";

type Labelled = Pick<QueueItem, "confidentiality" | "anonymity" | "imported"> & { readonly unread?: boolean };

/** What must be seen at once about a case, in words: sensitive, anonymous, imported, new message. */
export function Labels(props: { readonly item: Labelled }) {
  const { text } = useDeskText();
  const { item } = props;
  return (
    <span className="desk-labels">
      {item.confidentiality === 3 && (
        <Badge color="red" c="dark.9">
          {text("desk.label.C3")}
        </Badge>
      )}
      {item.confidentiality === 2 && (
        <Badge color="orange" c="dark.9">
          {text("desk.label.C2")}
        </Badge>
      )}
      {item.anonymity === "confidential" && (
        <Badge color="grape" c="dark.9">
          {text("desk.label.confidential")}
        </Badge>
      )}
      {item.anonymity === "anonymous" && (
        <Badge color="gray" c="dark.9">
          {text("desk.label.anonymous")}
        </Badge>
      )}
      {item.imported && (
        <Badge color="gray" c="dark.9">
          {text("desk.label.imported")}
        </Badge>
      )}
      {item.unread && (
        <Badge color="indigo" c="dark.9">
          {text("desk.label.unread")}
        </Badge>
      )}
    </span>
  );
}

/** The nearest statutory date of a row. */
export function RowDue(props: { readonly item: Pick<QueueItem, "dueOn" | "daysLeft"> }) {
  const { text } = useDeskText();
  const words = dueWords(props.item, text);
  return words ? <DueBadge state={words.state} label={words.short} size="md" /> : <span>{text("desk.due.none")}</span>;
}
