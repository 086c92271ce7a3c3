import { Form, PasswordField, Screen } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { Navigate, useSearch } from "@tanstack/react-router";
import { changePassword } from "../../shell/account-api.ts";
import { useErrorText } from "../../shell/error-text.ts";
import { useText } from "../../shell/i18n.ts";
import { useSession } from "../../shell/session.ts";
import { useGoOn } from "./use-go-on.ts";

interface Answers {
  readonly current: string;
  readonly chosen: string;
  readonly again: string;
}

/** A first password is somebody else's: it is changed before anything else. Also the page to change it later. */
export function PasswordScreen() {
  const text = useText();
  const errorText = useErrorText();
  const session = useSession();
  const { to } = useSearch({ from: "/people/sign-in/password" });
  const goOn = useGoOn(to);
  const change = useMutation({
    mutationFn: (answers: Answers) => changePassword(answers.current, answers.chosen),
    onSuccess: goOn,
  });
  if (session.data === null) return <Navigate to="/sign-in" search={to === undefined ? {} : { to }} replace />;
  return (
    <Screen title={text("signIn.passwordTitle")}>
      <p>{session.data?.mustChangePassword ? text("signIn.passwordFirst") : text("signIn.passwordAdvice")}</p>
      <Form<Answers>
        initial={{ current: "", chosen: "", again: "" }}
        validate={(answers) => (answers.chosen === answers.again ? {} : { again: text("signIn.passwordDiffers") })}
        onSubmit={(answers) => change.mutate(answers)}
        submitLabel={text("signIn.passwordSubmit")}
        busy={change.isPending}
        error={change.error ? errorText(change.error) : undefined}
      >
        <PasswordField name="current" label={text("signIn.passwordNow")} required autoComplete="current-password" />
        <PasswordField
          name="chosen"
          label={text("signIn.passwordNew")}
          hint={text("signIn.passwordHint")}
          required
          autoComplete="new-password"
        />
        <PasswordField name="again" label={text("signIn.passwordAgain")} required autoComplete="new-password" />
      </Form>
    </Screen>
  );
}
