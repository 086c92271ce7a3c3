import type { QueueItem } from "@doorstep/contracts";
import { Badge, DueBadge } from "@doorstep/ui";
import { useDeskText } from "../text.ts";
import { dueWords } from "./due.ts";
import { type Labelled, labelsOf } from "./labels-of.ts";

/** What must be seen at once about a case, in words: sensitive, anonymous, imported, new message. */
export function Labels(props: { readonly item: Labelled }) {
  const { text } = useDeskText();
  const { item } = props;
  return (
    <span className="desk-labels">
      {labelsOf(item).map(({ key, color }) => (
        <Badge key={key} color={color} c="dark.9">
          {text(key)}
        </Badge>
      ))}
    </span>
  );
}

/** The nearest statutory date of a row. */
export function RowDue(props: { readonly item: Pick<QueueItem, "dueOn" | "daysLeft"> }) {
  const { text } = useDeskText();
  const words = dueWords(props.item, text);
  return words ? <DueBadge state={words.state} label={words.short} size="md" /> : <span>{text("desk.due.none")}</span>;
}
