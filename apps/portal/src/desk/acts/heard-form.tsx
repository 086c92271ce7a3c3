import type { CaseView } from "@doorstep/contracts";
import { DateField, TextArea } from "@doorstep/ui";
import { kernelClient } from "../../shell/rpc.ts";
import { WhoSees } from "../shared/who-sees.tsx";
import { useDeskText } from "../text.ts";
import { ActForm } from "./act-form.tsx";

/** Route 6 demands that the petitioner is heard before the reply [R22:31(6)]. */
export function HeardForm(props: { readonly c: CaseView; readonly onDone: () => void }) {
  const { text } = useDeskText();
  return (
    <ActForm
      c={props.c}
      name="heard"
      initial={{ heardOn: "", how: "" }}
      submitLabel={text("desk.acts.do.heard")}
      send={(v, on) => kernelClient.cases.heard.mutate({ ...on, ...v })}
      onDone={props.onDone}
    >
      {() => (
        <>
          <DateField name="heardOn" label={text("desk.acts.heardOn")} required />
          <div>
            <TextArea
              name="how"
              label={text("desk.acts.how")}
              hint={text("desk.acts.howHint")}
              required
              maxLength={500}
              tone="internal"
            />
            <WhoSees who="handling" />
          </div>
        </>
      )}
    </ActForm>
  );
}
