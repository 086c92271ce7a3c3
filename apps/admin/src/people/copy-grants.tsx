import type { Grant, Role } from "@doorstep/contracts";
import { DateField, Form, TextField, Tick } from "@doorstep/ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { useNames } from "../names/use-names.ts";
import { copyable } from "./copyable.ts";
import type { PersonDetail } from "./person-part.tsx";
import { PersonPicker } from "./person-picker.tsx";

interface CopyGrantsProps {
  readonly person: PersonDetail;
  /** what this administrator may grant */
  readonly roles: readonly Role[];
  readonly onDone: () => void | Promise<void>;
}

/** The roles of somebody else, to be granted likewise: each is a grant of its own, with its rules and second person. */
export function CopyGrants(props: CopyGrantsProps) {
  const text = useText();
  const [from, setFrom] = useState("");
  const other = useQuery(kernel.people.get.queryOptions({ personId: from }, { enabled: from !== "" }));
  return (
    <section aria-labelledby="copy">
      <h2 id="copy">{text("people.copyTitle")}</h2>
      <PersonPicker name="from" label={text("people.copyFrom")} value={from} onChange={setFrom} />
      {from !== "" && (
        <Loaded query={other}>
          {(data) => <Chosen {...props} key={from} grants={copyable(data.grants, props.person.grants, props.roles)} />}
        </Loaded>
      )}
    </section>
  );
}

type Values = Record<string, string | boolean>;

function Chosen(props: CopyGrantsProps & { readonly grants: readonly Grant[] }) {
  const text = useText();
  const name = useName();
  const names = useNames();
  const client = useQueryClient();
  const { grants } = props;
  const { id: personId } = props.person;
  const copy = useAct(
    async (values: Values) => {
      const common = { personId, until: String(values["until"] ?? "") || null, why: String(values["why"] ?? "") };
      try {
        for (const { role, unitId, subtree } of grants.filter((grant) => values[grant.id] === true))
          await kernelClient.people.grant.mutate({ ...common, role, unitId, subtree });
      } finally {
        // what was granted before one was refused is no longer offered
        await client.invalidateQueries({ queryKey: kernel.people.get.queryKey({ personId }) });
      }
    },
    { done: props.onDone },
  );
  if (grants.length === 0) return <p className="ds-hint">{text("people.copyNone")}</p>;
  return (
    <Form<Values>
      initial={{ ...Object.fromEntries(grants.map((grant) => [grant.id, true])), until: "", why: "" }}
      submitLabel={text("people.copyNow")}
      busy={copy.busy}
      error={copy.error}
      onSubmit={(values) => copy.run(values)}
    >
      {grants.map((grant) => (
        <Tick
          key={grant.id}
          name={grant.id}
          label={`${text("people.grantLine", { role: names.role(grant.role), unit: name(grant.unitName) })} · ${text(
            grant.subtree ? "people.below" : "people.onlyHere",
          )}`}
        />
      ))}
      <DateField name="until" label={text("people.endOn")} />
      <TextField name="why" label={text("people.why")} hint={text("people.whyHint")} required maxLength={200} />
    </Form>
  );
}
