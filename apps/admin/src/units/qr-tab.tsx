import { useText } from "../app/i18n.ts";
import { QrImage } from "../app/qr-image.tsx";

/** The code for the notice board, and the notice to print. */
export function QrTab(props: { readonly code: string }) {
  const text = useText();
  const code = encodeURIComponent(props.code);
  const address = `${location.origin}/?u=${code}`;
  return (
    <section aria-labelledby="qr">
      <h2 id="qr">{text("units.qrTitle")}</h2>
      <p className="ds-hint">{text("units.qrNote")}</p>
      <QrImage content={address} alt={text("units.qrAlt", { address })} />
      <p className="ds-mono">{address}</p>
      <p>
        <a href={`/print/poster?u=${code}`}>{text("units.poster")}</a>
      </p>
    </section>
  );
}
