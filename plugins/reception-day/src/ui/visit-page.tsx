import {
  Alert,
  Button,
  DateField,
  ErrorState,
  type FieldErrors,
  Form,
  formatInstant,
  Group,
  Screen,
  SearchSelect,
  Skeleton,
  Stack,
  Text,
  TextArea,
  TextField,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { Petition, useDay } from "./day-page.tsx";
import { PersonField } from "./person-field.tsx";
import { useReception } from "./words.ts";

const PROMISES = 3;
type Values = Readonly<Record<string, string>>;

const promiseOf = (values: Values, no: number) => ({
  words: (values[`words${no}`] ?? "").trim(),
  ownerId: values[`ownerId${no}`] ?? "",
  dueOn: values[`dueOn${no}`] ?? "",
});

const promisesOf = (values: Values) =>
  Array.from({ length: PROMISES }, (_, no) => promiseOf(values, no)).filter((one) => one.words !== "");

/** The pad: one visitor at a time; what was said, and who does what by which day. */
export default function VisitPage() {
  const { say, language } = useReception();
  const { params, go } = usePage();
  const errorText = useErrorText();
  const { sessionId = "", bookingId = "" } = params;
  const day = useDay(sessionId);
  const visits = day.data?.visits ?? [];
  const visit = visits.find((one) => one.bookingId === bookingId);
  const goOn = () => {
    const next = visits.find((one) => one.state === "booked" && one.bookingId !== bookingId);
    go(next ? `/days/${sessionId}/visits/${next.bookingId}` : `/days/${sessionId}`, { replace: true });
  };
  return (
    <Screen
      title={visit ? say("visit.title", { time: formatInstant(visit.at, language) }) : say("days.title")}
      width="wide"
    >
      <Stack gap="lg">
        {day.isPending && <Skeleton lines={6} />}
        {day.isError && <ErrorState title={errorText(day.error)} onRetry={() => void day.refetch()} />}
        {visit && (
          <>
            <Text>{visit.topic === "" ? say("day.noTopic") : visit.topic}</Text>
            <Petition petition={visit.petition} />
            {!visit.petition && (
              <Link key={`link-${bookingId}`} bookingId={bookingId} onDone={() => void day.refetch()} />
            )}
            {!visit.petition && (
              <div>
                <Button variant="default" onClick={() => go(`/days/${sessionId}/visits/${bookingId}/petition`)}>
                  {say("visit.file")}
                </Button>
                <p className="ds-hint">{say("visit.fileNote")}</p>
              </div>
            )}
            <Pad key={bookingId} bookingId={bookingId} onDone={goOn} />
          </>
        )}
        <div>
          <Button variant="default" onClick={() => go(`/days/${sessionId}`)}>
            {say("back")}
          </Button>
        </div>
      </Stack>
    </Screen>
  );
}

interface PartProps {
  readonly bookingId: string;
  readonly onDone: () => void;
}

function Link(props: PartProps) {
  const { say, rpc } = useReception();
  const errorText = useErrorText();
  const cases = useQuery(rpc.cases.queryOptions());
  const link = useMutation(rpc.link.mutationOptions({ onSuccess: props.onDone }));
  const options = (cases.data ?? []).map((one) => ({ value: one.caseId, label: `${one.caseNo} ${one.title}` }));
  if (options.length === 0) return null;
  return (
    <Form
      initial={{ caseId: "" }}
      submitLabel={say("visit.linkSave")}
      busy={link.isPending}
      error={link.isError ? errorText(link.error) : undefined}
      onSubmit={({ caseId }) => link.mutate({ bookingId: props.bookingId, caseId: caseId === "" ? null : caseId })}
    >
      <SearchSelect name="caseId" label={say("visit.link")} options={options} required />
    </Form>
  );
}

function Pad(props: PartProps) {
  const { say, rpc } = useReception();
  const errorText = useErrorText();
  const { bookingId, onDone } = props;
  const heard = useMutation(rpc.heard.mutationOptions({ onSuccess: onDone }));
  const absent = useMutation(rpc.absent.mutationOptions({ onSuccess: onDone }));
  const validate = (values: Values): FieldErrors<Values> => {
    const errors: Record<string, string> = {};
    for (let no = 0; no < PROMISES; no += 1) {
      const given = Object.values(promiseOf(values, no)).filter((one) => one !== "").length;
      if (given > 0 && given < 3) errors[`words${no}`] = say("visit.incomplete");
    }
    return errors;
  };
  return (
    <>
      {absent.isError && (
        <Alert color="red" role="alert">
          {errorText(absent.error)}
        </Alert>
      )}
      <Form<Values>
        initial={{ record: "" }}
        validate={validate}
        submitLabel={say("visit.save")}
        busy={heard.isPending}
        error={heard.isError ? errorText(heard.error) : undefined}
        secondary={
          <Button variant="default" onClick={() => absent.mutate({ bookingId })}>
            {say("visit.absent")}
          </Button>
        }
        onSubmit={(values) => heard.mutate({ bookingId, record: values.record ?? "", promises: promisesOf(values) })}
      >
        <TextArea
          name="record"
          label={say("visit.record")}
          hint={say("visit.recordHint")}
          required
          rows={5}
          maxLength={2000}
        />
        {Array.from({ length: PROMISES }, (_, no) => (
          <Group key={no} align="end">
            <TextField name={`words${no}`} label={say("visit.promise", { no: no + 1 })} maxLength={300} />
            <PersonField name={`ownerId${no}`} label={say("visit.owner", { no: no + 1 })} />
            <DateField name={`dueOn${no}`} label={say("visit.dueOn", { no: no + 1 })} />
          </Group>
        ))}
      </Form>
    </>
  );
}
