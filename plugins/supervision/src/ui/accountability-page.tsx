import { dayOf } from "@doorstep/sdk";
import {
  Anchor,
  DateField,
  EmptyState,
  ErrorState,
  Form,
  formatDate,
  Screen,
  SearchSelect,
  Select,
  Skeleton,
  Stack,
  Text,
  TextArea,
  TextField,
  Tick,
  useErrorText,
  useMutation,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { cited, type Ground, grades, grounds, measures } from "../organ/grounds.ts";
import type { shownRecords } from "../organ/read.ts";
import { useSupervision } from "./words.ts";

type View = Awaited<ReturnType<typeof shownRecords>>[number];

/** The discipline organ's own: who was held accountable, what was recommended to it, and whose name it clears. */
export default function AccountabilityPage() {
  const { say, rpc } = useSupervision();
  const errorText = useErrorText();
  const found = useQuery(rpc.organRecords.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Screen title={say("organ.title")} width="wide">
      <Stack gap="lg">
        <Text>{say("organ.intro")}</Text>
        <Anchor href="/desk/organ-terms">{say("organ.terms")}</Anchor>
        {found.isPending && <Skeleton lines={4} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.data?.length === 0 && <EmptyState title={say("organ.none")} />}
        <ul className="ds-list">
          {found.data?.map((one) => (
            <li key={one.recordId} className="ds-panel">
              <Lines one={one} />
              <NextStep key={one.at} one={one} />
            </li>
          ))}
        </ul>
        {found.data && (
          <>
            <section aria-label={say("organ.hold")}>
              <h2>{say("organ.hold")}</h2>
              <HoldForm key={`hold ${found.data.length}`} />
            </section>
            <section aria-label={say("organ.clear")}>
              <h2>{say("organ.clear")}</h2>
              <OpenForm key={`open ${found.data.length}`} />
            </section>
          </>
        )}
      </Stack>
    </Screen>
  );
}

function Lines({ one: { data, letter } }: { readonly one: View }) {
  const { say, language } = useSupervision();
  const day = (on: string) => formatDate(on, language);
  if (data.kind === "recommended")
    return (
      <>
        <Text fw={600}>{say("organ.recommended", { unit: data.unit, caseNo: data.caseNo })}</Text>
        <Text className="ds-text">{data.words}</Text>
      </>
    );
  if (data.kind === "accountability")
    return (
      <>
        <Text fw={600}>
          {data.about} · {say(`organ.measure.${data.measure}`)}
        </Text>
        <Text size="sm">{say("organ.decided", { by: data.decidedBy, on: day(data.decidedOn) })}</Text>
        <Text size="sm">
          {say("organ.ground", { article: cited(data.ground, language) })} · {say(`organ.grade.${data.grade}`)}
        </Text>
        <Text className="ds-text">{data.words}</Text>
        {data.personnelToldOn && <Text size="sm">{say("organ.personnel", { on: day(data.personnelToldOn) })}</Text>}
      </>
    );
  return (
    <>
      <Text fw={600}>{say("organ.clearing", { name: data.respondent })}</Text>
      {data.toldOn === null && letter && <Text className="ds-text">{letter[language]}</Text>}
      {data.toldOn && <Text size="sm">{say("organ.told", { on: day(data.toldOn) })}</Text>}
      {data.wish && <Text size="sm">{say("organ.wished", { circle: data.wish.circle, on: day(data.wish.on) })}</Text>}
      {data.clarification && (
        <Text className="ds-text">
          {say("organ.clarified", { on: day(data.clarification.givenOn), words: data.clarification.words })}
        </Text>
      )}
    </>
  );
}

/** The one thing that comes next with a record. */
function NextStep({ one: { recordId, data } }: { readonly one: View }) {
  const { say, rpc, timeZone } = useSupervision();
  const errorText = useErrorText();
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries();
  const told = useMutation(rpc.clearingTold.mutationOptions({ onSuccess }));
  const wished = useMutation(rpc.clearingWished.mutationOptions({ onSuccess }));
  const clarified = useMutation(rpc.clearingClarified.mutationOptions({ onSuccess }));
  const personnel = useMutation(rpc.personnelTold.mutationOptions({ onSuccess }));
  const today = dayOf(new Date().toISOString(), timeZone);
  const error = told.error ?? wished.error ?? clarified.error ?? personnel.error;
  const busy = told.isPending || wished.isPending || clarified.isPending || personnel.isPending;
  const form = (
    label: string,
    words: "none" | "line" | "text",
    wordsLabel: string,
    send: (on: string, said: string) => void,
  ) => (
    <Form
      initial={{ on: today, said: "" }}
      submitLabel={label}
      busy={busy}
      error={error ? errorText(error) : undefined}
      onSubmit={({ on, said }) => send(on, said)}
    >
      {words === "line" && <TextField name="said" label={wordsLabel} maxLength={200} required />}
      {words === "text" && <TextArea name="said" label={wordsLabel} rows={4} maxLength={2000} required />}
      <DateField name="on" label={say("organ.day")} max={today} required />
    </Form>
  );
  if (data.kind === "accountability" && data.personnelToldOn === null)
    return form(say("organ.tellPersonnel"), "none", "", (on) => personnel.mutate({ recordId, on }));
  if (data.kind !== "clearing" || data.clarification) return null;
  if (data.toldOn === null) return form(say("organ.hand"), "none", "", (on) => told.mutate({ recordId, on }));
  if (data.wish === null)
    return form(say("organ.wish"), "line", say("organ.circle"), (on, circle) =>
      wished.mutate({ recordId, circle, on }),
    );
  return form(say("organ.clarify"), "text", say("organ.clarification"), (givenOn, words) =>
    clarified.mutate({ recordId, words, givenOn }),
  );
}

/** Who it is, where he has an account: for him what is kept of him does not exist. */
function PersonField() {
  const { say, rpc, language } = useSupervision();
  const people = useQuery(rpc.organPeople.queryOptions(undefined, { staleTime: 0 }));
  const options = (people.data ?? []).map((one) => ({ value: one.id, label: `${one.name} · ${one.unit[language]}` }));
  return (
    <SearchSelect
      name="personId"
      label={say("organ.person")}
      hint={say("organ.personHint")}
      options={options}
      required={false}
    />
  );
}

function HoldForm() {
  const { say, rpc, timeZone, language } = useSupervision();
  const errorText = useErrorText();
  const client = useQueryClient();
  const [recordId] = useState(() => crypto.randomUUID());
  const hold = useMutation(rpc.holdAccountable.mutationOptions({ onSuccess: () => client.invalidateQueries() }));
  const today = dayOf(new Date().toISOString(), timeZone);
  return (
    <Form
      initial={{
        ...{ about: "", ground: "" as Ground, grade: "" as (typeof grades)[number], opposed: false },
        ...{ measure: "" as (typeof measures)[number], words: "", decidedBy: "", decidedOn: today, personId: "" },
      }}
      submitLabel={say("organ.holdSend")}
      busy={hold.isPending}
      error={hold.isError ? errorText(hold.error) : undefined}
      onSubmit={({ personId, ...values }) => hold.mutate({ recordId, personId: personId || null, ...values })}
    >
      <TextField name="about" label={say("organ.about")} maxLength={200} required />
      <PersonField />
      <Select
        name="ground"
        label={say("organ.groundLabel")}
        hint={say("organ.groundHint")}
        options={grounds.map((value) => ({ value, label: say("organ.ground", { article: cited(value, language) }) }))}
        required
      />
      <Select
        name="grade"
        label={say("organ.gradeLabel")}
        options={grades.map((value) => ({ value, label: say(`organ.grade.${value}`) }))}
        required
      />
      <Tick name="opposed" label={say("organ.opposed")} />
      <Select
        name="measure"
        label={say("organ.measureLabel")}
        options={measures.map((value) => ({ value, label: say(`organ.measure.${value}`) }))}
        required
      />
      <TextArea name="words" label={say("organ.words")} rows={3} maxLength={2000} required />
      <TextField name="decidedBy" label={say("organ.decidedBy")} maxLength={200} required />
      <DateField name="decidedOn" label={say("organ.decidedOn")} max={today} required />
    </Form>
  );
}

function OpenForm() {
  const { say, rpc, timeZone } = useSupervision();
  const errorText = useErrorText();
  const client = useQueryClient();
  const [recordId] = useState(() => crypto.randomUUID());
  const cases = useQuery(rpc.endedAccusations.queryOptions(undefined, { staleTime: 0 }));
  const open = useMutation(rpc.openClearing.mutationOptions({ onSuccess: () => client.invalidateQueries() }));
  const today = dayOf(new Date().toISOString(), timeZone);
  if (cases.isError) return <ErrorState title={errorText(cases.error)} onRetry={() => void cases.refetch()} />;
  if (!cases.data) return <Skeleton lines={3} />;
  if (cases.data.length === 0) return <Text>{say("organ.noneEnded")}</Text>;
  return (
    <Form
      initial={{ caseId: "", respondent: "", personId: "", number: "", on: today }}
      submitLabel={say("organ.clearSend")}
      busy={open.isPending}
      error={open.isError ? errorText(open.error) : undefined}
      onSubmit={({ number, on, personId, ...values }) =>
        open.mutate({ recordId, personId: personId || null, ...values, finding: { number, on } })
      }
    >
      <Select
        name="caseId"
        label={say("organ.accusation")}
        options={cases.data.map(({ caseId, caseNo, title }) => ({ value: caseId, label: `${caseNo} ${title}` }))}
        required
      />
      <TextField name="respondent" label={say("organ.respondent")} maxLength={200} required />
      <PersonField />
      <TextField name="number" label={say("organ.finding")} hint={say("organ.findingHint")} maxLength={200} required />
      <DateField name="on" label={say("organ.findingOn")} max={today} required />
    </Form>
  );
}
