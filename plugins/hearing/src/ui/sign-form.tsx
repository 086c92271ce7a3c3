import { Form, SignaturePad, TextArea } from "@doorstep/sdk/ui";
import { useState } from "react";
import { useHearing } from "./words.ts";

interface SignFormProps {
  readonly busy: boolean;
  readonly error: string | undefined;
  readonly onSign: (signature: { readonly png: string; readonly correction: string }) => void;
}

/** Whoever was there signs the record he has read, and notes beside what is not right. */
export function SignForm(props: SignFormProps) {
  const { say } = useHearing();
  const [png, setPng] = useState<string | null>(null);
  return (
    <Form
      initial={{ correction: "" }}
      submitLabel={say("sign.send")}
      busy={props.busy}
      error={props.error}
      onSubmit={({ correction }) => props.onSign({ png: png ?? "", correction })}
    >
      <TextArea
        name="correction"
        label={say("sign.correction")}
        hint={say("sign.correctionHint")}
        rows={2}
        maxLength={500}
        required={false}
      />
      <SignaturePad label={say("sign.pad")} hint={say("sign.padHint")} isSigned={png !== null} onChange={setPng} />
    </Form>
  );
}
