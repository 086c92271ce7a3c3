import { Form, Tick } from "@doorstep/ui";
import { useText } from "../app/i18n.ts";
import { kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import type { PersonDetail } from "./person-screen.tsx";
import { Slips } from "./slips.tsx";

/** Mends a forgotten password or a lost second factor, in person. */
export function ResetPassword(props: { readonly person: PersonDetail }) {
  const text = useText();
  const slip = useAct(kernelClient.people.slip.mutate);
  return (
    <section aria-labelledby="reset" className="ad-part">
      <h2 id="reset">{text("people.slip")}</h2>
      <p>{text("people.slipIntro")}</p>
      {slip.result ? (
        <Slips slips={[slip.result]} />
      ) : (
        <Form
          initial={{ identityChecked: false, resetSecondFactor: false }}
          validate={(values) => (values.identityChecked ? {} : { identityChecked: text("people.identityNeeded") })}
          submitLabel={text("people.slipNow")}
          busy={slip.busy}
          error={slip.error}
          onSubmit={({ resetSecondFactor }) =>
            slip.run({ personId: props.person.id, identityChecked: true, resetSecondFactor })
          }
        >
          <Tick name="identityChecked" label={text("people.identityChecked")} />
          <Tick name="resetSecondFactor" label={text("people.resetFactor")} />
        </Form>
      )}
    </section>
  );
}
