import { Button, EmptyState, formatDate, formatInstant, Screen, Tick, usePage, usePlugin } from "@doorstep/sdk/ui";
import { useEffect, useState } from "react";
import { filingStore } from "../filing/use-filing.ts";
import { plugin } from "../plugin.ts";
import { maskReceipt, type Receipt, readReceipt } from "../receipt/receipt-store.ts";
import { saveAsImage } from "../receipt/save-as-image.ts";
import { useText } from "./use-text.ts";

/** P7: it has been received; the code, what happens next and by when, and that the code must be kept. */
export function DonePage() {
  const text = useText();
  const { go } = usePage();
  const [receipt] = useState(() => readReceipt(sessionStorage));
  const filed = receipt !== undefined;
  useEffect(() => {
    if (filed) void filingStore.clear();
  }, [filed]);
  if (!receipt) {
    return (
      <Screen title={text("done.none")}>
        <EmptyState
          title={text("done.noneText")}
          action={<Button onClick={() => go("portal:/t")}>{text("done.track")}</Button>}
        />
      </Screen>
    );
  }
  return <Done receipt={receipt} />;
}

function Done(props: { readonly receipt: Receipt }) {
  const { receipt } = props;
  const text = useText();
  const { go } = usePage();
  const { language } = usePlugin(plugin);
  const [kept, setKept] = useState(!receipt.anonymous || receipt.returnCode === "");
  const [told, setTold] = useState(false);
  useKeptOnLeaving(kept);

  const leave = (to: string) => {
    if (kept) go(to);
    else setTold(true);
  };
  return (
    <Screen title={text("done.title")}>
      <CodePanel receipt={receipt} />
      {receipt.delayed && <p className="ds-panel">{text("done.delayed")}</p>}
      {receipt.filesLeft > 0 && (
        <p className="ds-panel ds-panel-warn">{text("done.filesLeft", { count: receipt.filesLeft })}</p>
      )}
      <section>
        <h2>{text("done.next")}</h2>
        <ol>
          {receipt.next.map((step) => (
            <li key={step.code}>
              <strong>{formatDate(step.dueOn, language)}</strong>
              {" · "}
              {step.sentence[language]}
            </li>
          ))}
        </ol>
        <p>{text("done.anyTime")}</p>
        <p className="ds-hint">
          {text("done.sentTo", { unit: receipt.unit[language] })}
          {" · "}
          {text("done.number", { number: receipt.caseNo })}
          {" · "}
          {formatInstant(receipt.receivedAt, language, receipt.timeZone)}
        </p>
        {receipt.proof !== "" && (
          <p className="ds-hint">
            {text("done.proof")} <span className="ds-mono">{receipt.proof}</span> {text("done.proofNote")}
          </p>
        )}
      </section>
      {receipt.anonymous && receipt.returnCode !== "" && (
        <div className="ds-panel ds-panel-warn">
          <p>{text("done.warning")}</p>
          <Tick
            name="kept"
            label={text("done.kept")}
            value={kept}
            onChange={setKept}
            error={told && !kept ? text("done.keepFirst") : undefined}
          />
        </div>
      )}
      <div className="ds-row ds-no-print">
        <Button onClick={() => leave("portal:/t")}>{text("done.track")}</Button>
        <Button variant="default" onClick={() => leave("portal:/")}>
          {text("done.home")}
        </Button>
      </div>
    </Screen>
  );
}

/** Asks before the tab closes while an anonymous code is not kept, and takes it off the device when the page is left. */
function useKeptOnLeaving(kept: boolean): void {
  useEffect(() => {
    if (kept) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [kept]);
  useEffect(() => {
    clearTimeout(leaving);
    return () => {
      leaving = setTimeout(() => maskReceipt(sessionStorage), 0);
    };
  }, []);
}

// React may mount a page twice in a row while developing: only a page that stays away has been left.
let leaving: ReturnType<typeof setTimeout> | undefined;

function CodePanel(props: { readonly receipt: Receipt }) {
  const { receipt } = props;
  const text = useText();
  const { language } = usePlugin(plugin);
  const [copied, setCopied] = useState<"" | "done.copied" | "done.copyFailed">("");
  if (receipt.returnCode === "") return <p className="ds-panel">{text("done.masked")}</p>;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(receipt.returnCode);
      setCopied("done.copied");
    } catch {
      setCopied("done.copyFailed");
    }
  };
  return (
    <section className="ds-panel" aria-label={text("done.code")}>
      <p className="ds-hint">{text("done.code")}</p>
      <p className="ds-code" data-testid="return-code">
        {receipt.returnCode}
      </p>
      <p className="ds-row ds-no-print">
        <Button variant="default" onClick={() => void copy()}>
          {text("done.copy")}
        </Button>
        <Button
          variant="default"
          onClick={() =>
            saveAsImage([
              text("done.code"),
              receipt.returnCode,
              text("done.sentTo", { unit: receipt.unit[language] }),
              formatInstant(receipt.receivedAt, language, receipt.timeZone),
              `${text("done.number", { number: receipt.caseNo })} · ${text("done.proof")} ${receipt.proof}`,
            ])
          }
        >
          {text("done.image")}
        </Button>
        <Button variant="default" onClick={() => print()}>
          {text("done.print")}
        </Button>
      </p>
      <p role="status" className="ds-hint">
        {copied && text(copied)}
      </p>
    </section>
  );
}
