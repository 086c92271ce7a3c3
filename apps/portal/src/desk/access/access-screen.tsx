import type { OwnAccess } from "@doorstep/contracts";
import {
  Button,
  EmptyState,
  Form,
  formatInstant,
  NumberField,
  Screen,
  Skeleton,
  TextArea,
  TextField,
} from "@doorstep/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import { openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { FailedState } from "../shared/failed-state.tsx";
import { problemOf } from "../shared/problem.ts";
import { useDeskText } from "../text.ts";
import { WaitingAccesses } from "./waiting-accesses.tsx";

interface Asked {
  readonly caseNo: string;
  readonly reason: string;
  readonly hours: number | undefined;
}
const nothing: Asked = { caseNo: "", reason: "", hours: undefined };

/** Opens a case that one does not see: asked by its number, in need, for some hours. */
export function AccessScreen() {
  const { text, language } = useDeskText();
  const queries = useQueryClient();
  const [round, setRound] = useState(0);
  const settings = useQuery(kernel.access.settings.queryOptions({}));
  const ask = useMutation({
    mutationFn: ({ caseNo, reason, hours }: Asked) =>
      kernelClient.access.ask.mutate({ caseNo, reason, ...(hours && { hours }) }),
    onSuccess: () => setRound((n) => n + 1),
    onSettled: () => queries.invalidateQueries({ queryKey: kernel.access.mine.queryKey() }),
  });
  const most = settings.data?.hours ?? 0;
  return (
    <Screen
      title={text("desk.access.title")}
      notice={ask.data && text(`desk.access.answer.${ask.data.state === "granted" ? "granted" : "waiting"}`)}
    >
      <p>{text("desk.access.about")}</p>
      <Form<Asked>
        key={round}
        initial={nothing}
        submitLabel={text("desk.access.ask")}
        busy={ask.isPending}
        error={ask.error && problemOf(ask.error, language).message}
        onSubmit={(values) => ask.mutate(values)}
      >
        <TextField name="caseNo" label={text("desk.access.caseNo")} required maxLength={20} />
        <TextArea
          name="reason"
          label={text("desk.access.reason")}
          hint={text("desk.access.reasonHint")}
          required
          maxLength={500}
          rows={4}
        />
        {settings.isSuccess && (
          <NumberField
            name="hours"
            label={text("desk.access.hours")}
            hint={text("desk.access.hoursHint", { most })}
            required={false}
            min={1}
            max={most}
          />
        )}
      </Form>
      <OwnAccesses />
      <WaitingAccesses />
    </Screen>
  );
}

function OwnAccesses() {
  const { text } = useDeskText();
  const queries = useQueryClient();
  const mine = useQuery(kernel.access.mine.queryOptions({}));
  const end = useMutation({
    mutationFn: (id: string) => kernelClient.access.end.mutate({ id }),
    onSettled: () => queries.invalidateQueries({ queryKey: kernel.access.mine.queryKey() }),
  });
  const error = end.error ?? mine.error;
  return (
    <section className="ds-panel" aria-labelledby="desk-access-mine">
      <h2 id="desk-access-mine">{text("desk.access.mine")}</h2>
      {error && <FailedState error={error} onRetry={() => void mine.refetch()} />}
      {mine.isPending && <Skeleton lines={2} />}
      {mine.data?.length === 0 && <EmptyState title={text("desk.access.none")} />}
      <ul className="ds-list">
        {(mine.data ?? []).map((one) => (
          <OwnLine key={one.id} access={one} onEnd={() => end.mutate(one.id)} ending={end.isPending} />
        ))}
      </ul>
    </section>
  );
}

function OwnLine(props: { readonly access: OwnAccess; readonly onEnd: () => void; readonly ending: boolean }) {
  const { text, language } = useDeskText();
  const { access } = props;
  const until = access.until ? formatInstant(access.until, language) : "";
  const isOpen = access.state === "granted";
  return (
    <li className="ds-row ds-row-between">
      <span>
        {isOpen ? (
          <DeskLink to={{ page: "case", caseNo: access.caseNo, filter: openQueue }}>{access.caseNo}</DeskLink>
        ) : (
          <span className="ds-mono">{access.caseNo}</span>
        )}
        {` · ${formatInstant(access.askedAt, language)} · ${text(`desk.access.state.${access.state}`, { until })}`}
      </span>
      {isOpen && (
        <Button variant="default" loading={props.ending} onClick={props.onEnd}>
          {text("desk.access.end")}
        </Button>
      )}
    </li>
  );
}
