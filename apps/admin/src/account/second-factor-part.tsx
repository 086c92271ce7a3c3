import { Button, Form, PasswordField, TextField } from "@doorstep/ui";
import { useState } from "react";
import { beginSecondFactor, confirmSecondFactor, endSecondFactor, newPrintedCodes } from "../app/account-api.ts";
import { useText } from "../app/i18n.ts";
import { QrImage } from "../app/qr-image.tsx";
import { useAct } from "../app/use-act.ts";
import { PrintedCodes } from "./printed-codes.tsx";

type Wish = "begin" | "codes" | "end";
const labels = { begin: "account.begin", codes: "account.newCodes", end: "account.end" } as const;

/** What the rules allow as it stands: a factor that a role asks for cannot be switched off. */
function allowed(on: boolean, required: boolean): readonly Wish[] {
  if (!on) return ["begin"];
  return required ? ["codes"] : ["codes", "end"];
}

const keyOf = (uri: string): string => URL.parse(uri)?.searchParams.get("secret") ?? "";

/** Sets up, renews or ends one's second factor; each asks for the password first. */
export function SecondFactorPart(props: { readonly on: boolean; readonly required: boolean }) {
  const text = useText();
  const [wish, setWish] = useState<Wish>();
  const [enrolment, setEnrolment] = useState<{ uri: string; printed: readonly string[] }>();
  const [codes, setCodes] = useState<readonly string[]>();
  const [told, setTold] = useState("");
  const begin = useAct(async (password: string) => {
    if (wish === "begin") setEnrolment(await beginSecondFactor(password));
    if (wish === "codes") setCodes(await newPrintedCodes(password));
    if (wish === "end") {
      await endSecondFactor(password);
      setTold(text("account.ended"));
    }
    setWish(undefined);
  });
  const confirm = useAct(confirmSecondFactor, {
    done: () => {
      setCodes(enrolment?.printed);
      setEnrolment(undefined);
      setTold(text("account.enabled"));
    },
  });
  const ask = (next: Wish) => {
    begin.reset();
    confirm.reset();
    setTold("");
    setCodes(undefined);
    setEnrolment(undefined);
    setWish(next);
  };
  return (
    <section aria-labelledby="factor" className="ad-part">
      <h2 id="factor">{text("account.secondFactor")}</h2>
      <p className="ds-hint">{text("account.factorIntro")}</p>
      <p>
        {text(props.on ? "account.factorOn" : "account.factorOff")} {props.required && text("account.factorRequired")}
      </p>
      <p role="status" className="ad-done">
        {told}
      </p>
      {!wish && !enrolment && (
        <div className="ds-row">
          {allowed(props.on, props.required).map((next) => (
            <Button key={next} variant="default" onClick={() => ask(next)}>
              {text(labels[next])}
            </Button>
          ))}
        </div>
      )}
      {wish && (
        <Form
          key={wish}
          initial={{ password: "" }}
          submitLabel={text(labels[wish])}
          busy={begin.busy}
          error={begin.error}
          onSubmit={({ password }) => begin.run(password)}
          secondary={
            <Button variant="default" onClick={() => setWish(undefined)}>
              {text("app.cancel")}
            </Button>
          }
        >
          <PasswordField
            name="password"
            label={text("account.passwordForFactor")}
            autoComplete="current-password"
            required
          />
        </Form>
      )}
      {enrolment && (
        <>
          <p>{text("account.scan")}</p>
          <QrImage content={enrolment.uri} alt={text("account.scanAlt")} />
          <p className="ds-mono ad-break">{text("account.key", { key: keyOf(enrolment.uri) })}</p>
          <Form
            initial={{ code: "" }}
            submitLabel={text("account.confirm")}
            busy={confirm.busy}
            error={confirm.error}
            onSubmit={({ code }) => confirm.run(code)}
          >
            <TextField
              name="code"
              label={text("account.code")}
              inputMode="numeric"
              autoComplete="one-time-code"
              required
              maxLength={10}
            />
          </Form>
        </>
      )}
      {codes && <PrintedCodes codes={codes} />}
    </section>
  );
}
