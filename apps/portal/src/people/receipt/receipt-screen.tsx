import { Form, formatInstant, Screen, TextArea, TextField } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { useErrorText } from "../../shell/error-text.ts";
import { useLanguage, useText } from "../../shell/i18n.ts";
import { anonymousClient } from "../../shell/rpc.ts";

/** Whoever is shown a receipt checks here that it is genuine; asked without cookies, and nothing of the case is said. */
export function ReceiptScreen() {
  const text = useText();
  const language = useLanguage();
  const errorText = useErrorText();
  const check = useMutation({
    mutationFn: (shown: { caseNo: string; proof: string; text: string }) =>
      anonymousClient.intake.verifyReceipt.query(shown),
  });
  const found = check.data;
  return (
    <Screen title={text("receipt.title")}>
      <p className="ds-hint">{text("receipt.about")}</p>
      <Form
        initial={{ caseNo: "", proof: "", text: "" }}
        onSubmit={(values) => check.mutate(values)}
        submitLabel={text("receipt.submit")}
        busy={check.isPending}
        error={check.error ? errorText(check.error) : undefined}
      >
        <TextField
          name="caseNo"
          label={text("receipt.number")}
          placeholder="2026-XXXXXX-X"
          required
          maxLength={20}
          monospace
        />
        <TextField
          name="proof"
          label={text("receipt.proof")}
          placeholder="XXXX-XXXX-XXXX-XXXX"
          required
          maxLength={40}
          monospace
        />
        <TextArea
          name="text"
          label={text("receipt.text")}
          hint={text("receipt.textHint")}
          maxLength={20_000}
          rows={4}
        />
      </Form>
      {found && (
        <section className="ds-panel" role="status">
          <h2>{text("receipt.genuine")}</h2>
          <p>{text("receipt.receivedAt", { at: formatInstant(found.receivedAt, language, found.timeZone) })}</p>
          {found.textMatches !== null && <p>{text(found.textMatches ? "receipt.sameText" : "receipt.otherText")}</p>}
          <p className="ds-hint">
            {text("receipt.digest")} <span className="ds-mono">{found.digest}</span>
          </p>
        </section>
      )}
    </Screen>
  );
}
