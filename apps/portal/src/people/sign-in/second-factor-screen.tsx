import { Form, Screen, TextField } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { verifySecondFactor } from "../../shell/account-api.ts";
import { useErrorText } from "../../shell/error-text.ts";
import { useText } from "../../shell/i18n.ts";
import { useGoOn } from "./use-go-on.ts";

/** The second step: six digits, or one of the codes printed when it was set up. */
export function SecondFactorScreen() {
  const text = useText();
  const errorText = useErrorText();
  const { to } = useSearch({ from: "/people/sign-in/code" });
  const goOn = useGoOn(to);
  const verify = useMutation({ mutationFn: verifySecondFactor, onSuccess: goOn });
  return (
    <Screen
      title={text("signIn.codeTitle")}
      before={
        <Link to="/sign-in" className="ds-back">
          {text("shell.back")}
        </Link>
      }
    >
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
          hint={text("signIn.codeHint")}
          required
          maxLength={40}
          autoComplete="one-time-code"
          monospace
        />
      </Form>
    </Screen>
  );
}
