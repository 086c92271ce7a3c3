import { addDays, dayOf } from "@doorstep/sdk";
import {
  DateField,
  Form,
  RadioCards,
  SearchSelect,
  TextArea,
  TextField,
  Tick,
  useErrorText,
  useMutation,
  useQuery,
} from "@doorstep/sdk/ui";
import { type Ground, grounds } from "../kinds.ts";
import { useHearing } from "./words.ts";

/** At most so many sit beside the chair. */
const SEATS = [1, 2, 3, 4] as const;
const NOTICE_DAYS = 7;
const PANEL_LEAST = 3;

interface CallFormProps {
  readonly caseId: string;
  readonly hearingId: string;
  /** the petitioner has asked for it, so that no other ground is needed */
  readonly isApplied: boolean;
  readonly isConfidential: boolean;
  readonly onDone: () => void;
}

/** Day, place, and people of the house for the panel: whether each is free of the matter, the platform says. */
export function CallForm(props: CallFormProps) {
  const { say, rpc, settings, timeZone, language } = useHearing();
  const errorText = useErrorText();
  const { caseId, hearingId, isApplied, isConfidential } = props;
  const people = useQuery(rpc.candidates.queryOptions(undefined, { staleTime: 0 }));
  const call = useMutation(rpc.callFor.mutationOptions({ onSuccess: props.onDone }));
  const options = (people.data ?? []).map(({ id, name, unit }) => ({
    value: id,
    label: `${name} · ${unit[language]}`,
  }));
  const today = dayOf(new Date().toISOString(), timeZone);
  const earliest = addDays(today, settings.noticeDays ?? NOTICE_DAYS);
  return (
    <Form
      initial={{
        ...{
          ground: "" as Ground | "",
          subject: "",
          hearingOn: earliest,
          startsAt: "09:00",
          place: "",
          attendants: "",
        },
        ...{ open: (isConfidential ? "closed" : "open") as "open" | "closed", agreedOpen: false, chair: "" },
        ...{ member1: "", member2: "", member3: "", member4: "" },
      }}
      submitLabel={say("call.send")}
      busy={call.isPending}
      error={call.isError ? errorText(call.error) : undefined}
      onSubmit={(values) => {
        const { subject, hearingOn, startsAt, place, attendants, agreedOpen } = values;
        call.mutate({
          ...{ caseId, hearingId, subject, hearingOn, startsAt, place, attendants, agreedOpen },
          ground: values.ground === "" ? null : values.ground,
          open: values.open === "open",
          chairId: values.chair,
          memberIds: SEATS.map((no) => values[`member${no}`]).filter((id) => id !== ""),
        });
      }}
    >
      {!isApplied && (
        <RadioCards
          name="ground"
          label={say("call.ground")}
          cards={grounds.map((value) => ({ value, label: say(`ground.${value}`) }))}
          required
        />
      )}
      <TextArea
        name="subject"
        label={say("call.subject")}
        hint={say("call.subjectHint")}
        rows={2}
        maxLength={300}
        required
      />
      <DateField
        name="hearingOn"
        label={say("call.hearingOn")}
        hint={say("call.hearingOnHint", { days: settings.noticeDays ?? NOTICE_DAYS })}
        min={earliest}
        required
      />
      <TextField name="startsAt" type="time" label={say("call.startsAt")} required />
      <TextField name="place" label={say("call.place")} maxLength={120} required />
      <RadioCards
        name="open"
        label={say("call.open")}
        cards={(["open", "closed"] as const).map((value) => ({ value, label: say(`how.${value}`) }))}
        required
      />
      {isConfidential && <Tick name="agreedOpen" label={say("call.agreedOpen")} />}
      <SearchSelect name="chair" label={say("call.chair")} hint={say("call.panelHint")} options={options} required />
      {SEATS.map((no) => (
        <SearchSelect
          key={no}
          name={`member${no}`}
          label={say("call.member", { no })}
          options={options}
          required={no < (settings.panelLeast ?? PANEL_LEAST)}
        />
      ))}
      <TextField
        name="attendants"
        label={say("call.attendants")}
        hint={say("call.attendantsHint")}
        maxLength={300}
        required={false}
      />
    </Form>
  );
}
