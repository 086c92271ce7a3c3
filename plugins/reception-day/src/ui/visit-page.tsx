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
  SignaturePad,
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
import { useState } from "react";
import { Petition, Promises, useDay } from "./day-page.tsx";
import "./pad.css";
import { PersonField } from "./person-field.tsx";
import { PROMISES, promiseOf, usePads, type Values } from "./use-pads.ts";
import { useReception } from "./words.ts";

/** L2, the pad: one visitor at a time; the facts, what was said, and who does what by which day, signed on glass. */
export default function VisitPage() {
  const { say, language } = useReception();
  const [isFull, setFull] = useState(false);
  const { params, go } = usePage();
  const errorText = useErrorText();
  const { sessionId = "", bookingId = "" } = params;
  const day = useDay(sessionId);
  const pads = usePads(sessionId);
  const visits = day.data?.visits ?? [];
  const visit = visits.find((one) => one.bookingId === bookingId);
  const goOn = () => {
    const next = visits.find(
      (one) => one.state === "booked" && one.bookingId !== bookingId && !pads.pads[one.bookingId]?.waits,
    );
    go(next ? `/days/${sessionId}/visits/${next.bookingId}` : `/days/${sessionId}`, { replace: true });
  };
  return (
    <Screen
      title={visit ? say("visit.title", { time: formatInstant(visit.at, language) }) : say("days.title")}
      width="full"
    >
      <Stack gap="lg">
        {day.isPending && <Skeleton lines={6} />}
        {day.isError && <ErrorState title={errorText(day.error)} onRetry={() => void day.refetch()} />}
        {visit && (
          <div className="reception-pad" data-full={isFull ? "" : undefined}>
            <section aria-label={say("visit.facts")}>
              <Stack gap="md">
                <div>
                  <Button variant="default" aria-pressed={isFull} onClick={() => setFull(!isFull)}>
                    {say(isFull ? "visit.window" : "visit.full")}
                  </Button>
                </div>
                <Text fw={600}>{formatInstant(visit.at, language)}</Text>
                <Text>{visit.topic === "" ? say("day.noTopic") : visit.topic}</Text>
                <Petition petition={visit.petition} />
                <Promises title={say("day.earlier")} promises={visit.earlier} onChange={() => void day.refetch()} />
                {!visit.petition && (
                  <>
                    <Link key={`link-${bookingId}`} bookingId={bookingId} onDone={() => void day.refetch()} />
                    <div>
                      <Button variant="default" onClick={() => go(`/days/${sessionId}/visits/${bookingId}/petition`)}>
                        {say("visit.file")}
                      </Button>
                      <p className="ds-hint">{say("visit.fileNote")}</p>
                    </div>
                  </>
                )}
              </Stack>
            </section>
            <Pad key={`${bookingId} ${pads.ready}`} bookingId={bookingId} pads={pads} onDone={goOn} />
          </div>
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

function Pad(props: PartProps & { readonly pads: ReturnType<typeof usePads> }) {
  const { say, rpc } = useReception();
  const errorText = useErrorText();
  const { bookingId, pads, onDone } = props;
  const [busy, setBusy] = useState(false);
  const kept = pads.pads[bookingId];
  const [drawn, setDrawn] = useState(kept?.values.png ?? "");
  const absent = useMutation(
    rpc.absent.mutationOptions({
      onSuccess: () => {
        pads.forget(bookingId);
        onDone();
      },
    }),
  );
  const note = async (values: Values): Promise<void> => {
    setBusy(true);
    const isNoted = await pads.note(bookingId, values);
    setBusy(false);
    if (isNoted) onDone();
  };
  if (kept?.waits)
    return (
      <Alert color="blue" role="status">
        {say("visit.waits")}
      </Alert>
    );
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
        initial={kept?.values ?? { record: "" }}
        onChange={(values) => pads.keep(bookingId, { ...values, png: drawn })}
        validate={validate}
        submitLabel={say("visit.save")}
        busy={busy}
        error={kept?.refused}
        secondary={
          <Button variant="default" onClick={() => absent.mutate({ bookingId })}>
            {say("visit.absent")}
          </Button>
        }
        onSubmit={(values) => note({ ...values, png: drawn })}
      >
        <div className="reception-pad-form">
          <TextArea
            name="record"
            label={say("visit.record")}
            hint={say("visit.recordHint")}
            required
            rows={12}
            maxLength={2000}
          />
          <Stack gap="md">
            <Text fw={600}>{say("visit.promises")}</Text>
            {Array.from({ length: PROMISES }, (_, no) => (
              <Group key={no} align="end">
                <TextField name={`words${no}`} label={say("visit.promise", { no: no + 1 })} maxLength={300} />
                <PersonField name={`ownerId${no}`} label={say("visit.owner", { no: no + 1 })} />
                <DateField name={`dueOn${no}`} label={say("visit.dueOn", { no: no + 1 })} />
              </Group>
            ))}
            <SignaturePad
              label={say("visit.sign")}
              hint={say("visit.signHint")}
              isSigned={drawn !== ""}
              onChange={(png) => setDrawn(png ?? "")}
            />
          </Stack>
        </div>
      </Form>
    </>
  );
}
