import { Alert, Button, ConfirmDialog, Group, Stack, Text, useErrorText, useMutation } from "@doorstep/sdk/ui";
import { useState } from "react";
import { useJoint } from "./words.ts";

interface SignedPartProps {
  readonly pass: { readonly code: string } | { readonly draftId: string };
  readonly represents: boolean;
  readonly agreedByMe: boolean;
  readonly onAgree: () => void;
  readonly onGone: () => void;
}

/** One's own signature: taken off, and by a representative agreed to. */
export function SignedPart(props: SignedPartProps) {
  const { say, rpc } = useJoint();
  const errorText = useErrorText();
  const { pass, represents, agreedByMe, onAgree, onGone } = props;
  const [asks, setAsks] = useState(false);
  const unsign = useMutation(rpc.unsign.mutationOptions({ onSuccess: onGone }));
  const agree = useMutation(rpc.agree.mutationOptions({ onSuccess: onAgree }));
  const failed = [unsign, agree].find((one) => one.isError);
  return (
    <Stack gap="md">
      <Text>{say(represents ? "signed.speaker" : "signed.plain")}</Text>
      {represents && <Text fw={600}>{say(agreedByMe ? "signed.agreed" : "signed.notAgreed")}</Text>}
      {failed && (
        <Alert color="red" role="alert">
          {errorText(failed.error)}
        </Alert>
      )}
      <Group>
        {represents && (
          <Button loading={agree.isPending} onClick={() => agree.mutate({ pass, yes: !agreedByMe })}>
            {say(agreedByMe ? "signed.disagree" : "signed.agree")}
          </Button>
        )}
        <Button variant="default" onClick={() => setAsks(true)}>
          {say("signed.off")}
        </Button>
      </Group>
      <ConfirmDialog
        opened={asks}
        title={say("signed.off")}
        confirmLabel={say("signed.off")}
        busy={unsign.isPending}
        onClose={() => setAsks(false)}
        onConfirm={() => unsign.mutate(pass)}
      >
        {say("signed.offWhat")}
      </ConfirmDialog>
    </Stack>
  );
}
