import { Button, Form, PasswordField } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { endSecondFactor, newPrintedCodes } from "../../shell/account-api.ts";
import { useErrorText } from "../../shell/error-text.ts";
import { useText } from "../../shell/i18n.ts";
import { accountChanged } from "../../shell/session.ts";
import { PrintedCodes } from "../sign-in/printed-codes.tsx";

type Wish = "codes" | "end";
const labels = { codes: "account.newCodes", end: "account.endFactor" } as const;

/** The second step as it stands, and what may be done about it: the password comes first. */
export function FactorPart(props: { readonly on: boolean; readonly required: boolean }) {
  const { on, required } = props;
  const text = useText();
  const errorText = useErrorText();
  const [wish, setWish] = useState<Wish>();
  const act = useMutation({
    mutationFn: async (input: { wish: Wish; password: string }) => {
      if (input.wish === "codes") return newPrintedCodes(input.password);
      await endSecondFactor(input.password);
      return [];
    },
    onSuccess: async (codes) => {
      setWish(undefined);
      if (codes.length === 0) await accountChanged();
    },
  });
  const ask = (next: Wish | undefined) => {
    act.reset();
    setWish(next);
  };
  const wishes: readonly Wish[] = required ? ["codes"] : ["codes", "end"];
  return (
    <section className="ds-panel" aria-labelledby="account-factor">
      <h2 id="account-factor">{text("account.factor")}</h2>
      <p role="status">{text(on ? "account.factorOn" : "account.factorOff")}</p>
      {required && <p className="ds-hint">{text("account.factorRequired")}</p>}
      {!on && (
        <p>
          <Link to="/sign-in/second-factor" search={{ to: "/account" }} className="ds-link">
            {text("signIn.enrolTitle")}
          </Link>
        </p>
      )}
      {on && !wish && (
        <p className="ds-row">
          {wishes.map((one) => (
            <Button key={one} variant="default" onClick={() => ask(one)}>
              {text(labels[one])}
            </Button>
          ))}
        </p>
      )}
      {on && wish && (
        <Form
          key={wish}
          initial={{ password: "" }}
          onSubmit={({ password }) => act.mutate({ wish, password })}
          submitLabel={text(labels[wish])}
          busy={act.isPending}
          error={act.error ? errorText(act.error) : undefined}
          secondary={
            <Button variant="default" onClick={() => ask(undefined)}>
              {text("account.cancel")}
            </Button>
          }
        >
          <PasswordField
            name="password"
            label={text("account.passwordFirst")}
            required
            autoComplete="current-password"
          />
        </Form>
      )}
      {on && act.data && act.data.length > 0 && (
        <>
          <p>{text("account.codesNote")}</p>
          <PrintedCodes codes={act.data} />
        </>
      )}
    </section>
  );
}
