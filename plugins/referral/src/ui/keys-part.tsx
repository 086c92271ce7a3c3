import { Alert, Button, Form, Stack, Text, TextArea, useErrorText, useMutation, useQuery } from "@doorstep/sdk/ui";
import { useId } from "react";
import { useReferral } from "./words.ts";

/** The unit's own keys for packages, to be handed to partners. */
export function OwnKeys() {
  const { say, rpc } = useReferral();
  const errorText = useErrorText();
  const id = useId();
  const keys = useQuery(rpc.keys.queryOptions(undefined, { staleTime: 0 }));
  const make = useMutation(rpc.makeKeys.mutationOptions({ onSuccess: () => void keys.refetch() }));
  return (
    <section aria-labelledby={id} className="ds-panel">
      <Stack gap="xs">
        <h2 id={id}>{say("keys.title")}</h2>
        <Text size="sm">{say("keys.lead")}</Text>
        {keys.data && (
          <>
            <Text size="sm" className="ds-mono ds-wrap">
              {keys.data.text}
            </Text>
            <Text size="sm">
              {say("keys.fingerprint")} <span className="ds-mono">{keys.data.fingerprint}</span>
            </Text>
          </>
        )}
        {make.isError && <Text role="alert">{errorText(make.error)}</Text>}
        {keys.data === null && (
          <div>
            <Button loading={make.isPending} onClick={() => make.mutate()}>
              {say("keys.make")}
            </Button>
          </div>
        )}
      </Stack>
    </section>
  );
}

interface PartnerKeysProps {
  readonly partnerId: string;
  readonly name: string;
  readonly onDone: () => void;
}

/** Where the text is pasted that a partner has handed over. */
export function PartnerKeys({ partnerId, name, onDone }: PartnerKeysProps) {
  const { say, rpc } = useReferral();
  const errorText = useErrorText();
  const set = useMutation(rpc.setKeys.mutationOptions({ onSuccess: onDone }));
  return (
    <Stack gap="xs">
      <Form
        initial={{ text: "" }}
        submitLabel={say("keys.set")}
        busy={set.isPending}
        error={set.isError ? errorText(set.error) : undefined}
        onSubmit={({ text }) => set.mutate({ partnerId, text })}
      >
        <TextArea name="text" label={say("keys.of", { name })} rows={3} maxLength={1_000} required />
      </Form>
      {set.data && (
        <Alert role="status">
          {say("keys.compare")} <span className="ds-mono">{set.data.fingerprint}</span>
        </Alert>
      )}
    </Stack>
  );
}
