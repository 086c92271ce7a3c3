import "./letter.css";
import {
  Alert,
  Button,
  DateField,
  Form,
  Group,
  Screen,
  Stack,
  Text,
  TextField,
  Title,
  useErrorText,
  useMutation,
  usePage,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { useLetterDesk } from "./words.ts";

interface Posting {
  tracking: string;
  postedOn: string;
}

const today = (): string => new Intl.DateTimeFormat("en-CA").format(new Date());

/** Point `desk/page@1`: the label for the envelope, and the number of the post's own slip. */
export function PostPage() {
  const { say, rpc } = useLetterDesk();
  const { params } = usePage();
  const errorText = useErrorText();
  const client = useQueryClient();
  const caseId = params.caseId ?? "";
  const [postingId] = useState(() => crypto.randomUUID());
  const posted = useMutation(
    rpc.posted.mutationOptions({ onSuccess: () => client.invalidateQueries(rpc.ofCase.queryFilter({ caseId })) }),
  );
  return (
    <Screen title={say("post.title")}>
      <Stack gap="xl">
        <Label caseId={caseId} />
        <section aria-labelledby="proof" className="ds-no-print">
          <Title order={2} id="proof">
            {say("post.proof")}
          </Title>
          {posted.isSuccess && <Alert role="status">{say("post.saved")}</Alert>}
          {!posted.isSuccess && (
            <Form<Posting>
              initial={{ tracking: "", postedOn: today() }}
              onSubmit={({ tracking, postedOn }) => posted.mutate({ postingId, caseId, tracking, postedOn })}
              busy={posted.isPending}
              submitLabel={say("post.save")}
              error={posted.error ? errorText(posted.error) : undefined}
            >
              <TextField
                name="tracking"
                label={say("post.tracking")}
                hint={say("post.trackingHint")}
                required
                maxLength={40}
              />
              <DateField name="postedOn" label={say("post.postedOn")} required max={today()} />
            </Form>
          )}
        </section>
      </Stack>
    </Screen>
  );
}

/** Name and address are on the screen for this one label; they are asked for anew each time. */
function Label(props: { readonly caseId: string }) {
  const { say, rpc, unit, language } = useLetterDesk();
  const errorText = useErrorText();
  const label = useMutation(rpc.label.mutationOptions());
  return (
    <section aria-labelledby="label">
      <Title order={2} id="label" className="ds-no-print">
        {say("post.label")}
      </Title>
      {!label.data && (
        <Stack className="ds-no-print">
          <Text>{say("post.labelNote")}</Text>
          {label.error && (
            <p role="alert" className="ds-error">
              {errorText(label.error)}
            </p>
          )}
          <div>
            <Button variant="default" loading={label.isPending} onClick={() => label.mutate({ caseId: props.caseId })}>
              {say("post.open")}
            </Button>
          </div>
        </Stack>
      )}
      {label.data && (
        <>
          <address className="letter-desk-label">
            {label.data.contact}
            {"\n\n"}
            {say("post.to", { name: label.data.name })}
            {"\n\n"}
            {unit?.name[language]}
          </address>
          <Group className="ds-no-print">
            <Button onClick={() => print()}>{say("post.print")}</Button>
          </Group>
        </>
      )}
    </section>
  );
}
