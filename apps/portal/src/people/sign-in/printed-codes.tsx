import { Button } from "@doorstep/ui";
import type { ReactNode } from "react";
import { useText } from "../../shell/i18n.ts";

/** Spare codes, shown once, with the way to paper. */
export function PrintedCodes(props: { readonly codes: readonly string[]; readonly children?: ReactNode }) {
  const text = useText();
  return (
    <>
      <ul className="ds-mono">
        {props.codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <p className="ds-row ds-no-print">
        <Button variant="default" onClick={() => print()}>
          {text("shell.print")}
        </Button>
        {props.children}
      </p>
    </>
  );
}
