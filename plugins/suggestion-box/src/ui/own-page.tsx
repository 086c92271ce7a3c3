import {
  Alert,
  Button,
  ConfirmDialog,
  Form,
  formatDate,
  Group,
  Screen,
  Stack,
  Text,
  TextField,
  useErrorText,
  useMutation,
  usePage,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { useBox } from "./words.ts";

/** By the code: where it stands, the code of its petition once, and what came of it. */
export default function OwnPage() {
  const { say, rpc, language } = useBox();
  const { go } = usePage();
  const errorText = useErrorText();
  const [asks, setAsks] = useState(false);
  const [gone, setGone] = useState(false);
  const own = useMutation(rpc.own.mutationOptions());
  const code = own.variables?.code ?? "";
  const wrote = useMutation(rpc.wroteDown.mutationOptions());
  const takeBack = useMutation(
    rpc.takeBack.mutationOptions({
      onSuccess: () => {
        setAsks(false);
        setGone(true);
        own.reset();
      },
    }),
  );
  const failed = [wrote, takeBack].find((one) => one.isError);
  const seen = own.data;
  return (
    <Screen title={say("own.title")} notice={gone ? say("own.gone") : undefined}>
      <Stack gap="lg">
        {!seen && (
          <Form
            initial={{ code: "" }}
            submitLabel={say("own.open")}
            busy={own.isPending}
            error={own.isError ? errorText(own.error) : undefined}
            onSubmit={(values) => {
              setGone(false);
              own.mutate({ code: values.code.trim() });
            }}
          >
            <TextField
              name="code"
              label={say("own.code")}
              hint={say("own.codeHint")}
              required
              maxLength={60}
              monospace
            />
          </Form>
        )}
        {failed && (
          <Alert color="red" role="alert">
            {errorText(failed.error)}
          </Alert>
        )}
        {seen && (
          <section className="ds-panel" aria-label={say("own.what")}>
            {seen.words && <Text fw={600}>{seen.words.title}</Text>}
            <p className="ds-hint">{say("own.at", { on: formatDate(seen.at.slice(0, 10), language) })}</p>
            <p>{say(`own.states.${seen.state}`)}</p>
            {seen.onBoard && (
              <p>{seen.supports === null ? say("supports.few") : say("supports.many", { count: seen.supports })}</p>
            )}
            {seen.answer && (
              <>
                <p>
                  <strong>{say(`outcomes.${seen.answer.outcome}`)}</strong>
                </p>
                <p style={{ whiteSpace: "pre-wrap" }}>{seen.answer.words}</p>
              </>
            )}
          </section>
        )}
        {seen?.petition && !wrote.isSuccess && (
          <section className="ds-panel" aria-label={say("own.petitionCode")}>
            <p className="ds-hint">{say("own.petitionCode")}</p>
            <p className="ds-code">{seen.petition.returnCode}</p>
            <p>{say("own.petitionKeep")}</p>
            <Button loading={wrote.isPending} onClick={() => wrote.mutate({ code })}>
              {say("own.wrote")}
            </Button>
          </section>
        )}
        <Group>
          {seen?.mayTakeBack && (
            <Button variant="default" onClick={() => setAsks(true)}>
              {say("own.takeBack")}
            </Button>
          )}
          <Button variant="default" onClick={() => go("/")}>
            {say("back")}
          </Button>
        </Group>
        <ConfirmDialog
          opened={asks}
          title={say("own.takeBack")}
          confirmLabel={say("own.takeBack")}
          busy={takeBack.isPending}
          onClose={() => setAsks(false)}
          onConfirm={() => takeBack.mutate({ code })}
        >
          {say("own.takeBackWhat")}
        </ConfirmDialog>
      </Stack>
    </Screen>
  );
}
