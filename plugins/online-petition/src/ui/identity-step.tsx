import { Form, RadioCards, Select, TextField, Tick, usePage, usePlugin } from "@doorstep/sdk/ui";
import { type Answers, identities, kinds, relations, ties } from "../filing/answers.ts";
import { filingStore, useFiling } from "../filing/use-filing.ts";
import { plugin } from "../plugin.ts";
import { QuestionPage } from "./question-page.tsx";
import { useText } from "./use-text.ts";

type Values = Pick<
  Answers,
  "relation" | "identity" | "kind" | "name" | "contact" | "onBehalfOf" | "tie" | "consent" | "keepAnonymous"
>;

/** Step 4: for whom, and who may know. Each choice says what it means for the answer; name and contact only if given. */
export function IdentityStep() {
  const text = useText();
  const { go } = usePage();
  const { filing } = useFiling();
  const { user, settings } = usePlugin(plugin);
  const { relation, identity, kind, name, contact, onBehalfOf, tie, consent, keepAnonymous } = filing.answers;
  const offered = settings["anonymousAllowed"] === false ? identities.filter((one) => one !== "anonymous") : identities;
  const { sharedDevice } = filing.answers;
  const named = identity === "named" || identity === "confidential";
  return (
    <QuestionPage step={4} title={text("identity.title")}>
      <Form<Values>
        initial={{
          relation,
          identity,
          kind,
          name: name || (user?.name ?? ""),
          contact,
          onBehalfOf,
          tie,
          consent,
          keepAnonymous,
        }}
        validate={(values) => (values.identity === "" ? { identity: text("identity.choose") } : {})}
        onChange={(values) => filingStore.answer(values)}
        onSubmit={(values) => {
          filingStore.answer(values);
          go("/5");
        }}
        submitLabel={text("next")}
        sticky
      >
        <RadioCards
          name="identity"
          label={text("identity.label")}
          hideLegend
          cards={offered.map((value) => ({
            value,
            label: text(`identity.${value}`),
            note: text(`identity.${value}Note`),
          }))}
        />
        <p className="ds-hint">{text("identity.honest")}</p>
        {identity === "anonymous" && user && <p className="ds-hint">{text("identity.signedIn")}</p>}
        {identity === "anonymous" && !sharedDevice && (
          <Tick name="keepAnonymous" label={text("identity.keep")} note={text("identity.keepNote")} />
        )}
        {named && (
          <>
            <RadioCards
              name="relation"
              label={text("identity.relation")}
              cards={relations.map((value) => ({ value, label: text(`identity.${value}`) }))}
            />
            {relation !== "self" && (
              <>
                <TextField name="onBehalfOf" label={text("identity.behalf")} required maxLength={60} />
                <Select
                  name="tie"
                  label={text("identity.tie")}
                  required
                  options={ties.map((value) => ({ value, label: text(`identity.ties.${value}`) }))}
                />
                <RadioCards
                  name="consent"
                  label={text("identity.consent")}
                  cards={(["given", "notYet"] as const).map((value) => ({
                    value,
                    label: text(`identity.consents.${value}`),
                    note: text(`identity.consents.${value}Note`),
                  }))}
                />
              </>
            )}
            <TextField name="name" label={text("identity.name")} required maxLength={60} autoComplete="name" />
            <Select
              name="kind"
              label={text("identity.kind")}
              required
              options={kinds.map((value) => ({ value, label: text(`identity.kinds.${value}`) }))}
            />
            <TextField
              name="contact"
              label={text("identity.contact")}
              hint={text("identity.contactHint")}
              required
              maxLength={200}
              autoComplete="tel"
            />
          </>
        )}
      </Form>
    </QuestionPage>
  );
}
