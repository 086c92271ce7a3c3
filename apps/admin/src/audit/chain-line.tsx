import { Button, formatDate, formatInstant, formatNumber } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useLanguage, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";

/** How far the ledger is known to be unbroken, and where its seal is kept outside the house. */
export function ChainLine() {
  const text = useText();
  const language = useLanguage();
  const state = useQuery(kernel.ledger.state.queryOptions({}));
  const check = useAct(kernelClient.ledger.verify.mutate);
  return (
    <section aria-labelledby="chain" className="ds-panel">
      <div className="ds-row ds-row-between">
        <h2 id="chain">{text("audit.chain.title")}</h2>
        <Button variant="default" loading={check.busy} onClick={() => check.run({})}>
          {text("audit.chain.check")}
        </Button>
      </div>
      {check.error && <p role="alert">{check.error}</p>}
      <Loaded query={state} lines={2}>
        {({ checked, handedOut }) => (
          <>
            {checked === null ? (
              <p>{text("audit.chain.never")}</p>
            ) : (
              <div role="status">
                <p className="ad-strong">
                  {checked.ok
                    ? text("audit.chain.holds", { at: formatInstant(checked.until ?? checked.at, language) })
                    : text("audit.chain.broken", { count: checked.faults.length })}
                </p>
                <p className="ds-hint">
                  {text("audit.chain.counts", {
                    entries: formatNumber(checked.entries, language),
                    seals: formatNumber(checked.seals, language),
                    at: formatInstant(checked.at, language),
                  })}
                </p>
                {!checked.ok && (
                  <>
                    <ul>
                      {checked.faults.map((fault) => (
                        <li key={`${fault.stream}.${fault.seq}.${fault.fault}`} className="ad-break">
                          {text("audit.chain.fault", fault)}
                        </li>
                      ))}
                    </ul>
                    <p>{text("audit.chain.what")}</p>
                  </>
                )}
              </div>
            )}
            <p className="ds-hint">
              {handedOut
                ? text("audit.chain.handedOut", { on: formatDate(handedOut.on, language), seal: handedOut.seal })
                : text("audit.chain.notHandedOut")}
            </p>
          </>
        )}
      </Loaded>
    </section>
  );
}
