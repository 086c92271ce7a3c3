import { type CaseView, categories, confidentialities, severities, subRoutes } from "@doorstep/contracts";
import { RadioCards, Select, Tick, useField } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import { ActForm } from "../acts/act-form.tsx";
import { nameOf, useDeskText } from "../text.ts";
import { DemandsField } from "./demands-field.tsx";
import {
  isSensitive,
  type RegistrationValues,
  registrationOf,
  registrationToSend,
  tracksFor,
  withCategory,
  withTopics,
} from "./registration.ts";
import { RespondentsField } from "./respondents-field.tsx";
import { SimilarStrip } from "./similar-strip.tsx";
import { filled } from "./split-demands.ts";
import { TopicsField } from "./topics-field.tsx";

/** Category settles procedure, route and level; those fields follow it at once. */
function CategoryField() {
  const { text } = useDeskText();
  const label = text("desk.register.category");
  const category = useField<RegistrationValues["category"]>({ name: "category", label, required: true }, "");
  const track = useField<RegistrationValues["track"]>({ name: "track", label: text("desk.register.track") }, "");
  const route = useField<string>({ name: "subRoute", label: text("desk.register.subRoute") }, "");
  const level = useField<RegistrationValues["confidentiality"]>(
    { name: "confidentiality", label: text("desk.register.confidentiality") },
    "",
  );
  const choose = (chosen: RegistrationValues["category"]) => {
    const now = { category: category.value, track: track.value, subRoute: route.value, confidentiality: level.value };
    const next = withCategory(now as RegistrationValues, chosen);
    category.set(next.category);
    track.set(next.track);
    route.set(next.subRoute);
    level.set(next.confidentiality);
  };
  return (
    <RadioCards
      name="category"
      label={label}
      value={category.value}
      error={category.error}
      onChange={choose}
      cards={categories.map((value) => ({
        value,
        label: nameOf(text, "category", value),
        note: nameOf(text, "register.categoryNote", value),
      }))}
    />
  );
}

const useNeverMediated = (): ReadonlySet<string> => {
  const catalogue = useQuery(kernel.topics.list.queryOptions({}, { staleTime: 600_000 }));
  return new Set(catalogue.data?.topics.filter((topic) => topic.neverMediated).map((topic) => topic.id));
};

/** A topic of violence or harassment settles the level; the field follows it at once. */
function RegistrationTopics(props: { readonly never: ReadonlySet<string> }) {
  const { text } = useDeskText();
  const level = useField<RegistrationValues["confidentiality"]>(
    { name: "confidentiality", label: text("desk.register.confidentiality") },
    "",
  );
  return (
    <TopicsField
      name="topicIds"
      label={text("desk.register.topics")}
      onChoose={(ids) => level.set(withTopics(level.value, ids, props.never))}
    />
  );
}

/** T2: a person reads what came in and says what it is. The text itself stays as it was written. */
export function RegistrationForm(props: { readonly c: CaseView; readonly onDone: () => void }) {
  const { text } = useDeskText();
  const { c } = props;
  const never = useNeverMediated();
  return (
    <ActForm<RegistrationValues>
      c={c}
      name="register"
      initial={registrationOf(c)}
      validate={(v) => ({
        demands: filled(v.demands).length === 0 ? text("desk.register.demandsMissing") : undefined,
      })}
      submitLabel={text("desk.acts.do.register")}
      send={(v, on) => kernelClient.cases.register.mutate({ ...on, ...registrationToSend(v) })}
      onDone={props.onDone}
    >
      {(v) => (
        <>
          <Tick
            name="safetyAnswered"
            label={text("desk.register.safety")}
            note={text("desk.register.safetyNote")}
            required
          />
          <SimilarStrip unitId={c.intakeUnit.id} title={c.title} text={c.body} except={c.caseId} />
          <Tick
            name="duplicatesChecked"
            label={text("desk.register.duplicates")}
            note={text("desk.register.duplicatesNote")}
            required
          />
          <CategoryField />
          <Select
            name="track"
            label={text("desk.register.track")}
            required
            options={tracksFor(v.category).map((value) => ({ value, label: nameOf(text, "track", value) }))}
          />
          {v.track === "simple" && (
            <Tick
              name="simpleFits"
              label={text("desk.register.simpleFits")}
              note={text("desk.register.simpleFitsNote")}
              required
            />
          )}
          {v.category === "claim" && (
            <Select
              name="subRoute"
              label={text("desk.register.subRoute")}
              hint={text("desk.register.subRouteHint")}
              required
              options={subRoutes.map((value) => ({
                value: String(value),
                label: nameOf(text, "subRoute", String(value)),
              }))}
            />
          )}
          <Select
            name="confidentiality"
            label={text("desk.register.confidentiality")}
            hint={text("desk.register.confidentialityHint")}
            required
            options={confidentialities
              .filter((value) => (value === 3) === (v.category === "accusation"))
              .filter((value) => value !== 1 || !isSensitive(v.topicIds, never))
              .map((value) => ({ value: String(value), label: nameOf(text, "confidentiality", String(value)) }))}
          />
          <Select
            name="severity"
            label={text("desk.register.severity")}
            required
            options={severities.map((value) => ({ value, label: nameOf(text, "severity", value) }))}
          />
          <DemandsField name="demands" label={text("desk.register.demands")} />
          <RespondentsField name="respondents" label={text("desk.register.respondents")} />
          <RegistrationTopics never={never} />
          <p role="status">{isSensitive(v.topicIds, never) ? text("desk.register.neverMediated") : ""}</p>
        </>
      )}
    </ActForm>
  );
}
