import { Button, EmptyState, ErrorState, formatInstant, Screen, Skeleton } from "@doorstep/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import type { ChosenPerson } from "../register/person-picker.tsx";
import { PersonBox } from "../shared/person-box.tsx";
import { problemOf } from "../shared/problem.ts";
import { useDeskText } from "../text.ts";

/** One's own declarations of kinship: read by nobody else, used by the check that keeps kin out of a case. */
export function KinScreen() {
  const { text, language } = useDeskText();
  const queries = useQueryClient();
  const [person, setPerson] = useState<ChosenPerson>();
  const declared = useQuery(kernel.recusal.kin.queryOptions({}));
  const changed = () => queries.invalidateQueries({ queryKey: kernel.recusal.kin.queryKey() });
  const declare = useMutation({
    mutationFn: (personId: string) => kernelClient.recusal.declareKin.mutate({ personId }),
    onSuccess: () => setPerson(undefined),
    onSettled: changed,
  });
  const end = useMutation({
    mutationFn: (id: string) => kernelClient.recusal.endKin.mutate({ id }),
    onSettled: changed,
  });
  const problem = declare.error ?? end.error ?? declared.error;
  return (
    <Screen title={text("desk.kin.title")}>
      <p>{text("desk.kin.about")}</p>
      {problem && <ErrorState title={problemOf(problem, language).message} onRetry={() => void declared.refetch()} />}
      <p role="status">{declare.isSuccess ? text("desk.kin.done") : ""}</p>
      <PersonBox label={text("desk.kin.who")} value={person} onChange={setPerson} />
      {person && (
        <Button loading={declare.isPending} onClick={() => declare.mutate(person.id)}>
          {text("desk.kin.declare", { name: person.name })}
        </Button>
      )}
      <section className="ds-panel" aria-labelledby="desk-kin-own">
        <h2 id="desk-kin-own">{text("desk.kin.own")}</h2>
        {declared.isPending && <Skeleton lines={2} />}
        {declared.data?.length === 0 && <EmptyState title={text("desk.kin.none")} />}
        <ul className="ds-list">
          {(declared.data ?? []).map((one) => (
            <li key={one.id} className="ds-row ds-row-between">
              <span>{`${one.person.name} · ${formatInstant(one.declaredAt, language)}`}</span>
              <Button
                variant="default"
                loading={end.isPending && end.variables === one.id}
                onClick={() => end.mutate(one.id)}
              >
                {text("desk.kin.end", { name: one.person.name })}
              </Button>
            </li>
          ))}
        </ul>
      </section>
    </Screen>
  );
}
