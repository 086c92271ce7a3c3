import { Alert, Button } from "@doorstep/ui";
import { useState } from "react";
import { useText } from "../app/i18n.ts";

/** A new token: shown once, copied, gone. */
export function TokenPart(props: { readonly token: string; readonly onDone: () => void }) {
  const text = useText();
  const [copied, setCopied] = useState(false);
  return (
    <Alert color="orange" variant="light" className="ds-alert" title={text("systems.tokenOnce")} role="status">
      <p className="ds-mono ad-break">{props.token}</p>
      <p className="ds-row">
        <Button onClick={() => void navigator.clipboard.writeText(props.token).then(() => setCopied(true))}>
          {text(copied ? "systems.copied" : "systems.copy")}
        </Button>
        <Button variant="default" onClick={props.onDone}>
          {text("systems.kept")}
        </Button>
      </p>
    </Alert>
  );
}
