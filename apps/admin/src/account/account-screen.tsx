import { Screen } from "@doorstep/ui";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { useSession } from "../app/session.ts";
import { useNames } from "../names/use-names.ts";
import { PasswordForm } from "./password-form.tsx";
import { SecondFactorPart } from "./second-factor-part.tsx";
import { SessionsPart } from "./sessions-part.tsx";

/** One's own account: password, second factor, sessions. */
export function AccountScreen() {
  const text = useText();
  const name = useName();
  const names = useNames();
  const session = useSession();
  return (
    <Screen title={text("account.title")}>
      <Loaded query={session}>
        {(me) =>
          me && (
            <>
              <dl className="ad-facts">
                {[
                  [text("account.name"), me.name],
                  [text("account.username"), me.username],
                  [text("account.unit"), me.unit ? name(me.unit.name) : "–"],
                  [
                    text("account.roles"),
                    me.grants
                      .filter((grant) => !grant.pending)
                      .map((grant) => `${names.role(grant.role)} · ${name(grant.unitName)}`)
                      .join("；") || "–",
                  ],
                ].map(([label, value]) => (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
              <PasswordForm />
              <SecondFactorPart on={me.secondFactor} required={me.secondFactorRequired} />
              <SessionsPart />
              <p>
                <a href="/account/record">{text("account.record")}</a>
              </p>
            </>
          )
        }
      </Loaded>
    </Screen>
  );
}
