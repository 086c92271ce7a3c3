import { Button } from "@doorstep/ui";
import { useText } from "../app/i18n.ts";

/** Recovery codes, once, with the way to paper. */
export function PrintedCodes(props: { readonly codes: readonly string[] }) {
  const text = useText();
  return (
    <div className="ds-panel">
      <h3>{text("account.codes")}</h3>
      <p>{text("account.codesNote")}</p>
      <ul className="ad-codes">
        {props.codes.map((code) => (
          <li key={code} className="ds-mono">
            {code}
          </li>
        ))}
      </ul>
      <Button variant="default" className="ds-no-print" onClick={() => print()}>
        {text("app.print")}
      </Button>
    </div>
  );
}
