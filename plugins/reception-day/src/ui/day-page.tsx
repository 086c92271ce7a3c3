import {
  Alert,
  Button,
  EmptyState,
  ErrorState,
  formatDate,
  formatInstant,
  Group,
  Screen,
  Skeleton,
  Stack,
  Text,
  Title,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { DayFacts } from "./day-facts.tsx";
import { usePads } from "./use-pads.ts";
import { useReception } from "./words.ts";

export function useDay(sessionId: string) {
  const { rpc } = useReception();
  return useQuery(rpc.pack.queryOptions({ sessionId }, { staleTime: 0 }));
}
type Visit = NonNullable<ReturnType<typeof useDay>["data"]>["visits"][number];

/** L2: the pack of the day, as the leader reads it before and takes it along on paper. */
export default function DayPage() {
  const { say, can } = useReception();
  const { params, go } = usePage();
  const errorText = useErrorText();
  const sessionId = params.sessionId ?? "";
  const day = useDay(sessionId);
  const { pads, waiting } = usePads(sessionId);
  const isOpen = day.data?.state === "published";
  return (
    <Screen
      title={day.data ? `${day.data.post} ${day.data.leader}` : say("days.title")}
      width="wide"
      actions={
        <Group className="ds-no-print">
          <Button variant="default" onClick={() => print()}>
            {say("day.print")}
          </Button>
          {isOpen && can("publish") && (
            <Button variant="default" onClick={() => go(`/days/${sessionId}/change`)}>
              {say("day.change")}
            </Button>
          )}
        </Group>
      }
    >
      <Stack gap="lg">
        {day.isPending && <Skeleton lines={6} />}
        {day.isError && <ErrorState title={errorText(day.error)} onRetry={() => void day.refetch()} />}
        {waiting > 0 && (
          <Alert color="blue" role="status">
            {say("day.waiting", { count: waiting })}
          </Alert>
        )}
        {day.data && <DayFacts day={day.data} />}
        {day.data?.visits.length === 0 && <EmptyState title={say("day.empty")} />}
        {day.data?.visits.map((visit) => (
          <VisitPanel
            key={visit.bookingId}
            visit={visit}
            isNotedHere={pads[visit.bookingId]?.waits ?? false}
            onReceive={() => go(`/days/${sessionId}/visits/${visit.bookingId}`)}
            onChange={() => void day.refetch()}
          />
        ))}
        <div className="ds-no-print">
          <Button variant="default" onClick={() => go("/")}>
            {say("back")}
          </Button>
        </div>
      </Stack>
    </Screen>
  );
}

interface VisitPanelProps {
  readonly visit: Visit;
  /** it lies on this device until there is a network: the server does not know of it yet */
  readonly isNotedHere: boolean;
  readonly onReceive: () => void;
  readonly onChange: () => void;
}

function VisitPanel(props: VisitPanelProps) {
  const { say, language } = useReception();
  const { visit, isNotedHere, onReceive, onChange } = props;
  const time = formatInstant(visit.at, language);
  const isNoted = isNotedHere && visit.state === "booked";
  const state = isNoted ? "noted" : visit.state === "cancelled" ? "absent" : visit.state;
  return (
    <section className="ds-panel" aria-label={time}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2}>{time}</Title>
          {visit.state === "booked" && !isNoted && (
            <Button className="ds-no-print" onClick={onReceive} aria-label={say("day.receiveNamed", { time })}>
              {say("day.receive")}
            </Button>
          )}
        </Group>
        <Text size="sm">{say(`day.state.${state}`)}</Text>
        {visit.isClosed ? (
          <Text>{say("day.closed")}</Text>
        ) : (
          visit.state !== "sealed" && <Text>{visit.topic === "" ? say("day.noTopic") : visit.topic}</Text>
        )}
        <Petition petition={visit.petition} />
        {visit.record !== "" && <Text>{visit.record}</Text>}
        {visit.signed && <Text size="sm">{say("day.signed")}</Text>}
        <Promises title={say("day.promises")} promises={visit.promises} onChange={onChange} />
        <Promises title={say("day.earlier")} promises={visit.earlier} onChange={onChange} />
      </Stack>
    </section>
  );
}

/** What the visit is about, in one line. */
export function Petition(props: { readonly petition: Visit["petition"] }) {
  const { say, language } = useReception();
  const { petition } = props;
  if (!petition) return null;
  const { caseNo, title, holder, dueOn } = petition;
  return (
    <Text>
      {[
        say("day.petition", { caseNo, title }),
        say("day.holder", { holder: holder[language] }),
        ...(dueOn ? [say("day.due", { date: formatDate(dueOn, language) })] : []),
      ].join(" · ")}
    </Text>
  );
}

interface PromisesProps {
  readonly title: string;
  readonly promises: readonly {
    readonly promiseId: string;
    readonly words: string;
    readonly dueOn: string;
    readonly kept?: boolean;
  }[];
  readonly onChange: () => void;
}

/** What was promised, each to be marked as kept. */
export function Promises(props: PromisesProps) {
  const { say, rpc, language } = useReception();
  const errorText = useErrorText();
  const keep = useMutation(rpc.keep.mutationOptions({ onSuccess: props.onChange }));
  if (props.promises.length === 0) return null;
  return (
    <div>
      <Text fw={600}>{props.title}</Text>
      {keep.isError && (
        <Alert color="red" role="alert">
          {errorText(keep.error)}
        </Alert>
      )}
      <ul>
        {props.promises.map((one) => (
          <li key={one.promiseId}>
            {`${one.words} · ${say("day.by", { date: formatDate(one.dueOn, language) })} `}
            {one.kept ? (
              <strong>{say("day.kept")}</strong>
            ) : (
              <Button
                className="ds-no-print"
                variant="default"
                onClick={() => keep.mutate({ promiseId: one.promiseId })}
                aria-label={`${say("day.markKept")} ${one.words}`}
              >
                {say("day.markKept")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
