import { Button } from "@doorstep/ui";
import { useText } from "../app/i18n.ts";

interface PendingBarProps {
  readonly count: number;
  readonly onDiscard: () => void;
  readonly onPreview: () => void;
}

/** What waits to be applied; stays in sight at the lower edge. */
export function PendingBar(props: PendingBarProps) {
  const text = useText();
  return (
    <div className={props.count > 0 ? "ad-pending ds-row ds-row-between" : undefined}>
      <span role="status">{props.count > 0 ? text("modules.pending", { count: props.count }) : ""}</span>
      {props.count > 0 && (
        <span className="ds-row">
          <Button variant="default" onClick={props.onDiscard}>
            {text("modules.discard")}
          </Button>
          <Button onClick={props.onPreview}>{text("modules.preview")}</Button>
        </span>
      )}
    </div>
  );
}
