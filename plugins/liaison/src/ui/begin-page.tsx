import { Form, Screen, useErrorText, useMutation, usePage } from "@doorstep/sdk/ui";
import { useState } from "react";
import { HelperField } from "./helper-field.tsx";
import { useLiaison } from "./words.ts";

/** Somebody stays with the matter from now on. */
export default function BeginPage() {
  const { say, rpc } = useLiaison();
  const { params, go } = usePage();
  const errorText = useErrorText();
  const [affairId] = useState(() => crypto.randomUUID());
  const begin = useMutation(rpc.begin.mutationOptions({ onSuccess: () => go(`/a/${affairId}`, { replace: true }) }));
  return (
    <Screen title={say("begin.title")}>
      <p>{say("begin.lead")}</p>
      <Form
        initial={{ helperId: "" }}
        submitLabel={say("begin.send")}
        busy={begin.isPending}
        error={begin.isError ? errorText(begin.error) : undefined}
        onSubmit={({ helperId }) => begin.mutate({ affairId, caseId: params.caseId ?? "", helperId })}
      >
        <HelperField />
      </Form>
    </Screen>
  );
}
