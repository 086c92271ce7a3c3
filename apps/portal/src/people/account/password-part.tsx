import { Form, PasswordField } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { changePassword } from "../../shell/account-api.ts";
import { useErrorText } from "../../shell/error-text.ts";
import { useText } from "../../shell/i18n.ts";
import { accountChanged } from "../../shell/session.ts";

interface Answers {
  readonly current: string;
  readonly chosen: string;
  readonly again: string;
}

/** Changes one's own password; all other sessions end. */
export function PasswordPart() {
  const text = useText();
  const errorText = useErrorText();
  const change = useMutation({
    mutationFn: (answers: Answers) => changePassword(answers.current, answers.chosen),
    onSuccess: accountChanged,
  });
  return (
    <section className="ds-panel" aria-labelledby="account-password">
      <h2 id="account-password">{text("signIn.passwordTitle")}</h2>
      <p role="status">{change.isSuccess ? text("account.passwordChanged") : text("signIn.passwordAdvice")}</p>
      <Form<Answers>
        // emptied once it was changed: a password must not stay on the screen
        key={change.isSuccess ? change.submittedAt : "new"}
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
    </section>
  );
}
