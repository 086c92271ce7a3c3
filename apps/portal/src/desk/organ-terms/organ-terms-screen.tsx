import type { OrganTerm } from "@doorstep/contracts";
import { Button, ConfirmDialog, EmptyState, formatInstant, Screen, Skeleton } from "@doorstep/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { newKey } from "../../shell/new-key.ts";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import { FailedState } from "../shared/failed-state.tsx";
import { useDeskText } from "../text.ts";

/** What is kept for a discipline organ, let go by two of its members. By days alone: a number would tell of records. */
export function OrganTermsScreen() {
  const { text } = useDeskText();
  const found = useQuery(kernel.organTerms.list.queryOptions({}, { staleTime: 0 }));
  return (
    <Screen title={text("desk.organTerms.title")}>
      <p>{text("desk.organTerms.about")}</p>
      {found.isPending && <Skeleton lines={4} />}
      {found.isError && <FailedState error={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.length === 0 && <EmptyState title={text("desk.organTerms.none")} />}
      {found.data?.map((term) => (
        <Term key={term.organ.id} term={term} />
      ))}
    </Screen>
  );
}

function Term({ term }: { readonly term: OrganTerm }) {
  const { text, language } = useDeskText();
  const { organ, asked } = term;
  const at = (instant: string) => formatInstant(instant, language);
  return (
    <section className="ds-panel" aria-labelledby={`organ-${organ.id}`}>
      <h2 id={`organ-${organ.id}`}>{organ.name[language]}</h2>
      <p>{text("desk.organTerms.term", { months: term.months, before: at(term.before) })}</p>
      {asked && (
        <p>
          {text("desk.organTerms.asked", { name: asked.by, at: at(asked.at), before: at(asked.before) })}{" "}
          {asked.own && text("desk.organTerms.waits")}
        </p>
      )}
      <Steps key={`${asked?.askingId} ${term.done.length}`} term={term} />
      <h3>{text("desk.organTerms.done")}</h3>
      {term.done.length === 0 && <p className="ds-hint">{text("desk.organTerms.doneNone")}</p>}
      <ul className="ds-list">
        {term.done.map((one) => (
          <li key={one.at}>
            {text("desk.organTerms.doneLine", {
              ...{ at: at(one.at), before: at(one.before) },
              ...{ asked: one.askedBy, confirmed: one.confirmedBy },
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}

type Step = "ask" | "confirm" | "drop";

function Steps({ term: { organ, asked } }: { readonly term: OrganTerm }) {
  const { text, language } = useDeskText();
  const queries = useQueryClient();
  const [sure, setSure] = useState(false);
  const [newId] = useState(newKey);
  const step = useMutation({
    mutationFn: (what: Step) =>
      kernelClient.organTerms[what].mutate({ organId: organ.id, askingId: asked?.askingId ?? newId }),
    onSettled: () => {
      setSure(false);
      void queries.invalidateQueries({ queryKey: kernel.organTerms.pathKey() });
    },
  });
  return (
    <>
      <div className="ds-row">
        {!asked && (
          <Button loading={step.isPending} onClick={() => step.mutate("ask")}>
            {text("desk.organTerms.ask")}
          </Button>
        )}
        {asked && !asked.own && <Button onClick={() => setSure(true)}>{text("desk.organTerms.confirm")}</Button>}
        {asked && (
          <Button variant="default" loading={step.isPending} onClick={() => step.mutate("drop")}>
            {text("desk.organTerms.drop")}
          </Button>
        )}
      </div>
      {step.isError && <FailedState error={step.error} onRetry={() => step.variables && step.mutate(step.variables)} />}
      <ConfirmDialog
        opened={sure && asked !== null}
        title={text("desk.organTerms.confirmTitle")}
        confirmLabel={text("desk.organTerms.confirm")}
        busy={step.isPending}
        onClose={() => setSure(false)}
        onConfirm={() => step.mutate("confirm")}
      >
        <p>{text("desk.organTerms.confirmNote", { before: asked ? formatInstant(asked.before, language) : "" })}</p>
      </ConfirmDialog>
    </>
  );
}
