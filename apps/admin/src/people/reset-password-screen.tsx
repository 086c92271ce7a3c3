import { Form, Tick } from "@doorstep/ui";
import { useParams } from "@tanstack/react-router";
import { useText } from "../app/i18n.ts";
import { kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { type PersonDetail, PersonPart } from "./person-part.tsx";
import { Slips } from "./slips.tsx";

/** Mends a forgotten password or a lost second factor, in person. */
export function ResetPasswordScreen() {
  const { personId } = useParams({ from: "/people/$personId/slip" });
  return (
    <PersonPart personId={personId} title="people.slip">
      {(person) => <ResetForm person={person} />}
    </PersonPart>
  );
}

function ResetForm(props: { readonly person: PersonDetail }) {
  const text = useText();
  const slip = useAct(kernelClient.people.slip.mutate);
  return (
    <>
      <p className="ds-no-print">{text("people.slipIntro")}</p>
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
    </>
  );
}
