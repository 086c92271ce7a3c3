import { Button, formatInstant } from "@doorstep/ui";
import { useLanguage, useText } from "../app/i18n.ts";

export interface Slip {
  readonly username: string;
  readonly oneTimePassword: string;
  readonly validUntil: string;
}

/** One-time passwords for paper: shown once, cut apart, handed over in person. */
export function Slips(props: { readonly slips: readonly Slip[] }) {
  const text = useText();
  const language = useLanguage();
  if (props.slips.length === 0) return null;
  return (
    <section aria-labelledby="slips">
      <h2 id="slips" className="ds-no-print">
        {text("people.slipTitle")}
      </h2>
      <p className="ds-no-print">{text("people.slipNote")}</p>
      <ul className="ad-slips">
        {props.slips.map((slip) => (
          <li key={slip.username}>
            <dl className="ad-facts">
              <div>
                <dt>{text("people.slipUsername")}</dt>
                <dd className="ds-mono">{slip.username}</dd>
              </div>
              <div>
                <dt>{text("people.slipPassword")}</dt>
                <dd className="ds-mono ad-secret">{slip.oneTimePassword}</dd>
              </div>
            </dl>
            <p>{text("people.slipUntil", { at: formatInstant(slip.validUntil, language) })}</p>
            <p>{text("people.slipAddress", { address: `${location.origin}/sign-in` })}</p>
            <p>{text("people.slipHow")}</p>
          </li>
        ))}
      </ul>
      <Button className="ds-no-print" onClick={() => print()}>
        {text("app.print")}
      </Button>
    </section>
  );
}
