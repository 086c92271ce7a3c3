import { Form, SearchSelect, Select, TextField, useErrorText, useMutation, useQuery } from "@doorstep/sdk/ui";
import type { ActFormProps } from "./conduct-forms.tsx";
import { useHearing } from "./words.ts";

/** Somebody else takes the place of whoever leaves the panel; whether he is free of the matter, the platform says. */
export function ReplaceForm({ one, onDone: onSuccess }: ActFormProps) {
  const { say, rpc, language } = useHearing();
  const errorText = useErrorText();
  const people = useQuery(rpc.candidates.queryOptions(undefined, { staleTime: 0 }));
  const replace = useMutation(rpc.replace.mutationOptions({ onSuccess }));
  const open = one.panel.filter((seat) => !seat.replaced);
  const [gone] = open.filter((seat) => seat.left);
  const seated = new Set(one.panel.map((seat) => seat.personId));
  const options = (people.data ?? [])
    .filter(({ id }) => !seated.has(id))
    .map(({ id, name, unit }) => ({ value: id, label: `${name} · ${unit[language]}` }));
  return (
    <Form
      initial={{ leaverId: gone?.personId ?? "", personId: "", why: "" }}
      submitLabel={say("replace.send")}
      busy={replace.isPending}
      error={replace.isError ? errorText(replace.error) : undefined}
      onSubmit={(who) => replace.mutate({ hearingId: one.hearingId, ...who })}
    >
      <Select
        name="leaverId"
        label={say("replace.leaver")}
        options={open.map(({ personId, name, left }) => ({
          value: personId,
          label: left ? say("panel.left", { name }) : name,
        }))}
        required
      />
      <SearchSelect
        name="personId"
        label={say("replace.who")}
        hint={say("call.panelHint")}
        options={options}
        required
      />
      <TextField name="why" label={say("replace.why")} hint={say("replace.whyHint")} maxLength={300} required />
    </Form>
  );
}
