import { Form, PasswordField, Screen, TextField } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { signIn } from "../../shell/account-api.ts";
import { useErrorText } from "../../shell/error-text.ts";
import { useText } from "../../shell/i18n.ts";
import { useGoOn } from "./use-go-on.ts";

interface Answers {
  readonly username: string;
  readonly password: string;
}

/** Sign-in by service number or user name; what was typed elsewhere waits for the way back. */
export function SignInScreen() {
  const text = useText();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const { to } = useSearch({ from: "/people/sign-in" });
  const goOn = useGoOn(to);
  const enter = useMutation({
    mutationFn: (answers: Answers) => signIn(answers.username.trim(), answers.password),
    onSuccess: async (result) => {
      if (result.secondFactor) await navigate({ to: "/sign-in/code", search: to === undefined ? {} : { to } });
      else await goOn();
    },
  });
  return (
    <Screen title={text("signIn.title")}>
      <p>{text("signIn.noAccountNeeded")}</p>
      <Form<Answers>
        initial={{ username: "", password: "" }}
        onSubmit={(answers) => enter.mutate(answers)}
        submitLabel={text("signIn.submit")}
        busy={enter.isPending}
        error={enter.error ? errorText(enter.error) : undefined}
      >
        <TextField name="username" label={text("signIn.username")} required maxLength={80} autoComplete="username" />
        <PasswordField name="password" label={text("signIn.password")} required autoComplete="current-password" />
      </Form>
      <p className="ds-hint">{text("signIn.forgotten")}</p>
    </Screen>
  );
}
