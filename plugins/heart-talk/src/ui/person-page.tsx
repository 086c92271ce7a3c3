import {
  Button,
  DateField,
  EmptyState,
  ErrorState,
  Form,
  RadioCards,
  Screen,
  Select,
  Skeleton,
  Stack,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { type Occasion, occasions } from "../occasions.ts";
import { NoteForm } from "./note-form.tsx";
import { meetingOf, noTime, TimeFields, type TimeValues } from "./time-fields.tsx";
import { useTalks } from "./words.ts";

/** One of those the talk officer talks with, or who has just come: a talk is offered, or one that was held is noted. */
export default function PersonPage() {
  const { say, rpc } = useTalks();
  const { params, go } = usePage();
  const errorText = useErrorText();
  const [doing, setDoing] = useState<"offer" | "record" | "">("offer");
  const work = useQuery(rpc.work.queryOptions());
  const personId = params.personId ?? "";
  const isThis = (one: { readonly personId: string }): boolean => one.personId === personId;
  const kept = work.data?.circle.find(isThis);
  const person = kept ?? work.data?.newcomers.find(isThis);
  const release = useMutation(rpc.release.mutationOptions({ onSuccess: () => go("/") }));
  const title = person ? say("person.title", { name: person.name }) : say("title");
  return (
    <Screen title={title} error={release.isError ? errorText(release.error) : undefined}>
      <Stack gap="lg">
        {work.isPending && <Skeleton lines={5} />}
        {work.isError && <ErrorState title={errorText(work.error)} onRetry={() => void work.refetch()} />}
        {work.data && !person && <EmptyState title={say("person.gone")} />}
        {person && (
          <>
            <RadioCards
              name="doing"
              label={say("person.what")}
              value={doing}
              onChange={setDoing}
              cards={[
                { value: "offer", label: say("person.offer") },
                { value: "record", label: say("person.record") },
              ]}
            />
            {doing === "offer" ? <Offer personId={personId} /> : <Record personId={personId} />}
          </>
        )}
        <div className="ds-row">
          <Button variant="default" onClick={() => go("/")}>
            {say("back")}
          </Button>
          {kept && (
            <Button variant="default" onClick={() => release.mutate({ personId })}>
              {say("person.release")}
            </Button>
          )}
        </div>
      </Stack>
    </Screen>
  );
}

function OccasionField() {
  const { say } = useTalks();
  const options = occasions.map((value) => ({ value, label: say(`occasion.${value}`) }));
  return <Select name="occasion" label={say("talk.why")} options={options} required />;
}

function Offer(props: { readonly personId: string }) {
  const { say, rpc, user } = useTalks();
  const { go } = usePage();
  const errorText = useErrorText();
  const offer = useMutation(
    rpc.offer.mutationOptions({ onSuccess: ({ talkId }) => go(`/t/${talkId}`, { replace: true }) }),
  );
  type Values = TimeValues & { readonly occasion: Occasion };
  return (
    <Form<Values>
      initial={{ ...noTime, occasion: "regular" }}
      submitLabel={say("person.send")}
      busy={offer.isPending}
      error={offer.isError ? errorText(offer.error) : undefined}
      onSubmit={(values) =>
        offer.mutate({
          personId: props.personId,
          occasion: values.occasion,
          ...meetingOf(values, user?.timeZone ?? "UTC"),
        })
      }
    >
      <OccasionField />
      <TimeFields />
    </Form>
  );
}

function Record(props: { readonly personId: string }) {
  const { say, rpc } = useTalks();
  const { go } = usePage();
  const errorText = useErrorText();
  const record = useMutation(
    rpc.record.mutationOptions({ onSuccess: ({ talkId }) => go(`/t/${talkId}`, { replace: true }) }),
  );
  return (
    <NoteForm
      more={{ occasion: "regular", heldOn: "" }}
      submitLabel={say("talk.save")}
      busy={record.isPending}
      error={record.isError ? errorText(record.error) : undefined}
      onSubmit={(note, { heldOn = "", occasion = "regular" }) =>
        record.mutate({
          personId: props.personId,
          occasion: occasion as Occasion,
          heldOn,
          needs: [...note.needs],
          promises: [...note.promises],
        })
      }
    >
      <OccasionField />
      <DateField name="heldOn" label={say("talk.heldOn")} required />
    </NoteForm>
  );
}
