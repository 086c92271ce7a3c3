import { Badge } from "@mantine/core";
import { type DueState, markOf } from "./due-mark.ts";

interface DueBadgeProps {
  readonly state: DueState;
  /** The whole state in words, such as "2 working days left". */
  readonly label: string;
  readonly size?: "sm" | "md" | "lg";
}

/** A date's state as symbol, words and a pale colour under dark text (coloured text on pale colour is too faint). */
export function DueBadge(props: DueBadgeProps) {
  const mark = markOf(props.state);
  return (
    <Badge
      color={mark.color}
      variant="light"
      c="dark.9"
      size={props.size ?? "lg"}
      leftSection={<span aria-hidden="true">{mark.symbol}</span>}
      className="ds-badge"
    >
      {props.label}
    </Badge>
  );
}
