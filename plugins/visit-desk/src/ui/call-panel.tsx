import {
  EmptyState,
  Form,
  Select,
  SidePanel,
  Skeleton,
  Text,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import type { InHall } from "./hall-page.tsx";
import { useVisitDesk } from "./words.ts";

interface CallPanelProps {
  readonly visitor: InHall;
  readonly rooms: readonly string[];
  readonly onClose: () => void;
}

/** Which room, and who else is there. */
export function CallPanel(props: CallPanelProps) {
  const { say, rpc } = useVisitDesk();
  const { go } = usePage();
  const errorText = useErrorText();
  const client = useQueryClient();
  const colleagues = useQuery(rpc.colleagues.queryOptions());
  const { visitId, no } = props.visitor;
  const call = useMutation(
    rpc.callIn.mutationOptions({
      onSuccess: async () => {
        await client.invalidateQueries(rpc.today.queryFilter());
        go(`/${visitId}`);
      },
    }),
  );
  return (
    <SidePanel opened title={say("callIn.title", { no })} onClose={props.onClose}>
      <Text>{say("callIn.lead")}</Text>
      {colleagues.isPending && <Skeleton lines={3} />}
      {colleagues.data?.length === 0 && <EmptyState title={say("callIn.none")} />}
      {colleagues.data && colleagues.data.length > 0 && (
        <Form<{ room: string; secondId: string }>
          initial={{ room: props.rooms[0] ?? "", secondId: "" }}
          onSubmit={({ room, secondId }) => call.mutate({ visitId, room, secondId })}
          busy={call.isPending}
          submitLabel={say("callIn.submit")}
          error={call.error ? errorText(call.error) : undefined}
        >
          <Select
            name="room"
            label={say("callIn.room")}
            required
            options={props.rooms.map((room) => ({ value: room, label: room }))}
          />
          <Select
            name="secondId"
            label={say("callIn.second")}
            required
            options={colleagues.data.map((person) => ({ value: person.id, label: person.name }))}
          />
        </Form>
      )}
    </SidePanel>
  );
}
