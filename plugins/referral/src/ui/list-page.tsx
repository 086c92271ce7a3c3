import {
  Button,
  EmptyState,
  ErrorState,
  Form,
  formatInstant,
  Group,
  RadioCards,
  Screen,
  Skeleton,
  Stack,
  Text,
  TextField,
  useErrorText,
  useMutation,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { BringPart } from "./bring-part.tsx";
import { saveFile } from "./files.ts";
import { isFailure, useReferral } from "./words.ts";

type Direction = "in" | "out";

/** What came from others and what went to them, newest first. */
export default function ListPage() {
  const { say, rpc } = useReferral();
  const errorText = useErrorText();
  const [direction, setDirection] = useState<Direction | "">("in");
  const which = direction === "out" ? "out" : "in";
  const list = useQuery(rpc.list.queryOptions({ direction: which }, { staleTime: 0 }));
  return (
    <Screen title={say("title")} width="wide">
      <Stack gap="lg">
        <BringPart onDone={() => void list.refetch()} />
        <RadioCards
          name="direction"
          label={say("list.which")}
          value={direction}
          onChange={setDirection}
          cards={(["in", "out"] as const).map((value) => ({ value, label: say(`list.${value}`) }))}
        />
        {list.isPending && <Skeleton lines={5} />}
        {list.isError && <ErrorState title={errorText(list.error)} onRetry={() => void list.refetch()} />}
        {list.data?.length === 0 && <EmptyState title={say(which === "in" ? "list.noneIn" : "list.noneOut")} />}
        <ul className="ds-list">
          {(list.data ?? []).map((one) => (
            <li key={one.referralId} className="ds-panel">
              <Line one={one} onChange={() => void list.refetch()} />
            </li>
          ))}
        </ul>
      </Stack>
    </Screen>
  );
}

type Shown = NonNullable<ReturnType<typeof useListData>>[number];
const useListData = () => {
  const { rpc } = useReferral();
  return useQuery(rpc.list.queryOptions({ direction: "in" })).data;
};

function Line({ one, onChange }: { readonly one: Shown; readonly onChange: () => void }) {
  const { say, language } = useReferral();
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text fw={600}>{one.partner ?? say("list.unknown")}</Text>
        <Text size="sm">{say(one.late ? "state.late" : `state.${one.state}`)}</Text>
      </Group>
      <Text size="sm">
        {formatInstant(one.at, language)} · {say(`way.${one.way}`)}
        {one.caseNo !== null && <span className="ds-mono"> · {one.caseNo}</span>}
      </Text>
      {one.state === "filed" && one.way === "package" && <Receipt referralId={one.referralId} />}
      {one.state === "sent" && isFailure(one.reason) && <NotPosted one={one} reason={one.reason} onChange={onChange} />}
      {one.state === "quarantine" && <Quarantine one={one} onChange={onChange} />}
    </Stack>
  );
}

/** What is carried back to the sender. */
function Receipt({ referralId }: { readonly referralId: string }) {
  const { say, rpc } = useReferral();
  const errorText = useErrorText();
  const client = useQueryClient();
  const take = useMutation({
    mutationFn: () => client.fetchQuery(rpc.receipt.queryOptions({ referralId }, { staleTime: 0, gcTime: 0 })),
    onSuccess: saveFile,
  });
  return (
    <div>
      {take.isError && <Text role="alert">{errorText(take.error)}</Text>}
      <Button variant="default" loading={take.isPending} onClick={() => take.mutate()}>
        {say("list.receipt")}
      </Button>
    </div>
  );
}

interface NotPostedProps {
  readonly one: Shown;
  readonly reason: Parameters<typeof isFailure>[0] & string;
  readonly onChange: () => void;
}

/** What did not get to the partner over the network, with why. */
function NotPosted({ one, reason, onChange }: NotPostedProps) {
  const { say, rpc } = useReferral();
  const errorText = useErrorText();
  const again = useMutation(rpc.postAgain.mutationOptions({ onSuccess: onChange }));
  return (
    <Stack gap="xs">
      <Text size="sm">
        {isFailure(reason) && say(`failure.${reason}`)} {say("list.attempts", { count: one.attempts })}
      </Text>
      {again.isError && <Text role="alert">{errorText(again.error)}</Text>}
      <div>
        <Button
          variant="default"
          loading={again.isPending}
          onClick={() => again.mutate({ referralId: one.referralId })}
        >
          {say("list.postAgain")}
        </Button>
      </div>
    </Stack>
  );
}

const known = ["lost", "unknownSender", "signature"] as const;
const isKnown = (reason: string | null): reason is (typeof known)[number] =>
  (known as readonly (string | null)[]).includes(reason);

/** What could not be taken in: tried again, or taken out with a reason. */
function Quarantine({ one, onChange }: { readonly one: Shown; readonly onChange: () => void }) {
  const { say, rpc } = useReferral();
  const errorText = useErrorText();
  const again = useMutation(rpc.tryAgain.mutationOptions({ onSuccess: onChange }));
  const discard = useMutation(rpc.discard.mutationOptions({ onSuccess: onChange }));
  const { referralId } = one;
  return (
    <Stack gap="xs">
      <Text size="sm">
        {isKnown(one.reason) ? say(`reason.${one.reason}`) : say("reason.other", { code: one.reason ?? "" })}
      </Text>
      {again.isError && <Text role="alert">{errorText(again.error)}</Text>}
      <div>
        <Button variant="default" loading={again.isPending} onClick={() => again.mutate({ referralId })}>
          {say("quarantine.again")}
        </Button>
      </div>
      <Form
        initial={{ why: "" }}
        submitLabel={say("quarantine.discard")}
        busy={discard.isPending}
        error={discard.isError ? errorText(discard.error) : undefined}
        onSubmit={({ why }) => discard.mutate({ referralId, why })}
      >
        <TextField name="why" label={say("quarantine.why")} required maxLength={200} />
      </Form>
    </Stack>
  );
}
