import { Alert, Button, Form, Stack, Text, TextField, useErrorText, useMutation } from "@doorstep/sdk/ui";
import { useReferral } from "./words.ts";

interface PartnerNetworkProps {
  readonly partner: {
    readonly partnerId: string;
    readonly name: string;
    readonly address: string | null;
    readonly hasToken: boolean;
  };
  readonly onDone: () => void;
}

/** Whether packages for a partner go by themselves, and the key it gave for that. */
export function PartnerNetwork({ partner, onDone }: PartnerNetworkProps) {
  const { say, rpc } = useReferral();
  const errorText = useErrorText();
  const set = useMutation(rpc.setToken.mutationOptions({ onSuccess: onDone }));
  const { partnerId, name, address, hasToken } = partner;
  if (address === null) return <Text size="sm">{say("network.carried")}</Text>;
  return (
    <Stack gap="xs">
      <Text size="sm">
        {say(hasToken ? "network.posted" : "network.needsToken")} <span className="ds-mono ds-wrap">{address}</span>
      </Text>
      <Form
        initial={{ token: "" }}
        submitLabel={say("network.set")}
        busy={set.isPending}
        error={set.isError ? errorText(set.error) : undefined}
        onSubmit={({ token }) => set.mutate({ partnerId, token: token.trim() })}
      >
        <TextField
          name="token"
          label={say("network.token", { name })}
          hint={say("network.tokenHint")}
          maxLength={200}
          required
        />
      </Form>
      {set.isSuccess && <Alert role="status">{say("network.done")}</Alert>}
      {hasToken && (
        <div>
          <Button
            variant="default"
            loading={set.isPending}
            aria-label={say("network.endFor", { name })}
            onClick={() => set.mutate({ partnerId, token: null })}
          >
            {say("network.end")}
          </Button>
        </div>
      )}
    </Stack>
  );
}
