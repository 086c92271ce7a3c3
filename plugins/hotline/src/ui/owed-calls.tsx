import {
  Anchor,
  Button,
  DateField,
  EmptyState,
  Form,
  formatDate,
  Group,
  Stack,
  Text,
  Title,
  useErrorText,
  useMutation,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { useHotline } from "./words.ts";

interface Owed {
  readonly callId: string;
  readonly no: number;
  readonly day: string;
  readonly callBackOn: string | null;
  readonly attempts: number;
  readonly mine: boolean;
  readonly caseNo: string;
  readonly title: string;
}

/** Whom the office has promised to call, the nearest day first. */
export function OwedCalls(props: { readonly owed: readonly Owed[] }) {
  const { say } = useHotline();
  return (
    <section aria-labelledby="owed">
      <Title order={2} id="owed">
        {say("owed.title")}
      </Title>
      {props.owed.length === 0 && <EmptyState title={say("owed.empty")} />}
      <ul className="ds-list">
        {props.owed.map((one) => (
          <OwedCall key={one.callId} {...one} />
        ))}
      </ul>
    </section>
  );
}

function OwedCall(props: Owed) {
  const { say, rpc, language } = useHotline();
  const errorText = useErrorText();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const called = useMutation(
    rpc.calledBack.mutationOptions({ onSettled: () => client.invalidateQueries(rpc.today.queryFilter()) }),
  );
  const { callId, callBackOn, day, no, attempts } = props;
  return (
    <li className="ds-panel">
      <Stack gap="sm">
        <Text fw={600}>{props.title}</Text>
        <Text size="sm">
          {say("owed.row", {
            on: callBackOn ? formatDate(callBackOn, language) : "",
            day: formatDate(day, language),
            no,
          })}
          {attempts > 0 && ` · ${say("owed.tries", { count: attempts })}`}
        </Text>
        <Anchor href={`/desk/c/${props.caseNo}`} aria-label={`${say("owed.open")} ${props.caseNo}`}>
          {say("owed.open")}
        </Anchor>
        {props.mine && (
          <Group>
            <Button loading={called.isPending} onClick={() => called.mutate({ callId, nextOn: null })}>
              {say("owed.reached")}
            </Button>
            <Button variant="default" aria-expanded={isAsking} onClick={() => setAsking(!isAsking)}>
              {say("owed.notReached")}
            </Button>
          </Group>
        )}
        {isAsking && (
          <Form<{ nextOn: string }>
            initial={{ nextOn: "" }}
            onSubmit={({ nextOn }) => called.mutate({ callId, nextOn })}
            busy={called.isPending}
            submitLabel={say("owed.save")}
          >
            <DateField name="nextOn" label={say("owed.nextOn")} required />
          </Form>
        )}
        {called.error && (
          <p role="alert" className="ds-error">
            {errorText(called.error)}
          </p>
        )}
      </Stack>
    </li>
  );
}
