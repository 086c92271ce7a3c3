import { Form, PasswordField } from "@doorstep/ui";
import { useState } from "react";
import { changePassword } from "../app/account-api.ts";
import { useText } from "../app/i18n.ts";
import { useAct } from "../app/use-act.ts";

/** Changes one's own password; all other sessions end. */
export function PasswordForm() {
  const text = useText();
  const [round, setRound] = useState(0);
  const change = useAct((values: { current: string; next: string }) => changePassword(values.current, values.next), {
    done: () => setRound((before) => before + 1),
  });
  return (
    <section aria-labelledby="password" className="ad-part">
      <h2 id="password">{text("account.changePassword")}</h2>
      <p role="status" className="ad-done">
        {change.done ? text("account.passwordChanged") : ""}
      </p>
      <Form
        key={round}
        initial={{ current: "", next: "", again: "" }}
        validate={(values) => (values.next === values.again ? {} : { again: text("account.notSame") })}
        submitLabel={text("account.changePassword")}
        busy={change.busy}
        error={change.error}
        onSubmit={(values) => change.run(values)}
      >
        <PasswordField name="current" label={text("account.current")} autoComplete="current-password" required />
        <PasswordField
          name="next"
          label={text("account.next")}
          hint={text("account.nextHint")}
          autoComplete="new-password"
          required
        />
        <PasswordField name="again" label={text("account.again")} autoComplete="new-password" required />
      </Form>
    </section>
  );
}
