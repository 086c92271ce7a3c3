import { addDays, dayOf } from "@doorstep/sdk";
import {
  DateField,
  Form,
  RadioCards,
  Select,
  TextArea,
  TextField,
  Tick,
  useErrorText,
  useKernel,
  useMutation,
  usePage,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import type { CaseChargeView } from "./charge-view.ts";
import { useLeaderDesk } from "./words.ts";

interface FormProps {
  readonly charge: CaseChargeView;
  readonly onDone: () => void;
}

const WEEK = 7;

/** What every form of a leader's needs; after it is sent the story is read anew. */
function useForm({ onDone }: FormProps) {
  const { say, rpc, timeZone } = useLeaderDesk();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [id] = useState(() => crypto.randomUUID());
  const onSuccess = async () => {
    await client.invalidateQueries();
    onDone();
  };
  const today = dayOf(new Date().toISOString(), timeZone);
  const words = (error: unknown) => (error ? errorText(error) : undefined);
  return { say, rpc, id, today, onSuccess, words };
}

export function PlanForm(props: FormProps) {
  const { say, rpc, today, onSuccess, words } = useForm(props);
  const { caseId, plan } = props.charge;
  const write = useMutation(rpc.plan.mutationOptions({ onSuccess }));
  const { metOn, notMet = "", facts = "", law = "", options = "", helpers = "" } = plan ?? {};
  return (
    <Form
      initial={{ metOn: metOn ?? "", notMet, facts, law, options, helpers }}
      submitLabel={say("plan.send")}
      busy={write.isPending}
      error={words(write.error)}
      onSubmit={(values) => write.mutate({ caseId, ...values, metOn: values.metOn === "" ? null : values.metOn })}
    >
      <DateField name="metOn" label={say("plan.metOn")} max={today} />
      <TextField name="notMet" label={say("plan.notMet")} maxLength={200} />
      <TextArea name="facts" label={say("plan.facts")} rows={4} maxLength={2000} required />
      <TextArea name="law" label={say("plan.law")} rows={3} maxLength={1000} required />
      <TextArea name="options" label={say("plan.options")} rows={3} maxLength={1000} required />
      <TextArea name="helpers" label={say("plan.helpers")} rows={2} maxLength={500} />
    </Form>
  );
}

export function MilestoneForm(props: FormProps) {
  const { say, rpc, id, today, onSuccess, words } = useForm(props);
  const add = useMutation(rpc.addMilestone.mutationOptions({ onSuccess }));
  return (
    <Form
      initial={{ what: "", dueOn: addDays(today, WEEK) }}
      submitLabel={say("milestone.send")}
      busy={add.isPending}
      error={words(add.error)}
      onSubmit={(values) => add.mutate({ caseId: props.charge.caseId, milestoneId: id, ...values })}
    >
      <TextField name="what" label={say("milestone.what")} maxLength={300} required />
      <DateField name="dueOn" label={say("milestone.dueOn")} min={today} required />
    </Form>
  );
}

export function ReachForm(props: FormProps) {
  const { say, rpc, onSuccess, words } = useForm(props);
  const open = props.charge.milestones.filter((one) => one.doneOn === null);
  const reach = useMutation(rpc.reach.mutationOptions({ onSuccess }));
  return (
    <Form
      initial={{ milestoneId: open[0]?.milestoneId ?? "", result: "" }}
      submitLabel={say("milestone.reach")}
      busy={reach.isPending}
      error={words(reach.error)}
      onSubmit={(values) => reach.mutate({ caseId: props.charge.caseId, ...values })}
    >
      <Select
        name="milestoneId"
        label={say("milestone.which")}
        options={open.map((one) => ({ value: one.milestoneId, label: one.what }))}
        required
      />
      <TextArea name="result" label={say("milestone.result")} rows={2} maxLength={500} required />
    </Form>
  );
}

export function VisitForm(props: FormProps) {
  const { say, rpc, id, today, onSuccess, words } = useForm(props);
  const visit = useMutation(rpc.visit.mutationOptions({ onSuccess }));
  return (
    <Form
      initial={{ visitedOn: today, met: false, words: "" }}
      submitLabel={say("visit.send")}
      busy={visit.isPending}
      error={words(visit.error)}
      onSubmit={(values) => visit.mutate({ caseId: props.charge.caseId, visitId: id, ...values })}
    >
      <DateField name="visitedOn" label={say("visit.on")} min={props.charge.takenOn} max={today} required />
      <Tick name="met" label={say("visit.didMeet")} />
      <TextArea name="words" label={say("visit.words")} rows={4} maxLength={2000} required />
    </Form>
  );
}

export function AskForm(props: FormProps) {
  const { say, rpc, id, today, onSuccess, words } = useForm(props);
  const ask = useMutation(rpc.askReport.mutationOptions({ onSuccess }));
  return (
    <Form
      initial={{ words: "", dueOn: addDays(today, WEEK) }}
      submitLabel={say("report.send")}
      busy={ask.isPending}
      error={words(ask.error)}
      onSubmit={(values) => ask.mutate({ caseId: props.charge.caseId, key: id, ...values })}
    >
      <TextArea name="words" label={say("report.words")} hint={say("report.hint")} rows={3} maxLength={300} required />
      <DateField name="dueOn" label={say("report.dueOn")} min={today} required />
    </Form>
  );
}

export const endings = ["settled", "reasoned", "handedOver"] as const;

/**
 * The kernel's own act: it is settled, ends for stated reasons, or goes to another leader, who finds it before the backlog. A
 * leader above hands over what one has who has left.
 */
export function EndForm(props: {
  readonly charge: CaseChargeView;
  readonly outcomes: readonly (typeof endings)[number][];
}) {
  const { caseId } = props.charge;
  const { go } = usePage();
  const kernel = useKernel();
  const client = useQueryClient();
  const { say, id: key, words } = useForm({ charge: props.charge, onDone: () => undefined });
  const onSuccess = () => go(props.charge.isMine ? "/" : "/unit", { replace: true });
  const end = useMutation(kernel.cases.endCharge.mutationOptions({ onSuccess }));
  const send = useMutation({
    mutationFn: async (how: { readonly outcome: (typeof endings)[number]; readonly reason: string }) => {
      const { version } = await client.fetchQuery(kernel.cases.get.queryOptions({ caseId }, { staleTime: 0 }));
      await end.mutateAsync({ caseId, version, key, ...how });
    },
  });
  const [only] = props.outcomes.length === 1 ? props.outcomes : [];
  return (
    <Form
      initial={{ outcome: (only ?? "") as (typeof endings)[number] | "", reason: "" }}
      submitLabel={say(only === "handedOver" ? "end.handOver" : "end.send")}
      busy={send.isPending}
      error={words(send.error)}
      onSubmit={({ outcome, reason }) => {
        if (outcome !== "") send.mutate({ outcome, reason });
      }}
    >
      {only === "handedOver" && <p>{say("end.above")}</p>}
      {props.outcomes.length > 1 && (
        <RadioCards
          name="outcome"
          label={say("end.how")}
          cards={props.outcomes.map((value) => ({ value, label: say(`end.${value}`) }))}
          required
        />
      )}
      <TextArea name="reason" label={say("end.why")} hint={say("end.whyHint")} rows={3} maxLength={1000} required />
    </Form>
  );
}
