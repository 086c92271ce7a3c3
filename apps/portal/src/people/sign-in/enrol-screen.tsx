import { Button, Form, PasswordField, Screen, TextField } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { Navigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { beginSecondFactor, verifySecondFactor } from "../../shell/account-api.ts";
import { useErrorText } from "../../shell/error-text.ts";
import { useText } from "../../shell/i18n.ts";
import { useSession } from "../../shell/session.ts";
import { QrCode } from "../print/qr-code.tsx";
import { PrintedCodes } from "./printed-codes.tsx";
import { useGoOn } from "./use-go-on.ts";

/** Sets up the second step: scan, type six digits, print the codes for the day the telephone is lost. */
export function EnrolScreen() {
  const text = useText();
  const errorText = useErrorText();
  const session = useSession();
  const { to } = useSearch({ from: "/people/sign-in/second-factor" });
  const goOn = useGoOn(to);
  const [printed, setPrinted] = useState<readonly string[]>([]);
  const begin = useMutation({
    mutationFn: beginSecondFactor,
    onSuccess: (result) => setPrinted(result.printed),
  });
  const verify = useMutation({ mutationFn: verifySecondFactor });

  if (session.data === null) return <Navigate to="/sign-in" search={to === undefined ? {} : { to }} replace />;
  if (verify.isSuccess) {
    return (
      <Screen title={text("signIn.printedTitle")}>
        <p>{text("signIn.printedWhy")}</p>
        <PrintedCodes codes={printed}>
          <Button onClick={() => void goOn()}>{text("signIn.printedDone")}</Button>
        </PrintedCodes>
      </Screen>
    );
  }
  if (begin.data) {
    const secret = new URL(begin.data.uri).searchParams.get("secret") ?? "";
    return (
      <Screen title={text("signIn.enrolTitle")}>
        <p>{text("signIn.enrolScan")}</p>
        <QrCode content={begin.data.uri} label={text("signIn.enrolQr")} />
        <p>
          {text("signIn.enrolSecret")} <span className="ds-mono">{secret}</span>
        </p>
        <Form
          initial={{ code: "" }}
          onSubmit={(answers) => verify.mutate(answers.code)}
          submitLabel={text("signIn.codeSubmit")}
          busy={verify.isPending}
          error={verify.error ? errorText(verify.error) : undefined}
        >
          <TextField
            name="code"
            label={text("signIn.code")}
            required
            maxLength={10}
            inputMode="numeric"
            autoComplete="one-time-code"
            monospace
          />
        </Form>
      </Screen>
    );
  }
  return (
    <Screen title={text("signIn.enrolTitle")}>
      <p>{text(session.data?.secondFactorRequired ? "signIn.enrolWhy" : "signIn.enrolOwn")}</p>
      <Form
        initial={{ password: "" }}
        onSubmit={(answers) => begin.mutate(answers.password)}
        submitLabel={text("signIn.enrolBegin")}
        busy={begin.isPending}
        error={begin.error ? errorText(begin.error) : undefined}
      >
        <PasswordField name="password" label={text("signIn.password")} required autoComplete="current-password" />
      </Form>
    </Screen>
  );
}
