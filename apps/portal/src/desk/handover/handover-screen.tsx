import { Button, Screen, TextArea } from "@doorstep/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { newKey } from "../../shell/new-key.ts";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import type { ChosenPerson } from "../register/person-picker.tsx";
import { PersonBox } from "../shared/person-box.tsx";
import { problemOf, refusalText } from "../shared/problem.ts";
import { useDeskText } from "../text.ts";

/** Everything somebody still handles goes to another: first told, then done, case by case. */
export function HandoverScreen() {
  const { text, language } = useDeskText();
  const queries = useQueryClient();
  const [from, setFrom] = useState<ChosenPerson>();
  const [to, setTo] = useState<ChosenPerson>();
  const [why, setWhy] = useState("");
  const [key] = useState(newKey);
  const input = { fromPersonId: from?.id ?? "", toPersonId: to?.id ?? "", why, key };
  const look = useMutation({
    mutationFn: () => kernelClient.cases.handOverPreview.query({ fromPersonId: input.fromPersonId }),
  });
  const act = useMutation({
    mutationFn: () => kernelClient.cases.handOver.mutate(input),
    onSuccess: () => queries.invalidateQueries({ queryKey: kernel.cases.pathKey() }),
  });
  const complete = from !== undefined && to !== undefined && from.id !== to.id && why.trim() !== "";
  const problem = look.error ?? act.error;
  const anew = () => {
    look.reset();
    act.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (complete) look.mutate();
  };

  return (
    <Screen title={text("desk.handover.title")}>
      <p>{text("desk.handover.about")}</p>
      <form onSubmit={submit} className="ds-cards">
        <PersonBox
          label={text("desk.handover.from")}
          value={from}
          onChange={(person) => {
            setFrom(person);
            anew();
          }}
        />
        <PersonBox
          label={text("desk.handover.to")}
          value={to}
          onChange={(person) => {
            setTo(person);
            anew();
          }}
        />
        <TextArea name="why" label={text("desk.handover.why")} value={why} onChange={setWhy} maxLength={500} rows={3} />
        <div className="ds-row ds-actions">
          <Button type="submit" disabled={!complete} loading={look.isPending}>
            {text("desk.handover.look")}
          </Button>
        </div>
      </form>
      {problem && (
        <p className="ds-error" role="alert">
          {problemOf(problem, language).message}
        </p>
      )}
      {look.data && !act.data && (
        <section className="ds-panel ds-panel-warn" role="status">
          <p>{text("desk.handover.found", { count: look.data.total, from: from?.name ?? "", to: to?.name ?? "" })}</p>
          {look.data.tasks > 0 && <p>{text("desk.handover.tasks", { count: look.data.tasks })}</p>}
          {look.data.total + look.data.tasks > 0 && (
            <Button onClick={() => act.mutate()} loading={act.isPending}>
              {text("desk.handover.do", { count: look.data.total })}
            </Button>
          )}
        </section>
      )}
      {act.data && (
        <section className="ds-panel" role="status">
          <p>{text("desk.handover.done", { count: act.data.done, to: to?.name ?? "" })}</p>
          {act.data.tasks > 0 && <p>{text("desk.handover.tasksDone", { count: act.data.tasks })}</p>}
          {act.data.refused.length > 0 && (
            <>
              <p>{text("desk.handover.refused", { count: act.data.refused.length })}</p>
              <ul>
                {act.data.refused.map((one) => (
                  <li key={one.caseNo}>
                    <span className="ds-mono">{one.caseNo}</span>
                    {language === "en" ? ": " : "："}
                    {one.codes.map((code) => refusalText({ code, params: {} }, language)).join(" ")}
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
      )}
    </Screen>
  );
}
